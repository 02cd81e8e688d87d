using System.Buffers.Binary;
using System.Text;
using CommandCenter.Domain;

namespace CommandCenter.Web.Grains;

/// <summary>Reads what <see cref="ByteWriter"/> wrote.</summary>
/// <param name="bytes">One record or state.</param>
/// <param name="texts">Gives one string for equal texts: courts, handlers and causes repeat a million times.</param>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes, TextPool texts)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte()
    {
        Need(1);
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new CorruptJournalException("A number of more than 64 bits.");
    }

    public long Long() => checked((long)Unsigned());

    public int Int() => checked((int)Unsigned());

    public ulong Fixed64()
    {
        Need(8);
        var value = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
        _rest = _rest[8..];
        return value;
    }

    public double Double() => BitConverter.UInt64BitsToDouble(Fixed64());

    public DateTimeOffset Instant() => new((long)Fixed64(), TimeSpan.Zero);

    public DateOnly Day() => DateOnly.FromDayNumber(Int());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>A text that many cases share.</summary>
    public string SharedText() => texts.Get(Bytes());

    public string? TextOrNull() => Byte() == 0 ? null : Text();

    public string? SharedTextOrNull() => Byte() == 0 ? null : SharedText();

    public IReadOnlyList<string> Texts()
    {
        var count = Int();
        if (count == 0)
        {
            return [];
        }

        Need(count);
        var values = new string[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Text();
        }

        return values;
    }

    /// <summary>Bytes with their length before them; part of what is read from.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        var length = Int();
        Need(length);
        var bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    private readonly void Need(int bytes)
    {
        if (_rest.Length < bytes)
        {
            throw new CorruptJournalException($"{bytes} more bytes are needed and {_rest.Length} are left.");
        }
    }
}
