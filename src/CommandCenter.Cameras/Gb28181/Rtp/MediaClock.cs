namespace CommandCenter.Cameras.Gb28181.Rtp;

/// <summary>Makes endless microseconds of the 33 bits that a stream counts in, which begin anew every 26.5 hours.</summary>
internal sealed class MediaClock
{
    private const long Period = 1L << 33;
    private const long TicksPerSecond = 90_000;
    private const long PictureTicks = TicksPerSecond / 25;
    private const long JumpMax = 10 * TicksPerSecond;

    private long _raw;
    private long _ticks;
    private long _decoded;
    private bool _isBegun;

    /// <summary>The times of the next picture. Decoding never goes back; a jump of more than ten seconds is taken for a clock that was set.</summary>
    public (long PtsMicroseconds, long DtsMicroseconds) Next(long pts, long? dts)
    {
        var raw = dts ?? pts;
        var step = Signed(raw - _raw);
        _ticks = !_isBegun ? raw : _ticks + (Math.Abs(step) > JumpMax ? PictureTicks : step);
        _raw = raw;
        _isBegun = true;
        var shown = _ticks + Math.Clamp(Signed(pts - raw), -JumpMax, JumpMax);
        _decoded = Math.Max(_decoded, _ticks);
        return (ToMicroseconds(shown), ToMicroseconds(_decoded));
    }

    private static long ToMicroseconds(long ticks) => ticks * 100 / 9;

    private static long Signed(long difference)
    {
        difference &= Period - 1;
        return difference >= Period / 2 ? difference - Period : difference;
    }
}
