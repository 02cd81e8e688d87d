namespace CommandCenter.Simulator.Tests.Cases;

/// <summary>Which nodes must come first, one of them at least; from the table of the 37 nodes, written down apart from the planner.</summary>
internal static class Procedure
{
    private static readonly Dictionary<string, string[]> s_after = new(StringComparer.Ordinal)
    {
        ["FA"] = ["LA"],
        ["GZ"] = ["FA"],
        ["TZ"] = ["FA"],
        ["CB"] = ["TZ"],
        ["CX"] = ["LA"],
        ["FK"] = ["CX"],
        ["SB"] = ["CB"],
        ["XS"] = ["GZ"],
        ["DC"] = ["TZ"],
        ["TS"] = ["TZ"],
        ["DJ"] = ["FK"],
        ["HK"] = ["DJ"],
        ["CF"] = ["FK"],
        ["KY"] = ["FK"],
        ["XF"] = ["DJ", "HK", "CF", "KY"],
        ["QD"] = ["CF", "KY"],
        ["CKJ"] = ["QD"],
        ["GG"] = ["CKJ"],
        ["JG"] = ["GG"],
        ["CD"] = ["JG"],
        ["JF"] = ["CD"],
        ["DZ"] = ["DJ", "HK", "JG"],
        ["FP"] = ["DZ"],
        ["SP"] = ["FP"],
        ["FF"] = ["SP"],
        ["XG"] = ["TZ"],
        ["SX"] = ["TZ"],
        ["BK"] = ["TZ"],
        ["QZ"] = ["TZ"],
        ["JZ"] = ["QZ"],
        ["BD"] = ["TZ"],
        ["YY"] = ["LA"],
        ["WT"] = ["FA"],
        ["ZB"] = ["CX", "FK", "SB", "XS", "DC", "TS", "XG", "SX"],
        ["JA"] = ["TZ", "FF", "ZB"],
        ["GD"] = ["JA"],
    };

    private static readonly string[] s_repeatable = ["SB", "XS", "DC", "TS", "DJ", "HK", "CF", "KY", "XF", "GG", "JG", "XG", "SX", "BK", "QZ", "JZ", "BD", "YY", "WT"];

    public static bool AllowsAfter(string node, IReadOnlySet<string> reached) => s_after[node].Any(reached.Contains);

    public static bool CanRepeat(string node) => s_repeatable.Contains(node);
}
