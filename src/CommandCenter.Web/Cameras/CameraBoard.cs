using CommandCenter.Cameras.Feeds;
using CommandCenter.Web.Cameras.Tiles;

namespace CommandCenter.Web.Cameras;

/// <summary>One camera and how its pictures stand.</summary>
/// <param name="Device">The camera.</param>
/// <param name="State">The better of its two streams.</param>
/// <param name="Since">Since when.</param>
/// <param name="Main">Its main stream in figures; <see langword="null"/> when there is none.</param>
/// <param name="Sub">Its small one.</param>
internal sealed record KnownCamera(CameraDevice Device, TileState State, DateTimeOffset Since, CameraFigures? Main, CameraFigures? Sub);

/// <summary>A stream, measured.</summary>
/// <param name="Pictures">That came since it was made.</param>
/// <param name="Bytes">Theirs.</param>
/// <param name="Dropped">That somebody did not get.</param>
/// <param name="PicturesPerSecond">Over the last seconds.</param>
/// <param name="BitsPerSecond">The same.</param>
/// <param name="Viewers">Tiles and recordings that take it now.</param>
internal sealed record CameraFigures(long Pictures, long Bytes, long Dropped, double PicturesPerSecond, double BitsPerSecond, int Viewers);

/// <summary>
/// Looks at all cameras several times a second and swaps one immutable list; tells where pictures come from which cameras are registered. Read by
/// any thread without waiting.
/// </summary>
internal sealed partial class CameraBoard(CameraRegistry registry, ICameraFeeds feeds, TimeProvider time, ILogger<CameraBoard> logger) : BackgroundService
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_rateSpan = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new(); // Its own pace and a page that has just changed something.
    private readonly Dictionary<VideoFeed, Rate> _rates = [];
    private IReadOnlyList<CameraDevice>? _told;
    private volatile IReadOnlyList<KnownCamera> _latest = [];

    /// <summary>The latest look, by id.</summary>
    public IReadOnlyList<KnownCamera> Read() => _latest;

    /// <summary>Looks now.</summary>
    public void Refresh()
    {
        lock (_lock)
        {
            Look();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pace, time);
        try
        {
            do
            {
                try
                {
                    Refresh();
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Log.RefreshFailed(logger, exception); // What is shown stays as it was; the tiles know their own states.
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is going down.
        }
    }

    private void Look()
    {
        var devices = registry.All;
        if (!ReferenceEquals(devices, _told))
        {
            feeds.Set([.. devices.Where(static device => device.IsEnabled)], registry.SecretOf);
            _told = devices;
        }

        var before = _latest.ToDictionary(static camera => camera.Device.Id, StringComparer.Ordinal);
        var now = time.GetUtcNow();
        var seen = new HashSet<VideoFeed>();
        _latest = [.. devices.Select(device =>
        {
            var (main, sub) = device.IsEnabled ? (feeds.Find(device.Id, StreamKind.Main), feeds.Find(device.Id, StreamKind.Sub)) : (null, null);
            var state = Better(TileState.Of(feeds, device, sub), TileState.Of(feeds, device, main));
            var since = before.GetValueOrDefault(device.Id) is { } known && known.State == state ? known.Since : now;
            return new KnownCamera(device, state, since, Measure(main, seen), Measure(sub, seen));
        })];
        foreach (var gone in _rates.Keys.Where(feed => !seen.Contains(feed)).ToArray())
        {
            _ = _rates.Remove(gone);
        }
    }

    private static TileState Better(TileState one, TileState other) => RankOf(one) <= RankOf(other) ? one : other;

    private static int RankOf(TileState state) => state.Word switch { "live" => 0, "stalled" => 1, "connecting" => 2, "lost" => 3, _ => 4 };

    private CameraFigures? Measure(VideoFeed? feed, HashSet<VideoFeed> seen)
    {
        if (feed is null)
        {
            return null;
        }

        _ = seen.Add(feed);
        var counts = feed.Counts;
        if (!_rates.TryGetValue(feed, out var rate))
        {
            _rates[feed] = rate = new Rate(time.GetTimestamp(), counts);
        }

        var span = time.GetElapsedTime(rate.At);
        if (span >= s_rateSpan)
        {
            _rates[feed] = rate = new Rate(time.GetTimestamp(), counts)
            {
                PicturesPerSecond = (counts.Units - rate.Counts.Units) / span.TotalSeconds,
                BitsPerSecond = (counts.Bytes - rate.Counts.Bytes) * 8 / span.TotalSeconds,
            };
        }

        return new CameraFigures(counts.Units, counts.Bytes, counts.Dropped, Math.Round(rate.PicturesPerSecond, 1), Math.Round(rate.BitsPerSecond), feed.Sinks);
    }

    private sealed record Rate(long At, FeedCounts Counts)
    {
        public double PicturesPerSecond { get; init; }

        public double BitsPerSecond { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The cameras could not be looked at")]
        public static partial void RefreshFailed(ILogger logger, Exception exception);
    }
}
