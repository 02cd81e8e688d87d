namespace CommandCenter.Web.Watch;

/// <summary>查控到期: the controls of some cases by their last day. Days are kept as dates, so that a count outlives midnight.</summary>
/// <remarks>
/// A control has effect through its last day and is extinguished after it unless it was renewed (法释〔2020〕21号, 查封规定27条); that end never
/// moves to a working day. A day is told apart from two weeks before the count began, longer than any holiday, to two months after.
/// </remarks>
internal sealed class ControlDays(DateOnly from)
{
    /// <summary>The furthest day ahead that is told apart.</summary>
    public const int AheadMax = 60;

    /// <summary>The furthest day back that is told apart.</summary>
    public const int BackMax = 14;

    // Some days more: a count is read until the next one is whole, and that may be past midnight.
    private const int SpareDays = 3;

    private readonly long[] _counts = new long[BackMax + AheadMax + SpareDays + 1];
    private readonly int _first = from.DayNumber - BackMax;
    private long _earlier;

    /// <summary>Counts a control.</summary>
    public void Add(DateOnly until)
    {
        var place = until.DayNumber - _first;
        if (place < 0)
        {
            _earlier++;
        }
        else if (place < _counts.Length)
        {
            _counts[place]++;
        }
    }

    /// <summary>Adds another court's or another slice's count.</summary>
    public void Add(ControlDays other)
    {
        _earlier += other._earlier;
        for (var i = 0; i < other._counts.Length; i++)
        {
            var place = other._first + i - _first;
            if (place < 0)
            {
                _earlier += other._counts[i];
            }
            else if (place < _counts.Length)
            {
                _counts[place] += other._counts[i];
            }
        }
    }

    /// <summary>Controls whose last day is one of the next <paramref name="days"/> or today.</summary>
    public long Within(DateOnly today, int days) => Sum(today.DayNumber, today.DayNumber + days);

    /// <summary>Controls whose last day is past.</summary>
    public long Lapsed(DateOnly today) => _earlier + Sum(_first, today.DayNumber - 1);

    /// <summary>Controls whose last day is past by no more than <paramref name="days"/>, at most <see cref="BackMax"/>.</summary>
    public long LapsedWithin(DateOnly today, int days) => Sum(today.DayNumber - days, today.DayNumber - 1);

    private long Sum(int firstDay, int lastDay)
    {
        var sum = 0L;
        for (var day = Math.Max(firstDay, _first); day <= lastDay && day - _first < _counts.Length; day++)
        {
            sum += _counts[day - _first];
        }

        return sum;
    }
}
