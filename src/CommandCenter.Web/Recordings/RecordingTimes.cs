using System.Globalization;
using CommandCenter.Domain;

namespace CommandCenter.Web.Recordings;

/// <summary>Times as forms and addresses write them: without an offset they are those of the court's clock.</summary>
internal static class RecordingTimes
{
    private static readonly string[] s_local = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];
    private static readonly string[] s_clock = ["HH:mm", "HH:mm:ss"];

    /// <summary>Reads a moment; <see langword="null"/> when it is none.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTime.TryParseExact(text, s_local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? new DateTimeOffset(local, ShanghaiTime.Offset).ToUniversalTime()
        : DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at.ToUniversalTime()
        : null;

    /// <summary>Reads a time of a day; <see langword="null"/> when it is none.</summary>
    public static DateTimeOffset? On(DateOnly day, string? clock) =>
        TimeOnly.TryParseExact(clock, s_clock, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? ShanghaiTime.StartOf(day).Add(time.ToTimeSpan()) : null;

    /// <summary>Reads a day; <see langword="null"/> when it is none.</summary>
    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2200 ? day : null;

    /// <summary>For an address, UTC.</summary>
    public static string Url(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>For a field of a form, the court's clock.</summary>
    public static string Field(DateTimeOffset at) => Local(at, "yyyy-MM-dd'T'HH:mm:ss");

    /// <summary><c>16:00:01</c>, the court's clock.</summary>
    public static string Clock(DateTimeOffset at) => Local(at, "HH:mm:ss");

    /// <summary><c>2026-11-23 16:00:01</c>, the court's clock.</summary>
    public static string Full(DateTimeOffset at) => Local(at, "yyyy-MM-dd HH:mm:ss");

    private static string Local(DateTimeOffset at, string format) => at.ToOffset(ShanghaiTime.Offset).ToString(format, CultureInfo.InvariantCulture);
}
