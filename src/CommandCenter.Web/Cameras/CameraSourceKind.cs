namespace CommandCenter.Web.Cameras;

/// <summary>How the pictures of a camera come to us. The names are those of forms and of the API, in lower case with dashes.</summary>
internal enum CameraSourceKind
{
    /// <summary>We fetch them from the camera by RTSP.</summary>
    RtspPull,

    /// <summary>The camera sends them to us by RTSP.</summary>
    RtspPush,

    /// <summary>The camera sends them to us by SRT.</summary>
    Srt,

    /// <summary>By RTMP, through the server beside us.</summary>
    Rtmp,

    /// <summary>国标: the camera is a channel of GB/T 28181.</summary>
    Gb28181,
}
