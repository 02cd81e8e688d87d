namespace CommandCenter.Cameras.Feeds;

/// <summary>What went through a feed since it was made.</summary>
/// <param name="Units">Pictures that came.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Dropped">Pictures that somebody who joined did not get: once for each of them, and once where nobody could begin yet.</param>
public sealed record FeedCounts(long Units, long Bytes, long Dropped);
