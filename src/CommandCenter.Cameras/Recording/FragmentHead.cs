using System.Buffers.Binary;

namespace CommandCenter.Cameras.Recording;

/// <summary>What stands before the data of a picture in a file. Read as strictly as it was written: anything else is no fragment of ours.</summary>
/// <param name="Length">Bytes of the fragment, data included.</param>
/// <param name="HeadLength">Bytes before the data.</param>
/// <param name="ArrivedAt">When the picture arrived.</param>
/// <param name="CapturedAt">When the device took it, where it said so.</param>
/// <param name="DecodeTime">Microseconds from the first picture of the file.</param>
/// <param name="Duration">Microseconds until the next one is decoded.</param>
/// <param name="CompositionOffset">Microseconds from decoding to showing.</param>
/// <param name="IsKey">Whether a decoder may begin here.</param>
/// <param name="DecodeTimeAt">Where in the fragment the decode time stands.</param>
internal readonly record struct FragmentHead(
    long Length, int HeadLength, DateTimeOffset ArrivedAt, DateTimeOffset? CapturedAt, long DecodeTime, uint Duration, int CompositionOffset, bool IsKey, int DecodeTimeAt)
{
    /// <summary>The longest one, so much has to be read.</summary>
    public const int LengthMax = TimesLength + CapturedLength + MoofLength + 8;

    private const int TimesLength = 32, CapturedLength = 32, MoofLength = 104;
    private const long SecondsFrom1900 = 2_208_988_800, SecondsOfEra = 4_294_967_296;

    private static ReadOnlySpan<byte> TimesMark => [0, 0, 0, 32, (byte)'p', (byte)'r', (byte)'f', (byte)'t', 1, 0, 0, 2, 0, 0, 0, 1];

    private static ReadOnlySpan<byte> CapturedMark => [0, 0, 0, 32, (byte)'u', (byte)'u', (byte)'i', (byte)'d'];

    private static ReadOnlySpan<byte> MoofMark => [0, 0, 0, MoofLength, (byte)'m', (byte)'o', (byte)'o', (byte)'f', 0, 0, 0, 16, (byte)'m', (byte)'f', (byte)'h', (byte)'d'];

    private static ReadOnlySpan<byte> TrackMark =>
    [
        0, 0, 0, 80, (byte)'t', (byte)'r', (byte)'a', (byte)'f', 0, 0, 0, 16, (byte)'t', (byte)'f', (byte)'h', (byte)'d', 0, 2, 0, 0, 0, 0, 0, 1,
        0, 0, 0, 20, (byte)'t', (byte)'f', (byte)'d', (byte)'t', 1, 0, 0, 0,
    ];

    private static ReadOnlySpan<byte> RunMark => [0, 0, 0, 36, (byte)'t', (byte)'r', (byte)'u', (byte)'n', 1, 0, 0x0f, 1, 0, 0, 0, 1, 0, 0, 0, MoofLength + 8];

    /// <summary>Reads the head of a fragment; <see langword="null"/> when these bytes are none, or not enough of one.</summary>
    public static FragmentHead? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < LengthMax - CapturedLength || !bytes.StartsWith(TimesMark))
        {
            return null;
        }

        DateTimeOffset? captured = null;
        var at = TimesLength;
        if (bytes[at..].StartsWith(CapturedMark))
        {
            if (bytes.Length < LengthMax || !bytes[(at + 8)..].StartsWith(Fmp4Writer.CapturedType))
            {
                return null;
            }

            captured = MicrosecondsFrom1970(BinaryPrimitives.ReadUInt64BigEndian(bytes[(at + 24)..]));
            at += CapturedLength;
        }

        var moof = bytes.Slice(at, MoofLength + 8);
        var track = moof[24..];
        if (!moof.StartsWith(MoofMark) || !track.StartsWith(TrackMark) || !track[44..].StartsWith(RunMark) || !moof[(MoofLength + 4)..].SequenceEqual("mdat"u8))
        {
            return null;
        }

        var run = track[64..];
        var size = BinaryPrimitives.ReadUInt32BigEndian(run[4..]);
        var flags = BinaryPrimitives.ReadUInt32BigEndian(run[8..]);
        var decodeTime = BinaryPrimitives.ReadUInt64BigEndian(track[36..]);
        if (BinaryPrimitives.ReadUInt32BigEndian(moof[MoofLength..]) != size + 8 || flags is not (Fmp4Writer.KeyFlags or Fmp4Writer.OtherFlags) || decodeTime > long.MaxValue / 2)
        {
            return null;
        }

        var headLength = at + MoofLength + 8;
        return new FragmentHead(
            headLength + (long)size,
            headLength,
            ArrivalIn(bytes),
            captured,
            (long)decodeTime,
            BinaryPrimitives.ReadUInt32BigEndian(run),
            BinaryPrimitives.ReadInt32BigEndian(run[12..]),
            flags == Fmp4Writer.KeyFlags,
            at + 24 + 36);
    }

    private static DateTimeOffset ArrivalIn(ReadOnlySpan<byte> bytes)
    {
        long seconds = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
        if (seconds < SecondsOfEra / 2)
        {
            seconds += SecondsOfEra; // RFC 5905, 6: NTP begins anew in 2036.
        }

        var ticks = (BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]) * TimeSpan.TicksPerSecond) >> 32;
        return DateTimeOffset.UnixEpoch.AddTicks(((seconds - SecondsFrom1900) * TimeSpan.TicksPerSecond) + ticks);
    }

    private static DateTimeOffset? MicrosecondsFrom1970(ulong microseconds)
    {
        const ulong Latest = 253_402_300_799_999_999; // 9999-12-31
        return microseconds <= Latest ? DateTimeOffset.UnixEpoch.AddTicks((long)microseconds * TimeSpan.TicksPerMicrosecond) : null;
    }
}
