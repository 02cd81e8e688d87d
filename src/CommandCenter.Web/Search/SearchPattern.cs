using System.Diagnostics.CodeAnalysis;
using CommandCenter.Domain.Cases;

namespace CommandCenter.Web.Search;

/// <summary>A question, ready to be compared: as a piece of a number, as a piece of a name, and as pinyin initials.</summary>
/// <remarks>
/// Two characters or more are looked for anywhere; a single one only where something begins: a name, the initials of one, or a running
/// number that is this digit. One rule for lists and for search, so that both find the same cases.
/// </remarks>
internal sealed class SearchPattern
{
    /// <summary>The longest question, in characters.</summary>
    public const int TextMax = 64;

    private const int PieceMin = 2;

    // Nobody types the initials of a longer name to its end; as many are compared in one word.
    private const int LettersMax = 30;

    private SearchPattern(string folded)
    {
        Folded = folded;
        Number = new NumberPattern(folded);
        var letters = folded.Replace(" ", "", StringComparison.Ordinal);
        Letters = letters.Length <= LettersMax && letters.All(char.IsAsciiLetterOrDigit) && letters.Any(char.IsAsciiLetter) ? letters : null;
    }

    /// <summary>The question as names are compared with it.</summary>
    public string Folded { get; }

    /// <summary>The question as a piece of a number.</summary>
    public NumberPattern Number { get; }

    /// <summary>The question as initials: small letters and digits; <see langword="null"/> when it can be none.</summary>
    public string? Letters { get; }

    /// <summary>Whether it is looked for only where something begins.</summary>
    public bool IsSingle => Folded.Length < PieceMin;

    /// <summary>Makes a pattern of what somebody typed.</summary>
    /// <param name="text">At most <see cref="TextMax"/> characters.</param>
    /// <param name="pattern">The pattern.</param>
    /// <returns>Whether anything visible is left to look for.</returns>
    public static bool TryMake(string text, [NotNullWhen(true)] out SearchPattern? pattern)
    {
        var folded = SearchFold.Of(text);
        pattern = folded.Length == 0 ? null : new SearchPattern(folded);
        return pattern is not null;
    }

    /// <summary>Where it stands in a number.</summary>
    public SearchSpot Locate(CaseNumber number) => Number.Locate(number);

    /// <summary>Where it stands in a name: the best place, and of equal ones the first.</summary>
    public SearchSpot Locate(string name)
    {
        var (folded, origins) = SearchFold.Trace(name);
        var best = SearchSpot.None;
        for (var at = folded.IndexOf(Folded, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(Folded, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !IsSingle)
            {
                var rank = at > 0 ? SearchRank.Substring : folded.Length == Folded.Length ? SearchRank.WholeName : SearchRank.NamePrefix;
                best = best.Or(Spot(rank, at, at + Folded.Length - 1));
            }
        }

        if (best.Rank != SearchRank.None || Letters is null)
        {
            return best;
        }

        for (var at = 0; at < folded.Length; at++)
        {
            if (PinyinInitials.Classes[folded[at]] == PinyinInitials.Skipped)
            {
                continue;
            }

            if (LastOfInitials(folded, at) is >= 0 and var last)
            {
                return Spot(SearchRank.Initials, at, last);
            }

            if (IsSingle)
            {
                break; // A single letter is the first one's or none's.
            }
        }

        return SearchSpot.None;

        SearchSpot Spot(byte rank, int first, int last) => new(rank, origins[first], origins[last] + 1 - origins[first]);
    }

    // The last character of initials that begin here, or −1.
    private int LastOfInitials(string folded, int at)
    {
        var next = 0;
        for (; at < folded.Length; at++)
        {
            var @class = PinyinInitials.Classes[folded[at]];
            if (@class == PinyinInitials.Skipped)
            {
                continue;
            }

            if ((PinyinInitials.LettersOf(@class) & PinyinInitials.Bit(Letters![next])) == 0)
            {
                return -1;
            }

            if (++next == Letters.Length)
            {
                return at;
            }
        }

        return -1;
    }
}
