using System.Buffers.Binary;
using System.Text;

namespace CommandCenter.Web.Grains;

/// <summary>Writes the compact binary form of records and states into one growing buffer. Reused, so it belongs to one thread.</summary>
internal sealed class ByteWriter
{
    private byte[] _buffer = new byte[1024];
    private int _length;

    public int Length => _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Byte(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    /// <summary>An unsigned LEB128 number.</summary>
    public void Number(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[_length++] = (byte)value;
    }

    /// <summary>A number that is never negative here.</summary>
    public void Number(long value) => Number(checked((ulong)value));

    public void Fixed64(ulong value)
    {
        Reserve(8);
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += 8;
    }

    public void Double(double value) => Fixed64(BitConverter.DoubleToUInt64Bits(value));

    public void Instant(DateTimeOffset value) => Fixed64((ulong)value.UtcTicks);

    public void Day(DateOnly value) => Number(value.DayNumber);

    public void Text(string value)
    {
        if (value.Length * 3 < 0x80)
        {
            // Whatever its characters are, its length takes one byte, which is filled in afterwards: one pass instead of two.
            Reserve(1 + (value.Length * 3));
            var written = Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length + 1));
            _buffer[_length] = (byte)written;
            _length += 1 + written;
            return;
        }

        var bytes = Encoding.UTF8.GetByteCount(value);
        Number((ulong)bytes);
        Reserve(bytes);
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
    }

    /// <summary>Bytes with their length before them.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number((ulong)value.Length);
        Reserve(value.Length);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
    }

    /// <summary>A text that may be missing; missing is not empty.</summary>
    public void TextOrNull(string? value)
    {
        Byte(value is null ? (byte)0 : (byte)1);
        if (value is not null)
        {
            Text(value);
        }
    }

    public void Texts(IReadOnlyList<string> values)
    {
        Number((ulong)values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            Text(values[i]);
        }
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        }
    }
}
