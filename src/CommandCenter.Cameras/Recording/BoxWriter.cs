using System.Buffers.Binary;
using System.Text;

namespace CommandCenter.Cameras.Recording;

/// <summary>Writes boxes (ISO/IEC 14496-12, 4.2) into memory that is used again and again.</summary>
internal sealed class BoxWriter
{
    private byte[] _bytes = new byte[64 * 1024];

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Bytes so far.</summary>
    public int Length { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Clear() => Length = 0;

    /// <summary>Opens a box; <see cref="End"/> closes it.</summary>
    public int Begin(string type)
    {
        var start = Length;
        UInt32(0);
        _ = Encoding.ASCII.GetBytes(type, Take(4));
        return start;
    }

    /// <summary>Opens a box that has a version and flags (4.2.2).</summary>
    public int BeginFull(string type, byte version, uint flags)
    {
        var start = Begin(type);
        UInt32(((uint)version << 24) | flags);
        return start;
    }

    /// <summary>Closes the box that began there.</summary>
    public void End(int start) => PutUInt32(start, (uint)(Length - start));

    public void Byte(byte value) => Take(1)[0] = value;

    public void UInt16(int value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), checked((ushort)value));

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(4), value);

    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Take(8), value);

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Zeros(int count) => Take(count).Clear();

    public void Text(string text) => _ = Encoding.ASCII.GetBytes(text, Take(text.Length));

    /// <summary>Writes over what is there already.</summary>
    public void PutUInt32(int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(at), value);

    private Span<byte> Take(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        var taken = _bytes.AsSpan(Length, count);
        Length += count;
        return taken;
    }
}
