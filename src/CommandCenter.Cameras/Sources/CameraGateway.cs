using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Native;

namespace CommandCenter.Cameras.Sources;

/// <summary>Fetches the streams of all cameras and hands their pictures on through one <see cref="VideoFeed"/> each.</summary>
/// <remarks>
/// All members may be called by any thread; none waits for a device. Sub streams are always fetched, main streams while somebody joined them and
/// <see cref="GatewayOptions.MainLinger"/> longer. Without GStreamer it holds feeds that stay off.
/// </remarks>
public sealed class CameraGateway : IAsyncDisposable
{
    private static readonly TimeSpan s_lookInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly GatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly TranscodeBudget _budget;
    private readonly SourceOpener _opener;
    private readonly SortedDictionary<(string Id, FeedKind Kind), SourceRunner> _runners = [];
    private readonly List<SourceRunner> _leaving = [];
    private readonly PipelineWorkers? _workers;
    private readonly Task _looking = Task.CompletedTask;
    private bool _isEnding;

    /// <param name="options">Limits and addresses.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names all of them.</exception>
    public CameraGateway(GatewayOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _options = options;
        _time = time;
        _budget = new TranscodeBudget(options.TranscodesMax);
        _opener = new SourceOpener(options);
        if (!GStreamer.TryStart(out var reason))
        {
            OffReason = reason;
            return;
        }

        // Each stream has at most one thing to be done at a time; as many again may be leaving.
        _workers = new PipelineWorkers(options.SourcesMax * 4);
        _looking = LookAsync();
    }

    /// <summary>Whether pictures can be fetched on this machine.</summary>
    public bool IsOn => OffReason is null;

    /// <summary>Why not: begins with <c>video.off</c>, then what is missing; <see langword="null"/> when they can.</summary>
    public string? OffReason { get; }

    /// <summary>How all feeds stand now.</summary>
    public GatewayCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return new GatewayCounts([.. _runners.Select(static pair => StatusOf(pair.Key.Id, pair.Key.Kind, pair.Value))], _budget.Taken);
            }
        }
    }

    /// <summary>
    /// Says which cameras there are from now on: new ones begin, those no longer named end, changed ones begin anew, and all others go on undisturbed.
    /// A feed that ended stays off for whoever joined it.
    /// </summary>
    /// <exception cref="ArgumentException">A source has a fault, a mark or a place to push to occurs twice, or there are more than <see cref="GatewayOptions.SourcesMax"/>. Nothing is changed.</exception>
    public void Set(IReadOnlyList<CameraSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        Check(sources);
        lock (_lock)
        {
            if (_isEnding)
            {
                return;
            }

            _opener.Prepare(sources);
            var streams = sources.SelectMany(static source => Enum.GetValues<FeedKind>().Where(kind => source.AddressOf(kind) is not null)
                .Select(kind => ((source.Id, Kind: kind), Source: source))).ToDictionary(static pair => pair.Item1, static pair => pair.Source);
            foreach (var key in _runners.Keys.Where(key => !streams.ContainsKey(key)).ToArray())
            {
                Leave(_runners[key]);
                _ = _runners.Remove(key);
            }

            foreach (var (key, source) in streams)
            {
                if (_runners.TryGetValue(key, out var runner))
                {
                    runner.Change(source);
                }
                else
                {
                    _runners.Add(key, New(source, key.Kind));
                }
            }
        }
    }

    /// <summary>The feed of a camera; <see langword="null"/> where there is no such camera or it has no such stream. It stays the same while the camera has the stream.</summary>
    public VideoFeed? Find(string cameraId, FeedKind kind)
    {
        lock (_lock)
        {
            return _runners.GetValueOrDefault((cameraId, kind))?.Feed;
        }
    }

    /// <summary>Ends all feeds and gives back all that they held.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isEnding = true;
            foreach (var runner in _runners.Values)
            {
                Leave(runner);
            }

            _runners.Clear();
        }

        await _looking.ConfigureAwait(false);
        _workers?.Dispose();
        _opener.Dispose();
    }

    private static FeedStatus StatusOf(string id, FeedKind kind, SourceRunner runner) => new(
        id, kind, runner.Feed.State, runner.Feed.Reason, runner.Codec, runner.IsTranscoded, runner.Feed.Sinks, runner.Restarts, runner.Feed.Counts, runner.Detail);

    private void Check(IReadOnlyList<CameraSource> sources)
    {
        if (sources.Count > _options.SourcesMax)
        {
            throw new ArgumentException($"camera.too-many: {sources.Count} cameras; {_options.SourcesMax} are allowed.", nameof(sources));
        }

        var faults = sources.SelectMany(static source => source.Faults().Select(fault => $"{source.Id}: {fault}"))
            .Concat(sources.CountBy(static source => source.Id).Where(static pair => pair.Value > 1).Select(static pair => $"{pair.Key}: camera.id-twice")).ToArray();
        if (faults.Length == 0)
        {
            // Were it allowed, the pictures of one camera could be taken for those of another.
            faults = [.. sources.SelectMany(static source => source.Places().Select(place => (place, source.Id))).GroupBy(static pair => pair.place)
                .Where(static group => group.Count() > 1).Select(static group => $"{string.Join(" and ", group.Select(static pair => pair.Id))}: camera.address-taken")];
        }

        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join(", ", faults), nameof(sources));
        }
    }

    private SourceRunner New(CameraSource source, FeedKind kind)
    {
        var runner = new SourceRunner(source, kind, _options, _budget, action => _workers!.TryPost(action), _opener.Open, _time, Random.Shared);
        if (!IsOn)
        {
            runner.Feed.Explain("video.off");
        }

        return runner;
    }

    private void Leave(SourceRunner runner)
    {
        runner.Leave();
        runner.Feed.Ask(isAsked: false);
        if (IsOn)
        {
            _leaving.Add(runner);
        }
    }

    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(s_lookInterval, _time);
        do
        {
            lock (_lock)
            {
                foreach (var runner in _runners.Values)
                {
                    runner.Tick();
                }

                foreach (var runner in _leaving)
                {
                    runner.Tick();
                }

                _ = _leaving.RemoveAll(static runner => runner.HasLeft);
                if (_isEnding && _leaving.Count == 0)
                {
                    return;
                }
            }
        }
        while (await timer.WaitForNextTickAsync().ConfigureAwait(false));
    }
}
