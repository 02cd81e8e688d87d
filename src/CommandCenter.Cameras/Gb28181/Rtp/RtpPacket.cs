using System.Buffers.Binary;

namespace CommandCenter.Cameras.Gb28181.Rtp;

/// <summary>A packet of RTP: RFC 3550, 5.1. Its payload lies in the buffer that it was read from.</summary>
internal readonly ref struct RtpPacket
{
    private const int HeaderBytes = 12;

    public ushort Sequence { get; private init; }

    /// <summary>90 kHz.</summary>
    public uint Timestamp { get; private init; }

    public uint Ssrc { get; private init; }

    public byte PayloadType { get; private init; }

    /// <summary>The last packet of a picture, where the device keeps to that.</summary>
    public bool IsMarked { get; private init; }

    public ReadOnlySpan<byte> Payload { get; private init; }

    /// <summary>Reads a packet; false when it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out RtpPacket packet)
    {
        packet = default;
        if (data.Length < HeaderBytes || data[0] >> 6 != 2)
        {
            return false;
        }

        var start = HeaderBytes + ((data[0] & 0x0F) * 4);
        if ((data[0] & 0x10) != 0)
        {
            if (data.Length < start + 4)
            {
                return false;
            }

            start += 4 + (BinaryPrimitives.ReadUInt16BigEndian(data[(start + 2)..]) * 4);
        }

        var padding = (data[0] & 0x20) != 0 ? data[^1] : 0;
        if (start + padding > data.Length)
        {
            return false;
        }

        packet = new RtpPacket
        {
            Sequence = BinaryPrimitives.ReadUInt16BigEndian(data[2..]),
            Timestamp = BinaryPrimitives.ReadUInt32BigEndian(data[4..]),
            Ssrc = BinaryPrimitives.ReadUInt32BigEndian(data[8..]),
            PayloadType = (byte)(data[1] & 0x7F),
            IsMarked = (data[1] & 0x80) != 0,
            Payload = data[start..^padding],
        };
        return true;
    }
}
