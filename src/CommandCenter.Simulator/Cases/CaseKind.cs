namespace CommandCenter.Simulator.Cases;

/// <summary>类型代字: the kinds of case that the city files.</summary>
internal sealed class CaseKind
{
    /// <summary>执, first enforcement.</summary>
    public static readonly CaseKind First = new("执", "e", 0.94, 0);

    /// <summary>执恢, reinstated after a terminal closing.</summary>
    public static readonly CaseKind Reinstated = new("执恢", "r", 0.06, 1);

    /// <summary>执保, preservation; counted apart, so it comes on top of the mean of a court.</summary>
    public static readonly CaseKind Preservation = new("执保", "p", 0.07, 2);

    /// <summary>All kinds, each at its <see cref="Index"/>.</summary>
    public static readonly IReadOnlyList<CaseKind> All = [First, Reinstated, Preservation];

    private CaseKind(string mark, string code, double share, int index)
    {
        Mark = mark;
        Code = code;
        Share = share;
        Index = index;
    }

    /// <summary>The mark in a case number.</summary>
    public string Mark { get; }

    /// <summary>One letter for ids in plain ASCII.</summary>
    public string Code { get; }

    /// <summary>Its share of the mean of a court.</summary>
    public double Share { get; }

    /// <summary>Its place in <see cref="All"/>.</summary>
    public int Index { get; }
}
