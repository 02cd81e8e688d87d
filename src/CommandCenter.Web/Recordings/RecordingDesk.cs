using System.Text.Json;
using CommandCenter.Audit;
using CommandCenter.Cameras.Recording;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Places.Tracks;
using CommandCenter.Web.Trail;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Recordings;

/// <summary>Holding recordings, letting them go, taking them out. Each act is in the trace, with its reason, before it is done.</summary>
internal sealed class RecordingDesk(
    RecordingKeeper keeper, RecordingReading reading, TrackReading tracks, GrainHost grains, AuditTrail trail, IOptions<RecordingsOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>The shortest and longest reason, in characters.</summary>
    public const int WordsMin = 4, WordsMax = 400;

    private const int PacksAtOnceMax = 2;

    private readonly SemaphoreSlim _packs = new(PacksAtOnceMax);

    /// <summary>Holds a range of both streams of a camera.</summary>
    /// <returns>The code of the refusal, if any.</returns>
    /// <exception cref="AuditException">It could not be recorded in the trace, and is not done.</exception>
    public async Task<string?> HoldAsync(HttpContext http, Viewer viewer, RecordedCamera camera, DateTimeOffset? from, DateTimeOffset? until, string? why)
    {
        if (WordsOf(why) is not { } words)
        {
            return "why";
        }

        if (from is null || until is null || from >= until || camera.Cut(from.Value, until.Value) is not { } piece)
        {
            return "range";
        }

        var names = reading.HeldNames(camera.Id).ToArray();
        if (names.Length == 0)
        {
            return "nothing";
        }

        var id = Guid.NewGuid().ToString("N")[..12];
        var detail = DetailOf(piece.From, piece.Until, piece.Span);
        detail["hold"] = id;
        await trail.RecordAsync(http, TrailActions.RecordingHeld, camera.Id, reason: PersonalText.Of(words), detail: detail);
        return Try(() =>
        {
            foreach (var name in names)
            {
                keeper.Store!.Hold(new LegalHold(id, name, piece.From, piece.Until, viewer.Id, words, time.GetUtcNow()));
            }
        });
    }

    /// <summary>Lets go of what is held.</summary>
    /// <inheritdoc cref="HoldAsync"/>
    public async Task<string?> ReleaseAsync(HttpContext http, Viewer viewer, RecordedCamera camera, string id, string? why)
    {
        if (WordsOf(why) is not { } words)
        {
            return "why";
        }

        if (reading.Holds(camera).FirstOrDefault(hold => hold.Id == id) is not { } hold || camera.Cut(hold.From, hold.Until) is not { } piece)
        {
            return "hold";
        }

        var detail = DetailOf(hold.From, hold.Until, piece.Span);
        detail["hold"] = id;
        await trail.RecordAsync(http, TrailActions.RecordingReleased, camera.Id, reason: PersonalText.Of(words), detail: detail);
        return Try(() =>
        {
            foreach (var name in reading.HeldNames(camera.Id))
            {
                _ = keeper.Store!.Release(name, id, viewer.Id, words);
            }
        });
    }

    /// <summary>Makes a pack of evidence, whole, before anybody gets a byte of it: a signed one or none.</summary>
    /// <returns>The file, which is gone once it is closed; or the code of the refusal.</returns>
    /// <exception cref="AuditException">It could not be recorded in the trace, and is not given out.</exception>
    public async Task<(FileStream? Pack, string? Refusal)> PackAsync(
        HttpContext http, Viewer viewer, RecordedCamera camera, string? stream, DateTimeOffset? from, DateTimeOffset? until, string? why, CancellationToken cancellationToken)
    {
        if (WordsOf(why) is not { } words)
        {
            return (null, "why");
        }

        if (from is null || until is null || from >= until || until - from > options.Value.EvidenceMax || camera.Cut(from.Value, until.Value) is not { } piece)
        {
            return (null, "range");
        }

        if (!await _packs.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return (null, "busy");
        }

        var path = Path.Combine(keeper.Root, RecordingKeeper.PackPrefix + Guid.NewGuid().ToString("N"));
        FileStream? pack = null;
        try
        {
            pack = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            var export = new EvidenceExport(keeper.Library, new EvidenceSigner(trail.KeyFingerprint, trail.SignEvidence), time);
            var request = new EvidenceRequest
            {
                Camera = RecordingReading.NameOf(camera.Id, stream),
                From = piece.From,
                Until = piece.Until,
                Officer = piece.Span.OfficerId,
                ExportedBy = viewer.Id,
                Why = words,
                Positions = PositionsIn(piece.Span, piece.From, piece.Until),
            };
            await Task.Run(() => export.WriteZip(request, pack, cancellationToken), cancellationToken); // Whole files are read and hashed: no thread of a request's.
            pack.Position = 0;
            var detail = DetailOf(piece.From, piece.Until, piece.Span);
            detail["stream"] = stream == "main" ? "main" : "sub";
            detail["bytes"] = pack.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await trail.RecordAsync(http, TrailActions.RecordingExported, camera.Id, reason: PersonalText.Of(words), detail: detail);
            var whole = pack;
            pack = null;
            return (whole, null);
        }
        catch (RecordingException exception)
        {
            return (null, exception.Code == RecordingException.NotFound ? "nothing" : "damaged");
        }
        catch (IOException)
        {
            return (null, "disk");
        }
        finally
        {
            if (pack is not null)
            {
                await pack.DisposeAsync();
            }

            _ = _packs.Release();
        }
    }

    public void Dispose() => _packs.Dispose();

    // Where he was, with gaps and outliers marked. From when on tracks are kept at all stands in it: before that none is withheld.
    private byte[] PositionsIn(CarriedSpan span, DateTimeOffset from, DateTimeOffset until) => grains.Courts.TryFind(span.CourtMark, out var court)
        ? JsonSerializer.SerializeToUtf8Bytes(tracks.Of(court, span.OfficerId, from, until), JsonSerializerOptions.Web)
        : []; // A court that is not in the configuration any more has no track.

    /// <summary>What of a reason is kept; <see langword="null"/> when it is none.</summary>
    private static string? WordsOf(string? why) => (why ?? "").Trim() is { Length: >= WordsMin and <= WordsMax } words && !words.Any(char.IsControl) ? words : null;

    private static Dictionary<string, string> DetailOf(DateTimeOffset from, DateTimeOffset until, CarriedSpan span) => new(StringComparer.Ordinal)
    {
        ["from"] = RecordingTimes.Url(from),
        ["until"] = RecordingTimes.Url(until),
        ["officer"] = span.OfficerId,
        ["court"] = span.CourtMark,
    };

    private static string? Try(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (RecordingException)
        {
            return "damaged";
        }
        catch (IOException)
        {
            return "disk";
        }
    }
}
