using CommandCenter.Web.Components;
using CommandCenter.Web.Reading;
using Microsoft.AspNetCore.WebUtilities;

namespace CommandCenter.Web.DrillDown;

/// <summary>The URLs of lists and cases: a URL holds all that a page shows.</summary>
internal static class CaseLinks
{
    /// <summary>Reads the parameters of the page's URL. What a form leaves empty is left out.</summary>
    public static CaseParameters Read(IQueryCollection query) => new()
    {
        Scope = Value(query, "scope"),
        Status = Value(query, "status"),
        Kind = Value(query, "kind"),
        FiledFrom = Value(query, "filedFrom"),
        FiledTo = Value(query, "filedTo"),
        ClosedFrom = Value(query, "closedFrom"),
        ClosedTo = Value(query, "closedTo"),
        Overdue = Value(query, "overdue"),
        Terminal = Value(query, "terminal"),
        Way = Value(query, "way"),
        Node = Value(query, "node"),
        Handler = Value(query, "handler"),
        Cause = Value(query, "cause"),
        Query = Value(query, "q"),
        Ask = Value(query, "ask"),
        Sort = Value(query, "sort"),
        Page = Value(query, "page"),
        Size = Value(query, "size"),
    };

    /// <summary>Reads the parameters of a list of payments.</summary>
    public static FundsParameters ReadFunds(IQueryCollection query) => new()
    {
        Scope = Value(query, "scope"),
        From = Value(query, "from"),
        To = Value(query, "to"),
        Direction = Value(query, "direction"),
        Page = Value(query, "page"),
        Size = Value(query, "size"),
    };

    public static string Url(CaseParameters asked, PageLook look) => look.Url(With("/cases", [.. Filter(asked), ("sort", asked.Sort), ("page", asked.Page), ("size", asked.Size)]));

    public static string Url(FundsParameters asked, PageLook look) => look.Url(With("/funds", [.. Filter(asked), ("page", asked.Page), ("size", asked.Size)]));

    /// <summary>The file of a list, but for its format.</summary>
    public static string ExportUrl(CaseParameters asked, PageLook look) =>
        With("/api/v1/cases/export", [.. Filter(asked), ("sort", asked.Sort), ("lang", look.IsEnglish ? "en" : "zh")]);

    /// <summary>The file of a list of payments, but for its format.</summary>
    public static string ExportUrl(FundsParameters asked, PageLook look) => With("/api/v1/funds/export", [.. Filter(asked), ("lang", look.IsEnglish ? "en" : "zh")]);

    public static string CaseUrl(string number, PageLook look) => look.Url("/cases/" + Uri.EscapeDataString(number));

    private static (string Name, string? Value)[] Filter(CaseParameters asked) =>
    [
        ("scope", asked.Scope), ("kind", asked.Kind), ("status", asked.Status), ("filedFrom", asked.FiledFrom), ("filedTo", asked.FiledTo),
        ("closedFrom", asked.ClosedFrom), ("closedTo", asked.ClosedTo), ("overdue", asked.Overdue), ("terminal", asked.Terminal), ("way", asked.Way),
        ("node", asked.Node), ("handler", asked.Handler), ("cause", asked.Cause), ("q", asked.Query), ("ask", asked.Ask),
    ];

    private static (string Name, string? Value)[] Filter(FundsParameters asked) =>
        [("scope", asked.Scope), ("direction", asked.Direction), ("from", asked.From), ("to", asked.To)];

    private static string With(string path, params (string Name, string? Value)[] parameters) =>
        QueryHelpers.AddQueryString(path, parameters.Where(parameter => parameter.Value is not null).Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)));

    private static string? Value(IQueryCollection query, string name) => query[name].FirstOrDefault() is { Length: > 0 } value ? value : null;
}
