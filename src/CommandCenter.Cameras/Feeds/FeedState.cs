namespace CommandCenter.Cameras.Feeds;

/// <summary>What can truly be said of a feed at this moment.</summary>
public enum FeedState
{
    /// <summary>Nobody asked for it, or its device is switched off.</summary>
    Off,

    /// <summary>Asked for less than <see cref="FeedLimits.LostAfter"/> ago; no picture yet.</summary>
    Connecting,

    /// <summary>The last picture is younger than <see cref="FeedLimits.StalledAfter"/>.</summary>
    Live,

    /// <summary>It is older, but not yet <see cref="FeedLimits.LostAfter"/>.</summary>
    Stalled,

    /// <summary>Older than that, or asked for as long without any: <see cref="VideoFeed.Reason"/> says why, where it is known.</summary>
    Lost,
}
