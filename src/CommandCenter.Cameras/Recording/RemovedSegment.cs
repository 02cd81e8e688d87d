namespace CommandCenter.Cameras.Recording;

/// <summary>A segment that was removed.</summary>
/// <param name="Camera">The camera.</param>
/// <param name="File">Its file, relative to the camera's folder.</param>
/// <param name="Bytes">What became free.</param>
/// <param name="Why"><c>age</c> or <c>room</c>.</param>
/// <param name="ChainHead">Hash of the line that says so in the chain of the camera, 64 digits.</param>
public sealed record RemovedSegment(string Camera, string File, long Bytes, string Why, string ChainHead);
