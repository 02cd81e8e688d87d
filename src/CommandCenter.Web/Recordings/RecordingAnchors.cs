using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using CommandCenter.Audit;
using CommandCenter.Cameras.Recording;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.Recordings;

/// <summary>
/// Puts the head of a camera's chain into the trace whenever a segment ends or is removed: the trace is signed, so that nobody who can write to
/// the folder of recordings can write them anew unseen.
/// </summary>
/// <remarks>While the trace cannot be written, heads wait. What does not fit, or was lost with a crash, is made good: each head holds all before it.</remarks>
internal sealed partial class RecordingAnchors(AuditTrail trail, ILogger<RecordingAnchors> logger) : IRecordingObserver
{
    private const int WaitingMax = 4_096;
    private const int PagesMax = 4; // Of 500 records: whose last anchor lies farther back is anchored once more, which does no harm.
    private const string Prefix = "recording.";
    private const string Head = "head";

    private static readonly string NoHead = new('0', 64);

    private readonly Channel<object> _waiting = Channel.CreateBounded<object>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });
    private readonly ConcurrentDictionary<string, bool> _missed = new(StringComparer.Ordinal);
    private object? _held;

    /// <summary>Heads that are not in the trace yet.</summary>
    public int Waiting => _waiting.Reader.Count + (_held is null ? 0 : 1);

    public void Closed(ClosedSegment segment) => Add(segment, segment.Camera);

    public void Removed(RemovedSegment segment) => Add(segment, segment.Camera);

    /// <summary>Records what waits; one caller at a time.</summary>
    /// <exception cref="AuditException">The trace cannot be written; the rest goes on waiting.</exception>
    public async Task DrainAsync(RecordingStore? store)
    {
        while (_held is not null || _waiting.Reader.TryRead(out _held))
        {
            // Removed segments come in thousands and in a row: one record says them all, up to the last head of that camera.
            if (_held is RemovedSegment removed)
            {
                await RecordRemovedAsync(removed);
                continue;
            }

            await RecordAsync(TrailActions.RecordingClosed, (ClosedSegment)_held);
            _held = null;
        }

        foreach (var camera in _missed.Keys.Where(_ => store is not null))
        {
            await AnchorAsync(camera, store!.ChainHead(camera));
            _ = _missed.TryRemove(camera, out _);
        }
    }

    /// <summary>At a start: anchors every head that the trace does not know, and says whose chain has lost what was anchored.</summary>
    /// <exception cref="AuditException">The trace cannot be written.</exception>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public async Task CompareAsync(RecordingStore store, CancellationToken cancellationToken)
    {
        var known = Known(cancellationToken);
        var there = store.Cameras;
        foreach (var (camera, anchored) in known.Where(pair => !store.Damaged.ContainsKey(pair.Key) && !(there.Contains(pair.Key) && store.HasLine(pair.Key, pair.Value))))
        {
            Log.ChainLost(logger, camera, anchored);
            await trail.RecordAsync(null, null, TrailActions.RecordingChainLost, camera, AuditOutcome.Failed, detail: new Dictionary<string, string>(StringComparer.Ordinal) { ["anchored"] = anchored });
        }

        foreach (var camera in there)
        {
            if (store.ChainHead(camera) is var head && head != NoHead && known.GetValueOrDefault(camera) != head)
            {
                await AnchorAsync(camera, head);
            }
        }
    }

    private void Add(object segment, string camera)
    {
        if (!_waiting.Writer.TryWrite(segment))
        {
            _missed[camera] = true;
        }
    }

    private Dictionary<string, string> Known(CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        long? after = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var found = trail.Search(new() { ActionPrefix = Prefix, After = after, Size = 500 }, cancellationToken);
            foreach (var entry in found.Records.Select(static record => record.Entry))
            {
                if (entry is { Subject: { } camera, Detail: { } detail } && detail.TryGetValue(Head, out var head))
                {
                    _ = known.TryAdd(camera, head);
                }
            }

            if ((after = found.Next) is null)
            {
                break;
            }
        }

        return known;
    }

    private async Task RecordRemovedAsync(RemovedSegment first)
    {
        var (last, count, bytes) = (first, 1, first.Bytes);
        while (_waiting.Reader.TryPeek(out var next) && next is RemovedSegment other && other.Camera == first.Camera && other.Why == first.Why)
        {
            _ = _waiting.Reader.TryRead(out _);
            (last, count, bytes) = (other, count + 1, bytes + other.Bytes);
        }

        _held = last with { Bytes = bytes }; // Should the record fail, the head at least is kept.
        await trail.RecordAsync(null, null, TrailActions.RecordingRemoved, first.Camera, reason: first.Why, detail: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["first"] = first.File,
            ["last"] = last.File,
            ["segments"] = count.ToString(CultureInfo.InvariantCulture),
            ["bytes"] = bytes.ToString(CultureInfo.InvariantCulture),
            [Head] = last.ChainHead,
        });
        _held = null;
    }

    private Task RecordAsync(string action, ClosedSegment segment) => trail.RecordAsync(null, null, action, segment.Camera, detail: new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["file"] = segment.File,
        ["bytes"] = segment.Bytes.ToString(CultureInfo.InvariantCulture),
        ["pictures"] = segment.Pictures.ToString(CultureInfo.InvariantCulture),
        ["recovered"] = segment.IsRecovered ? "true" : "false",
        [Head] = segment.ChainHead,
    });

    private Task AnchorAsync(string camera, string head) =>
        trail.RecordAsync(null, null, TrailActions.RecordingAnchored, camera, detail: new Dictionary<string, string>(StringComparer.Ordinal) { [Head] = head });

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The chain of recordings of {Camera} does not hold what was anchored in the trace ({Head}): was a backup restored, or did somebody write it anew? See docs/recordings.md")]
        public static partial void ChainLost(ILogger logger, string camera, string head);
    }
}
