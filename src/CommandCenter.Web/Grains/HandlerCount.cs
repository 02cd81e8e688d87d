using CommandCenter.Domain;
using CommandCenter.Domain.Courts;

namespace CommandCenter.Web.Grains;

/// <summary>What the cases of one handler count to, as the lists behind these figures count: by the handler that a case has now.</summary>
/// <param name="name">承办人; <see langword="null"/> for cases that nobody has.</param>
internal sealed class HandlerFigures(string? name)
{
    /// <summary>Months of <see cref="ClosedByMonth"/>.</summary>
    public const int Months = 12;

    public string? Name { get; } = name;

    public long Pending { get; set; }

    public long Suspended { get; set; }

    public long Overdue { get; set; }

    /// <summary>终本存量.</summary>
    public long Terminal { get; set; }

    /// <summary>款在账: money in less money out of the cases that lie here, in fen.</summary>
    public long HeldFen { get; set; }

    /// <summary>新收 of today, the month and the year.</summary>
    public long[] Received { get; } = new long[3];

    /// <summary>结案 of today, the month and the year, if they still are.</summary>
    public long[] Closed { get; } = new long[3];

    /// <summary>结案 of the last twelve months, this one last.</summary>
    public long[] ClosedByMonth { get; } = new long[Months];

    public void Add(HandlerFigures other)
    {
        Pending += other.Pending;
        Suspended += other.Suspended;
        Overdue += other.Overdue;
        Terminal += other.Terminal;
        HeldFen = checked(HeldFen + other.HeldFen);
        for (var i = 0; i < Received.Length; i++)
        {
            Received[i] += other.Received[i];
            Closed[i] += other.Closed[i];
        }

        for (var i = 0; i < Months; i++)
        {
            ClosedByMonth[i] += other.ClosedByMonth[i];
        }
    }
}

/// <summary>The handlers of a scope, or one of them with the days of his cases; counted from rows on a partition's thread.</summary>
internal sealed class HandlerCount
{
    private readonly Dictionary<string, HandlerFigures> _named = new(StringComparer.Ordinal);

    /// <summary>Those who have cases.</summary>
    public IEnumerable<HandlerFigures> Named => _named.Values;

    /// <summary>Cases that nobody has yet.</summary>
    public HandlerFigures Nobody { get; } = new(null);

    /// <summary>新收 of each piece of the chart.</summary>
    public long[] Received { get; private init; } = [];

    /// <summary>结案 of each piece.</summary>
    public long[] Closed { get; private init; } = [];

    /// <summary>One of them; <see langword="null"/> when no case has him.</summary>
    public HandlerFigures? Find(string name) => _named.GetValueOrDefault(name);

    /// <summary>Counts the main cases of some courts.</summary>
    /// <param name="model">The partition.</param>
    /// <param name="courts">Which courts; those of other partitions count nothing here.</param>
    /// <param name="handler">Whose cases; <see langword="null"/> for everybody's.</param>
    /// <param name="now">Says which day, month and year is meant.</param>
    /// <param name="edges">The pieces of the handler's chart; empty for none.</param>
    public static HandlerCount Read(GrainModel model, IReadOnlyList<Court> courts, string? handler, DateTimeOffset now, DateTimeOffset[] edges)
    {
        var pieces = Math.Max(0, edges.Length - 1);
        var count = new HandlerCount { Received = new long[pieces], Closed = new long[pieces] };
        var only = handler is null ? -1 : model.Texts.Find(handler);
        if (handler is not null && only < 0)
        {
            return count;
        }

        Take(model, [.. model.Courts.Select(static grain => grain.Court).Where(courts.Contains)], _ => count, only, now, edges);
        return count;
    }

    /// <summary>Counts every court of a partition, each as <see cref="Read"/> counts it alone.</summary>
    /// <param name="model">The partition.</param>
    /// <param name="now">Says which day, month and year is meant.</param>
    public static IReadOnlyDictionary<int, HandlerCount> ReadCourts(GrainModel model, DateTimeOffset now)
    {
        Court[] courts = [.. model.Courts.Select(static grain => grain.Court)];
        var counts = courts.ToDictionary(static court => court.Index, static _ => new HandlerCount());
        Take(model, courts, court => counts[court.Index], only: -1, now, []);
        return counts;
    }

