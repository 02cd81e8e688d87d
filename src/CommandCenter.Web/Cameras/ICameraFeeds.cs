using CommandCenter.Cameras.Feeds;

namespace CommandCenter.Web.Cameras;

/// <summary>Where the pictures of the registered cameras come from.</summary>
internal interface ICameraFeeds
{
    /// <summary>Why there is no video at all, a stable word; <see langword="null"/> while there is.</summary>
    string? OffReason { get; }

    /// <summary>Takes pictures of these cameras from now on and of no others.</summary>
    /// <param name="devices">Those that are enabled.</param>
    /// <param name="secretOf">The secret of one, asked for when it is needed.</param>
    void Set(IReadOnlyList<CameraDevice> devices, Func<string, string?> secretOf);

    /// <summary>A stream of a camera; <see langword="null"/> when there is no such camera, or it has no such stream.</summary>
    VideoFeed? Find(string cameraId, StreamKind kind);
}
