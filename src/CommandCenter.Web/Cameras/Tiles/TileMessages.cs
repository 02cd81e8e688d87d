using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using CommandCenter.Cameras.Media;

namespace CommandCenter.Web.Cameras.Tiles;

/// <summary>What the server says to a page; docs/tiles.md describes it, <c>tiles/protocol.js</c> reads it.</summary>
internal static class TileMessages
{
    /// <summary>Tiles of one page at most.</summary>
    public const int TilesMax = 64;

    /// <summary>Bytes before the picture itself.</summary>
    public const int HeadBytes = 32;

    private const byte Picture = 1;
    private const byte KeyFlag = 1;
    private const byte CapturedFlag = 2;

    /// <summary>A picture: type, flags, tile, milliseconds between decoding and showing, time on the clock of its stream, arrival and capture on ours, then Annex B.</summary>
    /// <returns>How many bytes it took.</returns>
    public static int WritePicture(Span<byte> into, int tile, AccessUnit unit)
    {
        into[0] = Picture;
        into[1] = (byte)((unit.IsKey ? KeyFlag : 0) | (unit.CapturedAt is null ? 0 : CapturedFlag));
        BinaryPrimitives.WriteUInt16BigEndian(into[2..], (ushort)tile);
        BinaryPrimitives.WriteInt32BigEndian(into[4..], (int)Math.Clamp(unit.PtsMicroseconds - unit.DtsMicroseconds, int.MinValue, int.MaxValue));
        BinaryPrimitives.WriteInt64BigEndian(into[8..], unit.PtsMicroseconds);
        BinaryPrimitives.WriteDoubleBigEndian(into[16..], Milliseconds(unit.ArrivedAt));
        BinaryPrimitives.WriteDoubleBigEndian(into[24..], unit.CapturedAt is { } at ? Milliseconds(at) : 0);
        unit.Data.Span.CopyTo(into[HeadBytes..]);
        return HeadBytes + unit.Data.Length;
    }

    /// <summary>Whether there is video at all, and why not.</summary>
    public static byte[] Video(string? offReason) => Json(json =>
    {
        json.WriteString("video", offReason is null ? "on" : "off");
        json.WriteString("reason", offReason ?? "");
    });

    /// <summary>From here on the tile shows this; whatever came before belongs to what it showed then.</summary>
    public static byte[] Begin(int tile, string cameraId, StreamKind kind, bool keysOnly) => Json(json =>
    {
        json.WriteNumber("tile", tile);
        json.WriteString("begin", cameraId);
        json.WriteString("kind", kind == StreamKind.Main ? "main" : "sub");
        json.WriteString("mode", keysOnly ? "keys" : "all");
    });

    /// <summary>How the pictures that follow are coded.</summary>
    public static byte[] Codec(int tile, string codec) => Json(json =>
    {
        json.WriteNumber("tile", tile);
        json.WriteString("codec", codec);
    });

    /// <summary>What can be said of a tile since now.</summary>
    public static byte[] State(int tile, TileState state, DateTimeOffset now) => Json(json =>
    {
        json.WriteNumber("tile", tile);
        json.WriteString("state", state.Word);
        json.WriteString("reason", state.Reason);
        json.WriteNumber("at", now.ToUnixTimeMilliseconds());
    });

    /// <summary>The page may not look at that, or no more.</summary>
    public static byte[] Refused(int tile, string code) => Json(json =>
    {
        json.WriteNumber("tile", tile);
        json.WriteString("refused", code);
    });

    /// <summary>The page's time and ours.</summary>
    public static byte[] Clock(double asked, DateTimeOffset now) => Json(json =>
    {
        json.WriteNumber("clock", asked);
        json.WriteNumber("server", Milliseconds(now));
    });

    private static double Milliseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(96);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
