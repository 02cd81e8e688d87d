using CommandCenter.Cameras.Feeds;

namespace CommandCenter.Web.Cameras.Tiles;

/// <summary>What one tile of a page shows at present. Touched by one thread at a time, the connection's turn.</summary>
internal sealed class ShownTile(int tile, CameraDevice device, StreamKind kind, bool keysOnly, IDisposable look, TileOutbox outbox, ICameraFeeds feeds, CameraMetrics metrics) : IDisposable
{
    private VideoFeed? _feed;
    private TileSink? _sink;
    private IDisposable? _seat;

    /// <summary>Which tile.</summary>
    public int Tile => tile;

    /// <summary>Of which camera, as it was registered when the tile began.</summary>
    public CameraDevice Device => device;

    /// <summary>Which stream was asked for.</summary>
    public StreamKind Kind => kind;

    /// <summary>Whether only key pictures were asked for.</summary>
    public bool KeysOnly => keysOnly;

    /// <summary>What the page was told last.</summary>
    public TileState? Told { get; set; }

    /// <summary>Joins the stream that there is now, and says what can be said of it. A stream that was made anew is joined anew.</summary>
    public TileState Look(CameraDevice? known)
    {
        var feed = feeds.OffReason is null && known is { IsEnabled: true } ? FindFeed() : null;
        if (!ReferenceEquals(feed, _feed))
        {
            Leave();
            _feed = feed;
            if (feed is not null)
            {
                _sink = new TileSink(tile, outbox, metrics);
                _seat = feed.Join(_sink, keysOnly);
            }
        }

        return TileState.Of(feeds, known, feed);
    }

    public void Dispose()
    {
        Leave();
        look.Dispose();
    }

    // A camera with one stream alone shows that one.
    private VideoFeed? FindFeed() => feeds.Find(device.Id, kind) ?? feeds.Find(device.Id, kind == StreamKind.Main ? StreamKind.Sub : StreamKind.Main);

    private void Leave()
    {
        _sink?.Close();
        _seat?.Dispose();
        (_sink, _seat, _feed) = (null, null, null);
    }
}
