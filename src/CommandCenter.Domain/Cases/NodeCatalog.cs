using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Domain.Cases;

/// <summary>节点, one of the 37 nodes of a case, as the configuration describes it.</summary>
/// <param name="Seq">Its number, 1 to 63.</param>
/// <param name="Code">Its code, such as LA.</param>
/// <param name="NameZh">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Stage">Stage letter A to H.</param>
/// <param name="After">Codes of which at least one must have been reached before; empty: any time.</param>
/// <param name="Repeatable">Whether it may occur more than once in a case.</param>
/// <param name="Limit">By when it must be reached; <see langword="null"/> without a limit that events can measure.</param>
public sealed record NodeDefinition(
    int Seq, string Code, string NameZh, string NameEn, string Stage, IReadOnlyList<string> After, bool Repeatable, NodeLimit? Limit = null)
{
    /// <summary>Closing reaches this node by itself.</summary>
    public const string Closed = "JA";
}

/// <summary>The time in which a node must be reached (节点时限), counted from another.</summary>
/// <param name="From">The code of the node from which it runs.</param>
/// <param name="Basis">The rule that sets it.</param>
/// <param name="Days">Calendar days.</param>
/// <param name="Months">Months; they end on the same-numbered day.</param>
public sealed record NodeLimit(string From, string Basis, int Days = 0, int Months = 0);

/// <summary>The 37 nodes with their order. Data: the owner replaces names, order and number.</summary>
public sealed class NodeCatalog
{
    /// <summary>Filing reaches this node by itself.</summary>
    public const string Filed = "LA";

    /// <summary>Assigning a handler reaches this node by itself.</summary>
    public const string Assigned = "FA";

    private readonly NodeDefinition?[] _bySeq = new NodeDefinition?[64];
    private readonly ulong[] _after = new ulong[64];
    private readonly FrozenDictionary<string, NodeDefinition>.AlternateLookup<ReadOnlySpan<char>> _byCode;

    private NodeCatalog(IReadOnlyList<NodeDefinition> nodes)
    {
        Nodes = nodes;
        var byCode = nodes.ToFrozenDictionary(node => node.Code, StringComparer.Ordinal);
        _byCode = byCode.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var node in nodes)
        {
            _bySeq[node.Seq] = node;
            foreach (var code in node.After)
            {
                _after[node.Seq] |= 1UL << byCode[code].Seq;
            }
        }

        FiledSeq = byCode[Filed].Seq;
        AssignedSeq = byCode[Assigned].Seq;
    }

    /// <summary>All nodes in order.</summary>
    public IReadOnlyList<NodeDefinition> Nodes { get; }

    /// <summary>The number of <see cref="Filed"/>.</summary>
    public int FiledSeq { get; }

    /// <summary>The number of <see cref="Assigned"/>.</summary>
    public int AssignedSeq { get; }

    /// <summary>The node of a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    public NodeDefinition this[int seq] =>
        seq is > 0 and < 64 && _bySeq[seq] is { } node ? node : throw new ArgumentOutOfRangeException(nameof(seq), seq, "There is no such node.");

    /// <summary>Builds the catalogue, or names every fault.</summary>
    /// <exception cref="ArgumentException">Codes or numbers are repeated or out of range, a precondition is unknown, or LA or FA is missing.</exception>
    public static NodeCatalog Create(IReadOnlyList<NodeDefinition> nodes)
    {
        var codes = nodes.Select(node => node.Code).ToHashSet(StringComparer.Ordinal);
        var faults = new List<string>();
        faults.AddRange(nodes.GroupBy(node => node.Code, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"Node code {group.Key} is given twice."));
        faults.AddRange(nodes.GroupBy(node => node.Seq).Where(group => group.Count() > 1).Select(group => $"Node number {group.Key} is given twice."));
        faults.AddRange(nodes.Where(node => node.Seq is < 1 or > 63).Select(node => $"Node {node.Code} has the number {node.Seq}; it must be 1 to 63."));
        faults.AddRange(nodes.SelectMany(node => node.After.Where(code => !codes.Contains(code)).Select(code => $"Node {node.Code} comes after the unknown node {code}.")));
        faults.AddRange(nodes.Where(node => node.Limit is { } limit && !codes.Contains(limit.From)).Select(node => $"The limit of node {node.Code} runs from the unknown node {node.Limit!.From}."));
        faults.AddRange(nodes.Where(node => node.Limit is { } limit && (limit.Days is < 0 or > 3_660 || limit.Months is < 0 or > 120)).Select(node => $"The limit of node {node.Code} must be 0 to 3660 days and 0 to 120 months."));
        faults.AddRange(new[] { Filed, Assigned }.Where(code => !codes.Contains(code)).Select(code => $"Node {code} is missing."));
        return faults.Count == 0 ? new NodeCatalog(nodes) : throw new ArgumentException(string.Join(" ", faults), nameof(nodes));
    }

    /// <summary>Finds a node by its code.</summary>
    public bool TryFind(ReadOnlySpan<char> code, [NotNullWhen(true)] out NodeDefinition? node) => _byCode.TryGetValue(code, out node);

    /// <summary>Whether a node may be reached once the nodes in <paramref name="reached"/> (a set of bits by number) have been.</summary>
    public bool AllowsAfter(int seq, ulong reached) => _after[seq] == 0 || (_after[seq] & reached) != 0;
}
