using System.Globalization;
using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Indicators;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Watch;

namespace CommandCenter.Web.Recount;

/// <summary>A cell that the product shows.</summary>
internal readonly record struct ShownCell(int Key, int Figure, long Value);

/// <summary>Some windows or days of one court, copied on the thread of its partition.</summary>
/// <param name="Position">The last record that is counted in them.</param>
/// <param name="From">The first window or day asked for.</param>
/// <param name="Next">Where the next part begins; <see cref="int.MaxValue"/> after the last one.</param>
/// <param name="Cells">Every cell from <paramref name="From"/> to before <paramref name="Next"/> that is not zero.</param>
internal sealed record ShownCells(long Position, int From, int Next, IReadOnlyList<ShownCell> Cells)
{
    // The partition's events wait while a part is copied: this many take about a tenth of a millisecond.
    private const int WindowsMax = 1_024;

    public static ShownCells Read(GrainModel model, int court, bool days, int from)
    {
        var grain = model.CourtAt(court);
        var series = days ? grain.Days : grain.Windows;
        var first = series.IndexFrom(from);
        var end = Math.Min(series.Count, first + WindowsMax);
        var cells = new List<ShownCell>((end - first) * 4);
        Span<long> sums = stackalloc long[Flows.ColumnCount];
        for (var i = first; i < end; i++)
        {
            sums.Clear();
            series.AddTo(i, sums);
            for (var column = 0; column < sums.Length; column++)
            {
                if (sums[column] != 0)
                {
                    cells.Add(new ShownCell(series.Windows[i], CellTable.FigureOf(column), sums[column]));
                }
            }
        }

        return new ShownCells(model.Position, from, end == series.Count ? int.MaxValue : series.Windows[end], cells);
    }
}

/// <summary>The stocks of all courts of a partition, copied on its thread.</summary>
/// <param name="Position">The last record that is counted in them.</param>
/// <param name="Courts">Court, stocks in the order of <see cref="CountedStock"/>, and what they come to by node and by handler; nothing there is zero.</param>
internal sealed record ShownStocks(long Position, IReadOnlyList<(Domain.Courts.Court Court, long[] Values, Dictionary<PartKey, long> Parts)> Courts)
{
    public static ShownStocks Read(GrainModel model, GrainHost grains, DateTimeOffset now)
    {
        var overdue = PartitionFigures.Overdue(model, grains, now);
        var onDuty = model.OfficersByCourt.Where(static officer => officer.State.IsOnDuty).CountBy(static officer => officer.CourtMark).ToDictionary();
        var handlers = HandlerCount.ReadCourts(model, now);
        return new ShownStocks(model.Position, [.. model.Courts.Select(grain => (
            grain.Court,
            Of(grain, overdue[grain.Court.Index], ShanghaiTime.DayOf(now), onDuty.GetValueOrDefault(grain.Court.Mark)),
            PartsOf(FlowCount.Read(model, [grain.Court], handler: null, now, now.Year), handlers[grain.Court.Index])))]);
    }

    private static Dictionary<PartKey, long> PartsOf(FlowCount flow, HandlerCount handlers)
    {
        var parts = new Dictionary<PartKey, long>();
        for (var node = 0; node < flow.Standing.Length; node++)
        {
            var of = node.ToString(CultureInfo.InvariantCulture);
            Add(CountedPart.Standing, of, flow.Standing[node]);
            Add(CountedPart.StandingOverdue, of, flow.Overdue[node]);
        }

        foreach (var figures in handlers.Named.Append(handlers.Nobody))
        {
            var of = figures.Name ?? "";
            Add(CountedPart.Pending, of, figures.Pending);
            Add(CountedPart.Suspended, of, figures.Suspended);
            Add(CountedPart.Overdue, of, figures.Overdue);
            Add(CountedPart.Terminal, of, figures.Terminal);
            Add(CountedPart.Held, of, figures.HeldFen);
            for (var period = 0; period < figures.Received.Length; period++)
            {
                Add(CountedPart.ReceivedToday + period, of, figures.Received[period]);
                Add(CountedPart.ClosedToday + period, of, figures.Closed[period]);
            }
        }

        return parts;

        void Add(CountedPart figure, string of, long value)
        {
            if (value != 0)
            {
                parts.Add(new PartKey(figure, of), value);
            }
        }
    }

    private static long[] Of(CourtGrain grain, long overdue, DateOnly today, long onDuty) =>
    [
        .. Enum.GetValues<CaseClass>().Select(grain.Stock.Open),
        grain.Stock.Terminal,
        overdue,
        grain.Controls.Lapsed(today),
        .. ControlsState.Days.Select(days => grain.Controls.Within(today, days)),
        onDuty,
    ];
}
