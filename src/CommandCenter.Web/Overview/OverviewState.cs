using CommandCenter.Web.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace CommandCenter.Web.Overview;

/// <summary>All that a page of the overview shows, as its URL says it. What a URL says wrongly is what it is without it: a slip of the pen still shows a page.</summary>
/// <param name="Mark">The court, with <c>.own</c> behind it when it is meant alone; <see langword="null"/> for the widest that the viewer sees.</param>
/// <param name="Handler">Of whom.</param>
/// <param name="Period">Of which time the table counts: <c>today</c>, <c>month</c> or <c>year</c>.</param>
/// <param name="Sort">By which column, <c>-</c> before it for downwards; <see langword="null"/> for the order of trouble.</param>
/// <param name="Span">How much time the charts show.</param>
/// <param name="Year">Of which year the flow shows those that went on; <see langword="null"/> for this one.</param>
internal sealed record OverviewState(string? Mark, string? Handler, string Period, string? Sort, ChartSpan Span, int? Year)
{
    /// <summary>The order by name.</summary>
    public const string ByName = "name";

    /// <summary>The times of which figures are.</summary>
    public static readonly IReadOnlyList<string> Periods = ["today", "month", "year"];

    /// <summary>The columns of courts.</summary>
    public static readonly IReadOnlyList<string> CourtColumns = ["overdue", "pending", "received", "closed", "in", "out", "lapsing", "terminal"];

    /// <summary>The columns of handlers.</summary>
    public static readonly IReadOnlyList<string> HandlerColumns = ["overdue", "pending", "suspended", "received", "closed", "held", "terminal"];

    /// <summary>Reads a URL.</summary>
    public static OverviewState Read(string? mark, string? handler, IQueryCollection query)
    {
        var period = query["period"].ToString();
        var sort = query["sort"].ToString();
        var column = sort.StartsWith('-') ? sort[1..] : sort;
        var year = query["year"].ToString();
        return new OverviewState(
            mark, handler, Periods.Contains(period) ? period : Periods[0],
            column == ByName || CourtColumns.Contains(column) || HandlerColumns.Contains(column) ? sort : null,
            ChartSpan.Of(query["span"]),
            FlowReading.IsYear(year) ? int.Parse(year, System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The page in a look.</summary>
    public string Url(PageLook look) => look.Url(QueryHelpers.AddQueryString(Path, Query()));

    /// <summary>Where the page asks for its figures again.</summary>
    public string LiveUrl(PageLook look)
    {
        var query = Query();
        if (Handler is not null)
        {
            query.Add("handler", Handler);
        }

        return look.Url(QueryHelpers.AddQueryString($"/overview/{Uri.EscapeDataString(Mark!)}/live", query));
    }

    /// <summary>The page of a scope, with the same choices of time.</summary>
    public OverviewState To(OverviewScope scope) => this with { Mark = scope.Mark, Handler = scope.Handler, Sort = null };

    private string Path => Mark is null ? "/overview"
        : Handler is null ? $"/overview/{Uri.EscapeDataString(Mark)}"
        : $"/overview/{Uri.EscapeDataString(Mark)}/handlers/{Uri.EscapeDataString(Handler).Replace("%2F", "/", StringComparison.Ordinal)}";

    private Dictionary<string, string?> Query()
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal);
        Add("period", Period == Periods[0] ? null : Period);
        Add("sort", Sort);
        Add("span", Span == ChartSpan.Default ? null : Span.Name);
        Add("year", Year?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return query;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }
    }
}
