using System.Globalization;
using CommandCenter.Domain;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Watch;

namespace CommandCenter.Web.Recount;

/// <summary>What a mark beside a figure says.</summary>
/// <param name="State">proved, recounting, differs or unknown.</param>
/// <param name="ProvedAt">When all that it rests on was last proved.</param>
/// <param name="Difference">The first cell under it that differs.</param>
internal sealed record RecountMark(string State, DateTimeOffset? ProvedAt, RecountDifference? Difference);

/// <summary>The marks of figures: which cells a figure rests on, and what the recount says of those. The one place that knows.</summary>
/// <param name="report">What the recount knows.</param>
/// <param name="now">Says which day, month and year is meant.</param>
internal sealed class RecountMarks(RecountReport report, DateTimeOffset now)
{
    private const string Stocks = "now";
    private const string ThreeYears = "threeYears";

    private static readonly string[] s_received = ["received.执", "received.执恢"];
    private static readonly string[] s_closed = ["closed.执", "closed.执恢", "revoked.执", "revoked.执恢"];
    private static readonly string[] s_pending = ["pending.执", "pending.执恢"];
    private static readonly string[] s_grown =
        [.. s_received, .. s_closed, "transferredIn.执", "transferredIn.执恢", "transferredOut.执", "transferredOut.执恢"];
    private static readonly string[] s_in = ["fundsIn", "fundsInReversed"];
    private static readonly string[] s_out = ["fundsOut", "fundsOutReversed"];
    private static readonly string[] s_controls = ["controlsLapsed", .. ControlsState.Days.Select(static days => $"controlsWithin.{days}")];

    /// <summary>For each figure that a page shows: the counted figures under it, and of which time.</summary>
    private static readonly Dictionary<string, (string[] Figures, string Time)[]> s_cells = new(StringComparer.Ordinal)
    {
        ["received.today"] = [(s_received, "today")],
        ["received.month"] = [(s_received, "month")],
        ["received.year"] = [(s_received, "year")],
        ["closed.today"] = [(s_closed, "today")],
        ["closed.month"] = [(s_closed, "month")],
        ["closed.year"] = [(s_closed, "year")],
        ["pending.today"] = [(s_pending, Stocks)],
        ["pending.month"] = [(s_received, "month"), (s_closed, "month")], // A change, made of what came and what went.
        ["pending.year"] = [(s_received, "year"), (s_closed, "year")],
        ["in.today"] = [(s_in, "today")],
        ["in.month"] = [(s_in, "month")],
        ["in.year"] = [(s_in, "year")],
        ["out.today"] = [(s_out, "today")],
        ["out.month"] = [(s_out, "month")],
        ["out.year"] = [(s_out, "year")],
        ["terminal"] = [(["terminalStock"], Stocks)],
        ["overdue"] = [(["overdue"], Stocks)],
        ["controls"] = [(s_controls, Stocks)],
        ["rollcall"] = [(["officersOnDuty"], Stocks)],
        ["chart"] = [(s_in, "day"), (s_out, "day")],
        ["core3"] = [(["petitionsReceived", "petitionsAnswered"], ThreeYears)],
        ["core4"] = [(s_closed, ThreeYears), (s_pending, Stocks)],
    };

    /// <summary>The same for figures that only pages of a part of the city show. Its cases also come from other courts and go there.</summary>
    private static readonly Dictionary<string, (string[] Figures, string Time)[]> s_cellsOfParts = new(StringComparer.Ordinal)
    {
        ["lapsing"] = [(["controlsWithin.7"], Stocks)],
        ["growth.month"] = [(s_grown, "month")],
        ["growth.year"] = [(s_grown, "year")],
    };

    /// <summary>What comes and goes, in any time: the figures of lists and of charts.</summary>
    private static readonly Dictionary<string, string[]> s_flows = new(StringComparer.Ordinal)
    {
        ["received"] = s_received,
        ["closed"] = s_closed,
        ["in"] = s_in,
        ["out"] = s_out,
    };

    private readonly DateOnly _today = ShanghaiTime.DayOf(now);

    /// <summary>The figures of the city that have a mark.</summary>
    public static IEnumerable<string> Figures => s_cells.Keys;

    /// <summary>The figures of one court's row, and the figure of the city that each is a part of.</summary>
    public static IReadOnlyList<(string Name, string Figure)> CourtFigures { get; } =
    [
        ("received", "received.today"), ("closed", "closed.today"), ("pending", "pending.today"), ("in", "in.today"), ("out", "out.today"), ("overdue", "overdue"),
    ];

    /// <summary>The mark of a figure of the city.</summary>
    public RecountMark Of(string figure) => Of(Timed(s_cells[figure]), report.Partitions, static _ => true);

    /// <summary>The mark of a figure of one court.</summary>
    public RecountMark Of(string figure, string court) =>
        Of(Timed(s_cells[figure]), report.Partitions.Where(partition => partition.Marks.Contains(court)), proof => proof.Mark == court);

