using System.Collections.Concurrent;
using CommandCenter.Cameras.Feeds;
using CommandCenter.Web.Cameras;

namespace CommandCenter.Web.Tests.Cameras;

/// <summary>Cameras of tests: each registered one has two streams, into which the test puts the pictures of a clip.</summary>
internal sealed class FilmedFeeds : ICameraFeeds
{
    private readonly ConcurrentDictionary<(string, StreamKind), VideoFeed> _feeds = new();
    private long _index;

    public string? OffReason { get; set; }

    /// <summary>The secrets that came with the cameras.</summary>
    public Dictionary<string, string?> Secrets { get; } = new(StringComparer.Ordinal);

    public void Set(IReadOnlyList<CameraDevice> devices, Func<string, string?> secretOf)
    {
        foreach (var device in devices)
        {
            Secrets[device.Id] = secretOf(device.Id);
            foreach (var kind in Enum.GetValues<StreamKind>())
            {
                _ = _feeds.GetOrAdd((device.Id, kind), static key =>
                {
                    var feed = new VideoFeed($"{key.Item1}/{key.Item2}", FeedLimits.Default, TimeProvider.System);
                    feed.Ask(true);
                    return feed;
                });
            }
        }

        foreach (var gone in _feeds.Keys.Where(key => devices.All(device => device.Id != key.Item1)).ToArray())
        {
            _ = _feeds.TryRemove(gone, out _);
        }
    }

    public VideoFeed? Find(string cameraId, StreamKind kind) => _feeds.GetValueOrDefault((cameraId, kind));

    /// <summary>Puts the next pictures of a clip into the streams of all cameras.</summary>
    public void Film(H264Clip clip, int count = 1, bool isTaken = false)
    {
        for (var i = 0; i < count; i++)
        {
            var unit = clip.At(_index++, TimeSpan.FromSeconds(1.0 / 15), TimeProvider.System.GetUtcNow(), isTaken);
            foreach (var feed in _feeds.Values)
            {
                feed.Publish(unit);
            }
        }
    }

    /// <summary>Films for as long as it is not disposed, at 15 pictures a second.</summary>
    public IAsyncDisposable Run(H264Clip clip, bool isTaken = false) => new Running(this, clip, isTaken);

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _ending = new();
        private readonly Task _filming;

        public Running(FilmedFeeds feeds, H264Clip clip, bool isTaken) => _filming = FilmAsync(feeds, clip, isTaken, _ending.Token);

        public async ValueTask DisposeAsync()
        {
            await _ending.CancelAsync();
            await _filming;
            _ending.Dispose();
        }

        private static async Task FilmAsync(FilmedFeeds feeds, H264Clip clip, bool isTaken, CancellationToken cancellationToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / 15));
            try
            {
                while (await timer.WaitForNextTickAsync(cancellationToken))
                {
                    feeds.Film(clip, 1, isTaken);
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }
    }
}
