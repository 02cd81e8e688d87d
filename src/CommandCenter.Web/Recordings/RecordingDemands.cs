using System.Collections.Concurrent;
using CommandCenter.Audit;
using CommandCenter.Web.Access;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Trail;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Recordings;

/// <summary>The main streams that are recorded because somebody asked for it. Each ends by itself; none survives the server.</summary>
internal sealed class RecordingDemands(IOptions<RecordingsOptions> options, CameraRegistry registry, AuditTrail trail, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, RecordingDemand> _all = new(StringComparer.Ordinal);

    /// <summary>All of now.</summary>
    public ICollection<RecordingDemand> All => _all.Values;

    /// <summary>That of a camera.</summary>
    public RecordingDemand? Find(string camera) => _all.GetValueOrDefault(camera);

    /// <summary>Begins, for somebody who may look at the camera.</summary>
    /// <returns>The code of the refusal, if any.</returns>
    /// <exception cref="AuditException">It could not be recorded in the trace, and does not happen.</exception>
    public async Task<string?> StartAsync(HttpContext http, Viewer viewer, CameraDevice device)
    {
        var from = http.Connection.RemoteIpAddress?.ToString();
        var demand = new RecordingDemand(device.Id, viewer, from, device.CourtMark, device.OfficerId, time.GetUtcNow() + options.Value.DemandLength);
        if (!options.Value.Enabled || options.Value.Stream == "main" || !device.IsEnabled)
        {
            return "off";
        }

        if (_all.ContainsKey(device.Id))
        {
            return "running";
        }

        if (_all.Count >= options.Value.DemandsMax)
        {
            return "too-many";
        }

        await RecordAsync(demand, TrailActions.RecordingStarted, viewer, from, reason: null);
        return _all.TryAdd(device.Id, demand) ? null : "running";
    }

    /// <summary>Ends.</summary>
    /// <exception cref="AuditException">It could not be recorded in the trace, and goes on.</exception>
    public async Task<string?> StopAsync(HttpContext http, Viewer viewer, string camera)
    {
        if (Find(camera) is not { } demand)
        {
            return "not-running";
        }

        await RecordAsync(demand, TrailActions.RecordingStopped, viewer, http.Connection.RemoteIpAddress?.ToString(), "asked");
        _ = _all.TryRemove(new KeyValuePair<string, RecordingDemand>(camera, demand));
        return null;
    }

    /// <summary>Ends what is over: its time is up, or the camera is another officer's, disabled or gone.</summary>
    /// <exception cref="AuditException">It could not be recorded in the trace; it is over all the same.</exception>
    public async Task EndOverdueAsync(DateTimeOffset now)
    {
        foreach (var demand in All)
        {
            var isHis = registry.Find(demand.Camera) is { IsEnabled: true } device && device.CourtMark == demand.Court && device.OfficerId == demand.Officer;
            if (now >= demand.EndsAt || !isHis)
            {
                await EndAsync(demand, isHis ? "time" : "camera");
            }
        }
    }

    /// <summary>Ends all: the server stops.</summary>
    /// <exception cref="AuditException">It could not be recorded in the trace; it is over all the same.</exception>
    public async Task EndAllAsync()
    {
        foreach (var demand in All)
        {
            await EndAsync(demand, "server");
        }
    }

    private async Task EndAsync(RecordingDemand demand, string why)
    {
        if (_all.TryRemove(new KeyValuePair<string, RecordingDemand>(demand.Camera, demand)))
        {
            await RecordAsync(demand, TrailActions.RecordingStopped, null, null, why);
        }
    }

    private Task RecordAsync(RecordingDemand demand, string action, Viewer? viewer, string? from, string? reason) => trail.RecordFromAsync(
        viewer, from, action, demand.Camera, reason: reason,
        detail: new Dictionary<string, string>(StringComparer.Ordinal) { ["officer"] = demand.Officer, ["court"] = demand.Court, ["by"] = demand.By.Id });
}
