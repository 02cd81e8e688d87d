namespace CommandCenter.TimeSeries.Embedded;

/// <summary>Where the embedded store lies, and how long it keeps what.</summary>
public sealed record SeriesStoreOptions
{
    /// <summary>Longest retention that can be asked for, in days.</summary>
    public const int DaysMax = 36_600;

    /// <summary>The folder of the store; made when missing.</summary>
    public required string Directory { get; init; }

    /// <summary>The fields of every point.</summary>
    public required SeriesSchema Schema { get; init; }

    /// <summary>How far the calendar day is ahead of UTC; a multiple of an hour, so that days are made of whole hours.</summary>
    public TimeSpan DayOffset { get; init; } = TimeSpan.Zero;

    /// <summary>Calendar days, today included, that are kept as rows before they are sealed. 1 to 31; default 2.</summary>
    public int HotDays { get; init; } = 2;

    /// <summary>Days for which five-minute points are kept. Default 3,660.</summary>
    public int FiveMinuteDays { get; init; } = 3_660;

    /// <summary>Days for which hourly points are kept; at least as long as five minutes. Default 36,600.</summary>
    public int HourDays { get; init; } = DaysMax;

    /// <summary>Days for which daily points are kept; at least as long as hours. Default 36,600.</summary>
    public int DayDays { get; init; } = DaysMax;

    /// <summary>Every fault, each naming its key; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (HotDays is < 1 or > 31)
        {
            faults.Add($"HotDays is {HotDays}; it must be 1 to 31.");
        }

        if (FiveMinuteDays < HotDays || FiveMinuteDays > DaysMax)
        {
            faults.Add($"FiveMinuteDays is {FiveMinuteDays}; it must be at least HotDays ({HotDays}) and at most {DaysMax}.");
        }

        if (HourDays < FiveMinuteDays || HourDays > DaysMax)
        {
            faults.Add($"HourDays is {HourDays}; it must be at least FiveMinuteDays ({FiveMinuteDays}) and at most {DaysMax}.");
        }

        if (DayDays < HourDays || DayDays > DaysMax)
        {
            faults.Add($"DayDays is {DayDays}; it must be at least HourDays ({HourDays}) and at most {DaysMax}.");
        }

        if (DayOffset.Ticks % TimeSpan.TicksPerHour != 0 || DayOffset.Duration() >= TimeSpan.FromDays(1))
        {
            faults.Add($"DayOffset is {DayOffset}; it must be whole hours, less than a day.");
        }

        return faults;
    }
}
