using System.Globalization;

namespace CommandCenter.Web.Import.Mapping;

/// <summary>Reads a decimal amount such as <c>35.0</c> as integer fen, exactly.</summary>
internal static class MoneyText
{
    /// <summary>Integers beyond 2^53 do not survive every JSON reader, so the intake refuses them; so do we.</summary>
    public const long FenMax = (1L << 53) - 1;

    /// <summary>Digits, optionally a point and more digits. More than two decimals only when the rest are zeros.</summary>
    /// <returns><see langword="null"/> when <paramref name="fen"/> is good, else the fault.</returns>
    public static RowFault? Parse(ReadOnlySpan<char> text, out long fen)
    {
        fen = 0;
        if (text is ['-', ..] && Parse(text[1..], out _) is null)
        {
            return new(RowFault.MoneyNegative, $"The amount '{text}' is negative.");
        }

        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var decimals = point < 0 ? default : text[(point + 1)..];
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange('0', '9')
            || (point >= 0 && (decimals.IsEmpty || decimals.ContainsAnyExceptInRange('0', '9'))))
        {
            return new(RowFault.MoneyInvalid, $"'{Shown(text)}' is not a decimal amount.");
        }

        if (decimals.Length > 2 && decimals[2..].ContainsAnyExcept('0'))
        {
            return new(RowFault.MoneyPrecision, $"'{Shown(text)}' has a fraction of a fen.");
        }

        var units = whole.TrimStart('0');
        if (units.Length > 15)
        {
            return TooLarge(text);
        }

        var cents = decimals.IsEmpty ? 0 : (decimals[0] - '0') * 10 + (decimals.Length > 1 ? decimals[1] - '0' : 0);
        var yuan = units.IsEmpty ? 0 : long.Parse(units, NumberStyles.None, CultureInfo.InvariantCulture);
        var result = (yuan * 100) + cents;
        if (result > FenMax)
        {
            return TooLarge(text);
        }

        fen = result;
        return null;
    }

    private static RowFault TooLarge(ReadOnlySpan<char> text) =>
        new(RowFault.MoneyTooLarge, $"'{Shown(text)}' is more than {FenMax} fen.");

    private static ReadOnlySpan<char> Shown(ReadOnlySpan<char> text) => text.Length > 40 ? text[..40] : text;
}
