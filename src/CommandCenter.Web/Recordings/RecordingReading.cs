using CommandCenter.Cameras.Recording;
using CommandCenter.Web.Access;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;

namespace CommandCenter.Web.Recordings;

/// <summary>What somebody may see of the recordings: the times in which a camera was carried by an officer of a court in his scope.</summary>
internal sealed class RecordingReading(RecordingKeeper keeper, CameraRegistry registry, GrainHost grains)
{
    /// <summary>A camera that is not there and one of others are answered alike.</summary>
    public static readonly QueryFault Unknown = new(StatusCodes.Status404NotFound, "camera.unknown", "There is no such camera, or none of yours.");

    /// <summary>A camera, as far as it is the viewer's; <see langword="null"/> when nothing of it is.</summary>
    public RecordedCamera? Find(Viewer viewer, string id)
    {
        var scope = ViewScope.Of(viewer, grains.Courts);
        var device = registry.Find(id) is { } known && scope.Has(known.CourtMark) ? known : null;
        var spans = (keeper.Carriers?.Of(id) ?? []).Where(span => scope.Has(span.CourtMark)).ToArray();
        return device is null && spans.Length == 0 ? null : new RecordedCamera(id, device, spans);
    }

    /// <summary>All cameras of which the viewer may see something, those that are registered no more last.</summary>
    public IReadOnlyList<RecordedCamera> All(Viewer viewer) =>
        [.. registry.All.Select(static device => device.Id).Concat(keeper.Carriers?.Cameras ?? []).Distinct(StringComparer.Ordinal)
            .Select(id => Find(viewer, id)).OfType<RecordedCamera>().OrderBy(static camera => camera.Device is null).ThenBy(static camera => camera.Id, StringComparer.Ordinal)];

    /// <summary>What the folder of a stream is called.</summary>
    /// <param name="camera">The camera.</param>
    /// <param name="stream"><c>main</c> for what was recorded on demand.</param>
    public static string NameOf(string camera, string? stream) => stream == "main" ? camera + RecordingKeeper.MainSuffix : camera;

    /// <summary>What is recorded of a range and may be seen, without its gaps.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<RecordedRange> Ranges(RecordedCamera camera, string? stream, DateTimeOffset from, DateTimeOffset until) =>
        [.. camera.Spans.Select(span => span.Cut(from, until)).OfType<(DateTimeOffset From, DateTimeOffset Until)>()
            .SelectMany(piece => keeper.Library.Ranges(NameOf(camera.Id, stream), piece.From, piece.Until)
                .Select(range => new RecordedRange(Later(range.From, piece.From), range.Until < piece.Until ? range.Until : piece.Until)))
            .Where(static range => range.From < range.Until)];

    /// <summary>When the first picture of a range arrived that would be played; <see langword="null"/> when there is none.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public DateTimeOffset? FirstPicture(string name, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        try
        {
            return keeper.Library.Read(name, from, until, cancellationToken).FirstOrDefault(static fragment => !fragment.IsInit)?.ArrivedAt;
        }
        catch (RecordingException)
        {
            return null; // A file that is none: the same as nothing to play.
        }
    }

    /// <summary>What is held of a camera and may be seen; the same hold of both streams once.</summary>
    public IReadOnlyList<LegalHold> Holds(RecordedCamera camera) =>
        [.. HeldNames(camera.Id).SelectMany(HoldsOf).DistinctBy(static hold => hold.Id).Where(hold => camera.Cut(hold.From, hold.Until) is not null).OrderBy(static hold => hold.From)];

    /// <summary>The streams of a camera of which there is anything.</summary>
    public IEnumerable<string> HeldNames(string camera) =>
        new[] { camera, camera + RecordingKeeper.MainSuffix }.Where(name => keeper.Store?.Cameras.Contains(name, StringComparer.Ordinal) == true);

    /// <summary>How the stream of a camera is recorded now, a word of <see cref="RecordingKeeper.States"/>.</summary>
    public string StateOf(string name) => keeper.Fault is not null ? "failed" : keeper.States.GetValueOrDefault(name, "off");

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private IReadOnlyList<LegalHold> HoldsOf(string name)
    {
        try
        {
            return keeper.Store!.Holds(name);
        }
        catch (RecordingException)
        {
            return []; // Damaged: nothing of it is removed, and the page says so.
        }
    }
}
