using System.Globalization;
using CommandCenter.Web.Recount;

namespace CommandCenter.Web.Overview;

/// <summary>Which figures of a page of the overview the recount speaks for, and what it says of each.</summary>
/// <remarks>Times at nodes and the cases that passed them in a year are statistics of the journal and not counted a second time: they have no mark.</remarks>
internal static class OverviewMarks
{
    private static readonly (string Column, CountedPart Part)[] s_ofHandler =
    [
        ("pending", CountedPart.Pending), ("suspended", CountedPart.Suspended), ("overdue", CountedPart.Overdue), ("terminal", CountedPart.Terminal),
        ("held", CountedPart.Held),
    ];

    private static readonly (string Column, CountedPart Today)[] s_ofHandlerByPeriod = [("received", CountedPart.ReceivedToday), ("closed", CountedPart.ClosedToday)];

    /// <summary>The marks by the key of their figure on the page.</summary>
    public static IEnumerable<(string Key, RecountMark Mark)> Of(ScopeFigures figures, FlowAnswer? flow)
    {
        var marks = new RecountMarks(figures.Figures.Recount, figures.Figures.AsOf);
        var courts = MarksOf(figures.Scope);
        var head = figures.Scope.Handler is { } handler
            ? OfHandler(marks, handler, courts).Select(static one => (one.Column == "pending" ? "pending.today" : one.Period is null ? one.Column : $"{one.Column}.{one.Period}", one.Mark))
            : OfHead(marks, courts);
        return head.Concat(figures.Lines.SelectMany(line => OfLine(marks, line, figures.Period))).Concat(flow is null ? [] : OfFlow(marks, flow, figures.Scope, courts));
    }

    private static IEnumerable<(string, RecountMark)> OfHead(RecountMarks marks, IReadOnlySet<string> courts)
    {
        foreach (var period in OverviewState.Periods)
        {
            foreach (var name in (string[])["received", "closed", "in", "out"])
            {
                yield return ($"{name}.{period}", marks.Of($"{name}.{period}", courts));
            }

            yield return ("pending." + period, marks.Of(period == "today" ? "pending.today" : "growth." + period, courts));
        }

        foreach (var name in (string[])["overdue", "lapsing", "terminal", "core3", "core4"])
        {
            yield return (name, marks.Of(name, courts));
        }
    }

    // The line of a court, or of a handler of the one court.
    private static IEnumerable<(string, RecountMark)> OfLine(RecountMarks marks, FigureLine line, string period)
    {
        var courts = MarksOf(line.Scope);
        return line.Key.StartsWith('@')
            ? OfHandler(marks, line.Name, courts).Where(one => one.Period is null || one.Period == period).Select(one => ($"{line.Key}/{one.Column}", one.Mark))
            : line.Values.Keys.Select(column => ($"{line.Key}/{column}", marks.Of(
                column switch { "received" or "closed" or "in" or "out" => $"{column}.{period}", "pending" => "pending.today", _ => column }, courts)));
    }

    // Without a period what stands now.
    private static IEnumerable<(string Column, string? Period, RecountMark Mark)> OfHandler(RecountMarks marks, string name, IReadOnlySet<string> courts)
    {
        foreach (var (column, part) in s_ofHandler)
        {
            yield return (column, null, marks.Of(part, [name], courts));
        }

        for (var i = 0; i < OverviewState.Periods.Count; i++)
        {
            foreach (var (column, today) in s_ofHandlerByPeriod)
            {
                yield return (column, OverviewState.Periods[i], marks.Of(today + i, [name], courts));
            }
        }
    }

    // Whose cases stand where is counted for a court, not for a handler of it.
    private static IEnumerable<(string, RecountMark)> OfFlow(RecountMarks marks, FlowAnswer flow, OverviewScope scope, IReadOnlySet<string> courts)
    {
        if (scope.Handler is not null)
        {
            yield break;
        }

        foreach (var node in flow.Nodes)
        {
            yield return ($"node.{node.Code}/standing", marks.Of(CountedPart.Standing, [Text(node.Seq)], courts));
            yield return ($"node.{node.Code}/overdue", marks.Of(CountedPart.StandingOverdue, [Text(node.Seq)], courts));
        }

        foreach (var stage in flow.Nodes.GroupBy(static node => node.Stage))
        {
            yield return ($"stage.{stage.Key}", marks.Of(CountedPart.Standing, stage.Select(static node => Text(node.Seq)), courts));
        }
    }

    private static HashSet<string> MarksOf(OverviewScope scope) => scope.Courts.Select(static court => court.Mark).ToHashSet(StringComparer.Ordinal);

    private static string Text(int node) => node.ToString(CultureInfo.InvariantCulture);
}
