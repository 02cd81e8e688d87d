namespace CommandCenter.Cameras.Media;

/// <summary>What the first slice of an H.264 picture says of it.</summary>
/// <param name="IsKey">Whether a decoder may begin here: an IDR picture.</param>
/// <param name="HasB">Whether it is predicted from later pictures too, so that pictures come in another order than they are shown.</param>
public readonly record struct PictureKind(bool IsKey, bool HasB)
{
    private const int SliceUnit = 1;
    private const int KeySliceUnit = 5;

    // Types 1 and 6 of table 7-6 of H.264: some, or all, slices of the picture are B.
    private const int SliceB = 1;
    private const int SliceTypes = 5;

    /// <summary>Reads it of an access unit; of one without a slice neither is so.</summary>
    /// <param name="data">Annex B byte stream.</param>
    public static PictureKind Of(ReadOnlySpan<byte> data)
    {
        foreach (var unit in AnnexB.Units(data))
        {
            switch (unit[0] & 0x1F)
            {
                case KeySliceUnit:
                    return new PictureKind(IsKey: true, HasB: false);
                case SliceUnit:
                    // first_mb_in_slice, then slice_type (7.3.3), both Exp-Golomb. Too short for emulation prevention to matter.
                    var bits = new Bits(unit[1..]);
                    _ = bits.ReadGolomb();
                    return new PictureKind(IsKey: false, HasB: bits.ReadGolomb() % SliceTypes == SliceB);
            }
        }

        return default;
    }

    private ref struct Bits(ReadOnlySpan<byte> data)
    {
        private readonly ReadOnlySpan<byte> _data = data;
        private int _at;

        /// <summary>An unsigned Exp-Golomb number (9.1); 0 where the data ends.</summary>
        public int ReadGolomb()
        {
            var zeros = 0;
            while (zeros < 31 && _at < _data.Length * 8 && ReadBit() == 0)
            {
                zeros++;
            }

            var value = 0;
            for (var i = 0; i < zeros; i++)
            {
                value = (value << 1) | ReadBit();
            }

            return (1 << zeros) - 1 + value;
        }

        private int ReadBit()
        {
            var bit = _at < _data.Length * 8 ? (_data[_at >> 3] >> (7 - (_at & 7))) & 1 : 0;
            _at++;
            return bit;
        }
    }
}
