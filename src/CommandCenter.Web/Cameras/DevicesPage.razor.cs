using System.Globalization;
using CommandCenter.Domain.Officers;
using CommandCenter.Web.Cameras.Gb;
using CommandCenter.Web.Cameras.Tiles;
using CommandCenter.Web.Components;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Cameras;

/// <summary>What the system administrator works with: which officer carries which camera, and where its pictures come from. It shows no picture, and no secret.</summary>
public sealed partial class DevicesPage
{
    private static readonly string[] s_kinds = [.. Enum.GetValues<CameraSourceKind>().Select(CameraDrafts.NameOf)];

    private static readonly string[] s_datums = [.. Enum.GetValues<Datum>().Select(CameraDrafts.NameOf)];

    private PageLook _look;
    private bool _isLoaded;
    private string? _done;
    private string? _refusal;
    private string? _open;
    private (string Id, CameraDraft Draft)? _typed;
    private IReadOnlyList<KnownCamera> _cameras = [];

    [Inject]
    private CameraDesk Desk { get; set; } = null!;

    [Inject]
    private CameraBoard Board { get; set; } = null!;

    [Inject]
    private ICameraFeeds Feeds { get; set; } = null!;

    [Inject]
    private GbHost Gb { get; set; } = null!;

    [Inject]
    private GrainHost Grains { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _look = PageLook.Of(Http.Request);
        _ = ContentPolicy.Apply(Http);
        Look();
        _isLoaded = true;
    }

    private void Look()
    {
        Board.Refresh();
        _cameras = Board.Read();
    }

    private async Task RegisterAsync()
    {
        var id = Text("id") ?? "";
        var draft = Typed(revision: null);
        _refusal = await Desk.SaveAsync(Http, id, draft, Http.RequestAborted);
        (_done, _typed) = _refusal is null ? (F("devices.saved", id), null) : ((string?)null, ((string, CameraDraft)?)(id, draft));
        Look();
    }

    private async Task ChangeAsync(string id)
    {
        var revision = long.TryParse(Text("revision"), CultureInfo.InvariantCulture, out var known) ? known : 0;
        if (Text("act") == "remove")
        {
            _refusal = await Desk.RemoveAsync(Http, id, revision, Http.RequestAborted);
            _done = _refusal is null ? F("devices.removed", id) : null;
        }
        else
        {
            var draft = Typed(revision);
            _refusal = await Desk.SaveAsync(Http, id, draft, Http.RequestAborted);
            (_done, _open) = _refusal is null ? (F("devices.saved", id), null) : ((string?)null, id);
            _typed = _refusal is null or "camera.changed-meanwhile" ? null : (id, draft); // After somebody else's change his stands in the form.
        }

        Look();
    }

    private CameraDraft Typed(long? revision) => new(
        Text("court"), Text("officer")?.Trim(), Text("name"), Text("kind"), Text("main"), Text("sub"), Text("user"), Text("secret"), Text("clear") == "true", Text("enabled") == "true", revision, Text("datum"));

    private string? Text(string name) => Http.Request.Form[name].FirstOrDefault();

    private static CameraDraft DraftOf(CameraDevice device) => new(
        device.CourtMark, device.OfficerId, device.Name, CameraDrafts.NameOf(device.Kind), device.MainAddress, device.SubAddress, device.User, Secret: null, ClearSecret: false,
        device.IsEnabled, device.Revision, CameraDrafts.NameOf(device.Datum));

    private string StateText(TileState state) =>
        T("script." + state.Word) + (state.Reason.Length > 0 ? " · " + CameraTexts.Reason(state.Reason, _look.Language) : "");

    private string CourtName(string mark) => Grains.Courts.TryFind(mark, out var court) ? DeskNames.Of(court, _look.Language) : mark;

    private static string UrlOf(PageLook look) => look.Url("/cameras/devices");

    private string T(string key) => CameraTexts.Of(key, _look.Language);

    private string F(string key, params object[] values) => CameraTexts.Format(key, _look.Language, values);
}
