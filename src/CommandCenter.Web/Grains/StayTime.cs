namespace CommandCenter.Web.Grains;

/// <summary>停留时长: how long a case stands at a node, in the steps in which it is counted and shown.</summary>
/// <remarks>
/// Counted in whole minutes, shown as hours below two days, tenths of a day below thirty, then days; always truncated, so that nobody reads
/// a time that was not reached. A step is what is shown: whoever counts by steps finds the median and the 90th percentile exactly as they
/// are shown, from some hundreds of counts instead of a million times.
/// </remarks>
internal static class StayTime
{
    /// <summary>The last step: ten years or longer.</summary>
    public const int StepMax = FirstDayStep + DayMax - TenthDaysMax;

    /// <summary>Number of steps.</summary>
    public const int StepCount = StepMax + 1;

    private const int HourMinutes = 60;
    private const int DayMinutes = 24 * HourMinutes;
    private const int TenthMinutes = DayMinutes / 10;
    private const int HoursMax = 48;
    private const int TenthDaysMax = 30;
    private const int DayMax = 3_650;
    private const int FirstTenth = HoursMax * HourMinutes / TenthMinutes;
    private const int FirstDayStep = HoursMax + (TenthDaysMax * 10) - FirstTenth;

    private static readonly long s_epochMinute = DateTimeOffset.UnixEpoch.UtcTicks / TimeSpan.TicksPerMinute;

    /// <summary>The minute that holds an instant, counted from 1970 in UTC.</summary>
    public static int MinuteOf(long utcTicks) => checked((int)((utcTicks / TimeSpan.TicksPerMinute) - s_epochMinute));

    /// <summary>The step of a time.</summary>
    /// <param name="minutes">Whole minutes; below zero counts as none.</param>
    public static int StepOf(int minutes) => minutes switch
    {
        <= 0 => 0,
        < HoursMax * HourMinutes => minutes / HourMinutes,
        < TenthDaysMax * DayMinutes => HoursMax + (minutes / TenthMinutes) - FirstTenth,
        _ => Math.Min(StepMax, FirstDayStep + (minutes / DayMinutes) - TenthDaysMax),
    };

    /// <summary>The shortest time of a step, in minutes.</summary>
    public static int MinutesOf(int step) => step switch
    {
        < HoursMax => step * HourMinutes,
        < FirstDayStep => (step - HoursMax + FirstTenth) * TenthMinutes,
        _ => (step - FirstDayStep + TenthDaysMax) * DayMinutes,
    };

    /// <summary>Whether a step is counted in hours; the others are in days.</summary>
    public static bool IsHours(int step) => step < HoursMax;

    /// <summary>Whether a step has tenths of a day.</summary>
    public static bool HasTenths(int step) => step is >= HoursMax and < FirstDayStep;

    /// <summary>The step that a share of all counted times does not exceed, by nearest rank; <see langword="null"/> without any time.</summary>
    /// <param name="counts">Times by step.</param>
    /// <param name="count">Their sum.</param>
    /// <param name="percent">50 for the median, 90 for the 90th percentile.</param>
    public static int? QuantileOf(ReadOnlySpan<int> counts, long count, int percent)
    {
        var rank = ((count * percent) + 99) / 100;
        for (var step = 0; count > 0 && step < counts.Length; step++)
        {
            rank -= counts[step];
            if (rank <= 0)
            {
                return step;
            }
        }

        return null;
    }
}
