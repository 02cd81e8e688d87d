using System.Globalization;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Trail;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace CommandCenter.Web.Wall.Directing;

/// <summary>What a director works with, on a desk or a tablet. It follows the wall live, whoever changes it.</summary>
public sealed partial class DirectorPage : IAsyncDisposable
{
    private const int ChangesShown = 8;

    private readonly CancellationTokenSource _closing = new();
    private Task? _following;
    private IJSObjectReference? _script;
    private WallDefinition? _wall;
    private DirectedState? _directed;
    private WallLanguage _language;
    private string _theme = "";
    private string _query = "";
    private string _title = "";
    private string _by = "";
    private string? _refused;
    private PinKind _pinKind;
    private string _pinText = "";
    private string _zh = "";
    private string _en = "";
    private string _emergencyScene = "";
    private Prepared? _prepared;

    /// <summary>Name of a file under <c>wallboard-config/walls</c>.</summary>
    [Parameter]
    public string WallId { get; set; } = "";

    /// <summary><c>en</c> for English; anything else is Chinese.</summary>
    [SupplyParameterFromQuery]
    public string? Lang { get; set; }

    /// <summary><c>light</c> or <c>dark</c>; anything else is what the device prefers.</summary>
    [SupplyParameterFromQuery]
    public string? Theme { get; set; }

    [Inject]
    private WallCatalog Catalog { get; set; } = null!;

    [Inject]
    private WallDirector Director { get; set; } = null!;

    [Inject]
    private DirectorDesk Desk { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private AuditTrail Trail { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private DirectorState State => _directed!.State;

    private IEnumerable<string> Faults => _directed!.Fault is { } fault ? [fault, .. Desk.FaultsOf(WallId)] : Desk.FaultsOf(WallId);

    private string NextText => _directed!.Next is { } next
        ? F("next.in", next.Scene.Title.In(_language), TimeText.Age(next.At - Time.GetUtcNow(), _language))
        : T(State.Emergency is not null ? "next.preempted" : State.IsHeld ? "next.held" : "next.stays");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_following is not null)
        {
            await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_script is not null)
        {
            try
            {
                await _script.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser is gone, and its script with it.
            }
        }

        _closing.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _by = Viewer.Of((await SignedIn).User)!.Name;
        _language = WallTexts.Parse(Lang);
        _theme = Theme is "light" or "dark" ? Theme : "";
        _query = _language == WallLanguage.En ? "?lang=en" : "";
        _wall = Catalog.Find(WallId);
        _ = Director.TryRead(WallId, out _directed);
        _title = _wall is null ? T("unknown") : $"{T("title")} · {_wall.Title.In(_language)}";
        if (RendererInfo.IsInteractive && _directed is not null)
        {
            _following = FollowAsync(_closing.Token);
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || _directed is null)
        {
            return;
        }

        _script = await Script.InvokeAsync<IJSObjectReference>("import", Files.UrlOf("/js/director.js"));
        await _script.InvokeVoidAsync("begin");
        StateHasChanged();
    }

