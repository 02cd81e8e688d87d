using CommandCenter.Domain;
using CommandCenter.Domain.Calendar;

namespace CommandCenter.Web.Watch;

/// <summary>点名, kept for one day: what the courts were at each hour of the roll, and which hour is next. One thread at a time.</summary>
internal sealed class RollCallBook(int courtCount, IReadOnlyList<TimeOnly> hours, WorkingDays calendar)
{
    // A turn comes every second; who answers later than this was not seen at the hour itself.
    private static readonly TimeSpan s_lateAfter = TimeSpan.FromMinutes(1);

    private readonly Dictionary<DateTimeOffset, CallPage> _pages = [];

    /// <summary>The latest roll-call of today that is past; <see langword="null"/> before the first, and on a day of rest.</summary>
    public DateTimeOffset? Latest(DateTimeOffset now)
    {
        var day = ShanghaiTime.DayOf(now);
        return calendar.IsWorkingDay(day) ? InstantsOf(day).Where(at => at <= now).Select(static at => (DateTimeOffset?)at).LastOrDefault() : null;
    }

    /// <summary>The next roll-call.</summary>
    public DateTimeOffset? Next(DateTimeOffset now)
    {
        var day = ShanghaiTime.DayOf(now);
        var later = calendar.IsWorkingDay(day) ? InstantsOf(day).Where(at => at > now) : [];
        return later.Concat(InstantsOf(calendar.After(day))).First();
    }

    /// <summary>Takes what a court was at a roll-call. The first answer counts: later ones know less of that hour.</summary>
    public void Take(DateTimeOffset call, int court, CourtDuty duty, DateTimeOffset now)
    {
        if (!_pages.TryGetValue(call, out var page))
        {
            var today = ShanghaiTime.DayOf(call);
            foreach (var old in _pages.Keys.Where(at => ShanghaiTime.DayOf(at) != today).ToArray())
            {
                _ = _pages.Remove(old);
            }

            _pages.Add(call, page = new CallPage(new CourtAtCall?[courtCount]));
        }

        page.IsLate |= page.Courts[court] is null && now - call > s_lateAfter;
        page.Courts[court] ??= new CourtAtCall(duty.Officers, duty.OnAtCall, duty.UnknownAtCall);
    }

    /// <summary>The roll-calls of today that were taken.</summary>
    public ValueList<RollCall> Calls(DateTimeOffset now)
    {
        var today = ShanghaiTime.DayOf(now);
        return [.. _pages.Where(page => ShanghaiTime.DayOf(page.Key) == today).OrderBy(static page => page.Key)
            .Select(static page => new RollCall(page.Key, page.Value.IsLate, [.. page.Value.Courts]))];
    }

    private IEnumerable<DateTimeOffset> InstantsOf(DateOnly day) => hours.Select(hour => ShanghaiTime.StartOf(day) + hour.ToTimeSpan());

    private sealed class CallPage(CourtAtCall?[] courts)
    {
        public CourtAtCall?[] Courts => courts;

        public bool IsLate { get; set; }
    }
}
