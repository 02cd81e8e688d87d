using System.Globalization;
using CommandCenter.Domain.Courts;
using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.DrillDown;

/// <summary>A list of cases with its filter in words. A plain document: its URL is its state, its filter a form that makes one.</summary>
public sealed partial class CasesPage
{
    private PageLook _look;
    private ViewScope _seen = null!;
    private CaseParameters _asked = null!;
    private CasePage _page = null!;
    private QueryFault? _fault;
    private bool _isAnswered;
    private bool _hasCourts;
    private bool _hasOpen;
    private bool _hasClosed;
    private string _title = "";
    private string _nonce = "";
    private IReadOnlyList<string> _notes = [];

    [Inject]
    private CaseList Cases { get; set; } = null!;

    [Inject]
    private GrainHost Grains { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var viewer = Viewer.Of(Http.User)!;
        _seen = ViewScope.Of(viewer, Grains.Courts);
        _look = PageLook.Of(Http.Request);
        _nonce = ContentPolicy.Apply(Http);
        _asked = CaseLinks.Read(Http.Request.Query);
        (var page, _fault) = await Cases.FindAsync(viewer, _asked, Http.RequestAborted);
        _isAnswered = true;
        if (page is null)
        {
            _title = T("cases");
            DeskFault.Answer(Http, _fault!);
            return;
        }

        _page = page;
        _ = Grains.Courts.TryFind(page.Scope, out var court);
        _hasCourts = court!.Scope.Count > 1;
        _hasOpen = page.Items.Count == 0 || page.Items.Any(item => item.ClosedAt is null);
        _hasClosed = page.Items.Any(item => item.ClosedAt is not null);
        var words = new ListWords(_look.Language, Drill.Today(Time));
        _title = string.Join(T("words.join"), [NameOf(court), .. words.Of(_asked, code => NodeName(code))]);
        _notes = [.. Notes()];
    }

    private IEnumerable<string> Notes()
    {
        yield return F("asOf", DeskTime.Moment(Time.GetUtcNow()));
        if (_asked.FiledFrom is not null || _asked.FiledTo is not null)
        {
            yield return T("note.received");
        }

        if (_page.Figure is { } figure && figure != _page.Total)
        {
            yield return F("note.figure", CountText.Of(figure));
        }
    }

    private IEnumerable<(string Value, string Text)> Words(string prefix, params string[] values) => values.Select(value => (value, T($"{prefix}.{value}")));

    private string? SortOf(string sort) => (_asked.Sort ?? "-filedAt") switch
    {
        var value when value == sort => "ascending",
        var value when value == "-" + sort => "descending",
        _ => null,
    };

    private string NextSort(string sort) => SortOf(sort) == "descending" ? sort : "-" + sort;

    private string NameOf(Court court) => DeskNames.Of(court, _look.Language);

    private string NameOf(string mark) => Grains.Courts.TryFind(mark, out var court) ? NameOf(court) : mark;

    private string NodeName(string? code) =>
        code is null ? "" : Grains.Nodes.TryFind(code, out var node) ? _look.IsEnglish ? node.NameEn : node.NameZh : code;

    private string PartiesOf(CaseItem item) => string.Join(T("parties.join"), item.Parties.Select(PartyMask.Of));

    private static string Yuan(long fen) => DeskMoney.Yuan(fen);

    private string Counted(long count) => F(count == 1 ? "count.one" : "count", "").Trim();

    private string T(string key) => DrillTexts.Of(key, _look.Language);

    private string F(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, T(key), values);
}
