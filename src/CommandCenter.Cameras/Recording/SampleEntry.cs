using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Recording;

/// <summary>How the pictures of a file are decoded: <c>avc1</c> with <c>avcC</c>, <c>hvc1</c> with <c>hvcC</c> (ISO/IEC 14496-15, 5.4 and 8.4).</summary>
internal static class SampleEntry
{
    public static void Write(BoxWriter to, ParameterSets sets)
    {
        var entry = to.Begin(sets.Codec == VideoCodec.H264 ? "avc1" : "hvc1");
        to.Zeros(6);
        to.UInt16(1);
        to.Zeros(16);
        to.UInt16(sets.Parameters.Width);
        to.UInt16(sets.Parameters.Height);
        to.UInt32(0x0048_0000); // 72 dots an inch, both ways, as 12.1.3 wants it.
        to.UInt32(0x0048_0000);
        to.UInt32(0);
        to.UInt16(1);
        to.Zeros(32);
        to.UInt16(0x0018);
        to.UInt16(0xffff);
        if (sets.Codec == VideoCodec.H264)
        {
            WriteAvc(to, sets);
        }
        else
        {
            WriteHevc(to, sets);
        }

        to.End(entry);
    }

    // 5.3.3.1.2
    private static void WriteAvc(BoxWriter to, ParameterSets sets)
    {
        var first = sets.Sequence[0];
        var box = to.Begin("avcC");
        to.Byte(1);
        to.Bytes(first.AsSpan(1, 3)); // Profile, constraints, level.
        to.Byte(0xfc | 3); // Each NAL unit behind its length in four bytes.
        to.Byte((byte)(0xe0 | sets.Sequence.Count));
        WriteUnits(to, sets.Sequence);
        to.Byte((byte)sets.Picture.Count);
        WriteUnits(to, sets.Picture);
        if (first[1] is 100 or 110 or 122 or 144)
        {
            to.Byte((byte)(0xfc | sets.Parameters.ChromaFormat));
            to.Byte((byte)(0xf8 | (sets.Parameters.LumaBits - 8)));
            to.Byte((byte)(0xf8 | (sets.Parameters.ChromaBits - 8)));
            to.Byte(0);
        }

        to.End(box);
    }

    // 8.3.3.1.2
    private static void WriteHevc(BoxWriter to, ParameterSets sets)
    {
        var plain = Unescaped(sets.Sequence[0]);
        var box = to.Begin("hvcC");
        to.Byte(1);
        to.Bytes(plain.AsSpan(3, 12)); // General profile, tier and level lie on bytes in the set.
        to.UInt16(0xf000);
        to.Byte(0xfc);
        to.Byte((byte)(0xfc | sets.Parameters.ChromaFormat));
        to.Byte((byte)(0xf8 | (sets.Parameters.LumaBits - 8)));
        to.Byte((byte)(0xf8 | (sets.Parameters.ChromaBits - 8)));
        to.UInt16(0);
        var layers = ((plain[2] >> 1) & 7) + 1;
        to.Byte((byte)((layers << 3) | ((plain[2] & 1) << 2) | 3));
        to.Byte(3);
        foreach (var (type, units) in ((byte, IReadOnlyList<byte[]>)[])[(32, sets.Video), (33, sets.Sequence), (34, sets.Picture)])
        {
            to.Byte((byte)(0x80 | type)); // All of this type are here.
            to.UInt16(units.Count);
            WriteUnits(to, units);
        }

        to.End(box);
    }

    private static void WriteUnits(BoxWriter to, IReadOnlyList<byte[]> units)
    {
        foreach (var unit in units)
        {
            to.UInt16(unit.Length);
            to.Bytes(unit);
        }
    }

    private static byte[] Unescaped(ReadOnlySpan<byte> unit)
    {
        var plain = new List<byte>(unit.Length);
        var zeros = 0;
        foreach (var value in unit)
        {
            if (zeros >= 2 && value == 3)
            {
                zeros = 0;
                continue;
            }

            zeros = value == 0 ? zeros + 1 : 0;
            plain.Add(value);
        }

        return plain.Count >= 15 ? [.. plain] : throw new RecordingException(RecordingException.BadVideo, "A sequence parameter set is too short.", innerException: null);
    }
}
