using System.Globalization;
using CommandCenter.Web.Components;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace CommandCenter.Web.Search;

/// <summary>The page of search. A plain document whose URL is its state; a small script asks again while somebody types.</summary>
public sealed partial class FindPage
{
    private SearchParameters _asked = null!;
    private SearchPage? _page;
    private string? _typed;
    private bool _isElsewhere;

    [Inject]
    private CaseSearch Search { get; set; } = null!;

    [Inject]
    private QuestionSeal Seal { get; set; } = null!;

    private protected override async Task<QueryFault?> AskAsync(CancellationToken cancellationToken)
    {
        _asked = Read(Http.Request.Query);
        if (_asked.Query is { } typed)
        {
            // A link from elsewhere, or a bookmark from before: the text does not stay in the URL.
            _isElsewhere = true;
            Http.Response.Redirect(UrlOf(_asked with { Query = null, Ask = Seal.Seal(typed) }, Look));
            return null;
        }

        var (open, fault) = Seal.Open(_asked);
        _typed = open?.Query;
        if (open is null || string.IsNullOrWhiteSpace(_typed))
        {
            return fault;
        }

        (_page, fault) = await Search.FindAsync(Viewer, open, cancellationToken);
        return fault;
    }

    /// <summary>This page with a question.</summary>
    internal static string UrlOf(SearchParameters asked, PageLook look) => look.Url(QueryHelpers.AddQueryString(
        "/search",
        new[] { ("q", asked.Query), ("ask", asked.Ask), ("scope", asked.Scope), ("size", asked.Size), ("page", asked.Page) }
            .Where(static parameter => parameter.Item2 is not null).Select(static parameter => KeyValuePair.Create(parameter.Item1, parameter.Item2))));

    private static SearchParameters Read(IQueryCollection query) => new()
    {
        Query = Value(query, "q"),
        Ask = Value(query, "ask"),
        Scope = Value(query, "scope"),
        Size = Value(query, "size"),
        Page = Value(query, "page"),
    };

    private static string? Value(IQueryCollection query, string name) => query[name].FirstOrDefault() is { Length: > 0 } value ? value : null;

    private string Status => _page is null
        ? Fault is null ? S("lead") : ""
        : _page.Total == 0 ? S("none")
        : Counted(!_page.IsTotalExact ? "found.about" : _page.Total == 1 ? "found.one" : "found", CountText.Of(_page.Total));

    private string FaultWords => SearchTexts.Keys.Contains("fault." + Fault!.Code, StringComparer.Ordinal)
        ? S("fault." + Fault.Code)
        : DrillTexts.Find("fault." + Fault.Code, Look.Language) ?? Fault.Detail;

    private string PartiesOf(SearchItem item) => string.Join(T("parties.join"), item.Parties);

    private string S(string key) => SearchTexts.Of(key, Look.Language);

    private string Counted(string key, string count) => string.Format(CultureInfo.InvariantCulture, S(key), count);
}
