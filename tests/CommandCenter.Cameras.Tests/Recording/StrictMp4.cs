using System.Buffers.Binary;
using System.Text;

namespace CommandCenter.Cameras.Tests.Recording;

/// <summary>Reads a fragmented MP4 as a distrustful player would, sharing no code with what writes it. Anything odd fails the test.</summary>
internal sealed class StrictMp4
{
    private static readonly string[] s_containers = ["moov", "trak", "mdia", "minf", "dinf", "stbl", "mvex", "moof", "traf"];

    private readonly byte[] _file;

    public StrictMp4(byte[] file)
    {
        _file = file;
        Walk(0, file.Length, "");
        Assert.Equal(["ftyp", "moov"], TopLevel.Take(2));
        ReadSamples();
    }

    public List<string> TopLevel { get; } = [];

    public List<Box> Boxes { get; } = [];

    public List<Sample> Samples { get; } = [];

    public uint Timescale => UInt32(Single("mdhd").Body + 4 + 16);

    public Box Single(string type) => Assert.Single(Boxes, box => box.Type == type);

    public byte[] Body(string type) => _file[Single(type).Body..Single(type).End];

    public (int Width, int Height) Size => (UInt16(Single("stsd").Body + 8 + 8 + 24), UInt16(Single("stsd").Body + 8 + 8 + 26));

    private void Walk(int at, int end, string parent)
    {
        while (at < end)
        {
            Assert.True(end - at >= 8, $"{end - at} bytes in {parent} are no box.");
            var size = (int)UInt32(at);
            var type = Encoding.ASCII.GetString(_file, at + 4, 4);
            Assert.True(size >= 8 && at + size <= end, $"{type} of {size} bytes at {at} does not fit.");
            Boxes.Add(new Box(type, at, at + 8, at + size));
            if (parent.Length == 0)
            {
                TopLevel.Add(type);
            }

            if (s_containers.Contains(type))
            {
                Walk(at + 8, at + size, type);
            }

            at += size;
        }
    }

    private void ReadSamples()
    {
        Box? moof = null;
        var sequence = 0u;
        foreach (var box in Boxes.Where(static box => box.Type is "moof" or "mdat").OrderBy(static box => box.Start))
        {
            if (box.Type == "moof")
            {
                Assert.Null(moof);
                moof = box;
                continue;
            }

            Assert.NotNull(moof);
            var inside = Boxes.Where(other => other.Start > moof.Start && other.End <= moof.End).ToDictionary(static other => other.Type);
            Assert.True(UInt32(inside["mfhd"].Body + 4) > sequence);
            sequence = UInt32(inside["mfhd"].Body + 4);
            Assert.Equal(0x0002_0000u, UInt32(inside["tfhd"].Body));
            Assert.Equal(0x0100_0000u, UInt32(inside["tfdt"].Body));
            var run = inside["trun"].Body;
            Assert.Equal(0x0100_0f01u, UInt32(run));
            Assert.Equal(1u, UInt32(run + 4));
            Assert.Equal(box.Body, moof.Start + (int)UInt32(run + 8));
            var size = (int)UInt32(run + 16);
            Assert.Equal(box.End, box.Body + size);
            Samples.Add(new Sample(
                BinaryPrimitives.ReadInt64BigEndian(_file.AsSpan(inside["tfdt"].Body + 4)),
                UInt32(run + 12),
                (int)UInt32(run + 24),
                UInt32(run + 20) == 0x0200_0000,
                Nals(box.Body, box.End)));
            moof = null;
        }

        Assert.Null(moof);
    }

    private List<byte[]> Nals(int at, int end)
    {
        var nals = new List<byte[]>();
        while (at < end)
        {
            var length = (int)UInt32(at);
            Assert.True(length > 0 && at + 4 + length <= end);
            nals.Add(_file[(at + 4)..(at + 4 + length)]);
            at += 4 + length;
        }

        return nals;
    }

    private uint UInt32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at));

    private ushort UInt16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    internal sealed record Box(string Type, int Start, int Body, int End);

    internal sealed record Sample(long DecodeTime, uint Duration, int Offset, bool IsKey, List<byte[]> Nals);
}
