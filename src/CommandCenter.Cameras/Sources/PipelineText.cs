using CommandCenter.Cameras.Media;
using CommandCenter.Cameras.Native;

namespace CommandCenter.Cameras.Sources;

/// <summary>The pipelines, as gst-launch would take them. Constants alone: nothing that came from outside is ever part of one.</summary>
internal static class PipelineText
{
    /// <summary>Name of the element that has the address.</summary>
    public const string Source = "src";

    /// <summary>Name of the appsink.</summary>
    public const string Sink = "sink";

    /// <summary>Name of the demultiplexer, where there is one.</summary>
    public const string Demultiplexer = "demux";

    // Waits 3 s for an answer of the device; says when pictures were taken where the device says it. Over TCP: no picture arrives in part.
    private const string Rtsp = "rtspsrc name=src protocols=tcp latency=0 tcp-timeout=3000000 add-reference-timestamp-meta=true";

    // The sink hands each picture on at once; eight are held should a thread be late, then the oldest go.
    private const string End = "h264parse config-interval=-1 ! video/x-h264,stream-format=byte-stream,alignment=au ! appsink name=sink sync=false max-buffers=8 drop=true";

    // Two raw pictures at most wait for the encoder: where it is too slow, pictures are left out instead of coming later and later.
    private const string Encoder = "queue leaky=downstream max-size-buffers=2 max-size-bytes=0 max-size-time=0 ! videoconvert ! video/x-raw,format=I420 ! ";

    private static readonly string[] s_srt = ["srtsrc", "tsdemux"];
    private static readonly string[] s_rtmp = ["rtmp2src", "flvdemux"];
    private static readonly string[] s_h264 = ["avdec_h264", "openh264dec"];
    private static readonly string[] s_h265 = ["avdec_h265", "libde265dec"];

    private static readonly string[] s_encoders =
    [
        "x264enc tune=zerolatency speed-preset=ultrafast bframes=0 key-int-max=30 threads=1 pass=qual quantizer=26 ! video/x-h264,profile=constrained-baseline",
        "openh264enc complexity=low gop-size=30 multi-thread=1 ! video/x-h264,profile=constrained-baseline",
    ];

    /// <summary>What devices record to over RTSP.</summary>
    public static string Record => $"( rtph264depay name=depay0 ! {End} )";

    /// <summary>What fetches the pictures of a source.</summary>
    /// <param name="kind">How they come.</param>
    /// <param name="codec">How they are coded.</param>
    /// <param name="isTranscoded">Whether they are coded anew as plain H.264.</param>
    /// <exception cref="GstException">A plug-in is missing.</exception>
    public static string Of(CameraKind kind, VideoCodec codec, bool isTranscoded)
    {
        var number = codec == VideoCodec.H265 ? "265" : "264";
        var front = kind switch
        {
            CameraKind.RtspPull => $"{Rtsp} ! rtph{number}depay ! ",
            CameraKind.Srt => "srtsrc name=src ! tsdemux name=demux ! ",
            CameraKind.Rtmp => "rtmp2src name=src ! flvdemux name=demux ! ",
            _ => throw new GstException("camera.kind", $"{kind} is not fetched."),
        };
        if (kind != CameraKind.RtspPull && (kind == CameraKind.Srt ? s_srt : s_rtmp).Where(static element => !GStreamer.Has(element)).ToArray() is { Length: > 0 } missing)
        {
            throw new GstException("video.plugin", $"{string.Join(", ", missing)} missing (packages gstreamer1.0-plugins-bad, gstreamer1.0-plugins-good).");
        }

        return isTranscoded ? $"{front}h{number}parse ! {Decoder(codec)} ! {Encoder}{FirstEncoder()} ! {End}" : front + End;
    }

    private static string Decoder(VideoCodec codec) =>
        (codec == VideoCodec.H265 ? s_h265 : s_h264).FirstOrDefault(GStreamer.Has) is { } found
            ? found.StartsWith("avdec", StringComparison.Ordinal) ? found + " max-threads=1" : found
            : throw new GstException("video.plugin", $"No decoder of {codec} (package gstreamer1.0-libav).");

    private static string FirstEncoder() =>
        s_encoders.FirstOrDefault(static text => GStreamer.Has(text[..text.IndexOf(' ', StringComparison.Ordinal)]))
            ?? throw new GstException("video.plugin", "No encoder of H.264 (package gstreamer1.0-plugins-ugly).");
}
