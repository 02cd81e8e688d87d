using System.Globalization;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.DrillDown;

/// <summary>A filter in words, as the wall calls the figure that it stands behind.</summary>
internal sealed class ListWords(WallLanguage language, DateOnly today)
{
    /// <summary>The parts of the words of a list of cases, the court apart.</summary>
    public IEnumerable<string> Of(CaseParameters asked, Func<string, string> nodeName)
    {
        var any = false;
        foreach (var part in Parts(asked, nodeName))
        {
            any = true;
            yield return part;
        }

        if (!any)
        {
            yield return T("words.all");
        }
    }

    /// <summary>The words of a list of payments.</summary>
    public string Of(string direction, DateTimeOffset from, DateTimeOffset to) => Period("words." + direction, DeskTime.Text(from), DeskTime.Text(to));

    private IEnumerable<string> Parts(CaseParameters asked, Func<string, string> nodeName)
    {
        if (asked.Kind is { } kind and not "main")
        {
            yield return T("kind." + kind);
        }

        if (asked.FiledFrom is not null || asked.FiledTo is not null)
        {
            yield return Period("words.received", asked.FiledFrom, asked.FiledTo);
        }

        if (asked.ClosedFrom is not null || asked.ClosedTo is not null)
        {
            yield return Period("words.closed", asked.ClosedFrom, asked.ClosedTo);
        }

        if (asked.Terminal is not null)
        {
            yield return T("words.terminal");
        }

        if (asked.Overdue is not null || asked.Status is "overdue")
        {
            yield return T("words.overdue");
        }

        if (asked.Status is { } status and not "overdue")
        {
            yield return T(status == "pending" ? "words.pending" : "status." + status.ToLowerInvariant());
        }

        foreach (var (key, value) in new[]
        {
            ("words.way", asked.Way is null ? null : T("way." + asked.Way)),
            ("words.node", asked.Node is null ? null : nodeName(asked.Node)),
            ("words.handler", asked.Handler),
            ("words.cause", asked.Cause),
            ("words.q", asked.Query),
        })
        {
            if (value is not null)
            {
                yield return F(key, value);
            }
        }
    }

    // The periods that the wall names have its names.
    private string Period(string key, string? from, string? to)
    {
        var what = T(key);
        var tomorrow = Day(today.AddDays(1));
        return (from, to) switch
        {
            _ when to == tomorrow && from == Day(today) => F("words.today", what),
            _ when to == tomorrow && from == Day(new DateOnly(today.Year, today.Month, 1)) => F("words.month", what),
            _ when to == tomorrow && from == Day(new DateOnly(today.Year, 1, 1)) => F("words.year", what),
            ({ } since, { } until) => F("words.between", what, since, until),
            ({ } since, null) => F("words.since", what, since),
            _ => F("words.before", what, to!),
        };
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string T(string key) => DrillTexts.Of(key, language);

    private string F(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, T(key), values);
}
