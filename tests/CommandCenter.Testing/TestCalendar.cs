namespace CommandCenter.Testing;

/// <summary>Days that tests count from an ordinary Friday morning, so that a test shows distances and not dates.</summary>
public static class TestCalendar
{
    /// <summary>09:00 in Shanghai, in UTC, this many days after 2017-09-01.</summary>
    public static DateTimeOffset Day(double days) => new DateTimeOffset(2017, 9, 1, 1, 0, 0, TimeSpan.Zero).AddDays(days);

    /// <summary>A moment of Shanghai's clock, in UTC.</summary>
    public static DateTimeOffset Shanghai(int year, int month, int day, int hour = 0, int minute = 0, int second = 0) =>
        new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.FromHours(8)).ToUniversalTime();
}
