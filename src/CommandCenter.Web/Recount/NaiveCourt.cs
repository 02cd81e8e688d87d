namespace CommandCenter.Web.Recount;

/// <summary>The cells of one court as the naive count knows them: for each figure a sorted list of windows and one of days, with their sums.</summary>
internal sealed class NaiveCourt(string mark)
{
    /// <summary>The naive count's own idea of Shanghai's clock.</summary>
    public static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    private const int FigureCount = (int)Counted.Irregular + 1;

    private readonly SortedList<int, long>[] _windows = [.. Enumerable.Range(0, FigureCount).Select(_ => new SortedList<int, long>())];
    private readonly SortedList<int, long>[] _days = [.. Enumerable.Range(0, FigureCount).Select(_ => new SortedList<int, long>())];

    public string Mark { get; } = mark;

    public static int Figures => FigureCount;

    /// <summary>Adds to the five minutes and to the day in which something happened.</summary>
    public void Add(DateTimeOffset at, int figure, long amount)
    {
        if (amount != 0)
        {
            var since1970 = at.UtcDateTime - DateTime.UnixEpoch;
            Add(_windows[figure], (int)(since1970.Ticks / (5 * TimeSpan.TicksPerMinute)), amount);
            Add(_days[figure], (int)((since1970 + Shanghai).Ticks / TimeSpan.TicksPerDay), amount);
        }
    }

    /// <summary>The sums of one figure by window or by day, in order. Both are numbered from 1970, days in Shanghai.</summary>
    public SortedList<int, long> Of(int figure, bool days) => days ? _days[figure] : _windows[figure];

    private static void Add(SortedList<int, long> sums, int key, long amount)
    {
        var place = sums.IndexOfKey(key);
        if (place < 0)
        {
            sums.Add(key, amount);
        }
        else
        {
            sums.SetValueAtIndex(place, checked(sums.GetValueAtIndex(place) + amount));
        }
    }
}
