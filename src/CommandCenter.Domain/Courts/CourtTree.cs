using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Domain.Courts;

/// <summary>级别, the level of a court.</summary>
public enum CourtLevel
{
    /// <summary>高级人民法院.</summary>
    High,

    /// <summary>中级人民法院, specialised ones included.</summary>
    Intermediate,

    /// <summary>基层人民法院, specialised ones included.</summary>
    Basic,
}

/// <summary>A court as the configuration describes it.</summary>
/// <param name="Mark">法院代字, the court mark that case numbers carry, such as 沪0115.</param>
/// <param name="NameZh">Full Chinese name.</param>
/// <param name="NameEn">Full English name.</param>
/// <param name="Level">Level.</param>
/// <param name="Institution">Two names may share one institution.</param>
/// <param name="Superior">The mark of the superior court; <see langword="null"/> for the root.</param>
public sealed record CourtDefinition(
    string Mark, string NameZh, string NameEn, CourtLevel Level, string Institution, string? Superior);

/// <summary>A court in the tree.</summary>
public sealed class Court
{
    internal Court(CourtDefinition definition, int index)
    {
        Definition = definition;
        Index = index;
    }

    /// <summary>Name, level and superior.</summary>
    public CourtDefinition Definition { get; }

    /// <summary>法院代字. The same string instance for every use.</summary>
    public string Mark => Definition.Mark;

    /// <summary>The place in <see cref="CourtTree.Courts"/>; stable only while the configuration is.</summary>
    public int Index { get; }

    /// <summary>The court itself and all its inferior courts: what this court may see.</summary>
    public IReadOnlyList<Court> Scope { get; internal set; } = [];

    /// <inheritdoc/>
    public override string ToString() => Mark;
}

/// <summary>The tree of courts (审级). A scope is a court mark and means the court and all its inferior courts.</summary>
public sealed class CourtTree
{
    private readonly FrozenDictionary<string, Court> _byMark;
    private readonly FrozenDictionary<string, Court>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    private CourtTree(Court[] courts)
    {
        Courts = courts;
        _byMark = courts.ToFrozenDictionary(court => court.Mark, StringComparer.Ordinal);
        _bySpan = _byMark.GetAlternateLookup<ReadOnlySpan<char>>();
        Root = courts.Single(court => court.Definition.Superior is null);
    }

    /// <summary>All courts in the order of the configuration.</summary>
    public IReadOnlyList<Court> Courts { get; }

    /// <summary>The court without a superior.</summary>
    public Court Root { get; }

    /// <summary>Builds the tree, or names every fault of the definitions.</summary>
    /// <exception cref="ArgumentException">A mark is repeated or empty, a superior is unknown, there is not exactly one root, or there is a cycle.</exception>
    public static CourtTree Create(IReadOnlyList<CourtDefinition> definitions)
    {
        var faults = Faults(definitions).ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(definitions));
        }

        var courts = definitions.Select((definition, index) => new Court(definition, index)).ToArray();
        var tree = new CourtTree(courts);
        foreach (var court in courts)
        {
            court.Scope = [.. courts.Where(other => tree.IsWithin(other, court))];
        }

        return tree;
    }

    /// <summary>Finds a court by its mark.</summary>
    public bool TryFind(ReadOnlySpan<char> mark, [NotNullWhen(true)] out Court? court) => _bySpan.TryGetValue(mark, out court);

    /// <summary>Finds a court by its mark.</summary>
    public bool TryFind(string mark, [NotNullWhen(true)] out Court? court) => _byMark.TryGetValue(mark, out court);

    private bool IsWithin(Court court, Court scope)
    {
        for (Court? at = court; at is not null; at = at.Definition.Superior is { } superior ? _byMark[superior] : null)
        {
            if (at == scope)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Faults(IReadOnlyList<CourtDefinition> definitions)
    {
        var byMark = new Dictionary<string, CourtDefinition>(StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            if (string.IsNullOrEmpty(definition.Mark))
            {
                yield return "A court has an empty mark.";
            }
            else if (!byMark.TryAdd(definition.Mark, definition))
            {
                yield return $"Court mark {definition.Mark} is given twice.";
            }
        }

        var roots = definitions.Count(definition => definition.Superior is null);
        if (roots != 1)
        {
            yield return $"{roots} courts have no superior; exactly one must.";
        }

        foreach (var definition in byMark.Values)
        {
            if (definition.Superior is { } superior && !byMark.ContainsKey(superior))
            {
                yield return $"Court {definition.Mark} names the unknown superior {superior}.";
            }
            else if (IsOnCycle(definition, byMark))
            {
                yield return $"Court {definition.Mark} is its own superior.";
            }
        }
    }

    private static bool IsOnCycle(CourtDefinition definition, Dictionary<string, CourtDefinition> byMark)
    {
        var steps = 0;
        var at = definition;
        while (at.Superior is { } superior && byMark.TryGetValue(superior, out var next))
        {
            if (++steps > byMark.Count)
            {
                return true;
            }

            at = next;
        }

        return false;
    }
}
