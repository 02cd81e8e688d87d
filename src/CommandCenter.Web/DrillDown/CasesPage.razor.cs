using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.DrillDown;

/// <summary>A list of cases with its filter in words. A plain document: its URL is its state, its filter a form that makes one.</summary>
public sealed partial class CasesPage
{
    private CaseParameters _asked = null!;
    private CasePage _page = null!;
    private bool _hasCourts;
    private bool _hasOpen;
    private bool _hasClosed;
    private string _title = "";
    private string _words = "";
    private string? _typed;
    private bool _isElsewhere;
    private bool _isApart; // The figure counts otherwise than the list, and the mark is the figure's.
    private MarkView? _mark;
    private IReadOnlyList<string> _notes = [];

    [Inject]
    private CaseList Cases { get; set; } = null!;

    [Inject]
    private ListMarks Marks { get; set; } = null!;

    [Inject]
    private QuestionSeal Seal { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private protected override async Task<QueryFault?> AskAsync(CancellationToken cancellationToken)
    {
        _asked = CaseLinks.Read(Http.Request.Query);
        _title = _words = T("cases");
        if (_asked.Query is { } typed)
        {
            // A link from elsewhere, or a bookmark from before: the text does not stay in the URL.
            _isElsewhere = true;
            Http.Response.Redirect(CaseLinks.Url(_asked with { Query = null, Ask = Seal.Seal(typed) }, Look));
            return null;
        }

        var (open, fault) = Seal.Open(_asked);
        if (open is null)
        {
            return fault;
        }

        _typed = open.Query;
        (var page, fault) = await Cases.FindAsync(Viewer, open, cancellationToken);
        if (page is null)
        {
            return fault;
        }

        _page = page;
        _ = Grains.Courts.TryFind(page.Scope, out var court);
        _isApart = page.Figure is { } figure && figure != page.Total;
        _mark = page.Behind is { } behind ? Marks.Of(behind, court!, Look.Language) : null;
        _hasCourts = court!.Scope.Count > 1;
        _hasOpen = page.Items.Count == 0 || page.Items.Any(item => item.ClosedAt is null);
        _hasClosed = page.Items.Any(item => item.ClosedAt is not null);
        var words = new ListWords(Look.Language, Drill.Today(Time));
        _title = string.Join(T("words.join"), [NameOf(court), .. words.Of(_asked, code => NodeName(code))]); // Browsers keep titles: no text that was typed.
        _words = string.Join(T("words.join"), [NameOf(court), .. words.Of(open, code => NodeName(code))]);
        _notes = [.. Notes()];
        return null;
    }

    private IEnumerable<string> Notes()
    {
        yield return F("asOf", DeskTime.Moment(Time.GetUtcNow()));
        if (_asked.FiledFrom is not null || _asked.FiledTo is not null)
        {
            yield return T("note.received");
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

    private string PartiesOf(CaseItem item) => string.Join(T("parties.join"), item.Parties);

    private static string Yuan(long fen) => DeskMoney.Yuan(fen);

    private string Counted(long count) => F(count == 1 ? "count.one" : "count", "").Trim();
}
