using CommandCenter.Cameras.Feeds;

namespace CommandCenter.Cameras.Sources;

/// <summary>Fetches the streams of all cameras and hands their pictures on through one <see cref="VideoFeed"/> each.</summary>
/// <remarks>All members may be called by any thread; none waits for a device.</remarks>
public sealed class CameraGateway : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly GatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly SortedDictionary<(string Id, FeedKind Kind), VideoFeed> _feeds = [];

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
        OffReason = "video.off";
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
                return new GatewayCounts(
                    [.. _feeds.Select(static pair => new FeedStatus(
                        pair.Key.Id, pair.Key.Kind, pair.Value.State, null, null, false, pair.Value.Sinks, 0, pair.Value.Counts))],
                    0);
            }
        }
    }

    /// <summary>Says which cameras there are from now on: new ones begin, those no longer named end, changed ones begin anew. Feeds of unchanged ones go on.</summary>
    /// <exception cref="ArgumentException">A source has a fault, a mark occurs twice, or there are more than <see cref="GatewayOptions.SourcesMax"/>. Nothing is changed.</exception>
    public void Set(IReadOnlyList<CameraSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        lock (_lock)
        {
            _feeds.Clear();
            foreach (var source in sources)
            {
                foreach (var kind in Enum.GetValues<FeedKind>().Where(kind => source.AddressOf(kind) is not null))
                {
                    _feeds.Add((source.Id, kind), new VideoFeed($"{source.Id}/{(kind == FeedKind.Main ? "main" : "sub")}", _options.Limits, _time));
                }
            }
        }
    }

    /// <summary>The feed of a camera; <see langword="null"/> where there is no such camera or it has no such stream. It stays the same while the source does.</summary>
    public VideoFeed? Find(string cameraId, FeedKind kind)
    {
        lock (_lock)
        {
            return _feeds.GetValueOrDefault((cameraId, kind));
        }
    }

    /// <summary>Ends all feeds and gives back all that they held.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
