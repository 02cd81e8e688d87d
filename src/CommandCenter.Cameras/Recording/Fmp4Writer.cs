using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Recording;

/// <summary>
/// Fragmented MP4 (ISO/IEC 14496-12): what a file begins with, and then one fragment for each picture, so that a file that ends anywhere
/// plays up to its last whole fragment.
/// </summary>
/// <remarks>
/// Each fragment is <c>prft</c> (when the picture arrived, UTC), <c>uuid</c> (when it was taken, where the device says so), <c>moof</c>, <c>mdat</c>.
/// Times in the file are microseconds from its first picture.
/// </remarks>
internal static class Fmp4Writer
{
    /// <summary>Ticks a second of the file.</summary>
    public const uint Timescale = 1_000_000;

    /// <summary>Type of the box that holds when the device took the picture: microseconds since 1970, UTC, 64 bits.</summary>
    public static ReadOnlySpan<byte> CapturedType => [0x3b, 0x8d, 0x5c, 0x6e, 0x0f, 0x41, 0x4a, 0x7b, 0x9c, 0x52, 0x6a, 0x1e, 0x77, 0x40, 0xd2, 0x95];

    /// <summary>Seconds from 1904, where times of MP4 begin, and from 1900, where those of NTP do, to 1970.</summary>
    private const long SecondsFrom1904 = 2_082_844_800, SecondsFrom1900 = 2_208_988_800;

    private const uint TrackId = 1;

    /// <summary>Flags of a sample (8.8.3.1): depends on no other; depends on others and is no sync sample.</summary>
    internal const uint KeyFlags = 0x0200_0000, OtherFlags = 0x0101_0000;

    /// <summary>Writes <c>ftyp</c> and <c>moov</c>.</summary>
    /// <param name="to">Grows by them.</param>
    /// <param name="sets">The parameter sets of all pictures that follow.</param>
    /// <param name="begun">When the first one arrived.</param>
    public static void WriteInit(BoxWriter to, ParameterSets sets, DateTimeOffset begun)
    {
        var isH264 = sets.Codec == VideoCodec.H264;
        var ftyp = to.Begin("ftyp"); // 4.3
        to.Text("iso6");
        to.UInt32(1);
        to.Text("iso6mp41");
        to.Text(isH264 ? "avc1" : "hvc1");
        to.End(ftyp);

        var created = (ulong)(begun.ToUnixTimeSeconds() + SecondsFrom1904);
        var moov = to.Begin("moov");
        WriteMovieHeader(to, created);
        var trak = to.Begin("trak");
        WriteTrackHeader(to, sets.Parameters, created);
        var mdia = to.Begin("mdia");
        WriteMediaHeader(to, created);
        var minf = to.Begin("minf");
        var vmhd = to.BeginFull("vmhd", 0, 1); // 12.1.2
        to.Zeros(8);
        to.End(vmhd);
        var dinf = to.Begin("dinf");
        var dref = to.BeginFull("dref", 0, 0);
        to.UInt32(1);
        to.End(to.BeginFull("url ", 0, 1)); // The media is in this file.
        to.End(dref);
        to.End(dinf);
        WriteSampleTable(to, sets);
        to.End(minf);
        to.End(mdia);
        to.End(trak);
        var mvex = to.Begin("mvex");
        var trex = to.BeginFull("trex", 0, 0); // 8.8.3
        to.UInt32(TrackId);
        to.UInt32(1);
        to.Zeros(12);
        to.End(trex);
        to.End(mvex);
        to.End(moov);
    }

    /// <summary>Writes one picture.</summary>
    /// <param name="to">Grows by the fragment.</param>
    /// <param name="sets">Those of the file; they are left out of the picture.</param>
    /// <param name="unit">The picture.</param>
    /// <param name="sequence">Number of the fragment in its file, from 1.</param>
    /// <param name="decodeTime">When it is decoded, microseconds from the first picture of the file.</param>
    /// <param name="duration">Microseconds until the next one is decoded.</param>
    public static void WriteFragment(BoxWriter to, ParameterSets sets, AccessUnit unit, uint sequence, long decodeTime, uint duration)
    {
        WriteTimes(to, unit, decodeTime);
        var moof = to.Begin("moof");
        var mfhd = to.BeginFull("mfhd", 0, 0);
        to.UInt32(sequence);
        to.End(mfhd);
        var traf = to.Begin("traf");
        var tfhd = to.BeginFull("tfhd", 0, 0x02_0000); // default-base-is-moof, 8.8.7
        to.UInt32(TrackId);
        to.End(tfhd);
        var tfdt = to.BeginFull("tfdt", 1, 0); // 8.8.12
        to.UInt64((ulong)decodeTime);
        to.End(tfdt);
        var trun = to.BeginFull("trun", 1, 0x0f01); // 8.8.8: place of the data; duration, size, flags and signed composition offset of the sample.
        to.UInt32(1);
        var placeAt = to.Length;
        to.UInt32(0);
        to.UInt32(duration);
        var sizeAt = to.Length;
        to.UInt32(0);
        to.UInt32(unit.IsKey ? KeyFlags : OtherFlags);
        to.Int32((int)Math.Clamp(unit.PtsMicroseconds - unit.DtsMicroseconds, int.MinValue, int.MaxValue));
        to.End(trun);
        to.End(traf);
        to.End(moof);

        var mdat = to.Begin("mdat");
        to.PutUInt32(placeAt, (uint)(to.Length - moof));
        var data = to.Length;
        foreach (var nal in AnnexB.Units(unit.Data.Span))
        {
            if (!sets.IsLeftOut(nal))
            {
                to.UInt32((uint)nal.Length);
                to.Bytes(nal);
            }
        }

        to.PutUInt32(sizeAt, (uint)(to.Length - data));
        to.End(mdat);
    }

