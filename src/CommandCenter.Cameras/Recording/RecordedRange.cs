namespace CommandCenter.Cameras.Recording;

/// <summary>A time without gaps. What is between two ranges is a gap.</summary>
/// <param name="From">When the first picture arrived.</param>
/// <param name="Until">When the last one did.</param>
public sealed record RecordedRange(DateTimeOffset From, DateTimeOffset Until);
