using System.Text.Json;
using CommandCenter.Simulator.Delivery;

namespace CommandCenter.Simulator.Calendar;

/// <summary>工作日, the days on which courts work: weekends, statutory holidays (法定节假日) and make-up working days (补班).</summary>
/// <remarks>
/// The State Council announces each year by a notice, so a year cannot be computed. A year without its notice has weekends only;
/// whoever shows figures of such a year says so (<see cref="YearsUnknown"/>).
/// </remarks>
internal sealed class WorkCalendar
{
    /// <summary>Name of the file in the product's configuration.</summary>
    public const string FileName = "calendar.json";

    private const int HolidayDaysMax = 31;

    private readonly HashSet<DateOnly> _rest = [];
    private readonly HashSet<DateOnly> _work = [];
    private readonly HashSet<int> _years = [];

    private WorkCalendar()
    {
    }

    /// <summary>Every day from Monday to Friday is a working day.</summary>
    public static WorkCalendar WeekendsOnly { get; } = new();

    /// <summary>The years that the calendar knows, in their order.</summary>
    public IEnumerable<int> Years => _years.Order();

    /// <summary>Reads the calendar of a configuration folder.</summary>
    /// <exception cref="RunException">The file is missing or wrong; the message names all its faults.</exception>
    public static WorkCalendar Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), CalendarJson.Default.CalendarFile);
            var calendar = new WorkCalendar();
            var faults = file is null ? ["it holds null"] : calendar.Take(file).ToArray();
            return faults.Length == 0 ? calendar : throw new RunException(2, $"{path}: {string.Join("; ", faults)}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RunException(2, $"{path}: {exception.Message}");
        }
    }

    /// <summary>Whether courts work on a day.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        _work.Contains(day) || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_rest.Contains(day));

    /// <summary>The years between two days, both included, whose holidays are not known.</summary>
    public IReadOnlyList<int> YearsUnknown(DateOnly from, DateOnly to) =>
        [.. Enumerable.Range(from.Year, to.Year - from.Year + 1).Where(year => !_years.Contains(year))];

    /// <summary>What whoever runs the simulator is told of such years.</summary>
    public static string SayUnknown(IReadOnlyList<int> years) =>
        $"{FileName} does not know the holidays of {string.Join(", ", years)}: weekends are the only rest days there.";

    private IEnumerable<string> Take(CalendarFile file)
    {
        foreach (var year in file.Years)
        {
            if (!_years.Add(year.Year))
            {
                yield return $"{year.Year} stands there twice";
            }

            foreach (var holiday in year.Holidays)
            {
                if (FaultOf(holiday, year.Year) is { } fault)
                {
                    yield return $"{year.Year} {holiday.Name}: {fault}";
                    continue;
                }

                for (var day = holiday.From; day <= holiday.To; day = day.AddDays(1))
                {
                    _rest.Add(day);
                }

                _work.UnionWith(holiday.Work ?? []);
            }
        }

        foreach (var day in _work.Intersect(_rest).Order())
        {
            yield return $"{day:yyyy-MM-dd} is a holiday and a working day";
        }
    }

    private static string? FaultOf(Holiday holiday, int year)
    {
        if (holiday.To < holiday.From || holiday.To.DayNumber - holiday.From.DayNumber >= HolidayDaysMax)
        {
            return $"it must last 1 to {HolidayDaysMax} days";
        }

        // The turn of a year is announced with the new one: 2011-12-31 was a working day by the notice of 2012.
        return holiday.From.Year < year - 1 || holiday.To.Year > year || (holiday.Work ?? []).Any(day => Math.Abs(day.Year - year) > 1)
            ? "it lies in another year"
            : (holiday.Work ?? []).FirstOrDefault(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) is var day && day != default
                ? $"{day:yyyy-MM-dd} is no weekend, so nothing is made up on it"
                : null;
    }
}
