using CommandCenter.Domain;
using CommandCenter.Domain.Calendar;
using CommandCenter.Domain.Cases;

namespace CommandCenter.Web.Reading;

/// <summary>How a case stands with one of the 37 nodes.</summary>
internal enum TrackState
{
    /// <summary>Not reached, and no limit runs.</summary>
    Ahead,

    /// <summary>Not reached, and its limit runs.</summary>
    Due,

    /// <summary>Not reached, and its limit is past.</summary>
    Late,

    /// <summary>Entered and not done.</summary>
    Entered,

    /// <summary>Done within its limit, or without one.</summary>
    Done,

    /// <summary>Done, or entered, after its limit.</summary>
    DoneLate,
}

/// <summary>One of the 37 nodes in the track of a case.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Stage">Its stage, A to H.</param>
/// <param name="State">How the case stands with it: <c>ahead</c>, <c>due</c>, <c>late</c>, <c>entered</c>, <c>done</c> or <c>doneLate</c>.</param>
/// <param name="At">When it was first reached.</param>
/// <param name="LatestAt">When it was last reported.</param>
/// <param name="Occurrences">How often.</param>
/// <param name="DueAt">The end of its limit; absent where none runs.</param>
/// <param name="Basis">Where the limit comes from.</param>
public sealed record TrackNode(
    string Code, string Stage, string State, DateTimeOffset? At, DateTimeOffset? LatestAt, int Occurrences, DateTimeOffset? DueAt, string? Basis);

/// <summary>The way of a case through the 37 nodes, against the limits of <c>nodes.json</c>.</summary>
internal static class CaseTrack
{
    /// <summary>Reads the track of a case.</summary>
    /// <param name="state">The case.</param>
    /// <param name="reached">Each node that was reported: when it was reached first and last.</param>
    /// <param name="dueAt">The end of the limit of the whole case, suspensions added.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="calendar">The days on which courts work: a limit that ends on another ends on the next one.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<TrackNode> Of(
        CaseState state, IReadOnlyDictionary<int, (DateTimeOffset First, DateTimeOffset Last)> reached, DateTimeOffset dueAt, NodeCatalog nodes, WorkingDays calendar, DateTimeOffset now)
    {
        var file = state.FileOrNull!;
        return [.. nodes.Nodes.Select(Of)];

        TrackNode Of(NodeDefinition node)
        {
            var isReached = (file.Flow.Reached & (1UL << node.Seq)) != 0;
            DateTimeOffset? at = FirstOf(node.Code);
            var due = DueOf(node);
            var mark = (isReached, due) switch
            {
                (true, _) when file.Flow.IsUnfinished(node.Seq) => TrackState.Entered,
                (true, { } limit) when at > limit => TrackState.DoneLate,
                (true, _) => TrackState.Done,
                (false, { } limit) when IsRunning() => now > limit ? TrackState.Late : TrackState.Due,
                _ => TrackState.Ahead,
            };
            return new TrackNode(
                node.Code, node.Stage, char.ToLowerInvariant(mark.ToString()[0]) + mark.ToString()[1..], at, reached.TryGetValue(node.Seq, out var times) ? times.Last : at,
                Math.Max(file.Flow.OccurrencesOf(node.Seq), isReached ? 1 : 0), mark is TrackState.Ahead ? null : due, due is null ? null : node.Limit!.Basis);
        }

        // Of a closed case nothing is awaited but its file; while one is suspended its clocks stand still.
        bool IsRunning() => state is CaseState.Open && file.Suspensions.Count == 0;

        DateTimeOffset? DueOf(NodeDefinition node)
        {
            if (node.Limit is not { } limit || FirstOf(limit.From) is not { } from)
            {
                return null;
            }

            if (node.Code == NodeDefinition.Closed && limit.From == NodeCatalog.Filed)
            {
                return dueAt; // The limit of the case itself, with the time in which it stood still.
            }

            // 民事诉讼法 85条: the first day does not count, and a last day of rest moves on to the next working day.
            var day = ShanghaiTime.DayOf(from).AddMonths(limit.Months).AddDays(limit.Days);
            day = calendar.IsWorkingDay(day) ? day : calendar.After(day);
            return ShanghaiTime.StartOf(day.AddDays(1));
        }

        DateTimeOffset? FirstOf(string code) =>
            code == NodeCatalog.Filed ? file.FiledAt
            : code == NodeDefinition.Closed && state is CaseState.Closed closed ? closed.ClosedAt
            : nodes.TryFind(code, out var node) && reached.TryGetValue(node.Seq, out var times) ? times.First
            : null;
    }
}
