using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.Cameras;

/// <summary>Registering, changing and removing cameras, by a page or by the API. Every change leaves a trace before it is done; a secret is in none.</summary>
internal sealed class CameraDesk(CameraRegistry registry, GrainHost grains, AuditTrail trail)
{
    /// <summary>Registers a camera, or changes the one whose revision the draft names.</summary>
    /// <returns>The code of the refusal, if any.</returns>
    public async Task<string?> SaveAsync(HttpContext http, string id, CameraDraft draft, CancellationToken cancellationToken)
    {
        var secret = draft.ClearSecret ? "" : string.IsNullOrEmpty(draft.Secret) ? null : draft.Secret;
        var (device, refusal) = CameraDrafts.Check(id, draft, secret switch { null => registry.SecretOf(id), "" => null, _ => secret }, grains.Courts);
        if (device is null)
        {
            return refusal;
        }

        return await registry.SaveAsync(
            device, secret, draft.Revision,
            (was, becomes) => trail.RecordAsync(
                Viewer.Of(http.User), http, was is null ? TrailActions.CameraRegistered : TrailActions.CameraChanged, id, detail: DetailOf(becomes, Changed(was, becomes, secret))),
            cancellationToken);
    }

    /// <summary>Removes a camera of a revision.</summary>
    /// <returns>The code of the refusal, if any.</returns>
    public Task<string?> RemoveAsync(HttpContext http, string id, long revision, CancellationToken cancellationToken) => registry.RemoveAsync(
        id, revision, known => trail.RecordAsync(Viewer.Of(http.User), http, TrailActions.CameraRemoved, id, detail: DetailOf(known, "")), cancellationToken);

    // Addresses are not in it: they may tell how to reach a camera, and who reads the trace need not know.
    private static Dictionary<string, string> DetailOf(CameraDevice device, string changed)
    {
        var detail = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["court"] = device.CourtMark,
            ["officer"] = device.OfficerId,
            ["kind"] = CameraDrafts.NameOf(device.Kind),
            ["enabled"] = device.IsEnabled ? "true" : "false",
        };
        if (changed.Length > 0)
        {
            detail["changed"] = changed;
        }

        return detail;
    }

    private static string Changed(CameraDevice? was, CameraDevice becomes, string? secret) => was is null ? "" : string.Join(',', new[]
    {
        was.CourtMark != becomes.CourtMark ? "court" : "",
        was.OfficerId != becomes.OfficerId ? "officer" : "",
        was.Name != becomes.Name ? "name" : "",
        was.Kind != becomes.Kind ? "kind" : "",
        was.MainAddress != becomes.MainAddress ? "main" : "",
        was.SubAddress != becomes.SubAddress ? "sub" : "",
        was.User != becomes.User ? "user" : "",
        secret is not null ? "secret" : "",
        was.Datum != becomes.Datum ? "datum" : "",
        was.IsEnabled != becomes.IsEnabled ? "enabled" : "",
    }.Where(static name => name.Length > 0));
}
