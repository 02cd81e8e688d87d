using CommandCenter.Cameras.Feeds;

namespace CommandCenter.Web.Cameras.Gb;

/// <summary>The pictures of all cameras: those of GB/T 28181 from its server, all others from the gateway.</summary>
/// <param name="gateway">All others.</param>
/// <param name="gb">GB/T 28181.</param>
/// <param name="isGbOn">Whether there is such a server: it needs no GStreamer, so video is not off without.</param>
internal sealed class SplitFeeds(GatewayFeeds gateway, GbFeeds gb, bool isGbOn) : ICameraFeeds, IAsyncDisposable
{
    public string? OffReason => isGbOn ? null : gateway.OffReason;

    public void Set(IReadOnlyList<CameraDevice> devices, Func<string, string?> secretOf)
    {
        var parts = devices.ToLookup(static device => device.Kind == CameraSourceKind.Gb28181);
        gateway.Set([.. parts[false]], secretOf);
        gb.Set([.. parts[true]], secretOf);
    }

    public VideoFeed? Find(string cameraId, StreamKind kind) => gb.Find(cameraId, kind) ?? gateway.Find(cameraId, kind);

    public ValueTask DisposeAsync() => gateway.DisposeAsync();
}