    private static void Take(GrainModel model, Court[] courts, Func<Court, HandlerCount> countOf, int only, DateTimeOffset now, DateTimeOffset[] edges)
    {
        var times = new Times(now, edges);
        var sums = courts.Select(countOf).Distinct().ToDictionary(static count => count, static count => new Sum(count, []));
        var byMark = courts.ToDictionary(static court => court.Mark, court => sums[countOf(court)], StringComparer.Ordinal);
        var byCourt = new Sum?[model.Courts.Select(static grain => grain.Court.Index).DefaultIfEmpty(-1).Max() + 1]; // With many partitions some hold no court.
        var marks = new string?[byCourt.Length];
        foreach (var court in model.Courts.Select(static grain => grain.Court))
        {
            byCourt[court.Index] = byMark.GetValueOrDefault(court.Mark);
            marks[court.Index] = court.Mark;
        }

        for (var place = 0; place < model.Cases.Count; place++)
        {
            ref readonly var row = ref model.Cases[place];
            if (!row.IsMain || (only >= 0 && row.Handler != only))
            {
                continue;
            }

            // 新收 is of the court that filed it, wherever it lies now; everything else of the court where it lies.
            // Nearly every case lies where it was filed, and marks are the tree's own strings.
            var here = row.Court >= 0 ? byCourt[row.Court] : null;
            var filed = row.Court >= 0 && ReferenceEquals(marks[row.Court], row.Number.CourtMark) ? here : byMark.GetValueOrDefault(row.Number.CourtMark);
            if (filed is not null)
            {
                times.Count(row.FiledAt, filed.Of(row.Handler, model.Texts).Received, null, filed.Count.Received);
            }

            if (here is not null && row.Status != CaseStatus.Moved)
            {
                TakeHeld(in row, here.Of(row.Handler, model.Texts), times, here.Count.Closed, now);
            }
        }
    }

    /// <summary>Adds what another partition counted.</summary>
    public HandlerCount Add(HandlerCount other)
    {
        Nobody.Add(other.Nobody);
        foreach (var figures in other.Named)
        {
            if (_named.TryGetValue(figures.Name!, out var known))
            {
                known.Add(figures);
            }
            else
            {
                _named.Add(figures.Name!, figures);
            }
        }

        for (var i = 0; i < Received.Length; i++)
        {
            Received[i] += other.Received[i];
            Closed[i] += other.Closed[i];
        }

        return this;
    }

    private static void TakeHeld(in CaseRow row, HandlerFigures figures, Times times, long[] closed, DateTimeOffset now)
    {
        figures.HeldFen = checked(figures.HeldFen + row.FundsInFen - row.FundsOutFen);
        if (row.IsPending)
        {
            figures.Pending++;
            figures.Suspended += row.Status == CaseStatus.Suspended ? 1 : 0;
            figures.Overdue += row.IsOverdue(now) ? 1 : 0;
            return;
        }

        figures.Terminal += row.IsTerminalStock ? 1 : 0;
        times.Count(row.StatusAt, figures.Closed, figures.ClosedByMonth, closed);
    }

    /// <summary>The handlers of a count by the number of their name, as rows have it.</summary>
    private sealed record Sum(HandlerCount Count, Dictionary<int, HandlerFigures> ByHandler)
    {
        public HandlerFigures Of(int handler, TextPool texts)
        {
            if (!ByHandler.TryGetValue(handler, out var figures))
            {
                ByHandler.Add(handler, figures = handler < 0 ? Count.Nobody : new HandlerFigures(texts[handler]));
                if (handler >= 0)
                {
                    Count._named.Add(figures.Name!, figures);
                }
            }

            return figures;
        }
    }

    /// <summary>Beginnings of the periods and of the pieces of a chart, in UTC ticks.</summary>
    private sealed class Times
    {
        private readonly long[] _periods;
        private readonly long[] _months;
        private readonly long[] _edges;
        private readonly long _tomorrow;

        public Times(DateTimeOffset now, DateTimeOffset[] edges)
        {
            var today = ShanghaiTime.DayOf(now);
            var month = new DateOnly(today.Year, today.Month, 1);
            _periods = [Ticks(today), Ticks(month), Ticks(new DateOnly(today.Year, 1, 1))];
            _months = [.. Enumerable.Range(1 - HandlerFigures.Months, HandlerFigures.Months + 1).Select(i => Ticks(month.AddMonths(i)))];
            _tomorrow = Ticks(today.AddDays(1));
            _edges = [.. edges.Select(static edge => edge.UtcTicks)];
        }

        public void Count(long at, long[] periods, long[]? months, long[] pieces)
        {
            for (var i = 0; i < periods.Length && at < _tomorrow; i++)
            {
                periods[i] += at >= _periods[i] ? 1 : 0;
            }

            if (months is not null)
            {
                Put(at, _months, months);
            }

            Put(at, _edges, pieces);
        }

        private static void Put(long at, long[] edges, long[] counts)
        {
            if (counts.Length == 0 || at < edges[0] || at >= edges[^1])
            {
                return;
            }

            var place = Array.BinarySearch(edges, at);
            counts[place >= 0 ? place : ~place - 1]++;
        }

        private static long Ticks(DateOnly day) => ShanghaiTime.StartOf(day).UtcTicks;
    }
}
