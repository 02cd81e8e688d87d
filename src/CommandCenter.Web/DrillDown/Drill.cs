using System.Globalization;
using CommandCenter.Domain;

namespace CommandCenter.Web.DrillDown;

/// <summary>Which figure of a wall has which list behind it. The only place that knows.</summary>
internal static class Drill
{
    /// <summary>A court's name leads to what it has to do.</summary>
    public const string Name = "name";

    /// <summary>All figures that have a list. Those of a court are without a period: it is today.</summary>
    public static IReadOnlyList<string> Figures { get; } =
    [
        .. from figure in new[] { "received", "closed", "pending", "in", "out" } from period in new[] { "today", "month", "year" } select $"{figure}.{period}",
        "received", "closed", "pending", "in", "out", "terminal", "overdue", Name,
    ];

    /// <summary>Whether a list lies behind a figure.</summary>
    public static bool Has(string figure) => Figures.Contains(figure, StringComparer.Ordinal);

    /// <summary>The list behind a figure of a wall; <see langword="null"/> when there is none.</summary>
    /// <param name="figure">Its name on the wall, such as <c>closed.month</c>.</param>
    /// <param name="scope">The court, with its inferior courts; the city's root for the city.</param>
    /// <param name="today">The day in Shanghai.</param>
    public static string? UrlOf(string figure, string scope, DateOnly today)
    {
        var (name, period) = figure.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? (figure[..dot], figure[(dot + 1)..]) : (figure, "today");
        DateOnly? first = period switch
        {
            "today" => today,
            "month" => new DateOnly(today.Year, today.Month, 1),
            "year" => new DateOnly(today.Year, 1, 1),
            _ => null,
        };
        if (first is null)
        {
            return null;
        }

        var court = Uri.EscapeDataString(scope);
        var (from, to) = (Day(first.Value), Day(today.AddDays(1)));
        return name switch
        {
            "received" => $"/cases?scope={court}&kind=main&filedFrom={from}&filedTo={to}&sort=-filedAt",
            "closed" => $"/cases?scope={court}&kind=main&closedFrom={from}&closedTo={to}&sort=-statusAt",
            "pending" or Name => $"/cases?scope={court}&kind=main&status=pending&sort=dueAt", // A change since a day has no list of its own; the stock has.
            "terminal" => $"/cases?scope={court}&kind=main&terminal=true&sort=-statusAt",
            "overdue" => $"/cases?scope={court}&kind=main&overdue=true&sort=dueAt",
            "in" or "out" => $"/funds?scope={court}&direction={name}&from={from}&to={to}",
            _ => null,
        };
    }

    /// <summary>The day in Shanghai.</summary>
    public static DateOnly Today(TimeProvider time) => ShanghaiTime.DayOf(time.GetUtcNow());

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
