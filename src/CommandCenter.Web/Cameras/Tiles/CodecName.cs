using System.Globalization;
using CommandCenter.Cameras.Media;

namespace CommandCenter.Web.Cameras.Tiles;

/// <summary>What a browser calls the coding of a stream (RFC 6381).</summary>
internal static class CodecName
{
    private const int TypeMask = 0x1f;
    private const int SequenceParameterSet = 7;
    private const int LengthMin = 4;

    /// <summary><c>avc1.PPCCLL</c>, from profile, constraints and level of the first sequence parameter set; <see langword="null"/> when there is none.</summary>
    /// <param name="keyPicture">A key picture of H.264, Annex B.</param>
    public static string? OfH264(ReadOnlySpan<byte> keyPicture)
    {
        foreach (var unit in AnnexB.Units(keyPicture))
        {
            if ((unit[0] & TypeMask) == SequenceParameterSet && unit.Length >= LengthMin)
            {
                return string.Create(CultureInfo.InvariantCulture, $"avc1.{unit[1]:x2}{unit[2]:x2}{unit[3]:x2}");
            }
        }

        return null;
    }
}
