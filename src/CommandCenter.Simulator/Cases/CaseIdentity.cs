using System.Globalization;
using CommandCenter.Simulator.City;

namespace CommandCenter.Simulator.Cases;

/// <summary>What makes a case this one and no other.</summary>
/// <param name="Year">收案年度.</param>
/// <param name="Court">The court that files it.</param>
/// <param name="Kind">类型代字.</param>
/// <param name="Ordinal">案件编号, from 1 in each year, court and kind.</param>
internal sealed record CaseIdentity(int Year, Court Court, CaseKind Kind, int Ordinal)
{
    /// <summary>案号, such as (2026)沪0115执1234号.</summary>
    public string Number => string.Create(CultureInfo.InvariantCulture, $"({Year}){Court.Mark}{Kind.Mark}{Ordinal}号");

    /// <summary>Start of the event ids of the case, in plain ASCII: s1.2026.0115.e1234. The seed keeps two cities apart.</summary>
    public string IdPrefix(long seed) => string.Create(CultureInfo.InvariantCulture, $"s{seed}.{Year}.{Court.Code}.{Kind.Code}{Ordinal}");
}
