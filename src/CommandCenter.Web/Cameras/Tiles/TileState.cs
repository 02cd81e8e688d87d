using CommandCenter.Cameras.Feeds;

namespace CommandCenter.Web.Cameras.Tiles;

/// <summary>What can truly be said of a camera's pictures, in words that are stable: <c>live</c>, <c>connecting</c>, <c>stalled</c>, <c>lost</c>, <c>off</c>.</summary>
/// <param name="Word">One of them.</param>
/// <param name="Reason">Why it is not live, a stable word; empty when there is nothing to add.</param>
internal readonly record struct TileState(string Word, string Reason)
{
    /// <summary>Of one stream.</summary>
    /// <param name="feeds">Where pictures come from.</param>
    /// <param name="device">The camera; <see langword="null"/> when it was removed.</param>
    /// <param name="feed">Its stream.</param>
    public static TileState Of(ICameraFeeds feeds, CameraDevice? device, VideoFeed? feed) =>
        feeds.OffReason is { } off ? new("off", off)
        : device is null ? new("off", "removed")
        : !device.IsEnabled ? new("off", "disabled")
        : feed is null ? new("off", "no-stream")
        : feed.State switch
        {
            FeedState.Live => new("live", ""),
            FeedState.Connecting => new("connecting", feed.Reason ?? ""),
            FeedState.Stalled => new("stalled", ""),
            FeedState.Lost => new("lost", feed.Reason ?? ""),
            _ => new("off", feed.Reason ?? "not-asked"),
        };
}
