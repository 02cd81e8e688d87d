namespace CommandCenter.Cameras.Recording;

/// <summary>A segment that will not grow any more.</summary>
/// <param name="Camera">The camera.</param>
/// <param name="File">Its file, relative to the camera's folder: <c>yyyy-MM-dd/HHmmss.mp4</c>.</param>
/// <param name="From">When its first picture arrived.</param>
/// <param name="Until">When its last picture arrived.</param>
/// <param name="Bytes">Size of the video file.</param>
/// <param name="Pictures">How many it holds.</param>
/// <param name="IsRecovered">A crash or a disk fault ended it; what was not flushed by then may be missing.</param>
/// <param name="Head">Hash of the last line of its manifest, 64 digits: holds every byte of the segment.</param>
/// <param name="ChainHead">Hash of the line that closed it in the chain of the camera, 64 digits: holds everything before it too. The host anchors this one.</param>
public sealed record ClosedSegment(
    string Camera, string File, DateTimeOffset From, DateTimeOffset Until, long Bytes, int Pictures, bool IsRecovered, string Head, string ChainHead);
