using CommandCenter.Cameras.Feeds;

namespace CommandCenter.Web.Cameras;

/// <summary>A server that takes no pictures; its pages say so.</summary>
internal sealed class NoCameraFeeds : ICameraFeeds
{
    public string? OffReason => "gateway-off";

    public void Set(IReadOnlyList<CameraDevice> devices, Func<string, string?> secretOf)
    {
        // Nothing takes them.
    }

    public VideoFeed? Find(string cameraId, StreamKind kind) => null;
}
