using CommandCenter.Domain.Courts;
using CommandCenter.Domain.Indicators;
using CommandCenter.TimeSeries;

namespace CommandCenter.Web.Series;

/// <summary>
/// The series there are: every court under its mark, which means the court and all its inferior courts as everywhere else; and a court that has
/// inferior courts once more alone, under its mark and <c>.own</c>. Areas and the city are written, never added up when read.
/// </summary>
internal sealed class KpiScopes(CourtTree courts)
{
    public const string OwnSuffix = ".own";

    private readonly (string Name, int[] Courts)[] _scopes =
    [
        .. courts.Courts.Select(static court => (court.Mark, court.Scope.Select(static part => part.Index).ToArray())),
        .. courts.Courts.Where(static court => court.Scope.Count > 1).Select(static court => (court.Mark + OwnSuffix, new[] { court.Index })),
    ];

    /// <summary>The points of one day.</summary>
    /// <param name="days">The windows by court index; <see langword="null"/> where a court could not be asked: its scopes are left out.</param>
    /// <param name="samples">What is known now, by court index; empty on any day but today.</param>
    /// <param name="sampledWindow">The window of the samples.</param>
    public IReadOnlyList<SeriesRows> Rows(CourtDay?[] days, KpiSample[] samples, int sampledWindow)
    {
        var rows = new List<SeriesRows>(_scopes.Length);
        foreach (var (name, members) in _scopes)
        {
            if (Array.TrueForAll(members, court => days[court] is not null))
            {
                var points = Points([.. members.Select(court => days[court]!)]);
                if (samples.Length > 0)
                {
                    Put(points, KpiSample.Sum([.. members.Select(court => samples[court])]), sampledWindow);
                }

                rows.Add(new SeriesRows(name, [.. points.Select(static point => new SeriesPoint(KpiCalendar.StartOf(point.Key), point.Value))]));
            }
        }

        return rows;
    }

    private static SortedDictionary<int, long?[]> Points(CourtDay[] members)
    {
        var windows = new SortedDictionary<int, long[]>();
        foreach (var (window, columns) in members.SelectMany(static member => member.Windows))
        {
            if (members.Length == 1)
            {
                windows.Add(window, columns);
                continue;
            }

            if (!windows.TryGetValue(window, out var sums))
            {
                windows.Add(window, sums = new long[Flows.ColumnCount]);
            }

            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] = checked(sums[i] + columns[i]);
            }
        }

        var (pending, terminal) = (members.Sum(static member => member.Pending), members.Sum(static member => member.Terminal));
        var points = new SortedDictionary<int, long?[]>();
        foreach (var (window, sums) in windows)
        {
            var load = new Caseload(sums);
            pending += load.PendingGrowth;
            terminal += load.TerminalGrowth;
            points.Add(window, KpiFields.Of(load, pending, terminal));
        }

        return points;
    }

    private static void Put(SortedDictionary<int, long?[]> points, KpiSample sample, int window)
    {
        if (!points.TryGetValue(window, out var values))
        {
            points.Add(window, values = new long?[KpiFields.Schema.Count]);
        }

        KpiFields.Put(values, sample);
    }
}
