using System.Globalization;
using CommandCenter.Domain.Courts;
using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Reading;
using Microsoft.AspNetCore.Components;
using MovementsPage = CommandCenter.Web.Reading.FundsPage;

namespace CommandCenter.Web.DrillDown;

/// <summary>The payments that a sum of money is made of.</summary>
public sealed partial class FundsPage
{
    private PageLook _look;
    private ViewScope _seen = null!;
    private FundsParameters _asked = null!;
    private MovementsPage _page = null!;
    private QueryFault? _fault;
    private bool _isAnswered;
    private string _title = "";
    private string _nonce = "";

    [Inject]
    private FundsList Funds { get; set; } = null!;

    [Inject]
    private GrainHost Grains { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private string Note => F("note.funds", _page.FigureFen is { } figure && figure != _page.SumFen
        ? F("note.funds.differs", DeskMoney.Yuan(figure))
        : T("note.funds.equal"));

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var viewer = Viewer.Of(Http.User)!;
        _seen = ViewScope.Of(viewer, Grains.Courts);
        _look = PageLook.Of(Http.Request);
        _nonce = ContentPolicy.Apply(Http);
        _asked = CaseLinks.ReadFunds(Http.Request.Query);
        (var page, _fault) = await Funds.FindAsync(viewer, _asked, Http.RequestAborted);
        _isAnswered = true;
        if (page is null)
        {
            _title = T("payments");
            DeskFault.Answer(Http, _fault!);
            return;
        }

        _page = page;
        _ = Grains.Courts.TryFind(page.Scope, out var court);
        _title = NameOf(court!) + T("words.join") + new ListWords(_look.Language, Drill.Today(Time)).Of(page.Direction, page.From, page.To);
    }

    // A day has a picker of the browser's own; a moment of a day has none that everybody knows.
    private static string TypeOf(string? value) => value is null || value.Length == 10 ? "date" : "text";

    private string NameOf(Court court) => DeskNames.Of(court, _look.Language);

    private string T(string key) => DrillTexts.Of(key, _look.Language);

    private string F(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, T(key), values);
}
