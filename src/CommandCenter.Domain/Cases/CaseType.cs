using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Domain.Cases;

/// <summary>The column in which a case is counted. 执, 执恢 and 执保 are never mixed; the main figures are 执 and 执恢.</summary>
public enum CaseClass
{
    /// <summary>首次执行 (执).</summary>
    First,

    /// <summary>恢复执行 (执恢): reinstated after a terminal closing.</summary>
    Reinstated,

    /// <summary>财产保全执行 (执保).</summary>
    Preservation,

    /// <summary>审查和其他 (执异, 执复, 执监, 执协, 执他, 执请, 财保, 委执): outside the enforcement figures.</summary>
    Other,
}

/// <summary>类型代字, the type mark of a case number.</summary>
/// <remarks>法〔2015〕137号, annex.</remarks>
public sealed class CaseType
{
    /// <summary>Number of case classes.</summary>
    public const int ClassCount = 4;

    /// <summary>All types. The place in the list is stored in journals: append, never reorder.</summary>
    public static readonly IReadOnlyList<CaseType> All =
    [
        new("执", CaseClass.First, 0),
        new("执恢", CaseClass.Reinstated, 1),
        new("执保", CaseClass.Preservation, 2),
        new("执异", CaseClass.Other, 3),
        new("执复", CaseClass.Other, 4),
        new("执监", CaseClass.Other, 5),
        new("执协", CaseClass.Other, 6),
        new("执他", CaseClass.Other, 7),
        new("执请", CaseClass.Other, 8),
        new("财保", CaseClass.Other, 9),
        new("委执", CaseClass.Other, 10),
    ];

    private static readonly FrozenDictionary<string, CaseType>.AlternateLookup<ReadOnlySpan<char>> s_byMark =
        All.ToFrozenDictionary(type => type.Mark, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private CaseType(string mark, CaseClass @class, int index)
    {
        Mark = mark;
        Class = @class;
        Index = index;
    }

    /// <summary>首次执行.</summary>
    public static CaseType First => All[0];

    /// <summary>恢复执行.</summary>
    public static CaseType Reinstated => All[1];

    /// <summary>The mark as printed in a case number.</summary>
    public string Mark { get; }

    /// <summary>The column in which it counts.</summary>
    public CaseClass Class { get; }

    /// <summary>Its place in <see cref="All"/>.</summary>
    public int Index { get; }

    /// <summary>Finds a type by its mark.</summary>
    public static bool TryFind(ReadOnlySpan<char> mark, [NotNullWhen(true)] out CaseType? type) => s_byMark.TryGetValue(mark, out type);

    /// <inheritdoc/>
    public override string ToString() => Mark;
}
