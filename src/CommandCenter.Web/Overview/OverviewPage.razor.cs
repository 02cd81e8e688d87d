using System.Globalization;
using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Overview;

/// <summary>
/// City, area, court and handler, each with the figures of the wall for its scope, charts and the flow of its cases. A plain document whose
/// URL is its state; a small script asks for the figures again.
/// </summary>
public sealed partial class OverviewPage
{
    private PageLook _look;
    private OverviewState _state = null!;
    private OverviewModel? _model;
    private QueryFault? _fault;
    private bool _isAnswered;
    private string _nonce = "";
    private IReadOnlyList<OverviewScope> _path = [];

    /// <summary>The court, with <c>.own</c> behind it when it is meant alone; <see langword="null"/> for the widest that the viewer sees.</summary>
    [Parameter]
    public string? Mark { get; set; }

    /// <summary>Of whom.</summary>
    [Parameter]
    public string? Handler { get; set; }

    [Inject]
    private OverviewReading Reading { get; set; } = null!;

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
        _look = PageLook.Of(Http.Request);
        _nonce = ContentPolicy.Apply(Http);
        _state = OverviewState.Read(Mark, Handler, Http.Request.Query);
        (var scope, _fault) = OverviewScope.Find(viewer, Grains.Courts, Mark, Handler);
        if (scope is not null && scope.Handler != Handler)
        {
            Http.Response.Redirect(_state.To(scope).Url(_look)); // A handler has no other page than his own.
            return;
        }

        if (scope is not null)
        {
            _state = _state with { Mark = scope.Mark };
            (_model, _fault) = await Reading.ReadAsync(viewer, scope, _state, _look, Http.RequestAborted);
            var seen = ViewScope.Of(viewer, Grains.Courts);
            _path = seen.Handler is null ? [.. ScopeNames.PathTo(scope, Grains.Courts, seen.Has)] : [];
        }

        _isAnswered = true;
        if (_fault is not null)
        {
            DeskFault.Answer(Http, _fault);
        }
    }

    private string Title => _model is null ? T("title") : ScopeNames.Of(_model.Scope, _look.Language) + D("words.join") + T("title");

    private string FaultWords => OverviewTexts.Find("fault." + _fault!.Code, _look.Language)
        ?? DrillTexts.Find("fault." + _fault.Code, _look.Language)
        ?? (_fault.Status == StatusCodes.Status503ServiceUnavailable ? T("fault.stopped") : _fault.Detail);

    private string T(string key) => OverviewTexts.Of(key, _look.Language);

    private string D(string key) => DrillTexts.Of(key, _look.Language);

    private string F(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, T(key), values);
}