    private static void WriteTimes(BoxWriter to, AccessUnit unit, long decodeTime)
    {
        var prft = to.BeginFull("prft", 1, 2); // 8.16.5: the time at which the fragment was made.
        to.UInt32(TrackId);
        var ticks = unit.ArrivedAt.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        to.UInt32((uint)((ticks / TimeSpan.TicksPerSecond) + SecondsFrom1900)); // Wraps in 2036, as NTP does; the reader knows.
        to.UInt32((uint)((((ticks % TimeSpan.TicksPerSecond) << 32) + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond)); // Up, so that reading it down gives the same tick.
        to.UInt64((ulong)(decodeTime + Math.Max(0, unit.PtsMicroseconds - unit.DtsMicroseconds)));
        to.End(prft);
        if (unit.CapturedAt is { } captured)
        {
            var uuid = to.Begin("uuid");
            to.Bytes(CapturedType);
            to.UInt64((ulong)((captured.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond));
            to.End(uuid);
        }
    }

    private static void WriteMovieHeader(BoxWriter to, ulong created)
    {
        var mvhd = to.BeginFull("mvhd", 1, 0); // 8.2.2
        to.UInt64(created);
        to.UInt64(created);
        to.UInt32(Timescale);
        to.UInt64(0); // All of it is in fragments.
        to.UInt32(0x0001_0000);
        to.UInt16(0x0100);
        to.Zeros(10);
        WriteMatrix(to);
        to.Zeros(24);
        to.UInt32(TrackId + 1);
        to.End(mvhd);
    }

    private static void WriteTrackHeader(BoxWriter to, SequenceParameters parameters, ulong created)
    {
        var tkhd = to.BeginFull("tkhd", 1, 3); // 8.3.2: enabled, in the movie.
        to.UInt64(created);
        to.UInt64(created);
        to.UInt32(TrackId);
        to.Zeros(4 + 8 + 8 + 8);
        WriteMatrix(to);
        to.UInt32((uint)parameters.Width << 16);
        to.UInt32((uint)parameters.Height << 16);
        to.End(tkhd);
    }

    private static void WriteMediaHeader(BoxWriter to, ulong created)
    {
        var mdhd = to.BeginFull("mdhd", 1, 0); // 8.4.2
        to.UInt64(created);
        to.UInt64(created);
        to.UInt32(Timescale);
        to.UInt64(0);
        to.UInt16(0x55c4); // und
        to.UInt16(0);
        to.End(mdhd);
        var hdlr = to.BeginFull("hdlr", 0, 0); // 8.4.3
        to.UInt32(0);
        to.Text("vide");
        to.Zeros(12 + 1);
        to.End(hdlr);
    }

    private static void WriteSampleTable(BoxWriter to, ParameterSets sets)
    {
        var stbl = to.Begin("stbl");
        var stsd = to.BeginFull("stsd", 0, 0); // 8.5.2
        to.UInt32(1);
        SampleEntry.Write(to, sets);
        to.End(stsd);
        foreach (var empty in (string[])["stts", "stsc", "stco"])
        {
            var box = to.BeginFull(empty, 0, 0);
            to.UInt32(0);
            to.End(box);
        }

        var stsz = to.BeginFull("stsz", 0, 0);
        to.Zeros(8);
        to.End(stsz);
        to.End(stbl);
    }

    private static void WriteMatrix(BoxWriter to)
    {
        foreach (var value in (uint[])[0x0001_0000, 0, 0, 0, 0x0001_0000, 0, 0, 0, 0x4000_0000])
        {
            to.UInt32(value);
        }
    }
}
