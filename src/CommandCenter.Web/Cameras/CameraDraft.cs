using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using CommandCenter.Domain.Courts;
using CommandCenter.Domain.Officers;
using CommandCenter.Web.Cameras.Gb;

namespace CommandCenter.Web.Cameras;

/// <summary>A camera as somebody asks for it; nothing of it is trusted yet.</summary>
/// <param name="Court">Mark of the court.</param>
/// <param name="Officer">Id of the officer.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind">As <see cref="CameraDrafts.KindOf"/> reads it.</param>
/// <param name="Main">Address of the main stream.</param>
/// <param name="Sub">Address of the small one, if there is one.</param>
/// <param name="User">As whom, if it matters.</param>
/// <param name="Secret">The new secret; nothing keeps the one that is there.</param>
/// <param name="ClearSecret">Whether the one that is there goes.</param>
/// <param name="Enabled">Whether anybody may look at it.</param>
/// <param name="Revision">The revision that is changed; nothing for a new camera.</param>
/// <param name="Datum">The frame of its positions, <c>WGS84</c> or <c>GCJ02</c>; nothing is the first.</param>
internal sealed record CameraDraft(
    string? Court, string? Officer, string? Name, string? Kind, string? Main, string? Sub, string? User,
    string? Secret, bool ClearSecret, bool Enabled, long? Revision, string? Datum = null)
{
    /// <summary>Without the secret: a record otherwise prints all that it holds.</summary>
    public override string ToString() => $"{nameof(CameraDraft)} of {Officer}";
}

/// <summary>What a camera may be.</summary>
internal static partial class CameraDrafts
{
    private const int NameMax = 40;

    /// <summary>How a kind is named in forms and in the API.</summary>
    public static string NameOf(CameraSourceKind kind) => kind switch
    {
        CameraSourceKind.RtspPull => "rtsp-pull",
        CameraSourceKind.RtspPush => "rtsp-push",
        CameraSourceKind.Srt => "srt",
        CameraSourceKind.Rtmp => "rtmp",
        CameraSourceKind.Gb28181 => "gb28181",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The kind of a name.</summary>
    public static CameraSourceKind? KindOf(string? name) =>
        Enum.GetValues<CameraSourceKind>().Where(kind => NameOf(kind) == name).Select(static kind => (CameraSourceKind?)kind).FirstOrDefault();

    /// <summary>How a frame of positions is named in forms, in the API and on the disk, as in events.</summary>
    public static string NameOf(Datum datum) => datum == Datum.Gcj02 ? "GCJ02" : "WGS84";

    /// <summary>The frame of a name; without one that of satellites.</summary>
    public static Datum? DatumOf(string? name) => name switch { null or "" or "WGS84" => Datum.Wgs84, "GCJ02" => Datum.Gcj02, _ => null };

    /// <summary>Whether an id can be one.</summary>
    public static bool IsId([NotNullWhen(true)] string? id) => id is not null && Id().IsMatch(id);

    /// <summary>The camera that a draft asks for, or the code of the first thing that is wrong with it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="draft">What is asked for.</param>
    /// <param name="secret">The secret that it would have.</param>
    /// <param name="courts">The courts that there are.</param>
    public static (CameraDevice? Device, string? Refusal) Check(string id, CameraDraft draft, string? secret, CourtTree courts)
    {
        var kind = KindOf(draft.Kind);
        var main = Filled(draft.Main);
        var sub = Filled(draft.Sub);
        var refusal =
            !IsId(id) ? "camera.id-invalid"
            : draft.Court is not { } court || !courts.TryFind(court, out _) ? "camera.court-unknown"
            : draft.Officer is not { } officer || !Officer().IsMatch(officer) ? "camera.officer-invalid"
            : !IsText(draft.Name, NameMax) ? "camera.name-invalid"
            : kind is null ? "camera.kind-unknown"
            : main is null ? "camera.address"
            : DatumOf(draft.Datum) is null ? "camera.datum"
            : null;
        if (refusal is not null)
        {
            return (null, refusal);
        }

        var device = new CameraDevice(id, draft.Court!, draft.Officer!, draft.Name!.Trim(), kind!.Value, main!, sub, Filled(draft.User), HasSecret: false, draft.Enabled, Revision: 0)
        {
            Datum = DatumOf(draft.Datum)!.Value,
        };
        return FaultOf(device, secret) is { } fault ? (null, fault) : (device, null);
    }

    // The gateway says what an address may be.
    private static string? FaultOf(CameraDevice device, string? secret) => device.Kind == CameraSourceKind.Gb28181
        ? GbCamera.FaultOf(device, secret)
        : GatewayFeeds.SourceOf(device, secret).Faults() is [var first, ..] ? first : null;

    private static bool IsText(string? text, int max) => text?.Trim() is { Length: > 0 } kept && kept.Length <= max && !kept.Any(char.IsControl);

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$")]
    private static partial Regex Id();

    // As the intake takes ids of officers, less what does not belong into the trace.
    [GeneratedRegex("^[A-Za-z0-9._:-]{1,64}$")]
    private static partial Regex Officer();
}
