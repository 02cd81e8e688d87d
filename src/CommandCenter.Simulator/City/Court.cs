namespace CommandCenter.Simulator.City;

/// <summary>A court of the virtual city.</summary>
/// <param name="Mark">法院代字, such as 沪0115.</param>
/// <param name="CasesPerWorkingDay">New enforcement cases (执 and 执恢) that it files on a mean working day.</param>
internal sealed record Court(string Mark, double CasesPerWorkingDay)
{
    // A court that the product knows and this table does not: a small basic court.
    private const double UnknownCourtCasesPerWorkingDay = 8;

    // Shares are our own estimate from the size of the districts, adding up to the 600 cases a day of the source documents.
    private static readonly Dictionary<string, double> s_casesPerWorkingDay = new(StringComparer.Ordinal)
    {
        ["沪"] = 0.3,
        ["沪01"] = 8,
        ["沪02"] = 7,
        ["沪03"] = 3,
        ["沪73"] = 1.7,
        ["沪72"] = 3,
        ["沪7101"] = 5,
        ["沪0101"] = 34,
        ["沪0104"] = 34,
        ["沪0105"] = 27,
        ["沪0106"] = 38,
        ["沪0107"] = 35,
        ["沪0109"] = 25,
        ["沪0110"] = 31,
        ["沪0112"] = 60,
        ["沪0113"] = 45,
        ["沪0114"] = 42,
        ["沪0115"] = 112,
        ["沪0116"] = 20,
        ["沪0117"] = 41,
        ["沪0118"] = 32,
        ["沪0120"] = 30,
        ["沪0151"] = 14,
    };

    /// <summary>The mark without its province character, for ids in plain ASCII: 0115; 00 for the high court.</summary>
    public string Code { get; } = Mark.Length > 1 ? Mark[1..] : "00";

    /// <summary>How many handlers (承办人) share its cases.</summary>
    public int HandlerCount { get; } = Math.Max(2, (int)(CasesPerWorkingDay / 2.5));

    /// <summary>The court of a mark, as large as the table says.</summary>
    public static Court Of(string mark) =>
        new(mark, s_casesPerWorkingDay.GetValueOrDefault(mark, UnknownCourtCasesPerWorkingDay));
}
