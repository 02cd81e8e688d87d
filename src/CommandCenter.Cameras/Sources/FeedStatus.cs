using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Sources;

/// <summary>How one feed stands.</summary>
/// <param name="CameraId">Mark of its camera.</param>
/// <param name="Kind">Which stream.</param>
/// <param name="State">What can be said of it.</param>
/// <param name="Reason">Stable code of why there is no picture, such as <c>video.codec</c>; <see langword="null"/> where nothing is wrong.</param>
/// <param name="Codec">As the device codes it; <see langword="null"/> while unknown.</param>
/// <param name="IsTranscoded">Whether it is coded anew.</param>
/// <param name="Sinks">How many joined.</param>
/// <param name="Restarts">How often it was begun again since the camera was set.</param>
/// <param name="Counts">What went through.</param>
/// <param name="Detail">What GStreamer last said when the stream ended or did not begin, for whoever looks after the device; in English, never a code.</param>
public sealed record FeedStatus(
    string CameraId, FeedKind Kind, FeedState State, string? Reason, VideoCodec? Codec, bool IsTranscoded, int Sinks, long Restarts, FeedCounts Counts, string? Detail = null);
