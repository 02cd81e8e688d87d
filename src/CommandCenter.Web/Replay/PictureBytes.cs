using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Replay;

/// <summary>What the values of a picture are as bytes: signed numbers zig-zag, times as the distance from the picture's own, a text once and then by its number.</summary>
internal sealed class PictureBytes
{
    private readonly ByteWriter _bytes = new();
    private readonly Dictionary<string, ulong> _texts = new(StringComparer.Ordinal);
    private long _ticks;

    /// <summary>All bytes since the block began.</summary>
    public ReadOnlySpan<byte> Written => _bytes.Written;

    /// <summary>The picture's time, from which others are counted.</summary>
    public void SetTime(long ticks) => _ticks = ticks;

    public void Byte(byte value) => _bytes.Byte(value);

    public void Bytes(ReadOnlySpan<byte> value) => _bytes.Bytes(value);

    public void Number(ulong value) => _bytes.Number(value);

    public void Number(long value) => _bytes.Number(value);

    public void Double(double value) => _bytes.Double(value);

    /// <summary>A text that will hardly come again: it is not worth a place among those that are named by number.</summary>
    public void TextOnce(string value) => _bytes.Text(value);

    public void Signed(long value) => _bytes.Number(unchecked((ulong)((value << 1) ^ (value >> 63))));

    public void SignedOrNull(long? value)
    {
        _bytes.Byte(value is null ? (byte)0 : (byte)1);
        if (value is { } known)
        {
            Signed(known);
        }
    }

    public void Instant(DateTimeOffset value) => Signed(value.UtcTicks - _ticks);

    public void InstantOrNull(DateTimeOffset? value)
    {
        _bytes.Byte(value is null ? (byte)0 : (byte)1);
        if (value is { } known)
        {
            Instant(known);
        }
    }

    public void Text(string value)
    {
        if (_texts.TryGetValue(value, out var number))
        {
            _bytes.Number(number);
            return;
        }

        _bytes.Number(0UL);
        _bytes.Text(value);
        _texts.Add(value, (ulong)_texts.Count + 1);
    }

    public void TextOrNull(string? value)
    {
        _bytes.Byte(value is null ? (byte)0 : (byte)1);
        if (value is not null)
        {
            _bytes.Text(value);
        }
    }

    public void Texts(IReadOnlyList<string> values)
    {
        _bytes.Number(values.Count);
        foreach (var value in values)
        {
            Text(value);
        }
    }
}
