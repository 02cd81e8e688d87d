using System.Globalization;

namespace CommandCenter.Web.Export;

/// <summary>Money in files: yuan with two decimals, made of the fen without a detour over a double.</summary>
internal static class ExportMoney
{
    /// <summary>Such as <c>-1234.05</c>.</summary>
    public static string Text(long fen)
    {
        var whole = UInt128.CreateChecked(Int128.Abs(fen));
        return (fen < 0 ? "-" : "") + (whole / 100).ToString(CultureInfo.InvariantCulture) + "." + (whole % 100).ToString("00", CultureInfo.InvariantCulture);
    }

    /// <summary>The same number of yuan.</summary>
    public static decimal Yuan(long fen) => fen / 100m;

    /// <summary>Whether a spreadsheet keeps it to the fen: it has 15 digits and no more.</summary>
    public static bool IsNumber(long fen) => fen is > -ExportLimits.NumberFenMax and < ExportLimits.NumberFenMax;
}
