namespace CommandCenter.Cameras.Recording;

/// <summary>A segment as it lies on the disk.</summary>
/// <param name="File">Relative to the camera's folder: <c>yyyy-MM-dd/HHmmss.mp4</c>, UTC.</param>
/// <param name="From">When its first picture arrived.</param>
/// <param name="Until">When its last flushed picture arrived.</param>
/// <param name="Bytes">Bytes of video that are on the disk for certain.</param>
/// <param name="IsOpen">It is written, or a crash left it so.</param>
/// <param name="IsRecovered">A crash or a disk fault ended it.</param>
public sealed record RecordedSegment(string File, DateTimeOffset From, DateTimeOffset Until, long Bytes, bool IsOpen, bool IsRecovered);
