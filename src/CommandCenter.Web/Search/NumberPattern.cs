using System.Buffers;
using System.Globalization;
using CommandCenter.Domain.Cases;

namespace CommandCenter.Web.Search;

/// <summary>All that the numbers of one court, year and type have in common; only the running number differs.</summary>
/// <param name="Year">收案年度.</param>
/// <param name="CourtMark">法院代字.</param>
/// <param name="Type">类型代字.</param>
internal sealed record SearchSeries(int Year, string CourtMark, CaseType Type)
{
    /// <summary>The number up to the running number, folded and without brackets: <c>2017沪0115执</c>.</summary>
    public string Prefix { get; } = SearchFold.Of(string.Create(CultureInfo.InvariantCulture, $"{Year}{CourtMark}{Type.Mark}"));

    /// <summary>Whether the court, the type or the running number begins here.</summary>
    public bool IsBoundary(int at) => at == 0 || at == 4 || at == Prefix.Length - Type.Mark.Length || at == Prefix.Length;
}

/// <summary>What a question asks of the running numbers of one series.</summary>
/// <param name="Whole">Rank of every number of the series.</param>
/// <param name="Exact">Rank of the number that is <paramref name="Value"/>.</param>
/// <param name="Begins">Rank of those that begin with it.</param>
/// <param name="Ends">Rank of those that end with it.</param>
/// <param name="Inside">Rank of those that hold it.</param>
/// <param name="Value">Digits.</param>
/// <param name="Power">10 to the number of the digits.</param>
internal readonly record struct NumberTest(byte Whole, byte Exact, byte Begins, byte Ends, byte Inside, int Value, int Power)
{
    /// <summary>The test that nothing passes.</summary>
    public static readonly NumberTest None = new(SearchRank.None, SearchRank.None, SearchRank.None, SearchRank.None, SearchRank.None, -1, 1);

    /// <summary>Whether any number can pass.</summary>
    public bool IsPossible => Whole != SearchRank.None || Value >= 0;

    /// <summary>The rank of a running number.</summary>
    public byte RankOf(int number)
    {
        var best = Whole;
        if (Value < 0)
        {
            return best;
        }

        if (number == Value && Value >= Power / 10)
        {
            return Math.Min(best, Exact);
        }

        // A leading zero begins no number, but may lie within one.
        if (Begins < best && Value >= Power / 10)
        {
            var head = number;
            while (head > Value)
            {
                head /= 10;
            }

            best = head == Value ? Begins : best;
        }

        if (Ends < best && Holds(number))
        {
            best = Ends;
        }

        for (var rest = number; Inside < best && rest >= Power / 10; rest /= 10)
        {
            best = Holds(rest) ? Inside : best;
        }

        return best;
    }

    private bool Holds(int number) => number >= Power / 10 && number % Power == Value;
}

/// <summary>A question as a piece of a case number, with whatever brackets and spaces or without.</summary>
internal sealed class NumberPattern
{
    private const char Suffix = '号';
    private const int DigitsMax = 8;

    // A single character is no piece of a number unless it is the running number itself.
    private const int PieceMin = 2;

    private static readonly SearchValues<char> s_brackets = SearchValues.Create(" ()[]{}<>〔〕【】〈〉《》「」");

    private readonly string _text;
    private readonly int _digitsFrom;

    /// <param name="folded">The question, folded.</param>
    public NumberPattern(string folded)
    {
        _text = string.Concat(folded.Where(static one => !s_brackets.Contains(one)));
        var end = _text.EndsWith(Suffix) ? _text.Length - 1 : _text.Length;
        _digitsFrom = end;
        while (_digitsFrom > 0 && char.IsAsciiDigit(_text[_digitsFrom - 1]))
        {
            _digitsFrom--;
        }
    }

    private bool HasSuffix => _text.EndsWith(Suffix);

    private ReadOnlySpan<char> Digits => _text.AsSpan(_digitsFrom, _text.Length - _digitsFrom - (HasSuffix ? 1 : 0));

    /// <summary>What it asks of the numbers of a series.</summary>
    public NumberTest TestOf(SearchSeries series)
    {
        if (_text.Length == 0)
        {
            return NumberTest.None;
        }

        var test = NumberTest.None with { Whole = WholeRank(series) };
        var head = _text.AsSpan(0, _digitsFrom);
        if (Digits.IsEmpty || Digits.Length > DigitsMax || !series.Prefix.AsSpan().EndsWith(head, StringComparison.Ordinal))
        {
            return test;
        }

        var value = int.Parse(Digits, NumberStyles.None, CultureInfo.InvariantCulture);
        var power = (int)Math.Pow(10, Digits.Length);
        if (_text.Length < PieceMin)
        {
            return test with { Exact = SearchRank.ExactNumber, Value = value, Power = power };
        }

        var isBoundary = series.IsBoundary(series.Prefix.Length - head.Length);
        var isInner = head.IsEmpty;
        return test with
        {
            Exact = isBoundary ? SearchRank.ExactNumber : SearchRank.Substring,
            Begins = HasSuffix ? SearchRank.None : isBoundary ? SearchRank.NumberPrefix : SearchRank.Substring,
            Ends = HasSuffix && isInner ? SearchRank.Substring : SearchRank.None,
            Inside = !HasSuffix && isInner ? SearchRank.Substring : SearchRank.None,
            Value = value,
            Power = power,
        };
    }

    /// <summary>Where it stands in the printed form of a number; the index need not be asked.</summary>
    public SearchSpot Locate(CaseNumber number)
    {
        var series = new SearchSeries(number.Year, number.CourtMark, number.Type);
        var whole = string.Create(CultureInfo.InvariantCulture, $"{series.Prefix}{number.Number}{Suffix}");
        var best = SearchSpot.None;
        if (_text.Length == 0)
        {
            return best;
        }

        for (var at = whole.IndexOf(_text, StringComparison.Ordinal); at >= 0; at = whole.IndexOf(_text, at + 1, StringComparison.Ordinal))
        {
            var end = at + _text.Length;
            var isAtEnd = end >= whole.Length - 1 && at <= series.Prefix.Length;
            var rank = !series.IsBoundary(at) ? SearchRank.Substring : isAtEnd ? SearchRank.ExactNumber : SearchRank.NumberPrefix;
            if (_text.Length >= PieceMin || (rank == SearchRank.ExactNumber && at == series.Prefix.Length))
            {
                var from = at == 0 && end > 4 ? 0 : Printed(at);
                best = best.Or(new SearchSpot(rank, from, Printed(end - 1) + 1 - from));
            }
        }

        return best;
    }

    // Printed, the year stands in brackets; whoever goes on past the second means the first, too.
    private static int Printed(int at) => at < 4 ? at + 1 : at + 2;

    private byte WholeRank(SearchSeries series)
    {
        var best = SearchRank.None;
        if (_text.Length < PieceMin)
        {
            return best;
        }

        for (var at = series.Prefix.IndexOf(_text, StringComparison.Ordinal); at >= 0; at = series.Prefix.IndexOf(_text, at + 1, StringComparison.Ordinal))
        {
            best = Math.Min(best, series.IsBoundary(at) ? SearchRank.NumberPrefix : SearchRank.Substring);
        }

        return best;
    }
}
