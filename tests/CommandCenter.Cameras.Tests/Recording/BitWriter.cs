using System.Numerics;

namespace CommandCenter.Cameras.Tests.Recording;

/// <summary>Writes a NAL unit bit by bit, and the bytes that keep start codes out of it.</summary>
internal sealed class BitWriter
{
    private readonly List<bool> _bits = [];

    public void Bits(uint value, int count)
    {
        for (var bit = count - 1; bit >= 0; bit--)
        {
            _bits.Add(((value >> bit) & 1) != 0);
        }
    }

    public void Unsigned(uint value)
    {
        var digits = 32 - BitOperations.LeadingZeroCount(value + 1);
        Bits(0, digits - 1);
        Bits(value + 1, digits);
    }

    public byte[] Finish()
    {
        _bits.Add(true);
        var bytes = new List<byte>();
        for (var at = 0; at < _bits.Count; at += 8)
        {
            byte value = 0;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (byte)((value << 1) | (at + bit < _bits.Count && _bits[at + bit] ? 1 : 0));
            }

            if (value <= 3 && bytes.Count >= 2 && bytes[^1] == 0 && bytes[^2] == 0)
            {
                bytes.Add(3);
            }

            bytes.Add(value);
        }

        return [.. bytes];
    }
}
