namespace CommandCenter.Cameras.Sources;

/// <summary>How the gateway stands: a snapshot.</summary>
/// <param name="Feeds">Its feeds, by camera and kind.</param>
/// <param name="Transcodes">How many are coded anew now.</param>
public sealed record GatewayCounts(IReadOnlyList<FeedStatus> Feeds, int Transcodes);
