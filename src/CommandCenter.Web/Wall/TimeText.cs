using System.Globalization;

namespace CommandCenter.Web.Wall;

/// <summary>Times as the wall shows them, always in Asia/Shanghai.</summary>
/// <remarks>The script has the same three functions in <c>wall-state.js</c>, because it must go on counting without the server.
/// One file of examples is run through both in the tests.</remarks>
internal static class TimeText
{
    // China has kept one offset without summer time since 1991; a fixed offset needs no zone data on the machine.
    private static readonly TimeSpan s_shanghai = TimeSpan.FromHours(8);

    /// <summary>The calendar day and hour in Shanghai.</summary>
    public static DateTimeOffset InShanghai(DateTimeOffset at) => at.ToOffset(s_shanghai);

    /// <summary><c>09:41:23</c>.</summary>
    public static string Clock(DateTimeOffset at) => InShanghai(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>09:41</c>.</summary>
    public static string ClockMinutes(DateTimeOffset at) => InShanghai(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>2026年11月22日 星期日, or Sunday 22 November 2026.</summary>
    public static string Date(DateTimeOffset at, WallLanguage language)
    {
        var local = InShanghai(at);
        return string.Format(
            CultureInfo.InvariantCulture,
            WallTexts.Of("date", language),
            local.Year,
            local.Month,
            local.Day,
            WallTexts.Of("date.weekdays", language).Split(' ')[(int)local.DayOfWeek],
            WallTexts.Of("date.months", language).Split(' ')[local.Month - 1]);
    }

    /// <summary>3 秒, 1 分 12 秒, 2 小时 05 分, 3 天 4 小时. A negative age (a clock ahead of ours) reads as zero.</summary>
    public static string Age(TimeSpan age, WallLanguage language)
    {
        var seconds = Math.Max(0, (long)Math.Floor(age.TotalSeconds));
        var (large, largeUnit, small, smallUnit, pad) = seconds switch
        {
            < 60 => (seconds, "age.s", -1L, "", 1),
            < 3_600 => (seconds / 60, "age.min", seconds % 60, "age.s", 2),
            < 86_400 => (seconds / 3_600, "age.h", seconds / 60 % 60, "age.min", 2),
            _ => (seconds / 86_400, "age.d", seconds / 3_600 % 24, "age.h", 1),
        };
        var text = string.Create(CultureInfo.InvariantCulture, $"{large} {WallTexts.Of(largeUnit, language)}");
        return small < 0
            ? text
            : text + " " + small.ToString(CultureInfo.InvariantCulture).PadLeft(pad, '0') + " " + WallTexts.Of(smallUnit, language);
    }
}
