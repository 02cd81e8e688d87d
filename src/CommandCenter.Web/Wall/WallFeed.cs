using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Wall;

/// <summary>Samples the figures at its own pace and hands the latest frame to every follower.</summary>
/// <remarks>
/// <para>SignalR never drops: a group send to a client that reads slowly waits for it, or piles up behind it. So each
/// follower pulls a stream of its own. It holds one frame in flight, and when that is sent it takes whatever is the latest
/// then. A slow wall skips frames, costs one frame of memory, and never delays another wall or this loop.</para>
/// <para>A follower reads a publication and waits for that very publication to be succeeded, so none can slip in between.</para>
/// </remarks>
internal sealed partial class WallFeed : BackgroundService
{
    private readonly IFigureSource _source;
    private readonly WallInstance _instance;
    private readonly TimeProvider _time;
    private readonly ILogger<WallFeed> _logger;
    private readonly WallOptions _options;
    private Publication _latest;

    public WallFeed(
        IFigureSource source, WallInstance instance, IOptions<WallOptions> options, TimeProvider time, ILogger<WallFeed> logger)
    {
        _source = source;
        _instance = instance;
        _time = time;
        _logger = logger;
        _options = options.Value;
        _latest = new Publication(source.Read(), fundsRevision: 0, time.GetUtcNow(), time.GetTimestamp(), instance.Id);
    }

    /// <summary>Ends when a frame newer than the present one is out.</summary>
    public Task Published => Volatile.Read(ref _latest).Succeeded;

    /// <summary>The latest frame at once, then each newer one that is the latest when the follower is ready for it.</summary>
    public async IAsyncEnumerable<WallFrame> FollowAsync(
        WallLanguage language, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var fundsRevisionSent = -1L;
        while (true)
        {
            var latest = Volatile.Read(ref _latest);
            yield return latest.FrameOf(language, wholeFunds: latest.FundsRevision != fundsRevisionSent);
            fundsRevisionSent = latest.FundsRevision;
            await latest.Succeeded.WaitAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.SampleInterval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
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
        var figures = _source.Read();
        var before = _latest;
        if (figures.Version == before.Figures.Version && _time.GetElapsedTime(before.Timestamp) < _options.HeartbeatInterval)
        {
            return;
        }

        var fundsRevision = SameClosedSteps(before.Figures.Funds24h, figures.Funds24h)
            ? before.FundsRevision
            : before.FundsRevision + 1;
        Volatile.Write(
            ref _latest,
            new Publication(figures, fundsRevision, _time.GetUtcNow(), _time.GetTimestamp(), _instance.Id));
        before.Succeed();
    }

    /// <summary>Every frame carries the open window; only a change elsewhere (a new window, a late event) needs the whole day again.</summary>
    private static bool SameClosedSteps(IReadOnlyList<FundsStep> before, IReadOnlyList<FundsStep> after)
    {
        if (ReferenceEquals(before, after))
        {
            return true;
        }

        if (before.Count != after.Count || (before.Count > 0 && before[^1].At != after[^1].At))
        {
            return false;
        }

        for (var i = 0; i < before.Count - 1; i++)
        {
            if (before[i] != after[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Figures at one instant, written at most once for each language and size, and only when someone asks.</summary>
    private sealed class Publication(
        CityFigures figures, long fundsRevision, DateTimeOffset at, long timestamp, string instance)
    {
        // Continuations run elsewhere: the sampling loop must not send to followers itself.
        private readonly TaskCompletionSource _succeeded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly WallFrame?[] _frames = new WallFrame?[4];
        private readonly Lock _writing = new();

        public CityFigures Figures => figures;

        public long FundsRevision => fundsRevision;

        public long Timestamp => timestamp;

        public Task Succeeded => _succeeded.Task;

        public void Succeed() => _succeeded.SetResult();

        public WallFrame FrameOf(WallLanguage language, bool wholeFunds)
        {
            var slot = ((int)language * 2) + (wholeFunds ? 1 : 0);
            lock (_writing)
            {
                return _frames[slot] ??= WallFrameWriter.Write(WallPresenter.Present(figures, language), at, instance, wholeFunds);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The wall could not read or publish the figures; walls will show them as stale")]
        public static partial void SampleFailed(ILogger logger, Exception exception);
    }
}
