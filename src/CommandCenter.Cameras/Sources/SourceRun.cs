using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Media;
using CommandCenter.Cameras.Native;

namespace CommandCenter.Cameras.Sources;

/// <summary>One attempt at a stream, from its beginning to its first fault. Heard by GStreamer's threads, looked at by the gateway's.</summary>
/// <param name="feed">Where pictures go.</param>
/// <param name="codec">How the device is thought to code.</param>
/// <param name="isTranscoded">Whether the pipeline codes anew.</param>
/// <param name="trialPictures">So many pictures must have come in order before any is handed on: more than 0 where the device was refused before.</param>
/// <param name="time">The clock.</param>
internal sealed class SourceRun(VideoFeed feed, VideoCodec codec, bool isTranscoded, int trialPictures, TimeProvider time) : IPipelineEvents
{
    private readonly Lock _lock = new();
    private int _trialPictures = trialPictures;
    private long _lastPts = -1;
    private long _lastAt;
    private long _pictures;
    private bool _isEnded;
    private string? _fault;

    /// <summary>When it was begun, as a timestamp of the clock.</summary>
    public long BeganAt { get; } = time.GetTimestamp();

    /// <summary>When its last picture came; <see langword="null"/> before the first.</summary>
    public long? LastAt => Volatile.Read(ref _pictures) == 0 ? null : Volatile.Read(ref _lastAt);

    /// <summary>Why it cannot go on; <see langword="null"/> while it does. The first fault stays.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    /// <summary>What was said of it, for the log.</summary>
    public string? FaultText { get; private set; }

    /// <summary>How the device codes; <see langword="null"/> before that is known.</summary>
    public VideoCodec? Codec { get; private set; }

    /// <summary>Whether it was learned that the device must be coded anew.</summary>
    public bool NeedsTranscode { get; private set; }

    /// <summary>Whether pictures are coded anew.</summary>
    public bool IsTranscoded => isTranscoded;

    /// <summary>Ends it: no picture is handed on from here on, whatever the pipeline still gives.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isEnded = true;
        }
    }

    /// <inheritdoc/>
    public bool OnStream(string caps)
    {
        if (!caps.StartsWith("video/", StringComparison.Ordinal) && !caps.Contains("media=(string)video", StringComparison.Ordinal))
        {
            return false;
        }

        VideoCodec? found = caps.Contains("H264", StringComparison.OrdinalIgnoreCase) ? VideoCodec.H264
            : caps.Contains("H265", StringComparison.OrdinalIgnoreCase) ? VideoCodec.H265
            : null;
        Codec ??= found;
        if (found == codec)
        {
            return true;
        }

        NeedsTranscode = found == VideoCodec.H265;
        OnEnd("video.codec", $"The stream is neither H.264 nor what was expected: {found?.ToString() ?? caps}.");
        return false;
    }

    /// <inheritdoc/>
    public bool OnPicture(in GstPicture picture)
    {
        var kind = PictureKind.Of(picture.Data);
        if (kind.HasB)
        {
            NeedsTranscode = true;
            OnEnd("video.codec", "The stream has B-frames.");
            return false;
        }

        lock (_lock)
        {
            if (_isEnded)
            {
                return false;
            }

            Codec ??= VideoCodec.H264;
            _lastAt = time.GetTimestamp();
            Volatile.Write(ref _pictures, _pictures + 1);
            if (_trialPictures > 0)
            {
                _trialPictures--;
                return true;
            }

            if (picture.IsBroken)
            {
                feed.Interrupt();
            }

            // Without B-frames pictures are decoded in the order in which they are shown. A clock of the device that steps back does not step back here.
            var pts = Math.Max((picture.PtsNanoseconds ?? (_lastPts * 1000)) / 1000, _lastPts + 1);
            _lastPts = pts;
            feed.Publish(new AccessUnit(VideoCodec.H264, picture.Data, pts, pts, kind.IsKey, time.GetUtcNow(), picture.CapturedAt));
            return true;
        }
    }

    /// <inheritdoc/>
    public void OnEnd(string code, string text)
    {
        if (Interlocked.CompareExchange(ref _fault, code, null) is null)
        {
            FaultText = text;
        }
    }
}
