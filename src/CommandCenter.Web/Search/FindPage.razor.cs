using System.Globalization;
using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace CommandCenter.Web.Search;

/// <summary>The page of search. A plain document whose URL is its state; a small script asks again while somebody types.</summary>
public sealed partial class FindPage
{
    private PageLook _look;
    private ViewScope _seen = null!;
    private SearchParameters _asked = null!;
    private SearchPage? _page;
    private QueryFault? _fault;
    private bool _isAnswered;
    private string _nonce = "";

    [Inject]
    private CaseSearch Search { get; set; } = null!;

    [Inject]
    private GrainHost Grains { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var viewer = Viewer.Of(Http.User)!;
        _seen = ViewScope.Of(viewer, Grains.Courts);
        _look = PageLook.Of(Http.Request);
        _nonce = ContentPolicy.Apply(Http);
        _asked = Read(Http.Request.Query);
        if (!string.IsNullOrWhiteSpace(_asked.Query))
        {
            (_page, _fault) = await Search.FindAsync(viewer, _asked, Http.RequestAborted);
        }

        _isAnswered = true;
        if (_fault is not null)
        {
            DeskFault.Answer(Http, _fault);
        }
    }

    /// <summary>This page with a question.</summary>
    internal static string UrlOf(SearchParameters asked, PageLook look) => look.Url(QueryHelpers.AddQueryString(
        "/search",
        new[] { ("q", asked.Query), ("scope", asked.Scope), ("size", asked.Size), ("page", asked.Page) }
            .Where(static parameter => parameter.Item2 is not null).Select(static parameter => KeyValuePair.Create(parameter.Item1, parameter.Item2))));

    private static SearchParameters Read(IQueryCollection query) => new()
    {
        Query = Value(query, "q"),
        Scope = Value(query, "scope"),
        Size = Value(query, "size"),
        Page = Value(query, "page"),
    };

    private static string? Value(IQueryCollection query, string name) => query[name].FirstOrDefault() is { Length: > 0 } value ? value : null;

    private string Title => _asked.Query is null ? T("title") : _asked.Query + D("words.join") + T("title");

    private string Status => _page is null
        ? _fault is null ? T("lead") : ""
        : _page.Total == 0 ? T("none")
        : F(!_page.IsTotalExact ? "found.about" : _page.Total == 1 ? "found.one" : "found", CountText.Of(_page.Total));

    private string FaultWords => SearchTexts.Keys.Contains("fault." + _fault!.Code, StringComparer.Ordinal)
        ? T("fault." + _fault.Code)
        : DrillTexts.Find("fault." + _fault.Code, _look.Language) ?? _fault.Detail;

    private string NameOf(string mark) => Grains.Courts.TryFind(mark, out var court) ? DeskNames.Of(court, _look.Language) : mark;

    private string PartiesOf(SearchItem item) => string.Join(D("parties.join"), item.Parties);

    private string T(string key) => SearchTexts.Of(key, _look.Language);

    private string D(string key) => DrillTexts.Of(key, _look.Language);

    private string F(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, T(key), values);
}
