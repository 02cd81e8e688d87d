using System.Globalization;
using System.Text;
using System.Text.Json;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Wall.Directing;
using CommandCenter.Web.Wall.Panels;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Wall;

/// <summary>The wall, rendered once by the server with real figures; <c>wall.js</c> keeps it moving without a circuit.</summary>
/// <remarks>No render mode on purpose. A circuit does not survive a server restart; a plain page with a small script does.</remarks>
public sealed partial class WallPage
{
    private WallDefinition? _wall;
    private WallView _view = null!;
    private WallLanguage _language;
    private DateTimeOffset _now;
    private IReadOnlyList<SceneDefinition> _scenes = [];
    private IReadOnlyList<PanelKind> _kinds = [];
    private SceneDefinition _shown = null!;
    private bool _isDirected;
    private string? _message;
    private string _title = "";
    private string? _problem;
    private string _layout = "";
    private int _head;
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

    /// <summary>Which of the wall's outputs this is, from 1; without it, or 0: the whole canvas.</summary>
    [SupplyParameterFromQuery]
    public int? Head { get; set; }

    /// <summary>Shows this scene and no other, whatever is on air.</summary>
    [SupplyParameterFromQuery]
    public string? Scene { get; set; }

    [Inject]
    private WallFeed Feed { get; set; } = null!;

    [Inject]
    private WallCatalog Catalog { get; set; } = null!;

    [Inject]
    private WallDirector Director { get; set; } = null!;

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
            Refuse(T("wall.unknown"), StatusCodes.Status404NotFound);
            return;
        }

        if (Head < 0 || Head > _wall.Heads.Count)
        {
            // The whole wall on one of its outputs would look as if it were meant.
            Refuse(string.Format(CultureInfo.InvariantCulture, T("wall.headUnknown"), _wall.Heads.Count), StatusCodes.Status404NotFound);
            return;
        }

        _now = Time.GetUtcNow();
        var latest = Feed.Latest;
        _view = latest.Sample.ViewIn(_language);
        _head = Head ?? 0;
        var slice = _head > 0 ? _wall.Heads[_head - 1] : null;
        _scenes = _wall.Scenes.Where(scene => scene.Id == Scene).ToList() is { Count: > 0 } fixedScene ? fixedScene : _wall.Scenes;
        if (slice is not null)
        {
            // What stands on another output need not be drawn here: it would only make this one late.
            _scenes = [.. _scenes.Select(scene => scene with { Panels = [.. scene.Panels.Where(panel => slice.Meets(panel.Place))] })];
        }

        _isDirected = _scenes.Count == _wall.Scenes.Count;
        Show(At is null && Director.TryRead(WallId, out var directed) ? new ShownScene(directed.State.Shown, directed.State.Emergency?.Message?.In(_language)) : null);
        _kinds = [.. _scenes.SelectMany(static scene => scene.Panels).Select(static panel => PanelKinds.Find(panel.Kind)!).Distinct()];
        _title = $"{_wall.Title.In(_language)} · {T("product")}";
        _nonce = ContentPolicy.Apply(Http);
        _layout = WallStyle.Of(_scenes, slice);
        _firstFrame = Encoding.UTF8.GetString(latest.FrameOf(_wall, _language, []).Utf8Json.Span);

        // The default encoder escapes < and &, so no block can end its script element early.
        _scriptTexts = JsonSerializer.Serialize(ScriptTexts());
        _importMap = JsonSerializer.Serialize(new { imports = Files.Modules });
    }

    private void Show(ShownScene? shown)
    {
        _shown = _scenes.FirstOrDefault(scene => _isDirected && scene.Id == shown?.Scene) ?? _scenes[0];
        _message = shown?.Message;
    }

    private void Refuse(string problem, int status)
    {
        _wall = null;
        _title = _problem = problem;

        // Set any earlier, a 404 makes the framework drop the body and look for a page of its own.
        Http.Response.OnStarting(() =>
        {
            Http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
    }

    private static string? OptionsOf(PanelDefinition panel) => panel.Options.Count == 0 ? null : JsonSerializer.Serialize(panel.Options);

    private static string Short(string state) => state switch
    {
        ProofMark.Holds => "holds",
        _ => state,
    };

    private SortedDictionary<string, string> ScriptTexts()
    {
        var texts = WallTexts.ForScript(_language);
        foreach (var key in new[] { "indicators.noSource", "indicators.noCases", "indicators.met", "indicators.below", "bar.recent.none", "compared.none" })
        {
            texts[key] = T(key);
        }

        return texts;
    }

    private string T(string key) => WallTexts.Of(key, _language);
}
