using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Gb28181.Rtp;

/// <summary>
/// Makes access units: a key picture gets its parameter sets before it, from before if it has none, and after a loss nothing goes on before the next
/// one. Not thread-safe.
/// </summary>
internal sealed class PictureAssembler(TimeProvider time, Tally tally, Action<AccessUnit> sink) : IPictureReceiver
{
    private const int HeldBytesMax = 64 * 1024;

    private static readonly byte[] s_startCode = [0, 0, 0, 1];

    private readonly MediaClock _clock = new();
    private readonly SortedDictionary<int, byte[]> _sets = []; // By type: the order in which a decoder wants them.
    private readonly ByteBuffer _held = new(HeldBytesMax); // Units before a picture that came with a time of their own.
    private VideoCodec? _codec;
    private bool _waitsForKey = true;

    public void Receive(VideoCodec codec, long pts, long? dts, ReadOnlySpan<byte> data)
    {
        if (codec != _codec)
        {
            _codec = codec;
            _sets.Clear();
            _held.Clear();
            _waitsForKey = true;
        }

        var picture = Look(codec, data);
        if (!picture.HasSlice)
        {
            if (!_held.Add(data))
            {
                _held.Clear();
            }

            return;
        }

        // The clock runs over what is dropped, too: what it does not see it would take for a jump.
        var (shown, decoded) = _clock.Next(pts, dts);
        var isKey = picture.IsKey && HasSets(codec);
        if (_waitsForKey && !isKey)
        {
            _held.Clear();
            tally.Dropped();
            return;
        }

        _waitsForKey = false;
        var unit = new AccessUnit(codec, Join(isKey && !picture.HasSets && !Look(codec, _held.Span).HasSets, data), shown, decoded, isKey, time.GetUtcNow(), CapturedAt: null);
        _held.Clear();
        tally.Unit();
        sink(unit);
    }

    public void Lose(bool isBroken)
    {
        _held.Clear();
        _waitsForKey = true;
        if (isBroken)
        {
            tally.Dropped();
        }
    }

    private (bool HasSlice, bool IsKey, bool HasSets) Look(VideoCodec codec, ReadOnlySpan<byte> data)
    {
        var hasSlice = false;
        var isKey = false;
        var setCount = 0;
        foreach (var unit in AnnexB.Units(data))
        {
            var type = codec == VideoCodec.H264 ? unit[0] & 0x1F : (unit[0] >> 1) & 0x3F;
            var (isSlice, isKeySlice, isSet) = codec == VideoCodec.H264
                ? (type is >= 1 and <= 5, type == 5, type is 7 or 8)
                : (type < 32, type is >= 16 and <= 21, type is >= 32 and <= 34);
            hasSlice |= isSlice;
            isKey |= isKeySlice;
            setCount += isSet ? 1 : 0;
            if (isSet && !(_sets.TryGetValue(type, out var known) && unit.SequenceEqual(known)))
            {
                _sets[type] = unit.ToArray(); // One of each kind: devices use one, and of two the later holds.
            }
        }

        return (hasSlice, isKey, setCount >= SetsNeeded(codec));
    }

    private bool HasSets(VideoCodec codec) => _sets.Count >= SetsNeeded(codec);

    private static int SetsNeeded(VideoCodec codec) => codec == VideoCodec.H264 ? 2 : 3;

    private byte[] Join(bool withSets, ReadOnlySpan<byte> data)
    {
        var sets = withSets ? _sets.Values.ToArray() : [];
        var joined = new byte[sets.Sum(static set => set.Length + s_startCode.Length) + Length(_held.Span) + Length(data)];
        var at = 0;
        foreach (var set in sets)
        {
            at = Put(joined, at, set);
        }

        foreach (var unit in AnnexB.Units(_held.Span))
        {
            at = Put(joined, at, unit);
        }

        foreach (var unit in AnnexB.Units(data))
        {
            at = Put(joined, at, unit);
        }

        return joined;
    }

    // Every unit behind a start code of four bytes, without the zeros that devices leave between them.
    private static int Length(ReadOnlySpan<byte> data)
    {
        var length = 0;
        foreach (var unit in AnnexB.Units(data))
        {
            length += s_startCode.Length + unit.Length;
        }

        return length;
    }

    private static int Put(byte[] joined, int at, ReadOnlySpan<byte> unit)
    {
        s_startCode.CopyTo(joined.AsSpan(at));
        unit.CopyTo(joined.AsSpan(at + s_startCode.Length));
        return at + s_startCode.Length + unit.Length;
    }
}
