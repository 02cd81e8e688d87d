namespace CommandCenter.Cameras.Sources;

/// <summary>How the pictures of a camera come here.</summary>
public enum CameraKind
{
    /// <summary>We fetch them from the device over RTSP.</summary>
    RtspPull,

    /// <summary>The device announces and records to our RTSP server.</summary>
    RtspPush,

    /// <summary>MPEG-TS over SRT: the device calls us, or we call it.</summary>
    Srt,

    /// <summary>RTMP: the device publishes to our RTMP server, or we fetch from another one.</summary>
    Rtmp,

    /// <summary>GB/T 28181. Reserved: its own part of the gateway, not yet accepted here.</summary>
    Gb28181,
}
