using System.Globalization;
using System.Text;
using CommandCenter.Domain;
using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Reading;

/// <summary>Times in URLs: a moment of RFC 3339, or a day, which is its first moment in Shanghai. Ranges are half-open.</summary>
internal static class QueryTime
{
    private const int YearMin = 1992;
    private const int YearMax = 9990;

    /// <summary>What a range must be, for people.</summary>
    public const string Wanted = "a day such as 2017-09-01 or a time such as 2017-09-01T00:00:00+08:00, from not after to; to is not included";

    public static bool TryParse(string text, out DateTimeOffset at)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= YearMin and <= YearMax)
        {
            at = ShanghaiTime.StartOf(day);
            return true;
        }

        return Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out at) && at.Year is >= YearMin and <= YearMax;
    }

    /// <summary>Reads both ends of a range, either of which may be left open.</summary>
    /// <returns>Whether it is a range or, with both ends left open, none.</returns>
    public static bool TryParse(string? from, string? to, out TimeRange? range)
    {
        range = null;
        var (since, until) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        if ((from is not null && !TryParse(from, out since)) || (to is not null && !TryParse(to, out until)) || since > until)
        {
            return false;
        }

        range = from is null && to is null ? null : new TimeRange(since, until);
        return true;
    }
}