    // One loop for what others do and for the countdown; started on the renderer's context and never leaving it.
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), Time);
            var ticking = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            while (true)
            {
                if (await Task.WhenAny(_directed!.Succeeded, ticking) == ticking)
                {
                    _ = await ticking;
                    ticking = timer.WaitForNextTickAsync(cancellationToken).AsTask();
                }

                Look();
                StateHasChanged();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Nobody awaits this loop while the page lives. Unreported, a failure would freeze the desk in silence.
            await DispatchExceptionAsync(exception);
        }
    }

    private void Look()
    {
        if (Director.TryRead(WallId, out var latest))
        {
            _directed = latest;
        }
    }

    private Task<bool> Do(string command, string? scene = null, PinRequest? pin = null) =>
        OrderAsync(new DirectorRequest(command, State.Revision, scene, pin));

    private async Task<bool> OrderAsync(DirectorRequest request)
    {
        var answer = await OrderTracedAsync(request);
        Look();
        _refused = answer.Code is null ? null : F("refused", RefusalOf(answer.Code, request.Revision));
        return answer.Code is null;
    }

    // The same trace as the route of the API leaves, and before the order: a circuit has no answer to wait for.
    private async Task<DirectorAnswer> OrderTracedAsync(DirectorRequest request)
    {
        await Trail.RecordAsync(Viewer.Of((await SignedIn).User), null, TrailActions.WallDirect, WallId, detail: new Dictionary<string, string>
        {
            ["command"] = request.Command,
            ["scene"] = request.Scene ?? "",
            ["pin"] = request.Pin is { } pin ? $"{pin.Kind} {pin.Key}" : "",
        });
        return await Desk.OrderAsync(WallId, request, _by, _closing.Token);
    }

    // Who comes second learns who was first.
    private string RefusalOf(string code, long revision)
    {
        var text = T("refused." + code);
        var change = State.Changes is [var latest, ..] ? latest : null;
        return code != DirectorCodes.RevisionStale || change is null || change.Revision <= revision
            ? text
            : text + (_language == WallLanguage.En ? ": " : "：") + F("refused.stale", TimeText.Clock(change.At), WhoOf(change), WhatOf(change));
    }

    private void Choose(PinKind kind)
    {
        _pinKind = kind;
        _pinText = "";
    }

    private async Task PinUpAsync()
    {
        if (await Do("pin", pin: new PinRequest(DirectorView.NameOf(_pinKind), _pinText)))
        {
            _pinText = "";
        }
    }

    private void Prepare()
    {
        var message = new Message(_zh.Trim(), _en.Trim());
        var hasMessage = message.Zh.Length + message.En.Length > 0;
        var scene = _emergencyScene.Length > 0 ? _emergencyScene : null;
        _prepared = hasMessage || scene is not null ? new Prepared(scene, hasMessage ? message : null) : null;
        _refused = _prepared is null ? F("refused", T("refused." + DirectorCodes.MessageEmpty)) : null;
    }

    private async Task PreemptAsync()
    {
        var prepared = _prepared!;
        if (await OrderAsync(new DirectorRequest("preempt", State.Revision, prepared.Scene, null, prepared.Message)))
        {
            (_prepared, _zh, _en, _emergencyScene) = (null, "", "", "");
        }
    }

    private string StateOf(string scene) =>
        scene == State.OnAir ? "air" : scene == State.Preview ? "prepared" : scene == _directed!.Next?.Scene.Id ? "next" : "";

    private string TitleOf(string scene) => _directed!.Plan.Find(scene)?.Title.In(_language) ?? scene;

    private string NameOf(Pin pin) =>
        pin.Kind == PinKind.Court && Desk.Pins?.Courts.FirstOrDefault(court => court.Key == pin.Key) is { } known
            ? _language == WallLanguage.En ? CourtNames.ShortEn(known.NameEn) : CourtNames.ShortZh(known.NameZh)
            : pin.Key;

    private string WhoOf(Change change) => change.By.Length == 0 ? T("change.house") : change.By;

    private string WhatOf(Change change) => F("change." + change.Command, TitleOf(change.Subject));

    private string Address(WallLanguage language, string theme) =>
        $"/walls/{WallId}/director?lang={(language == WallLanguage.En ? "en" : "zh")}" + (theme.Length > 0 ? "&theme=" + theme : "");

    // The live picture itself, small: what a director sees is what the wall shows.
    private string MiniOf(string? scene) =>
        $"/wall/{WallId}?mini=1&lang={(_language == WallLanguage.En ? "en" : "zh")}" + (scene is null ? "" : "&scene=" + scene);

    private string T(string key) => DirectorTexts.Of(key, _language);

    private string F(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, T(key), values);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>An emergency that waits for its confirmation.</summary>
    private sealed record Prepared(string? Scene, Message? Message);
}
