using System.Globalization;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Watch;

/// <summary>When the watch calls the roll and when it calls a court silent.</summary>
internal sealed class WatchOptions
{
    public const string Section = "Watch";

    /// <summary>When the roll is called on a working day, Asia/Shanghai, <c>HH:mm</c>. 1 to 8 times; default 09:00 and 14:00.</summary>
    public string RollCallAt { get; set; } = "09:00,14:00";

    /// <summary>Hours in which courts work, Asia/Shanghai, <c>HH:mm-HH:mm</c>. Default 09:00-17:00.</summary>
    public string WorkingHours { get; set; } = "09:00-17:00";

    /// <summary>
    /// A court that reports every working day is silent after this long without an event in working hours, and after one and a half times its own
    /// longest pause of the last five working days. 10 minutes to 8 hours; default 60 minutes.
    /// </summary>
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary><see cref="RollCallAt"/> as times, in order; <see langword="null"/> when it is wrong.</summary>
    public IReadOnlyList<TimeOnly>? RollCalls()
    {
        var times = RollCallAt.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(TimeOf).ToArray();
        return times.Length is >= 1 and <= 8 && Array.TrueForAll(times, static time => time is not null)
            ? [.. times.Select(static time => time!.Value).Distinct().Order()]
            : null;
    }

    /// <summary><see cref="WorkingHours"/> as times; <see langword="null"/> when they are wrong.</summary>
    public (TimeOnly From, TimeOnly To)? Hours() =>
        WorkingHours.Split('-', StringSplitOptions.TrimEntries) is [var from, var to] && TimeOf(from) is { } first && TimeOf(to) is { } last && first < last
            ? (first, last)
            : null;

    private static TimeOnly? TimeOf(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

internal sealed class WatchOptionsValidator : IValidateOptions<WatchOptions>
{
    public ValidateOptionsResult Validate(string? name, WatchOptions options)
    {
        var faults = new List<string>();
        if (options.RollCalls() is null)
        {
            faults.Add($"{WatchOptions.Section}:RollCallAt is {options.RollCallAt}; it must be 1 to 8 times such as 09:00,14:00.");
        }

        if (options.Hours() is null)
        {
            faults.Add($"{WatchOptions.Section}:WorkingHours is {options.WorkingHours}; it must be two times such as 09:00-17:00.");
        }

        if (options.SilentAfter < TimeSpan.FromMinutes(10) || options.SilentAfter > TimeSpan.FromHours(8))
        {
            faults.Add($"{WatchOptions.Section}:SilentAfter is {options.SilentAfter}; it must be 10 min to 8 h.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
