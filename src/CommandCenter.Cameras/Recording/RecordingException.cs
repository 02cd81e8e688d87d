namespace CommandCenter.Cameras.Recording;

/// <summary>A recording cannot do what was asked of it.</summary>
/// <param name="code">One of the constants of this class.</param>
/// <param name="message">Says what to do; for people, not stable.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class RecordingException(string code, string message, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>The disk or the quota is full and nothing may be removed. Recording goes on by itself once there is room.</summary>
    public const string Full = "recording.full";

    /// <summary>The disk fails otherwise. It is tried anew.</summary>
    public const string NotWritten = "recording.not-written";

    /// <summary>Another process records to the folder.</summary>
    public const string InUse = "recording.in-use";

    /// <summary>What lies in the folder cannot be read as what it should be.</summary>
    public const string Damaged = "recording.damaged";

    /// <summary>Parameter sets that cannot be read, or that the file format cannot carry.</summary>
    public const string BadVideo = "recording.bad-video";

    /// <summary>There is no recording of the camera in the asked range.</summary>
    public const string NotFound = "recording.not-found";

    /// <summary>Stable code, one of the constants of this class.</summary>
    public string Code { get; } = code;
}
