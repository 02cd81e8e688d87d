using System.Globalization;
using CommandCenter.Domain.Courts;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.DrillDown;

/// <summary>Courts as the wall names them.</summary>
internal static class DeskNames
{
    public static string Of(Court court, WallLanguage language) => court.Definition.Superior is null
        ? language == WallLanguage.En ? "City" : "全市"
        : language == WallLanguage.En ? CourtNames.ShortEn(court.Definition.NameEn) : CourtNames.ShortZh(court.Definition.NameZh);
}

/// <summary>Times at a desk, always in Asia/Shanghai.</summary>
internal static class DeskTime
{
    public static string Day(DateTimeOffset at) => TimeText.InShanghai(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Moment(DateTimeOffset at) => TimeText.InShanghai(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The last day that a limit leaves; the limit itself is the moment after it.</summary>
    public static string LastDay(DateTimeOffset limit) => Day(limit.AddTicks(-1));

    /// <summary>A day when it is the beginning of one, else the moment.</summary>
    public static string Text(DateTimeOffset at) => TimeText.InShanghai(at).TimeOfDay == TimeSpan.Zero ? Day(at) : Moment(at);
}

/// <summary>Money at a desk: to the fen.</summary>
internal static class DeskMoney
{
    public static string Yuan(long fen) =>
        (fen < 0 ? CountText.Minus : "") + Int128.Abs(fen / 100).ToString("N0", CultureInfo.InvariantCulture)
        + "." + Math.Abs(fen % 100).ToString("00", CultureInfo.InvariantCulture);
}
