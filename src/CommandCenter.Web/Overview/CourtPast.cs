using CommandCenter.Domain;
using CommandCenter.Domain.Indicators;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Overview;

/// <summary>What the figures of one court are compared with and what its indicators are made of; read on a partition's thread.</summary>
/// <param name="Court">Its index.</param>
/// <param name="FirstWindow">The first window that it has figures of; the greatest number when it has none.</param>
/// <param name="Today">The same day last year, up to the end of the same window.</param>
/// <param name="Month">From the first of its month on.</param>
/// <param name="Year">From the first of January on.</param>
/// <param name="MonthGrowth">By how many cases 存 grew since the first of this month, transfers included.</param>
/// <param name="YearGrowth">Since the first of January.</param>
/// <param name="PetitionsReceived">Of three years.</param>
/// <param name="PetitionsAnswered">Of three years.</param>
/// <param name="HandledThreeYears">旧存 and 新收 of three years.</param>
/// <param name="ClosedThreeYears">结案 of three years.</param>
internal sealed record CourtPast(
    int Court, int FirstWindow, PeriodFigures Today, PeriodFigures Month, PeriodFigures Year, long MonthGrowth, long YearGrowth,
    long PetitionsReceived, long PetitionsAnswered, long HandledThreeYears, long ClosedThreeYears)
{
    /// <summary>The courts of a partition. A year ago, 29 February is 28 February.</summary>
    public static CourtPast[] Read(GrainModel model, DateTimeOffset now)
    {
        var today = ShanghaiTime.DayOf(now);
        var day = today.AddYears(-1);
        var end = ShanghaiTime.WindowOf(ShanghaiTime.StartOf(day)) + ShanghaiTime.WindowOf(now) - ShanghaiTime.WindowOf(ShanghaiTime.StartOf(today)) + 1;
        return [.. model.Courts.Select(grain =>
        {
            var three = grain.SumDays(ShanghaiTime.DayNumberOf(today.AddYears(-3)) + 1, ShanghaiTime.DayNumberOf(today) + 1);
            return new CourtPast(
                grain.Court.Index,
                grain.Windows.Count == 0 ? int.MaxValue : grain.Windows.Windows[0],
                Sum(grain, day, day, end),
                Sum(grain, new DateOnly(day.Year, day.Month, 1), day, end),
                Sum(grain, new DateOnly(day.Year, 1, 1), day, end),
                Growth(grain, new DateOnly(today.Year, today.Month, 1), today),
                Growth(grain, new DateOnly(today.Year, 1, 1), today),
                three.PetitionsReceived,
                three.PetitionsAnswered,
                grain.Stock.Pending + three.Closed, // Pending before + received = closed + pending after.
                three.Closed);
        })];
    }

    private static long Growth(CourtGrain grain, DateOnly from, DateOnly today) =>
        grain.SumDays(ShanghaiTime.DayNumberOf(from), ShanghaiTime.DayNumberOf(today) + 1).PendingGrowth;

    // Whole days are summed already; only the last one is read by the window.
    private static PeriodFigures Sum(CourtGrain grain, DateOnly from, DateOnly last, int end)
    {
        var sums = new long[Flows.ColumnCount];
        grain.Days.AddTo(ShanghaiTime.DayNumberOf(from), ShanghaiTime.DayNumberOf(last), sums);
        grain.Windows.AddTo(ShanghaiTime.WindowOf(ShanghaiTime.StartOf(last)), end, sums);
        return PartitionFigures.Period(new Caseload(sums));
    }
}