    /// <summary>The mark of a figure of some courts together.</summary>
    public RecountMark Of(string figure, IReadOnlySet<string> courts) =>
        Of(Timed(s_cells.GetValueOrDefault(figure) ?? s_cellsOfParts[figure]), courts);

    /// <summary>The mark of what came and went in a time, in some courts together.</summary>
    /// <param name="flows"><c>received</c>, <c>closed</c>, <c>in</c>, <c>out</c>; or <c>pending</c>, which was then what it is now less what came since.</param>
    /// <param name="time">The time.</param>
    /// <param name="courts">The courts.</param>
    public RecountMark Of(IEnumerable<string> flows, TimeRange time, IReadOnlySet<string> courts) =>
        Of([.. flows.SelectMany(flow => CellsOf(flow, time))], courts);

    /// <summary>The mark of the figure that a list of cases stands behind.</summary>
    public RecountMark Of(CaseFigure figure, IReadOnlySet<string> courts) => figure switch
    {
        { Time: { } time } => Of([figure.Name], time, courts),
        { Node: { } node } => Of(figure.Name == "overdue" ? CountedPart.StandingOverdue : CountedPart.Standing, [node.ToString(CultureInfo.InvariantCulture)], courts),
        { Handler: { } handler } => Of(
            figure.Name switch
            {
                "pending" => CountedPart.Pending,
                "suspended" => CountedPart.Suspended,
                "overdue" => CountedPart.Overdue,
                _ => CountedPart.Terminal,
            },
            [handler], courts),
        _ => Of(figure.Name == "pending" ? "pending.today" : figure.Name, courts),
    };

    /// <summary>The mark of a figure of a node or a handler in some courts together.</summary>
    /// <param name="figure">What is counted.</param>
    /// <param name="of">The numbers of the nodes, or the handler's name.</param>
    /// <param name="courts">The courts.</param>
    public RecountMark Of(CountedPart figure, IEnumerable<string> of, IReadOnlySet<string> courts) =>
        Of([new Cells([.. of.Select(one => CellTable.NameOf(new PartKey(figure, one)))], static at => at is null)], courts);

    private static Cells[] CellsOf(string flow, TimeRange time)
    {
        bool IsIn(DateTimeOffset? at) => at is { } t && time.Contains(t.UtcTicks);
        return flow == "pending" ? [new Cells(s_grown, IsIn), new Cells(s_pending, static at => at is null)] : [new Cells(s_flows[flow], IsIn)];
    }

    private Cells[] Timed((string[] Figures, string Time)[] cells) => [.. cells.Select(some => new Cells(some.Figures, at => IsWithin(at, some.Time)))];

    private RecountMark Of(Cells[] cells, IReadOnlySet<string> courts) =>
        Of(cells, report.Partitions.Where(partition => partition.Marks.Any(courts.Contains)), proof => courts.Contains(proof.Mark));

    private static RecountMark Of(Cells[] cells, IEnumerable<PartitionProof> partitions, Func<CourtProof, bool> isMeant)
    {
        var states = new List<string>();
        DateTimeOffset? provedAt = null;
        foreach (var partition in partitions)
        {
            var differing = partition.Courts.Where(court => court.Differing > 0 && isMeant(court)).Select(court => DifferenceIn(court, cells)).FirstOrDefault(one => one is not null);
            if (differing is not null)
            {
                return new RecountMark(RecountState.Differs, partition.ProvedAt, differing);
            }

            states.Add(partition.State == RecountState.Differs ? RecountState.Proved : partition.State); // It differs elsewhere.
            provedAt = provedAt is null || partition.ProvedAt < provedAt ? partition.ProvedAt : provedAt;
        }

        return new RecountMark(states.Count == 0 ? RecountState.Unknown : RecountState.Worst(states), provedAt, null);
    }

    private static RecountDifference? DifferenceIn(CourtProof court, Cells[] cells) =>
        court.Differences.FirstOrDefault(one => cells.Any(some => some.Figures.Contains(one.Figure) && some.IsMeant(one.T)))
        // With more differences than are kept, any figure of the court may rest on one of them.
        ?? (court.Differing > court.Differences.Count ? court.Differences[0] : null);

    private bool IsWithin(DateTimeOffset? at, string time)
    {
        if (at is not { } t)
        {
            return time == Stocks;
        }

        var day = ShanghaiTime.DayOf(t);
        return time switch
        {
            "today" => day == _today,
            "month" => day <= _today && (day.Year, day.Month) == (_today.Year, _today.Month),
            "year" => day <= _today && day.Year == _today.Year,
            "day" => t <= now && t > now.AddDays(-1).AddMinutes(-5),
            ThreeYears => day <= _today && day > _today.AddYears(-3),
            _ => false,
        };
    }

    /// <summary>Counted figures, and of which time; what stands now is of none.</summary>
    private sealed record Cells(string[] Figures, Func<DateTimeOffset?, bool> IsMeant);
}
