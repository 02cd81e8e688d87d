namespace CommandCenter.Simulator.City;

/// <summary>The calendar and the clock of the city: days and times of day are those of Asia/Shanghai, a fixed UTC+8 since 1991.</summary>
internal static class Shanghai
{
    /// <summary>The offset of Asia/Shanghai.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    // Half-hours from 08:30 to 17:30. The peaks after 09:00 and 14:00 are when the windows open and the courts report.
    private static readonly double[] s_officeHalfHours = [4, 10, 10, 8, 7, 5, 3, 1, 1, 2, 4, 9, 9, 7, 6, 5, 3, 2];

    /// <summary>The calendar day of an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    /// <summary>The first instant of a day.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);

    /// <summary>A time of day at which a court does something.</summary>
    public static TimeSpan OfficeTime(SeededRandom random)
    {
        var halfHour = random.Weighted(s_officeHalfHours);
        return new TimeSpan(8, 30, 0) + TimeSpan.FromMinutes(30 * halfHour) + TimeSpan.FromMilliseconds(random.Between(0, 1_799_999));
    }

    /// <summary>A time of day at which something arrives over a network: mostly in office hours, sometimes in the evening or at night.</summary>
    public static TimeSpan NetworkTime(SeededRandom random) =>
        random.Happens(0.8) ? OfficeTime(random) : TimeSpan.FromMilliseconds(random.Between(0, 86_399_999));
}
