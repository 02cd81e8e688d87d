using System.Buffers.Binary;
using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Tests.Gb28181.Rtp;

/// <summary>A coded picture before it is sent: its NAL units, and whether it is a key picture.</summary>
internal sealed record TestPicture(IReadOnlyList<byte[]> Units, bool IsKey)
{
    /// <summary>As an access unit has it: each unit behind four bytes.</summary>
    public byte[] Data => [.. Units.SelectMany(unit => (byte[])[0, 0, 0, 1, .. unit])];
}

/// <summary>Elementary streams, a small multiplexer, and packets: what a camera does, written apart from what undoes it.</summary>
internal static class TestVideo
{
    public const int PictureTicks = 3_600;

    /// <summary>Noise with the right heads: a key picture of several tens of kilobytes each 12 pictures.</summary>
    public static IReadOnlyList<TestPicture> Synthetic(int seed, int count, VideoCodec codec = VideoCodec.H264)
    {
        var random = new Random(seed);
        byte[] Unit(byte[] head, int length) => [.. head, .. Enumerable.Range(0, length).Select(_ => (byte)random.Next(1, 256))];
        return
        [
            .. Enumerable.Range(0, count).Select(number => (number % 12 == 0, codec) switch
            {
                (true, VideoCodec.H264) => new TestPicture(
                    [Unit([0x67, 0x4D, 0x00, 0x1E], 8), Unit([0x68, 0xEE], 2), Unit([0x06, 0xE5], 2), Unit([0x65, 0x88], random.Next(20_000, 150_000))], IsKey: true),
                (false, VideoCodec.H264) => new TestPicture([Unit([0x41, 0x9A], random.Next(400, 6_000))], IsKey: false),
                (true, _) => new TestPicture([Unit([0x40, 0x01], 8), Unit([0x42, 0x01], 8), Unit([0x44, 0x01], 4), Unit([0x26, 0x01, 0xAF], 30_000)], IsKey: true),
                _ => new TestPicture([Unit([0x02, 0x01, 0xD0], random.Next(400, 6_000))], IsKey: false),
            }),
        ];
    }

    /// <summary>The pictures of an H.264 file: a new one begins with a slice of the first macroblock, or what stands before it.</summary>
    public static IReadOnlyList<TestPicture> Read(byte[] file)
    {
        var pictures = new List<TestPicture>();
        var units = new List<byte[]>();
        var hasSlice = false;
        foreach (var unit in AnnexB.Units(file))
        {
            var type = unit[0] & 0x1F;
            var isSlice = type is >= 1 and <= 5;
            if (hasSlice && (!isSlice || (unit[1] & 0x80) != 0))
            {
                Add();
            }

            hasSlice |= isSlice;
            units.Add(unit.ToArray());
        }

        Add();
        return pictures;

        void Add()
        {
            pictures.Add(new TestPicture([.. units], units.Exists(unit => (unit[0] & 0x1F) == 5)));
            units.Clear();
            hasSlice = false;
        }
    }

    /// <summary>A program stream as cameras send it: a pack a picture, maps before key pictures, a PES for each part, only the first of them with a time.</summary>
    public static byte[] Mux(TestPicture picture, long pts, byte streamType = 0x1B)
    {
        var stream = new List<byte>([0, 0, 1, 0xBA, 0x44, 0, 4, 0, 4, 1, 1, 0x30, 0x13, 0xFE, 0xFF, 0xFF, 0, 0, 0xA0, 5]);
        if (picture.IsKey)
        {
            stream.AddRange([0, 0, 1, 0xBB, 0, 12, 0x80, 0x98, 9, 4, 0xE1, 0x7F, 0xE0, 0xE0, 0x80, 0xC0, 0xC0, 8]);
            stream.AddRange([0, 0, 1, 0xBC, 0, 18, 0xFC, 0xFF, 0, 0, 0, 8, streamType, 0xE0, 0, 0, 0x90, 0xC0, 0, 0, 1, 2, 3, 4]);
        }

        var isFirst = true;
        foreach (var part in picture.Data.Chunk(60_000))
        {
            byte[] head = isFirst ? [0x8C, 0x80, 5, .. Time(pts)] : [0x8C, 0, 2, 0xFF, 0xFD];
            stream.AddRange([0, 0, 1, 0xE0, .. Length(head.Length + part.Length), .. head, .. part]);
            isFirst = false;
        }

        stream.AddRange([0, 0, 1, 0xC0, .. Length(11), 0x8C, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]); // Sound.
        return [.. stream];
    }

    /// <summary>RTP packets of 1,400 bytes; the last of a picture is marked.</summary>
    public static IEnumerable<byte[]> Packets(byte[] stream, uint ssrc, uint timestamp, Func<ushort> sequence)
    {
        var parts = stream.Chunk(1_400).ToArray();
        for (var number = 0; number < parts.Length; number++)
        {
            var packet = new byte[12 + parts[number].Length];
            packet[0] = 0x80;
            packet[1] = (byte)(96 | (number == parts.Length - 1 ? 0x80 : 0));
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence());
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), timestamp);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
            parts[number].CopyTo(packet, 12);
            yield return packet;
        }
    }

    private static byte[] Length(int length) => [(byte)(length >> 8), (byte)length];

    private static byte[] Time(long pts) =>
    [
        (byte)(0x21 | ((pts >> 29) & 0x0E)), (byte)(pts >> 22), (byte)(((pts >> 14) & 0xFE) | 1), (byte)(pts >> 7), (byte)((pts << 1) | 1),
    ];
}
