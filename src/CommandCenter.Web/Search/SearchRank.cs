namespace CommandCenter.Web.Search;

/// <summary>How well a case answers a question; the smaller, the better.</summary>
internal static class SearchRank
{
    /// <summary>A case number, or its end from the court, the type or the running number on.</summary>
    public const byte ExactNumber = 0;

    /// <summary>The beginning of one of these.</summary>
    public const byte NumberPrefix = 1;

    /// <summary>A name of a party or handler.</summary>
    public const byte WholeName = 2;

    /// <summary>The beginning of one.</summary>
    public const byte NamePrefix = 3;

    /// <summary>Anything within a name or number.</summary>
    public const byte Substring = 4;

    /// <summary>Pinyin initials of a name or of a part of it.</summary>
    public const byte Initials = 5;

    /// <summary>No answer.</summary>
    public const byte None = byte.MaxValue;
}

/// <summary>Where in a text a question was found.</summary>
/// <param name="Rank">How well.</param>
/// <param name="From">The first character.</param>
/// <param name="Length">How many characters, of the text as it is printed.</param>
internal readonly record struct SearchSpot(byte Rank, int From, int Length)
{
    /// <summary>Nowhere.</summary>
    public static readonly SearchSpot None = new(SearchRank.None, 0, 0);

    /// <summary>The better of two; the first of two that are as good.</summary>
    public SearchSpot Or(SearchSpot other) => other.Rank < Rank ? other : this;
}
