using CommandCenter.Domain;
using CommandCenter.Domain.Indicators;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Series;

/// <summary>What changed in the courts of one partition since they were last looked at; read on its thread.</summary>
/// <param name="Courts">Every court as it is: which object, which version.</param>
/// <param name="TouchedFrom">The earliest window touched in any of them; <see langword="null"/> when none was.</param>
/// <param name="OnDuty">Officers on duty by court index; courts of whose officers nothing is known are missing.</param>
internal sealed record PartitionChanges(IReadOnlyList<(CourtGrain Grain, long Version)> Courts, int? TouchedFrom, IReadOnlyDictionary<int, long> OnDuty)
{
    /// <param name="model">The partition.</param>
    /// <param name="grains">Knows the courts.</param>
    /// <param name="seen">
    /// What was seen last, or <see langword="null"/>. A court is the same only if its object is: a partition that was loaded again counts its versions afresh.
    /// </param>
    public static PartitionChanges Read(GrainModel model, GrainHost grains, PartitionChanges? seen)
    {
        var courts = model.Courts.Select(static grain => (grain, grain.Version)).ToArray();
        int? touched = null;
        for (var i = 0; i < courts.Length; i++)
        {
            var grain = courts[i].grain;
            var first = seen is not null && ReferenceEquals(seen.Courts[i].Grain, grain)
                ? grain.TouchedSince(seen.Courts[i].Version)
                : int.MinValue;
            touched = touched is null || first < touched ? first ?? touched : touched;
        }

        var onDuty = new Dictionary<int, long>();
        foreach (var (mark, officer) in model.OfficersByCourt)
        {
            if (grains.Courts.TryFind(mark, out var court))
            {
                onDuty[court.Index] = onDuty.GetValueOrDefault(court.Index) + (officer.IsOnDuty ? 1 : 0);
            }
        }

        return new PartitionChanges(courts, touched, onDuty);
    }
}

/// <summary>The windows of one court in a part of a calendar day.</summary>
/// <param name="Court">Its index.</param>
/// <param name="Pending">The stock before the first of them.</param>
/// <param name="Terminal">The terminal stock before the first of them.</param>
/// <param name="Windows">Their numbers and summed columns, in order.</param>
internal sealed record CourtDay(int Court, long Pending, long Terminal, IReadOnlyList<(int Window, long[] Columns)> Windows)
{
    // Below so many windows the stock is counted back from its end, above forward by days: neither ever adds up years of windows.
    private const int CountedBackMax = 600;

    /// <summary>All courts of a partition; read on its thread.</summary>
    /// <param name="model">The partition.</param>
    /// <param name="from">The first window, on the day.</param>
    /// <param name="day">The day.</param>
    public static CourtDay[] Read(GrainModel model, int from, int day) =>
        [.. model.Courts.Select(grain => Read(grain, from, day))];

    private static CourtDay Read(CourtGrain grain, int from, int day)
    {
        var end = KpiCalendar.FirstWindowOf(day + 1);
        var first = grain.Windows.IndexFrom(from);
        var (pending, terminal) = StockBefore(grain, from, first, day);
        var windows = new List<(int, long[])>();
        for (var i = first; i < grain.Windows.Count && grain.Windows.Windows[i] < end; i++)
        {
            var columns = new long[Flows.ColumnCount];
            grain.Windows.AddTo(i, columns);
            windows.Add((grain.Windows.Windows[i], columns));
        }

        return new CourtDay(grain.Court.Index, pending, terminal, windows);
    }

    private static (long Pending, long Terminal) StockBefore(CourtGrain grain, int from, int first, int day)
    {
        var sums = new long[Flows.ColumnCount];
        var load = new Caseload(sums);
        if (grain.Windows.Count - first <= CountedBackMax)
        {
            grain.Windows.AddTo(from, int.MaxValue, sums);
            return (grain.Stock.Pending - load.PendingGrowth, grain.Stock.Terminal - load.TerminalGrowth);
        }

        grain.Days.AddTo(int.MinValue, day, sums);
        grain.Windows.AddTo(KpiCalendar.FirstWindowOf(day), from, sums);
        return (load.PendingGrowth, load.TerminalGrowth);
    }
}

/// <summary>Days and windows, each by its number.</summary>
internal static class KpiCalendar
{
    private const int WindowsPerDay = 24 * 3600 / ShanghaiTime.WindowSeconds;
    private static readonly int s_offset = (int)ShanghaiTime.Offset.TotalSeconds / ShanghaiTime.WindowSeconds;

    public static int FirstWindowOf(int day) => (day * WindowsPerDay) - s_offset;

    public static int DayOf(int window) => (window + s_offset) / WindowsPerDay;

    public static long StartOf(int window) => (long)window * ShanghaiTime.WindowSeconds;
}
