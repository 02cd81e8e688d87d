using System.Buffers;

namespace CommandCenter.Web.Search;

/// <summary>Compares one question with segment after segment. Belongs to one thread.</summary>
internal sealed class SearchScan : IDisposable
{
    private readonly SearchPattern _pattern;
    private readonly byte[] _handlerRanks;
    private readonly NumberTest[] _numberTests;
    private readonly bool _hasHandlers;
    private readonly bool _hasNumbers;

    // A character that initials pass over: it neither goes on with a match nor ends one.
    private const uint Passed = 1u << 31;

    // For each character, at which places of the initials asked for it may stand. One look-up a character: a city has sixteen million of them.
    private readonly uint[] _places = [];

    public SearchScan(SearchPattern pattern, ReadOnlySpan<string> handlers, ReadOnlySpan<SearchSeries> series)
    {
        _pattern = pattern;
        _handlerRanks = new byte[handlers.Length];
        for (var i = 0; i < handlers.Length; i++)
        {
            _handlerRanks[i] = pattern.Locate(handlers[i]).Rank;
            _hasHandlers |= _handlerRanks[i] != SearchRank.None;
        }

        _numberTests = new NumberTest[series.Length];
        for (var i = 0; i < series.Length; i++)
        {
            _numberTests[i] = pattern.Number.TestOf(series[i]);
            _hasNumbers |= _numberTests[i].IsPossible;
        }

        if (pattern.Letters is { } letters)
        {
            _places = PlacesOf(letters);
        }
    }

    /// <summary>Gives its table back.</summary>
    public void Dispose()
    {
        if (_places.Length > 0)
        {
            ArrayPool<uint>.Shared.Return(_places);
        }
    }

    /// <summary>Ranks the first cases of a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="used">How many of its cases.</param>
    /// <param name="ranks">Is given a rank for each.</param>
    /// <returns>Whether any of them answers.</returns>
    public bool Rank(SearchSegment segment, int used, byte[] ranks)
    {
        ranks.AsSpan(0, used).Fill(SearchRank.None);
        var any = _hasNumbers && RankNumbers(segment, used, ranks);
        any |= _hasHandlers && RankHandlers(segment, used, ranks);
        any |= RankNames(segment, used, ranks);
        any |= _places.Length > 0 && (_pattern.IsSingle ? RankFirstLetters(segment, used, ranks) : RankInitials(segment, used, ranks));
        return any;
    }

    private bool RankNumbers(SearchSegment segment, int used, byte[] ranks)
    {
        var any = false;
        for (var slot = 0; slot < used; slot++)
        {
            ref readonly var test = ref _numberTests[segment.Series[slot]];
            if (test.IsPossible && test.RankOf(segment.Numbers[slot]) is var rank && rank < ranks[slot])
            {
                ranks[slot] = rank;
                any = true;
            }
        }

        return any;
    }

    private bool RankHandlers(SearchSegment segment, int used, byte[] ranks)
    {
        var any = false;
        for (var slot = 0; slot < used; slot++)
        {
            // A handler named after the view was taken has a number that it does not know.
            if ((uint)segment.Handlers[slot] < (uint)_handlerRanks.Length && _handlerRanks[segment.Handlers[slot]] is var rank && rank < ranks[slot])
            {
                ranks[slot] = rank;
                any = true;
            }
        }

        return any;
    }

    private bool RankNames(SearchSegment segment, int used, byte[] ranks)
    {
        var text = segment.TextOf(used);
        ReadOnlySpan<char> wanted = _pattern.Folded;
        var (any, slot, at) = (false, 0, 0);
        while (text[at..].IndexOf(wanted) is >= 0 and var step)
        {
            var from = at + step;
            at = from + 1;
            var isAtStart = text[from - 1] == SearchSegment.Mark;
            if (_pattern.IsSingle && !isAtStart)
            {
                continue;
            }

            var end = from + wanted.Length;
            var rank = !isAtStart ? SearchRank.Substring
                : end == text.Length || text[end] == SearchSegment.Mark ? SearchRank.WholeName : SearchRank.NamePrefix;
            slot = SlotOf(segment.Starts, slot, from);
            if (rank < ranks[slot])
            {
                ranks[slot] = rank;
                any = true;
            }
        }

        return any;
    }

    // One bit for each beginning of the initials that ends at this character: all of them move on together with the next one. What ends a
    // name stands at no place, so no match goes on past it.
    private bool RankInitials(SearchSegment segment, int used, byte[] ranks)
    {
        var text = segment.TextOf(used);
        var places = _places;
        var goal = 1u << (_pattern.Letters!.Length - 1);
        var (any, slot) = (false, 0);
        var begun = 0u;
        for (var at = 0; at < text.Length; at++)
        {
            var here = places[text[at]];
            if (here == Passed)
            {
                continue;
            }

            begun = ((begun << 1) | 1) & here;
            if ((begun & goal) != 0)
            {
                slot = SlotOf(segment.Starts, slot, at);
                if (SearchRank.Initials < ranks[slot])
                {
                    ranks[slot] = SearchRank.Initials;
                    any = true;
                }
            }
        }

        return any;
    }

    // A single letter is looked for where names begin, and nowhere else.
    private bool RankFirstLetters(SearchSegment segment, int used, byte[] ranks)
    {
        var text = segment.TextOf(used);
        var places = _places;
        var (any, slot) = (false, 0);
        var isAtStart = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == SearchSegment.Mark)
            {
                isAtStart = true;
            }
            else if (isAtStart && places[text[at]] != Passed)
            {
                isAtStart = false;
                if (places[text[at]] != 0)
                {
                    slot = SlotOf(segment.Starts, slot, at);
                    any |= SearchRank.Initials < ranks[slot];
                    ranks[slot] = Math.Min(ranks[slot], SearchRank.Initials);
                }
            }
        }

        return any;
    }

    private static uint[] PlacesOf(string letters)
    {
        var byClass = new uint[PinyinInitials.ClassCount];
        for (var @class = 0; @class < byClass.Length; @class++)
        {
            for (var i = 0; i < letters.Length; i++)
            {
                byClass[@class] |= (PinyinInitials.LettersOf(@class) & PinyinInitials.Bit(letters[i])) != 0 ? 1u << i : 0;
            }
        }

        byClass[PinyinInitials.Skipped] = Passed;
        var places = ArrayPool<uint>.Shared.Rent(PinyinInitials.Classes.Length); // 256 KiB: too large to be made for every question.
        for (var unit = 0; unit < PinyinInitials.Classes.Length; unit++)
        {
            places[unit] = byClass[PinyinInitials.Classes[unit]];
        }

        return places;
    }

    // Hits come in order, and the next one is mostly near.
    private static int SlotOf(int[] starts, int slot, int at)
    {
        while (starts[slot + 1] <= at)
        {
            slot++;
        }

        return slot;
    }
}
