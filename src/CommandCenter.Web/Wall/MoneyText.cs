using System.Globalization;

namespace CommandCenter.Web.Wall;

/// <summary>An amount as people read it on a wall, and the exact amount beside it.</summary>
/// <param name="Value">Digits with separators; truncated, so that a wall never shows more money than there is.</param>
/// <param name="Unit">元, 万元, 亿元, <c>k</c>, <c>m</c> or <c>bn</c> (thousand, million, thousand million yuan); empty when the value is plain yuan in English.</param>
/// <param name="Exact">The amount to the fen.</param>
internal readonly record struct MoneyText(string Value, string Unit, string Exact)
{
    private const long FenPerYuan = 100;
    private const long FenPerWan = 10_000 * FenPerYuan;
    private const long FenPerMillion = 1_000_000 * FenPerYuan;
    private const long FenPerYi = 100_000_000 * FenPerYuan;

    /// <summary>With a unit that fits the size of the amount.</summary>
    public static MoneyText Of(long fen, WallLanguage language)
    {
        var size = fen == long.MinValue ? long.MaxValue : Math.Abs(fen);
        var (scale, decimals, unit) = language switch
        {
            WallLanguage.En when size < 1_000 * FenPerYuan => (FenPerYuan, 2, "money.yuan"),
            WallLanguage.En when size < FenPerMillion => (1_000 * FenPerYuan, 2, "money.thousand"),
            WallLanguage.En when size < 100_000 * FenPerMillion => (FenPerMillion, size < 1_000 * FenPerMillion ? 2 : 0, "money.wan"),
            WallLanguage.En => (1_000 * FenPerMillion, 1, "money.yi"),
            _ when size < FenPerWan => (FenPerYuan, 2, "money.yuan"),
            _ when size < FenPerYi => (FenPerWan, 2, "money.wan"),
            // Four decimals of 亿 are whole 万: a day's sum keeps moving visibly after it passes one hundred million.
            // Beyond ten thousand 亿 even hundredths are more than a column holds at the size of its figures.
            _ => (FenPerYi, size < 10 * FenPerYi ? 4 : size < 10_000 * FenPerYi ? 2 : 1, "money.yi"),
        };
        var sign = language == WallLanguage.En ? "¥" : "";
        return new MoneyText(Digits(fen, scale, decimals, sign), WallTexts.Of(unit, language), ExactOf(fen, language));
    }

    /// <summary>For a column whose head names the unit: 万元 with one decimal, or million yuan with two; whole ones when long.</summary>
    public static MoneyText OfColumn(long fen, WallLanguage language)
    {
        var isLong = fen is >= 10 * FenPerYi or <= -10 * FenPerYi;
        return language == WallLanguage.En
            ? new MoneyText(Digits(fen, FenPerMillion, isLong ? 0 : 2, ""), "", ExactOf(fen, language))
            : new MoneyText(Digits(fen, FenPerWan, isLong ? 0 : 1, ""), "", ExactOf(fen, language));
    }

    private static string ExactOf(long fen, WallLanguage language) => language == WallLanguage.En
        ? Digits(fen, FenPerYuan, 2, "¥")
        : Digits(fen, FenPerYuan, 2, "") + " 元";

    private static string Digits(long fen, long scale, int decimals, string currencySign)
    {
        var factor = 1L;
        for (var i = 0; i < decimals; i++)
        {
            factor *= 10;
        }

        // Whole numbers all the way: amounts beyond 2^53 fen must not lose their last digits to a double.
        var units = Int128.Abs(fen) * factor / scale;
        var whole = (long)(units / factor);
        var text = whole.ToString("N0", CultureInfo.InvariantCulture);
        if (decimals > 0)
        {
            text += "." + ((long)(units % factor)).ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0');
        }

        return (fen < 0 ? CountText.Minus : "") + currencySign + text;
    }
}

/// <summary>Numbers of cases.</summary>
internal static class CountText
{
    /// <summary>U+2212: as wide as a digit's plus sign, so that columns stay aligned.</summary>
    public const string Minus = "−";

    public static string Of(long count) => (count < 0 ? Minus : "") + Magnitude(count);

    /// <summary>A change: the sign is part of the figure.</summary>
    public static string OfChange(long change) => change switch
    {
        > 0 => "+" + Magnitude(change),
        < 0 => Minus + Magnitude(change),
        _ => "±0",
    };

    /// <summary>A ratio in percent, truncated: 89.99 % must not read as the 90 % it does not reach.</summary>
    public static string OfRatio(double ratio) =>
        (Math.Truncate((decimal)ratio * 1_000m) / 10m).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    /// <summary>Growth over an earlier, positive figure in percent, truncated; more than tenfold is only named as such.</summary>
    public static string OfGrowth(long now, long then)
    {
        var perMille = (Int128)1_000 * ((Int128)now - then) / then;
        if (Int128.Abs(perMille) > 9_999)
        {
            return perMille > 0 ? "> +999%" : "< " + Minus + "999%";
        }

        var sign = perMille > 0 ? "+" : perMille < 0 ? Minus : "±";
        return sign + ((decimal)Int128.Abs(perMille) / 10m).ToString("0.0", CultureInfo.InvariantCulture) + "%";
    }

    private static string Magnitude(long count) => Int128.Abs(count).ToString("N0", CultureInfo.InvariantCulture);
}
