using CommandCenter.Domain;
using CommandCenter.Domain.Indicators;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Reading;

/// <summary>What the figures of now are compared with; read on the partition's thread every few seconds.</summary>
/// <param name="FirstWindow">The first window that the partition has figures of; the greatest number when it has none.</param>
/// <param name="Today">The same day last year, up to the end of the same window.</param>
/// <param name="Month">From the first of its month on.</param>
/// <param name="Year">From the first of January on.</param>
/// <param name="Trends">The last thirty days of each court.</param>
internal sealed record PastFigures(int FirstWindow, PeriodFigures Today, PeriodFigures Month, PeriodFigures Year, IReadOnlyList<CourtTrend> Trends)
{
    private const int TrendDays = 30;

    /// <summary>Reads them. A year ago, 29 February is 28 February.</summary>
    public static PastFigures Read(GrainModel model, DateTimeOffset now)
    {
        var today = ShanghaiTime.DayOf(now);
        var day = today.AddYears(-1);
        var end = ShanghaiTime.WindowOf(ShanghaiTime.StartOf(day)) + ShanghaiTime.WindowOf(now) - ShanghaiTime.WindowOf(ShanghaiTime.StartOf(today)) + 1;
        return new PastFigures(
            model.Courts.Where(static grain => grain.Windows.Count > 0).Select(static grain => grain.Windows.Windows[0]).DefaultIfEmpty(int.MaxValue).Min(),
            Sum(model, day, day, end),
            Sum(model, new DateOnly(day.Year, day.Month, 1), day, end),
            Sum(model, new DateOnly(day.Year, 1, 1), day, end),
            [.. model.Courts.Select(grain => TrendOf(grain, ShanghaiTime.DayNumberOf(today)))]);
    }

    // Whole days are summed already; only the last one is read by the window.
    private static PeriodFigures Sum(GrainModel model, DateOnly from, DateOnly last, int end)
    {
        var sums = new long[Flows.ColumnCount];
        foreach (var grain in model.Courts)
        {
            grain.Days.AddTo(ShanghaiTime.DayNumberOf(from), ShanghaiTime.DayNumberOf(last), sums);
            grain.Windows.AddTo(ShanghaiTime.WindowOf(ShanghaiTime.StartOf(last)), end, sums);
        }

        return PartitionFigures.Period(new Caseload(sums));
    }

    // Stock of the past is stock of now without what it grew by since.
    private static CourtTrend TrendOf(CourtGrain grain, int today)
    {
        var pending = new long[TrendDays];
        var stock = grain.Stock.Pending;
        for (var i = TrendDays - 1; i >= 0; i--)
        {
            pending[i] = stock;
            stock -= grain.SumDays(today - (TrendDays - 1 - i), today - (TrendDays - 1 - i) + 1).PendingGrowth;
        }

        return new CourtTrend(grain.Court.Mark, pending);
    }
}
