namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>
/// A raw picture, 360p in I420, whose uppermost band says in black and white squares when it was made: 24 bits of milliseconds since 1970
/// and 8 bits of a check sum. The squares are large enough to outlive any coding. Below them a landscape passes, so that the coder has work.
/// </summary>
internal sealed class ClockPicture
{
    public const int Width = 640;
    public const int Height = 360;

    /// <summary>Squares beside each other, and rows of them.</summary>
    public const int Across = 16;
    public const int Down = 2;

    /// <summary>Edge of a square in pixels.</summary>
    public const int Edge = Width / Across;

    private const int BandHeight = Edge * Down;
    private const int TimeBits = 24;
    private const int CheckBits = 8;
    private const byte Black = 30;
    private const byte White = 220;
    private const byte Grey = 128;
    private const int PixelsPerPicture = 3;

    private static readonly byte[] s_landscape = Landscape();

    private readonly byte[] _bytes = new byte[Width * Height * 3 / 2];
    private int _shift;

    public ClockPicture() => _bytes.AsSpan(Width * Height).Fill(Grey);

    /// <summary>The next picture of this moment; overwritten by the next call.</summary>
    public ReadOnlySpan<byte> Draw(DateTimeOffset now)
    {
        var time = (uint)(now.ToUnixTimeMilliseconds() & ((1 << TimeBits) - 1));
        var word = (time << CheckBits) | CheckOf(time);
        for (var bit = 0; bit < Across * Down; bit++)
        {
            var isWhite = (word >> (TimeBits + CheckBits - 1 - bit) & 1) != 0;
            for (var y = 0; y < Edge; y++)
            {
                _bytes.AsSpan((((bit / Across * Edge) + y) * Width) + (bit % Across * Edge), Edge).Fill(isWhite ? White : Black);
            }
        }

        _shift = (_shift + PixelsPerPicture) % Width;
        for (var y = BandHeight; y < Height; y++)
        {
            s_landscape.AsSpan((y * 2 * Width) + _shift, Width).CopyTo(_bytes.AsSpan(y * Width));
        }

        return _bytes;
    }

    // The page that reads the clock computes the same.
    private static uint CheckOf(uint time) => ((time >> 16) ^ (time >> 8) ^ time ^ 0x5a) & 0xff;

    // Twice as wide as a picture, the second half like the first: any part of it can be copied row by row.
    private static byte[] Landscape()
    {
        var bytes = new byte[2 * Width * Height];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < 2 * Width; x++)
            {
                var (across, down) = (2 * Math.PI * x / Width, 2 * Math.PI * y / Height);
                bytes[(y * 2 * Width) + x] = (byte)(Grey + (40 * Math.Sin((3 * across) + Math.Sin(2 * down))) + (25 * Math.Sin((11 * across) + (5 * down))) + (15 * Math.Sin(37 * across)));
            }
        }

        return bytes;
    }
}
