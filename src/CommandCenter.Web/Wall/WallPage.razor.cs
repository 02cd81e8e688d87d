using System.Globalization;
using System.Text;
using System.Text.Json;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Wall;

/// <summary>The wall, rendered once by the server with real figures; <c>wall.js</c> keeps it moving without a circuit.</summary>
/// <remarks>No render mode on purpose. A circuit does not survive a server restart; a plain page with a small script does.</remarks>
public sealed partial class WallPage
{
    private static readonly string[] s_rows = ["received", "closed", "pending", "in", "out"];
    private static readonly string[] s_periods = ["today", "month", "year"];

    private WallDefinition? _wall;
    private WallView _view = null!;
    private WallLanguage _language;
    private DateTimeOffset _now;
    private IReadOnlyList<CourtView[]> _halves = [];
    private string _title = "";
    private string _chartUnit = "";
    private string _homeUrl = "";
    private string _nonce = "";
    private string _scriptTexts = "";
    private string _importMap = "";
    private string _firstFrame = "";

    /// <summary>Name of a file under <c>wallboard-config/walls</c>.</summary>
    [Parameter]
    public string WallId { get; set; } = "";

    /// <summary><c>en</c> for English; anything else is Chinese.</summary>
    [SupplyParameterFromQuery]
    public string? Lang { get; set; }

    [Inject]
    private IFigureSource Source { get; set; } = null!;

    [Inject]
    private WallCatalog Catalog { get; set; } = null!;

    [Inject]
    private WallInstance Instance { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _language = WallTexts.Parse(Lang);
        _homeUrl = _language == WallLanguage.En ? "/?lang=en" : "/";
        _wall = Catalog.Find(WallId);
        if (_wall is null)
        {
            // Set any earlier, a 404 makes the framework drop the body and look for a page of its own.
            Http.Response.OnStarting(() =>
            {
                Http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
            _title = T("wall.unknown");
            return;
        }

        _now = Time.GetUtcNow();
        _view = WallPresenter.Present(Source.Read(), _language);
        _halves = [.. _view.Courts.Chunk(Math.Max(1, (_view.Courts.Count + 1) / 2))];
        _chartUnit = string.Format(CultureInfo.InvariantCulture, T("js.chart.unit"), T("js.unit.wan"));
        _title = $"{_wall.Title.In(_language)} · {T("product")}";
        _nonce = ContentPolicy.Apply(Http);

        _firstFrame = Encoding.UTF8.GetString(WallFrameWriter.Write(_view, _now, Instance.Id, wholeFunds: true).Utf8Json.Span);

        // The default encoder escapes < and &, so no block can end its script element early.
        _scriptTexts = JsonSerializer.Serialize(ScriptTexts());
        _importMap = JsonSerializer.Serialize(new
        {
            imports = new Dictionary<string, string>
            {
                ["wall-state"] = Files.UrlOf("/js/wall-state.js"),
                ["wall-chart"] = Files.UrlOf("/js/wall-chart.js"),
            },
        });
    }

    private static string Short(string state) => state switch
    {
        ProofMark.Holds => "holds",
        _ => state,
    };

    private SortedDictionary<string, string> ScriptTexts()
    {
        var texts = WallTexts.ForScript(_language);
        foreach (var key in new[] { "indicators.noSource", "indicators.met", "indicators.below", "bar.recent.none" })
        {
            texts[key] = T(key);
        }

        return texts;
    }

    private string T(string key) => WallTexts.Of(key, _language);

    private string UnitOf(string row, string period) => (row, period) switch
    {
        ("pending", "month" or "year") => T("figures.since." + period),
        _ => T("figures.cases"),
    };
}
