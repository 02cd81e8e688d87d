using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Tests.Recording;

/// <summary>A stream of H.264 made here: its parameter sets are real, its slices are noise that holds no start code.</summary>
internal sealed class TestVideo
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private static readonly long[] s_reordered = [3, 1, 0, 2]; // I B B P: shown as many pictures later or earlier.

    private readonly Random _random;
    private readonly DateTimeOffset _start;

    public TestVideo(int seed = 1, DateTimeOffset? start = null)
    {
        _random = new Random(seed);
        _start = start ?? Start;
    }

    public int Rate { get; init; } = 15;

    public int KeyEvery { get; init; } = 15;

    public int KeyBytes { get; init; } = 3_000;

    public int OtherBytes { get; init; } = 400;

    public bool HasBFrames { get; init; }

    public bool SaysCaptured { get; init; }

    public (int Width, int Height) Size { get; init; } = (640, 360);

    public int Next { get; private set; }

    /// <summary>The next picture.</summary>
    public AccessUnit Picture(TimeSpan late = default)
    {
        var number = Next++;
        var isKey = number % KeyEvery == 0;
        var dts = number * 1_000_000L / Rate;
        var offset = HasBFrames ? s_reordered[number % 4] * 1_000_000L / Rate : 0;
        var at = _start.AddTicks(dts * 10) + late;
        List<byte[]> units = [[9, 0xf0]];
        if (isKey)
        {
            units.AddRange([Sps(Size.Width, Size.Height), [0x68, 0xce, 0x3c, 0x80]]);
        }

        units.Add(Slice(isKey ? (byte)0x65 : (byte)0x41, isKey ? KeyBytes : OtherBytes));
        return new AccessUnit(VideoCodec.H264, AnnexBOf(units), dts + offset, dts, isKey, at, SaysCaptured ? at.AddMilliseconds(-83.7) : null);
    }

    // Not a Select: Skip and Last would step over pictures without making them.
    public IEnumerable<AccessUnit> Pictures(int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return Picture();
        }
    }

    public IEnumerable<AccessUnit> Seconds(int count) => Pictures(count * Rate);

    /// <summary>A sequence parameter set of the High profile, 4:2:0, cropped to the size.</summary>
    public static byte[] Sps(int width, int height)
    {
        var bits = new BitWriter();
        bits.Bits(0x67, 8);
        bits.Bits(100, 8);
        bits.Bits(0, 8);
        bits.Bits(30, 8);
        foreach (var value in (uint[])[0, 1, 0, 0])
        {
            bits.Unsigned(value); // Id, 4:2:0, 8 bits, 8 bits.
        }

        bits.Bits(0, 2);
        foreach (var value in (uint[])[0, 2, 1])
        {
            bits.Unsigned(value); // Frame numbers, order of pictures, reference frames.
        }

        bits.Bits(0, 1);
        var (columns, rows) = ((width + 15) / 16, (height + 15) / 16);
        bits.Unsigned((uint)columns - 1);
        bits.Unsigned((uint)rows - 1);
        bits.Bits(0b11, 2);
        bits.Bits(1, 1);
        foreach (var value in (int[])[0, (columns * 16 - width) / 2, 0, (rows * 16 - height) / 2])
        {
            bits.Unsigned((uint)value);
        }

        bits.Bits(0, 1);
        return bits.Finish();
    }

    public static byte[] AnnexBOf(IEnumerable<byte[]> units) => [.. units.SelectMany(static unit => (byte[])[0, 0, 0, 1, .. unit])];

    /// <summary>Cuts an elementary stream of one slice or more a picture into pictures.</summary>
    public static IEnumerable<AccessUnit> Read(byte[] stream, double rate)
    {
        var units = new List<byte[]>();
        foreach (var unit in AnnexB.Units(stream))
        {
            units.Add(unit.ToArray());
        }

        var picture = new List<byte[]>();
        var number = 0;
        foreach (var unit in units.Append([9]))
        {
            var isSlice = (unit[0] & 31) is 1 or 5;
            var begins = !isSlice || (unit[1] & 0x80) != 0; // first_mb_in_slice is 0.
            if (begins && picture.Any(static other => (other[0] & 31) is 1 or 5))
            {
                var dts = (long)(number++ * 1_000_000 / rate);
                var isKey = picture.Any(static other => (other[0] & 31) == 5);
                yield return new AccessUnit(VideoCodec.H264, AnnexBOf(picture), dts, dts, isKey, Start.AddTicks(dts * 10), null);
                picture.Clear();
            }

            picture.Add(unit);
        }
    }

    private byte[] Slice(byte header, int length)
    {
        var slice = new byte[length];
        for (var i = 0; i < length; i++)
        {
            slice[i] = (byte)_random.Next(1, 256);
        }

        slice[0] = header;
        return slice;
    }
}
