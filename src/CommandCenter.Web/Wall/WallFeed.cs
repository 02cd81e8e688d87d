using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Wall;

/// <summary>Samples all parts at its own pace and hands the latest frame to every follower.</summary>
/// <remarks>
/// <para>SignalR never drops: a group send to a client that reads slowly waits for it, or piles up behind it. So each
/// follower pulls a stream of its own. It holds one frame in flight, and when that is sent it takes whatever is the latest
/// then. A slow wall skips frames, costs one frame of memory, and never delays another wall or this loop.</para>
/// <para>A follower reads a publication and waits for that very publication to be succeeded, so none can slip in between.</para>
/// </remarks>
internal sealed partial class WallFeed : BackgroundService
{
    private readonly IFigureSource _figures;
    private readonly IWallPartSource[] _sources;
    private readonly WallCatalog _catalog;
    private readonly WallInstance _instance;
    private readonly TimeProvider _time;
    private readonly ILogger<WallFeed> _logger;
    private readonly WallOptions _options;
    private WallPublication _latest;

    public WallFeed(
        IFigureSource figures, IEnumerable<IWallPartSource> sources, WallCatalog catalog, WallInstance instance, IOptions<WallOptions> options,
        TimeProvider time, ILogger<WallFeed> logger)
    {
        _figures = figures;
        _sources = [.. sources];
        _catalog = catalog;
        _instance = instance;
        _time = time;
        _logger = logger;
        _options = options.Value;
        var sample = new WallSample(figures.Read());
        _latest = PublicationOf(1, sample, [.. _sources.Select(source => Next(new WallPart(source, -1, State: null), sample))]);
    }

    /// <summary>What was published last.</summary>
    public WallPublication Latest => Volatile.Read(ref _latest);

    /// <summary>The latest frame at once, then each newer one that is the latest when the follower is ready for it. Ends when the wall does.</summary>
    public async IAsyncEnumerable<WallFrame> FollowAsync(
        string wallId, WallLanguage language, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sent = new Dictionary<string, long>(StringComparer.Ordinal);
        while (_catalog.Find(wallId) is { } wall)
        {
            var latest = Latest;
            yield return latest.FrameOf(wall, language, sent);
            await latest.Succeeded.WaitAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.SampleInterval, _time);
        var ticking = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        while (true)
        {
            // A cut is a promise to the millisecond: it does not wait for the next sample.
            if (await Task.WhenAny([ticking, .. _sources.Select(static source => source.Urgent).OfType<Task>()]) == ticking)
            {
                if (!await ticking)
                {
                    return;
                }

                ticking = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            }

            try
            {
                Sample();
            }
            catch (Exception exception)
            {
                // The walls keep their last picture and say that it is stale. Ending the loop would keep them so for ever.
                Log.SampleFailed(_logger, exception);
            }
        }
    }

    private void Sample()
    {
        var before = _latest;
        var sample = new WallSample(_figures.Read());
        WallPart[] parts = [.. before.Parts.Select(part => Next(part, sample))];
        if (parts.SequenceEqual(before.Parts) && _time.GetElapsedTime(before.Timestamp) < _options.HeartbeatInterval)
        {
            return;
        }

        Volatile.Write(ref _latest, PublicationOf(before.Number + 1, sample, parts));
        before.Succeed();
    }

    private WallPart Next(WallPart before, WallSample sample)
    {
        try
        {
            var state = before.Source.Read(sample);
            return state.Equals(before.State) ? before : Succeed(before, state);
        }
        catch (Exception exception)
        {
            // One broken part must not take the others' figures away. It is read again with each sample, and told of once.
            if (before is { State: null, Revision: >= 0 })
            {
                return before;
            }

            Log.PartFailed(_logger, before.Name, exception);
            return Succeed(before, state: null);
        }
    }

    private WallPart Succeed(WallPart before, object? state) =>
        new(before.Source, before.Revision + 1, state) { Failed = (part, exception) => Log.PartFailed(_logger, part, exception) };

    private WallPublication PublicationOf(long number, WallSample sample, IReadOnlyList<WallPart> parts) =>
        new(number, sample, parts, _time.GetUtcNow(), _time.GetTimestamp(), _instance);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The wall could not read or publish the figures; walls will show them as stale")]
        public static partial void SampleFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "The part {Part} of the walls could not be read or written; walls say that it is missing")]
        public static partial void PartFailed(ILogger logger, string part, Exception exception);
    }
}
