namespace CommandCenter.Cameras.Native;

/// <summary>GStreamer refused or failed.</summary>
/// <param name="code">Stable code, such as <c>video.plugin</c>.</param>
/// <param name="message">What GStreamer said, for the log.</param>
public sealed class GstException(string code, string message) : Exception($"{code}: {message}")
{
    /// <summary>Stable code.</summary>
    public string Code { get; } = code;
}
