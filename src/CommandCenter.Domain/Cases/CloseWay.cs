namespace CommandCenter.Domain.Cases;

/// <summary>结案方式, the six ways of closing (执行规定64条). The order is stored in journals: append, never reorder.</summary>
public enum CloseWay
{
    /// <summary>WB 执行完毕, fully performed.</summary>
    Performed,

    /// <summary>ZB 终结本次执行程序, terminal for now: counted as closed, shown apart, kept in its own stock.</summary>
    Terminal,

    /// <summary>ZJ 终结执行, ended.</summary>
    Ended,

    /// <summary>XA 销案, withdrawn or entrusted away.</summary>
    Withdrawn,

    /// <summary>BY 不予执行, not enforced.</summary>
    NotEnforced,

    /// <summary>BH 驳回申请, application rejected.</summary>
    ApplicationRejected,
}

/// <summary>The codes of the ways of closing.</summary>
public static class CloseWays
{
    /// <summary>Number of ways.</summary>
    public const int Count = 6;

    private static readonly string[] s_codes = ["WB", "ZB", "ZJ", "XA", "BY", "BH"];

    /// <summary>The two-letter code.</summary>
    public static string Code(this CloseWay way) => s_codes[(int)way];

    /// <summary>Reads a two-letter code.</summary>
    public static bool TryParse(ReadOnlySpan<char> code, out CloseWay way)
    {
        for (var i = 0; i < s_codes.Length; i++)
        {
            if (code.SequenceEqual(s_codes[i]))
            {
                way = (CloseWay)i;
                return true;
            }
        }

        way = default;
        return false;
    }
}
