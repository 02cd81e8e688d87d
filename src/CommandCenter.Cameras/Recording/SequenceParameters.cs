namespace CommandCenter.Cameras.Recording;

/// <summary>What a file has to say of a picture before it is decoded.</summary>
/// <param name="Width">Pixels shown, after cropping; 1 to 16,384.</param>
/// <param name="Height">Pixels shown, after cropping; 1 to 16,384.</param>
/// <param name="ChromaFormat">chroma_format_idc: 0 to 3, 1 is 4:2:0.</param>
/// <param name="LumaBits">Bits a sample, 8 to 16.</param>
/// <param name="ChromaBits">Bits a sample, 8 to 16.</param>
public sealed record SequenceParameters(int Width, int Height, int ChromaFormat, int LumaBits, int ChromaBits)
{
    private const int SideMax = 16_384;

    /// <summary>Reads a sequence parameter set of H.264 (ITU-T H.264, 7.3.2.1.1).</summary>
    /// <param name="unit">The NAL unit, header included.</param>
    /// <exception cref="RecordingException">It cannot be read: <c>recording.bad-video</c>.</exception>
    public static SequenceParameters ReadH264(ReadOnlySpan<byte> unit)
    {
        var bits = new BitReader(unit);
        bits.Skip(8);
        var profile = bits.Bits(8);
        bits.Skip(16); // Constraints, level.
        _ = bits.Unsigned();
        uint chroma = 1, luma = 0, chromaDepth = 0;
        var isSeparate = false;
        if (IsHigh(profile))
        {
            chroma = bits.Unsigned();
            isSeparate = chroma == 3 && bits.Flag();
            luma = bits.Unsigned();
            chromaDepth = bits.Unsigned();
            _ = bits.Flag();
            SkipScalingMatrix(ref bits, chroma);
        }

        _ = bits.Unsigned();
        SkipPictureOrder(ref bits);
        _ = bits.Unsigned();
        _ = bits.Flag();
        var width = (long)bits.Unsigned() + 1;
        var height = (long)bits.Unsigned() + 1;
        var isFrame = bits.Flag();
        if (!isFrame)
        {
            _ = bits.Flag();
        }

        _ = bits.Flag();
        width *= 16;
        height *= isFrame ? 16 : 32; // 7-18: a map unit of fields is half of the picture.
        if (bits.Flag())
        {
            var hasSubsampling = chroma is 1 or 2 && !isSeparate;
            var unitX = hasSubsampling ? 2 : 1; // 7-19 to 7-22.
            var unitY = (chroma == 1 && !isSeparate ? 2 : 1) * (isFrame ? 1 : 2);
            width -= unitX * ((long)bits.Unsigned() + bits.Unsigned());
            height -= unitY * ((long)bits.Unsigned() + bits.Unsigned());
        }

        return Make(width, height, chroma, luma, chromaDepth);
    }

    /// <summary>Reads a sequence parameter set of H.265 (ITU-T H.265, 7.3.2.2.1).</summary>
    /// <param name="unit">The NAL unit, header included.</param>
    /// <exception cref="RecordingException">It cannot be read: <c>recording.bad-video</c>.</exception>
    public static SequenceParameters ReadH265(ReadOnlySpan<byte> unit)
    {
        var bits = new BitReader(unit);
        bits.Skip(16 + 4);
        var subLayers = (int)bits.Bits(3);
        bits.Skip(1 + 96); // General profile, tier and level, 7.3.3.
        SkipSubLayers(ref bits, subLayers);
        _ = bits.Unsigned();
        var chroma = bits.Unsigned();
        var isSeparate = chroma == 3 && bits.Flag();
        var width = (long)bits.Unsigned();
        var height = (long)bits.Unsigned();
        if (bits.Flag())
        {
            var unitX = chroma is 1 or 2 && !isSeparate ? 2 : 1; // Table 6-1.
            var unitY = chroma == 1 && !isSeparate ? 2 : 1;
            width -= unitX * ((long)bits.Unsigned() + bits.Unsigned());
            height -= unitY * ((long)bits.Unsigned() + bits.Unsigned());
        }

        return Make(width, height, chroma, bits.Unsigned(), bits.Unsigned());
    }

    private static SequenceParameters Make(long width, long height, uint chroma, uint lumaDepth, uint chromaDepth) =>
        width is > 0 and <= SideMax && height is > 0 and <= SideMax && chroma <= 3 && lumaDepth <= 8 && chromaDepth <= 8
            ? new SequenceParameters((int)width, (int)height, (int)chroma, (int)lumaDepth + 8, (int)chromaDepth + 8)
            : throw new RecordingException(RecordingException.BadVideo, $"A parameter set says {width} by {height} pixels.", innerException: null);

    private static bool IsHigh(uint profile) => profile is 100 or 110 or 122 or 244 or 44 or 83 or 86 or 118 or 128 or 138 or 139 or 134 or 135;

    private static void SkipScalingMatrix(ref BitReader bits, uint chroma)
    {
        if (!bits.Flag())
        {
            return;
        }

        for (var list = 0; list < (chroma == 3 ? 12 : 8); list++)
        {
            if (!bits.Flag())
            {
                continue;
            }

            int last = 8, next = 8;
            for (var i = 0; i < (list < 6 ? 16 : 64) && next != 0; i++) // 7.3.2.1.1.1
            {
                next = (last + bits.Signed() + 256) & 255;
                last = next == 0 ? last : next;
            }
        }
    }

    private static void SkipPictureOrder(ref BitReader bits)
    {
        var type = bits.Unsigned();
        if (type == 0)
        {
            _ = bits.Unsigned();
        }
        else if (type == 1)
        {
            _ = bits.Flag();
            _ = bits.Signed();
            _ = bits.Signed();
            for (var left = Math.Min(bits.Unsigned(), 255); left > 0; left--)
            {
                _ = bits.Signed();
            }
        }
    }

    private static void SkipSubLayers(ref BitReader bits, int subLayers)
    {
        if (subLayers == 0)
        {
            return;
        }

        var present = bits.Bits(16); // Two flags for each of eight, the last ones reserved.
        for (var i = 0; i < subLayers; i++)
        {
            bits.Skip(((present >> (15 - (2 * i))) & 1) != 0 ? 88 : 0);
            bits.Skip(((present >> (14 - (2 * i))) & 1) != 0 ? 8 : 0);
        }
    }
}
