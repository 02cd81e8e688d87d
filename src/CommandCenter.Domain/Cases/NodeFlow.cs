namespace CommandCenter.Domain.Cases;

/// <summary>How far into a node a case is.</summary>
public enum NodePhase
{
    /// <summary>Work on the node has begun.</summary>
    Entered,

    /// <summary>The node is done.</summary>
    Done,
}

/// <summary>The way of one case through the nodes.</summary>
/// <param name="Reached">Nodes entered or done at least once, as bits by number.</param>
/// <param name="Unfinished">Nodes whose latest occurrence was entered and is not done, as bits by number.</param>
/// <param name="Occurrences">The highest occurrence number of each node seen so far, by number. Never written after it was made.</param>
/// <param name="Latest">The number of the node last reported; 0 before the first.</param>
/// <param name="LatestAt">When it was reached, in UTC.</param>
public sealed record NodeFlow(ulong Reached, ulong Unfinished, IReadOnlyList<ushort> Occurrences, int Latest, DateTimeOffset LatestAt)
{
    /// <summary>The highest occurrence number.</summary>
    public const int OccurrenceMax = 9_999;

    /// <summary>No node reached.</summary>
    public static readonly NodeFlow None = new(0, 0, [], 0, DateTimeOffset.UnixEpoch);

    /// <summary>How often a node has occurred.</summary>
    public int OccurrencesOf(int node) => node < Occurrences.Count ? Occurrences[node] : 0;

    /// <summary>Whether the latest occurrence of a node is entered and not done.</summary>
    public bool IsUnfinished(int node) => (Unfinished & (1UL << node)) != 0;

    /// <summary>The occurrence that a report without a number speaks of: the unfinished one, else the next.</summary>
    public int OccurrenceFor(int node, NodePhase phase) =>
        phase == NodePhase.Done && IsUnfinished(node) ? OccurrencesOf(node) : OccurrencesOf(node) + 1;

    /// <summary>What is irregular about reaching a node now; the report is recorded all the same.</summary>
    public Irregularities IrregularitiesOf(NodeDefinition node, NodePhase phase, int occurrence, NodeCatalog catalog)
    {
        var seen = OccurrencesOf(node.Seq);
        var irregular = Irregularities.None;
        if (!catalog.AllowsAfter(node.Seq, Reached))
        {
            irregular |= Irregularities.BeforePrecondition;
        }

        if (occurrence > seen + 1)
        {
            irregular |= Irregularities.OccurrenceGap;
        }

        var finishesTheLatest = phase == NodePhase.Done && occurrence == seen && IsUnfinished(node.Seq);
        if ((occurrence <= seen && !finishesTheLatest) || (occurrence > 1 && !node.Repeatable))
        {
            irregular |= Irregularities.RepeatedNode;
        }

        return irregular;
    }

    /// <summary>The flow after a node was reached.</summary>
    public NodeFlow After(int node, NodePhase phase, int occurrence, DateTimeOffset at)
    {
        var bit = 1UL << node;
        var seen = OccurrencesOf(node);
        var counts = Occurrences;
        if (occurrence > seen)
        {
            var grown = new ushort[Math.Max(counts.Count, node + 1)];
            for (var i = 0; i < counts.Count; i++)
            {
                grown[i] = counts[i];
            }

            grown[node] = (ushort)occurrence;
            counts = grown;
        }

        // A late report of an earlier occurrence says nothing about the latest one.
        var unfinished = occurrence < seen ? Unfinished : phase == NodePhase.Entered ? Unfinished | bit : Unfinished & ~bit;
        return new NodeFlow(
            Reached | bit,
            unfinished,
            counts,
            at >= LatestAt ? node : Latest,
            at >= LatestAt ? at : LatestAt);
    }

    /// <summary>The flow after something implied a node (filing implies LA, assigning FA), which is not an occurrence reported by anyone.</summary>
    public NodeFlow Implied(int node, DateTimeOffset at) => this with
    {
        Reached = Reached | (1UL << node),
        Latest = at >= LatestAt ? node : Latest,
        LatestAt = at >= LatestAt ? at : LatestAt,
    };
}
