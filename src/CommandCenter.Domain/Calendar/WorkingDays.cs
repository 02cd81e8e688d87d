namespace CommandCenter.Domain.Calendar;

/// <summary>工作日, the days on which courts work: all but weekends and statutory holidays (法定节假日), and the make-up working days (补班).</summary>
/// <remarks>
/// The State Council announces each year by a notice, so a year cannot be computed. A year without its notice has weekends only;
/// whoever shows what rests on such a year says so (<see cref="Knows"/>).
/// </remarks>
public sealed class WorkingDays
{
    // No run of rest days is nearly as long; a table that says otherwise must not hang whoever asks.
    private const int SearchedDaysMax = 62;

    private readonly HashSet<DateOnly> _rest;
    private readonly HashSet<DateOnly> _work;
    private readonly HashSet<int> _years;

    /// <summary>Takes the announced days.</summary>
    /// <param name="rest">Holidays, weekend days among them or not.</param>
    /// <param name="work">Weekend days on which courts work.</param>
    /// <param name="years">The years that were announced.</param>
    /// <exception cref="ArgumentException">A day is both.</exception>
    public WorkingDays(IEnumerable<DateOnly> rest, IEnumerable<DateOnly> work, IEnumerable<int> years)
    {
        _rest = [.. rest];
        _work = [.. work];
        _years = [.. years];
        if (_work.FirstOrDefault(_rest.Contains) is var both && both != default)
        {
            throw new ArgumentException($"{both:yyyy-MM-dd} is a holiday and a working day.");
        }
    }

    /// <summary>Every day from Monday to Friday.</summary>
    public static WorkingDays WeekendsOnly { get; } = new([], [], []);

    /// <summary>Whether the holidays of a year are known.</summary>
    public bool Knows(int year) => _years.Contains(year);

    /// <summary>Whether courts work on a day.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        _work.Contains(day) || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_rest.Contains(day));

    /// <summary>The first working day after a day.</summary>
    public DateOnly After(DateOnly day) => Search(day, 1);

    /// <summary>The last working day before a day.</summary>
    public DateOnly Before(DateOnly day) => Search(day, -1);

    private DateOnly Search(DateOnly from, int step)
    {
        var day = from.AddDays(step);
        for (var i = 0; i < SearchedDaysMax && !IsWorkingDay(day); i++)
        {
            day = day.AddDays(step);
        }

        return day;
    }
}
