using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Recording;
using CommandCenter.Web.Cameras;

namespace CommandCenter.Web.Recordings;

/// <summary>A stream that is recorded, and how it does. For the one thread that keeps all of them.</summary>
internal sealed class RunningRecording(CameraDevice device, Recorder recorder, DateTimeOffset since)
{
    private static readonly TimeSpan s_slowFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_silentAfter = TimeSpan.FromSeconds(5);

    private readonly RecordingSink _sink = new(recorder, since);
    private VideoFeed? _feed;
    private IDisposable? _seat;
    private RecorderStatus _before = RecorderStatus.None;
    private DateTimeOffset? _slowAt;
    private DateTimeOffset? _wroteAt;

    /// <summary>Whose pictures these are. Another officer's are another recording.</summary>
    public CameraDevice Device { get; } = device;

    /// <summary>Pictures that were dropped for a slow disk since the last look.</summary>
    public long NewlyDropped { get; private set; }

    /// <summary>Pictures that were written since the last look.</summary>
    public long NewlyWritten { get; private set; }

    /// <summary>Takes pictures of this feed from now on; of none, when there is none.</summary>
    public void Take(VideoFeed? feed)
    {
        if (ReferenceEquals(feed, _feed))
        {
            return;
        }

        _seat?.Dispose();
        _feed = feed;
        _seat = feed?.Join(_sink);
    }

    /// <summary>Looks at it.</summary>
    /// <returns><c>recording</c>, <c>waiting</c> (no picture comes), <c>slow</c>, <c>full</c> or <c>failed</c>.</returns>
    public string Look(DateTimeOffset now)
    {
        var status = recorder.Status;
        NewlyDropped = status.DroppedSlow - _before.DroppedSlow;
        NewlyWritten = status.Written - _before.Written;
        _slowAt = NewlyDropped > 0 ? now : _slowAt;
        _wroteAt = NewlyWritten > 0 ? now : _wroteAt;
        _before = status;
        return status.Fault switch
        {
            RecordingException.Full => "full",
            not null => "failed",
            _ when now - _slowAt < s_slowFor => "slow",
            _ => now - _wroteAt < s_silentAfter ? "recording" : "waiting",
        };
    }

    /// <summary>Ends it: what waits is written, then its file is closed.</summary>
    public Task EndAsync()
    {
        Take(null);
        return recorder.DisposeAsync().AsTask();
    }
}
