using CommandCenter.Simulator.Calendar;
using CommandCenter.Simulator.Cases;
using CommandCenter.Simulator.Events;

namespace CommandCenter.Simulator.City;

/// <summary>A city of courts made from one seed. What happens on a day depends on the seed, the calendar and the date alone, never on when one asks.</summary>
/// <remarks>Single-threaded: it keeps the case counts of the years that it was asked for.</remarks>
internal sealed class VirtualCity
{
    // Cases that come in over the network while the courts rest, as a share of a working day.
    private const double RestDayShare = 0.08;

    // A 执恢 case looks this often for a parent; nearly every second case is closed otherwise, or later.
    private const int ParentTriesMax = 10;

    private readonly Dictionary<int, int[,,]> _countsOfYear = [];
    private readonly Dictionary<string, int> _indexOfMark;

    /// <summary>Makes the city.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="courtMarks">The marks of its courts.</param>
    /// <param name="calendar">Its working days.</param>
    /// <param name="size">How many cases it has, beside the real one.</param>
    public VirtualCity(long seed, IEnumerable<string> courtMarks, WorkCalendar calendar, double size = 1)
    {
        Seed = seed;
        Calendar = calendar;
        Courts = [.. courtMarks.Order(StringComparer.Ordinal).Select(mark => Court.Of(mark, size))];
        ArgumentOutOfRangeException.ThrowIfZero(Courts.Count, nameof(courtMarks));
        _indexOfMark = Courts.Index().ToDictionary(court => court.Item.Mark, court => court.Index, StringComparer.Ordinal);
        Largest = Courts.MaxBy(court => court.CasesPerWorkingDay)!;
    }

    /// <summary>The seed.</summary>
    public long Seed { get; }

    /// <summary>Its working days.</summary>
    public WorkCalendar Calendar { get; }

    /// <summary>The courts, in the order of their marks.</summary>
    public IReadOnlyList<Court> Courts { get; }

    /// <summary>The court with the most cases. It files at least one case on every day, the marker of that day.</summary>
    public Court Largest { get; }

    /// <summary>The number of the first case that the largest court files on a day.</summary>
    /// <remarks>Whoever holds this case was fed the whole stream up to that day, because the stream is in the order of time.</remarks>
    public string MarkerOf(DateOnly day) => IdentityOf(day, Largest, CaseKind.First, 0).Number;

    /// <summary>Every case that is filed on a day, with its whole life.</summary>
    public IEnumerable<CasePlan> CasesFiledOn(DateOnly day)
    {
        foreach (var court in Courts)
        {
            foreach (var kind in CaseKind.All)
            {
                var times = FilingTimes(day, court, kind);
                for (var index = 0; index < times.Length; index++)
                {
                    yield return CasePlanner.Plan(this, IdentityOf(day, court, kind, index), times[index]);
                }
            }
        }
    }

    /// <summary>The case that a 执恢 case reinstates: one of the same court that was closed as terminal (终本) some time before.</summary>
    public string ParentOf(CaseIdentity child, DateTimeOffset filedAt)
    {
        var random = SeededRandom.For(Seed, "parent", child.Number.GetStableHash());
        var latestClosing = filedAt.AddDays(-10);
        for (var attempt = 0; attempt < ParentTriesMax; attempt++)
        {
            var day = Shanghai.DayOf(filedAt).AddDays(-random.Between(115, 330));
            var times = FilingTimes(day, child.Court, CaseKind.First);
            if (times.Length > 0)
            {
                var index = random.Between(0, times.Length - 1);
                var plan = CasePlanner.Plan(this, IdentityOf(day, child.Court, CaseKind.First, index), times[index]);
                if (plan.Steps.Any(step => step.Data is EventData.CaseClosed { Way: "ZB" } && step.At < latestClosing))
                {
                    return plan.Number;
                }
            }
        }

        // Closed in a year that the city does not tell of.
        return new CaseIdentity(child.Year - random.Between(2, 4), child.Court, CaseKind.First, random.Between(1, 20_000)).Number;
    }

    private CaseIdentity IdentityOf(DateOnly day, Court court, CaseKind kind, int index)
    {
        var counts = CountsOf(day.Year);
        var (c, k) = (IndexOf(court), kind.Index);
        var before = day.DayOfYear == 1 ? 0 : counts[c, k, day.DayOfYear - 2];
        return new CaseIdentity(day.Year, court, kind, before + index + 1);
    }

    // Numbers rise with the time of filing, as at a filing window.
    private DateTimeOffset[] FilingTimes(DateOnly day, Court court, CaseKind kind)
    {
        var random = SeededRandom.For(Seed, "filing-times", day.DayNumber, (court.Mark.GetStableHash() * 31) + kind.Index);
        var times = new DateTimeOffset[CountOn(day, court, kind)];
        var atWindow = Calendar.IsWorkingDay(day);
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = Shanghai.StartOf(day) + (atWindow ? Shanghai.OfficeTime(random) : Shanghai.NetworkTime(random));
        }

        Array.Sort(times);
        return times;
    }

    private int CountOn(DateOnly day, Court court, CaseKind kind)
    {
        var counts = CountsOf(day.Year);
        var (c, k) = (IndexOf(court), kind.Index);
        return counts[c, k, day.DayOfYear - 1] - (day.DayOfYear == 1 ? 0 : counts[c, k, day.DayOfYear - 2]);
    }

    // Running totals of a year by court, kind and day, because a case number counts from 1 January.
    private int[,,] CountsOf(int year)
    {
        if (_countsOfYear.TryGetValue(year, out var counts))
        {
            return counts;
        }

        var days = DateTime.IsLeapYear(year) ? 366 : 365;
        counts = new int[Courts.Count, CaseKind.All.Count, days];
        for (var c = 0; c < Courts.Count; c++)
        {
            foreach (var kind in CaseKind.All)
            {
                var total = 0;
                for (var d = 0; d < days; d++)
                {
                    total += DrawCount(new DateOnly(year, 1, 1).AddDays(d), Courts[c], kind);
                    counts[c, kind.Index, d] = total;
                }
            }
        }

        _countsOfYear.Add(year, counts);
        return counts;
    }

    private int DrawCount(DateOnly day, Court court, CaseKind kind)
    {
        var random = SeededRandom.For(Seed, "case-count", day.DayNumber, (court.Mark.GetStableHash() * 31) + kind.Index);
        var mean = court.CasesPerWorkingDay * kind.Share * (Calendar.IsWorkingDay(day) ? 1 : RestDayShare);
        var drawn = (int)Math.Max(0, (mean * (1 + (0.15 * random.Normal()))) + random.NextDouble());
        return court == Largest && kind == CaseKind.First ? Math.Max(1, drawn) : drawn;
    }

    private int IndexOf(Court court) => _indexOfMark[court.Mark];
}
