namespace CommandCenter.Cameras.Recording;

/// <summary>Reads the bits of a NAL unit, leaving out the bytes that only keep start codes from appearing (ITU-T H.264, 7.3.1 and 9.1).</summary>
internal ref struct BitReader(ReadOnlySpan<byte> unit)
{
    private readonly ReadOnlySpan<byte> _unit = unit;
    private int _at;
    private int _zeros;
    private int _bitsLeft;
    private byte _current;

    /// <summary>u(1).</summary>
    /// <exception cref="RecordingException">The unit ends.</exception>
    public bool Flag() => Bits(1) != 0;

    /// <summary>u(n), n up to 32.</summary>
    /// <exception cref="RecordingException">The unit ends.</exception>
    public uint Bits(int count)
    {
        var value = 0u;
        for (var i = 0; i < count; i++)
        {
            if (_bitsLeft == 0)
            {
                NextByte();
            }

            value = (value << 1) | ((uint)(_current >> --_bitsLeft) & 1);
        }

        return value;
    }

    /// <summary>Leaves bits out.</summary>
    /// <exception cref="RecordingException">The unit ends.</exception>
    public void Skip(int count)
    {
        for (; count > 32; count -= 32)
        {
            _ = Bits(32);
        }

        _ = Bits(count);
    }

    /// <summary>ue(v), 9.1.</summary>
    /// <exception cref="RecordingException">The unit ends, or the number is longer than the standard allows.</exception>
    public uint Unsigned()
    {
        var zeros = 0;
        while (!Flag())
        {
            if (++zeros > 31)
            {
                throw Bad();
            }
        }

        return (1u << zeros) - 1 + Bits(zeros);
    }

    /// <summary>se(v), 9.1.1.</summary>
    /// <exception cref="RecordingException">The unit ends, or the number is longer than the standard allows.</exception>
    public int Signed()
    {
        var code = Unsigned();
        return (code & 1) != 0 ? (int)((code >> 1) + 1) : -(int)(code >> 1);
    }

    private static RecordingException Bad() => new(RecordingException.BadVideo, "A parameter set ends too early.", innerException: null);

    private void NextByte()
    {
        if (_at < _unit.Length && _zeros >= 2 && _unit[_at] == 3)
        {
            _at++;
            _zeros = 0;
        }

        if (_at >= _unit.Length)
        {
            throw Bad();
        }

        _current = _unit[_at++];
        _zeros = _current == 0 ? _zeros + 1 : 0;
        _bitsLeft = 8;
    }
}
