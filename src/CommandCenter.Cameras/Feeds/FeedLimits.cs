namespace CommandCenter.Cameras.Feeds;

/// <summary>Limits of a feed.</summary>
/// <param name="StalledAfter">Age of the last picture from which on a feed is stalled.</param>
/// <param name="LostAfter">Age from which on it is lost.</param>
/// <param name="KeptUnitsMax">Pictures kept since the last key picture for whoever joins. More than this and he waits for the next key picture.</param>
/// <param name="KeptBytesMax">The same in bytes.</param>
public sealed record FeedLimits(TimeSpan StalledAfter, TimeSpan LostAfter, int KeptUnitsMax, int KeptBytesMax)
{
    /// <summary>1.5 s, 3 s, 150 pictures, 4 MiB: measured on devices that send a key picture every one or two seconds.</summary>
    public static FeedLimits Default { get; } = new(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(3), 150, 4 << 20);
}
