using System.Globalization;

namespace CommandCenter.Simulator.City;

/// <summary>A court of the virtual city.</summary>
/// <param name="Mark">法院代字, such as 沪0115.</param>
/// <param name="CasesPerWorkingDay">New enforcement cases (执 and 执恢) that it files on a mean working day.</param>
internal sealed record Court(string Mark, double CasesPerWorkingDay)
{
    private static readonly Dictionary<string, double> s_casesPerWorkingDay =
        CityFile.Shanghai.Courts.ToDictionary(court => court.Mark, court => court.CasesPerWorkingDay, StringComparer.Ordinal);

    private static readonly double[] s_intermediate = SizesOf(digits: 2);
    private static readonly double[] s_basic = SizesOf(digits: 4);

    /// <summary>The mark in plain ASCII, for ids: 0115; 00 for the high court of Shanghai; 5180-0501 for 冀0501.</summary>
    public string Code { get; } = CodeOf(Mark);

    /// <summary>How many handlers (承办人) share its cases.</summary>
    public int HandlerCount { get; } = Math.Max(2, (int)(CasesPerWorkingDay / 2.5));

    /// <summary>The court of a mark. One that the table does not know is as large as one of its level in Shanghai.</summary>
    /// <param name="mark">法院代字.</param>
    /// <param name="size">How large it is, beside what the table says.</param>
    public static Court Of(string mark, double size) =>
        new(mark, size * (s_casesPerWorkingDay.TryGetValue(mark, out var cases) ? cases : Likely(mark)));

    private static double Likely(string mark)
    {
        var random = SeededRandom.For(0, "court-size", mark.GetStableHash());
        return DigitsOf(mark).Length switch
        {
            0 => s_casesPerWorkingDay["沪"],
            <= 2 => random.OneOf(s_intermediate),
            _ => random.OneOf(s_basic),
        };
    }

    private static string CodeOf(string mark)
    {
        var digits = DigitsOf(mark);
        return mark.StartsWith('沪')
            ? digits.Length == 0 ? "00" : digits
            : string.Concat(mark[..^digits.Length].Select(letter => ((int)letter).ToString("x4", CultureInfo.InvariantCulture))) + "-" + digits;
    }

    private static string DigitsOf(string mark) => mark.TrimStart([.. mark.Where(char.IsLetter)]);

    private static double[] SizesOf(int digits) =>
        [.. s_casesPerWorkingDay.Where(court => DigitsOf(court.Key).Length == digits).OrderBy(court => court.Key, StringComparer.Ordinal).Select(court => court.Value)];
}
