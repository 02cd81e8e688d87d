using CommandCenter.Domain.Cases;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Overview;

/// <summary>One node of a flow. Times are in minutes and truncated to what is shown: hours below two days, tenths of a day below thirty, then days.</summary>
/// <param name="Seq">Number of the node.</param>
/// <param name="Code">Its code.</param>
/// <param name="NameZh">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Stage">Stage letter A to H.</param>
/// <param name="Standing">Pending cases that stand there now.</param>
/// <param name="Suspended">Of those, suspended.</param>
/// <param name="Overdue">Of those, open beyond their limit.</param>
/// <param name="MedianMinutes">How long half of them have stood there at most; <see langword="null"/> without any.</param>
/// <param name="P90Minutes">How long nine of ten of them have stood there at most.</param>
/// <param name="Passed">Cases that left it in the year; <see langword="null"/> of a handler, for whom this is not kept.</param>
/// <param name="PassedMedianMinutes">How long half of those stood there at most.</param>
/// <param name="PassedP90Minutes">How long nine of ten of those stood there at most.</param>
internal sealed record FlowNode(
    int Seq, string Code, string NameZh, string NameEn, string Stage, long Standing, long Suspended, long Overdue, int? MedianMinutes, int? P90Minutes,
    long? Passed, int? PassedMedianMinutes, int? PassedP90Minutes);

/// <summary>The 37 nodes of a scope: how many cases stand where, since how long, and how long going on took.</summary>
/// <param name="Scope">Court mark, with <c>.own</c> behind it for a court alone.</param>
/// <param name="Handler">Whose cases; <see langword="null"/> for all.</param>
/// <param name="AsOf">When they were counted.</param>
/// <param name="Year">Of which year <see cref="FlowNode.Passed"/> is.</param>
/// <param name="Pending">All of them together: 存案 of 执 and 执恢.</param>
/// <param name="Nodes">In the order of the catalogue.</param>
internal sealed record FlowAnswer(string Scope, string? Handler, DateTimeOffset AsOf, int Year, long Pending, IReadOnlyList<FlowNode> Nodes)
{
    private const int Median = 50;
    private const int P90 = 90;

    /// <summary>Makes the answer of what all partitions counted.</summary>
    public static FlowAnswer Of(OverviewScope scope, FlowCount count, NodeCatalog nodes, DateTimeOffset asOf, int year) => new(
        scope.Mark, scope.Handler, asOf, year, count.Standing.Sum(), [.. nodes.Nodes.Select(node => NodeOf(scope, count, node))]);

    private static FlowNode NodeOf(OverviewScope scope, FlowCount count, NodeDefinition node)
    {
        var seq = node.Seq;
        var times = count.TimesAt(seq);
        var left = count.PassedAt(seq);
        var passed = 0L;
        foreach (var cases in left)
        {
            passed += cases;
        }

        return new FlowNode(
            seq, node.Code, node.NameZh, node.NameEn, node.Stage, count.Standing[seq], count.Suspended[seq], count.Overdue[seq],
            Minutes(times, count.Standing[seq], Median), Minutes(times, count.Standing[seq], P90),
            scope.Handler is null ? passed : null, Minutes(left, passed, Median), Minutes(left, passed, P90));
    }

    private static int? Minutes(ReadOnlySpan<int> counts, long count, int percent) =>
        StayTime.QuantileOf(counts, count, percent) is { } step ? StayTime.MinutesOf(step) : null;
}
