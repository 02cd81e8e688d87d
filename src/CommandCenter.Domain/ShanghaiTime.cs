namespace CommandCenter.Domain;

/// <summary>The court's calendar. Instants are stored in UTC; a day is a calendar day of Asia/Shanghai.</summary>
/// <remarks>
/// A fixed UTC+8: Shanghai has had no daylight-saving time since 1991, and the intake takes nothing older. A fixed offset
/// needs no time-zone data on the machine and cannot change under a running wall.
/// </remarks>
public static class ShanghaiTime
{
    /// <summary>Length of a figures window, in seconds.</summary>
    public const int WindowSeconds = 300;

    /// <summary>The offset of Asia/Shanghai.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    private const int DaySeconds = 86_400;
    private const int OffsetSeconds = 8 * 3600;

    /// <summary>The calendar day of an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    /// <summary>The first instant of a calendar day, in UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day) =>
        new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Offset).ToUniversalTime();

    /// <summary>The number of the 5-minute window <c>[t, t+5m)</c> that holds an instant, counted from 1970 in UTC.</summary>
    public static int WindowOf(DateTimeOffset at) => (int)Math.DivRem(at.ToUnixTimeSeconds(), WindowSeconds).Quotient;

    /// <summary>The first instant of a window, in UTC.</summary>
    public static DateTimeOffset StartOfWindow(int window) =>
        DateTimeOffset.FromUnixTimeSeconds((long)window * WindowSeconds);

    /// <summary>The number of the calendar day that holds an instant, counted from 1970-01-01 in Shanghai.</summary>
    public static int DayNumberOf(DateTimeOffset at) => (int)Math.DivRem(at.ToUnixTimeSeconds() + OffsetSeconds, DaySeconds).Quotient;

    /// <summary>The number of a calendar day, counted from 1970-01-01.</summary>
    public static int DayNumberOf(DateOnly day) => day.DayNumber - new DateOnly(1970, 1, 1).DayNumber;
}
