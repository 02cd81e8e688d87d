using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Media;

namespace CommandCenter.Web.Cameras.Tiles;

/// <summary>One tile of one page, as a feed sees it.</summary>
internal sealed class TileSink(int tile, TileOutbox outbox, CameraMetrics metrics) : IVideoSink
{
    private string? _codec;
    private volatile bool _isClosed;

    /// <summary>Which tile.</summary>
    public int Tile => tile;

    /// <summary>Whether it shows something else by now; what still waits for it is not sent.</summary>
    public bool IsClosed => _isClosed;

    public bool Offer(AccessUnit unit)
    {
        if (_isClosed)
        {
            return false;
        }

        var codec = unit.IsKey ? NameOf(unit) : null;
        var isNew = codec is not null && codec != _codec;
        if (!outbox.TryAdd(this, unit, isNew ? TileMessages.Codec(tile, codec!) : null))
        {
            metrics.Refused();
            return false;
        }

        _codec = codec ?? _codec;
        return true;
    }

    public void Close() => _isClosed = true;

    // What no browser of ours shows is told apart by its name; it says so itself.
    private static string? NameOf(AccessUnit unit) => unit.Codec == VideoCodec.H264 ? CodecName.OfH264(unit.Data.Span) : "hvc1";
}
