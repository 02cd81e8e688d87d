namespace CommandCenter.Cameras.Recording;

/// <summary>How a recorder does, at one moment.</summary>
/// <param name="Fault">Why it does not write: a code of <see cref="RecordingException"/>; <see langword="null"/> while all is well.</param>
/// <param name="FaultMessage">What the disk said; for people and logs, not stable.</param>
/// <param name="Segment">The segment that is written, relative to the camera's folder; <see langword="null"/> while there is none.</param>
/// <param name="FlushedUntil">The last picture that is on the disk for certain.</param>
/// <param name="Written">Pictures written.</param>
/// <param name="DroppedSlow">Pictures dropped because the disk was slow: from where the queue was full to the next key picture.</param>
/// <param name="DroppedFaulty">Pictures dropped while the disk was full or failed.</param>
/// <param name="DroppedBad">Pictures dropped because nothing could be decoded from them: from a fault to the next key picture, or with parameter sets that cannot be read.</param>
/// <param name="Segments">Segments closed.</param>
public sealed record RecorderStatus(
    string? Fault, string? FaultMessage, string? Segment, DateTimeOffset? FlushedUntil, long Written, long DroppedSlow, long DroppedFaulty, long DroppedBad, long Segments)
{
    /// <summary>Nothing happened yet.</summary>
    public static RecorderStatus None { get; } = new(null, null, null, null, 0, 0, 0, 0, 0);
}
