using CommandCenter.Domain;
using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Recordings;

/// <summary>外勤录像: the cameras of which somebody may see what was recorded, and how each is recorded now.</summary>
public sealed partial class RecordedListPage
{
    private PageLook _look;
    private IReadOnlyList<Row> _rows = [];

    [Inject]
    private RecordingReading Reading { get; set; } = null!;

    [Inject]
    private RecordingKeeper Keeper { get; set; } = null!;

    [Inject]
    private GrainHost Grains { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _look = PageLook.Of(Http.Request);
        _ = ContentPolicy.Apply(Http);
        _rows = [.. Reading.All(Viewer.Of(Http.User)!).Select(Show)];
    }

    private Row Show(RecordedCamera camera)
    {
        // A camera that is not of this scope any more: who carried it last while it was.
        var (officer, court) = camera.Device is { } device ? (device.OfficerId, device.CourtMark) : (camera.Spans[^1].OfficerId, camera.Spans[^1].CourtMark);
        var now = Time.GetUtcNow();
        var today = Reading.Ranges(camera, "sub", ShanghaiTime.StartOf(ShanghaiTime.DayOf(now)), now).Aggregate(TimeSpan.Zero, static (sum, range) => sum + (range.Until - range.From));
        return new Row(
            camera.Id,
            camera.Device?.Name ?? T("removed"),
            officer,
            Grains.Courts.TryFind(court, out var known) ? DeskNames.Of(known, _look.Language) : court,
            camera.Device is null ? "off" : Reading.StateOf(camera.Id),
            today > TimeSpan.Zero ? TimeText.Age(today, _look.Language) : "–");
    }

    private string T(string key) => RecordingTexts.Of(key, _look.Language);

    private sealed record Row(string Id, string Name, string Officer, string Court, string State, string Today);
}
