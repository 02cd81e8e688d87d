using CommandCenter.Web.Reading;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Components;
using MovementsPage = CommandCenter.Web.Reading.FundsPage;

namespace CommandCenter.Web.DrillDown;

/// <summary>The payments that a sum of money is made of.</summary>
public sealed partial class FundsPage
{
    private FundsParameters _asked = null!;
    private MovementsPage _page = null!;
    private string _title = "";
    private MarkView? _mark;

    [Inject]
    private FundsList Funds { get; set; } = null!;

    [Inject]
    private ListMarks Marks { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    // The figure counts otherwise than the list, and the mark is the figure's.
    private bool IsApart => _page.FigureFen is { } figure && figure != _page.SumFen;

    private string Note => F("note.funds", IsApart ? F("note.funds.differs", DeskMoney.Yuan(_page.FigureFen!.Value)) : T("note.funds.equal"));

    private protected override async Task<QueryFault?> AskAsync(CancellationToken cancellationToken)
    {
        _asked = CaseLinks.ReadFunds(Http.Request.Query);
        var (page, fault) = await Funds.FindAsync(Viewer, _asked, cancellationToken);
        if (page is null)
        {
            _title = T("payments");
            return fault;
        }

        _page = page;
        _mark = page.FigureFen is not null && Grains.Courts.TryFind(page.Scope, out var court)
            ? Marks.Of(page.Direction, new TimeRange(page.From, page.To), court, Look.Language)
            : null;
        _title = NameOf(page.Scope) + T("words.join") + new ListWords(Look.Language, Drill.Today(Time)).Of(page.Direction, page.From, page.To);
        return null;
    }

    // A day has a picker of the browser's own; a moment of a day has none that everybody knows.
    private static string TypeOf(string? value) => value is null || value.Length == 10 ? "date" : "text";
}
