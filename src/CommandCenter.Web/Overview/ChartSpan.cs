using System.Globalization;
using CommandCenter.Domain;
using CommandCenter.TimeSeries;

namespace CommandCenter.Web.Overview;

/// <summary>How much time charts show, in how many pieces.</summary>
/// <param name="Name">As URLs say it.</param>
/// <param name="Count">Number of pieces; the last one is still open.</param>
/// <param name="Step">Of which series they are made.</param>
internal sealed record ChartSpan(string Name, int Count, SeriesStep Step)
{
    /// <summary>Those there are, the shortest first.</summary>
    public static readonly IReadOnlyList<ChartSpan> All =
        [new("24h", 288, SeriesStep.FiveMinutes), new("30d", 30, SeriesStep.Day), new("12m", 12, SeriesStep.Day), new("2y", 24, SeriesStep.Day)];

    /// <summary>Thirty days.</summary>
    public static ChartSpan Default => All[1];

    /// <summary>The one of a name; the default when there is none.</summary>
    public static ChartSpan Of(string? name) => All.FirstOrDefault(span => span.Name == name) ?? Default;

    /// <summary>Where each piece begins, oldest first, and where the last one ends: one more than there are pieces.</summary>
    public DateTimeOffset[] Edges(DateTimeOffset now)
    {
        var today = ShanghaiTime.DayOf(now);
        var month = new DateOnly(today.Year, today.Month, 1);
        return [.. Enumerable.Range(1 - Count, Count + 1).Select(i => Name switch
        {
            "24h" => ShanghaiTime.StartOfWindow(ShanghaiTime.WindowOf(now) + i),
            "30d" => ShanghaiTime.StartOf(today.AddDays(i)),
            _ => ShanghaiTime.StartOf(month.AddMonths(i)),
        })];
    }

    /// <summary>A piece by its beginning, as an axis or a table names it.</summary>
    public string Label(DateTimeOffset start) => start.ToOffset(ShanghaiTime.Offset).ToString(
        Name switch { "24h" => "HH:mm", "30d" => "MM-dd", _ => "yyyy-MM" }, CultureInfo.InvariantCulture);
}
