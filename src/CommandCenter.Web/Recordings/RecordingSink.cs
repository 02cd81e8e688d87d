using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Media;
using CommandCenter.Cameras.Recording;

namespace CommandCenter.Web.Recordings;

/// <summary>Hands the pictures of a feed to a recorder. What it cannot take in time is counted there.</summary>
/// <param name="recorder">Where to.</param>
/// <param name="since">Since when the camera is its officer's: a feed keeps the last pictures, and those before are of another.</param>
internal sealed class RecordingSink(Recorder recorder, DateTimeOffset since) : IVideoSink
{
    public bool Offer(AccessUnit unit) => unit.ArrivedAt >= since && recorder.Offer(unit);
}
