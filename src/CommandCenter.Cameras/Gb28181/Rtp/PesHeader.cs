namespace CommandCenter.Cameras.Gb28181.Rtp;

/// <summary>The head of a PES packet: ISO/IEC 13818-1, 2.4.3.6. Times are 33 bits of 90 kHz.</summary>
internal readonly record struct PesHeader(int PayloadStart, long? Pts, long? Dts)
{
    /// <summary>Reads the head of a packet that begins with its start code; <see langword="null"/> when it is none.</summary>
    public static PesHeader? Read(ReadOnlySpan<byte> packet)
    {
        // 00 00 01 E0, length (2), 10xxxxxx, flags, length of what follows, PTS (5), DTS (5), …
        if (packet.Length < 9 || packet[6] >> 6 != 0b10)
        {
            return null;
        }

        var start = 9 + packet[8];
        var hasPts = (packet[7] & 0x80) != 0 && packet[8] >= 5;
        var hasDts = (packet[7] & 0xC0) == 0xC0 && packet[8] >= 10;
        return start > packet.Length
            ? null
            : new PesHeader(start, hasPts ? ReadTime(packet[9..]) : null, hasDts ? ReadTime(packet[14..]) : null);
    }

    private static long ReadTime(ReadOnlySpan<byte> five) =>
        ((long)(five[0] & 0x0E) << 29) | ((long)five[1] << 22) | ((long)(five[2] & 0xFE) << 14) | ((long)five[3] << 7) | ((long)five[4] >> 1);
}
