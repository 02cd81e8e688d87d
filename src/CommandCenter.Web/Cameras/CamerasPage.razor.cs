using System.Text.Json;
using CommandCenter.Domain.Courts;
using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Cameras;

/// <summary>外勤画面: the officers of the courts in scope, live, at a desk or on a tablet. A plain document and scripts; it opens no circuit.</summary>
public sealed partial class CamerasPage
{
    private PageLook _look;
    private IReadOnlyList<Court> _courts = [];
    private QueryFault? _fault;
    private string _nonce = "";
    private string _texts = "";
    private string _importMap = "";
    private bool _mayLookBack;

    /// <summary>Mark of the court whose officers are shown; all in scope without one.</summary>
    [SupplyParameterFromQuery(Name = "court")]
    public string? Court { get; set; }

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [Inject]
    private GrainHost Grains { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _look = PageLook.Of(Http.Request);
        _nonce = ContentPolicy.Apply(Http);
        var viewer = Viewer.Of(Http.User)!;
        _mayLookBack = viewer.Has(Right.Recordings);
        var scope = ViewScope.Of(viewer, Grains.Courts);
        _courts = [.. scope.Courts];
        if (!string.IsNullOrEmpty(Court) && scope.Find(Court) is { Fault: { } fault })
        {
            _fault = fault;
            DeskFault.Answer(Http, fault);
        }

        _importMap = JsonSerializer.Serialize(new { imports = Files.Modules.Where(static module => IsOurs(module.Key)).ToDictionary(StringComparer.Ordinal) });
        _texts = CameraTexts.OfScript(_look.Language);
    }

    // Only what this page runs: the wall's modules are many.
    private static bool IsOurs(string module) => module.StartsWith("tiles/", StringComparison.Ordinal) || module == "wall-state";

    private string UrlOf(PageLook look) => look.Url(string.IsNullOrEmpty(Court) ? "/cameras" : "/cameras?court=" + Uri.EscapeDataString(Court));

    private string T(string key) => CameraTexts.Of(key, _look.Language);
}
