using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Media;
using CommandCenter.Cameras.Native;

namespace CommandCenter.Cameras.Sources;

/// <summary>Makes and starts the pipeline of a run.</summary>
/// <exception cref="GstException">It cannot begin.</exception>
internal delegate IDisposable PipelineOpener(CameraSource source, FeedKind kind, SourceRun run, VideoCodec codec, bool isTranscoded);

/// <summary>Keeps one stream running: begins it when it is wanted, begins it anew when no picture comes, more slowly where it fails.</summary>
/// <remarks>Not thread-safe: the gateway calls it under its lock. What may wait for a device is posted to the workers.</remarks>
internal sealed class SourceRunner
{
    // Of a device that was refused for its B-frames: two seconds of pictures in order, and it is believed that it was set right.
    private const int TrialPictures = 30;

    // A device that answers may still be far from its next key picture.
    private const int FirstPictureFactor = 2;

    private readonly GatewayOptions _options;
    private readonly FeedKind _kind;
    private readonly TranscodeBudget _budget;
    private readonly Func<Action, bool> _post;
    private readonly PipelineOpener _open;
    private readonly TimeProvider _time;
    private readonly Random _jitter;
    private readonly long _zero;
    private CameraSource _source;
    private SourceRun? _run;
    private IDisposable? _pipeline;
    private volatile bool _isBusy;
    private bool _isChanged;
    private bool _isLeaving;
    private bool _needsTranscode;
    private int _failures;
    private TimeSpan _nextAt;
    private TimeSpan? _joinedAt;

    public SourceRunner(
        CameraSource source, FeedKind kind, GatewayOptions options, TranscodeBudget budget, Func<Action, bool> post, PipelineOpener open, TimeProvider time, Random jitter)
    {
        _source = source;
        _kind = kind;
        _options = options;
        _budget = budget;
        _post = post;
        _open = open;
        _time = time;
        _jitter = jitter;
        _zero = time.GetTimestamp();
        Feed = new VideoFeed($"{source.Id}/{(kind == FeedKind.Main ? "main" : "sub")}", options.Limits, time);
    }

    /// <summary>Its feed, the same for as long as the camera has this stream.</summary>
    public VideoFeed Feed { get; }

    /// <summary>How often it was begun again.</summary>
    public long Restarts { get; private set; }

    /// <summary>How the device codes; <see langword="null"/> while unknown.</summary>
    public VideoCodec? Codec { get; private set; }

    /// <summary>What was said when it last ended; <see langword="null"/> before, and where nothing was said.</summary>
    public string? Detail { get; private set; }

    /// <summary>Whether it is coded anew now.</summary>
    public bool IsTranscoded => _run is { IsTranscoded: true };

    /// <summary>Whether it holds nothing any more, after <see cref="Leave"/>.</summary>
    public bool HasLeft => _isLeaving && !_isBusy && _run is null;

    /// <summary>Where the pictures come from, from now on.</summary>
    public void Change(CameraSource source)
    {
        if (source == _source)
        {
            return;
        }

        _source = source;
        _isChanged = true;
        _needsTranscode = false;
        _failures = 0;
        _nextAt = TimeSpan.Zero;
        Codec = null;
    }

    /// <summary>The stream is wanted no more, by anybody.</summary>
    public void Leave()
    {
        _isLeaving = true;
        _run?.End();
    }

    /// <summary>Looks what is to be done now. Called every tenth of a second.</summary>
    public void Tick()
    {
        var isWanted = IsWanted();
        if (_isBusy)
        {
            return;
        }

        if (_run is not { } run)
        {
            if (!isWanted)
            {
                Feed.Ask(isAsked: false);
            }
            else if (Now >= _nextAt)
            {
                Begin();
            }

            return;
        }

        Codec = run.Codec ?? Codec;
        if (!isWanted || _isChanged)
        {
            if (Stop(run))
            {
                _isChanged = false;
            }
        }
        else if ((run.Fault ?? (IsSilent(run) ? "video.silent" : null)) is { } fault && Stop(run))
        {
            Feed.Explain(fault);
            PlanNext(run, fault);
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_zero);

    private bool IsListener => _source.Kind == CameraKind.RtspPush
        || (_source.Kind == CameraKind.Srt && SrtAddress.IsListener(_source.AddressOf(_kind)!));

    private bool IsWanted()
    {
        if (_isLeaving || _kind == FeedKind.Sub)
        {
            return !_isLeaving;
        }

        _joinedAt = Feed.Sinks > 0 ? Now : _joinedAt;
        return Now - _joinedAt < _options.MainLinger || Feed.Sinks > 0;
    }

    private bool IsSilent(SourceRun run) => run.LastAt is { } at
        ? _source.Kind != CameraKind.RtspPush && _time.GetElapsedTime(at) >= _options.Limits.LostAfter
        : !IsListener && _time.GetElapsedTime(run.BeganAt) >= FirstPictureFactor * _options.Limits.LostAfter;

    private void Begin()
    {
        Feed.Ask(isAsked: true);
        _isChanged = false;
        var isTranscoded = _needsTranscode && _source.Transcode;
        if (isTranscoded && !_budget.TryTake())
        {
            Feed.Explain("video.budget");
            _nextAt = Now + _options.RetryMax;
            return;
        }

        var (source, codec) = (_source, isTranscoded && Codec is { } known ? known : VideoCodec.H264);
        var run = new SourceRun(Feed, codec, isTranscoded, _needsTranscode && !isTranscoded ? TrialPictures : 0, _time);
        _isBusy = true;
        var isPosted = _post(() =>
        {
            try
            {
                _pipeline = _open(source, _kind, run, codec, isTranscoded);
            }
            catch (Exception exception)
            {
                // The top of the worker's loop: a fault of one source is no fault of the others.
                run.OnEnd((exception as GstException)?.Code ?? "video.failed", exception.Message);
            }
            finally
            {
                _isBusy = false;
            }
        });
        if (isPosted)
        {
            _run = run;
            return;
        }

        _isBusy = false;
        GiveBack(run.IsTranscoded);
    }

    // Returns whether there was room to have it stopped; otherwise it is tried again at the next look.
    private bool Stop(SourceRun run)
    {
        run.End();
        _isBusy = true;
        var isPosted = _post(() =>
        {
            try
            {
                _pipeline?.Dispose();
            }
            finally
            {
                _pipeline = null;
                GiveBack(run.IsTranscoded);
                _isBusy = false;
            }
        });
        if (!isPosted)
        {
            _isBusy = false;
            return false;
        }

        _run = null;
        Feed.Interrupt();
        return true;
    }

    private void GiveBack(bool isTranscoded)
    {
        if (isTranscoded)
        {
            _budget.Give();
        }
    }

    private void PlanNext(SourceRun run, string fault)
    {
        Restarts++;
        Detail = run.FaultText;
        _failures = run.LastAt is null ? Math.Min(_failures + 1, 16) : 1;
        var isRefused = fault is "video.password" or "video.plugin" or "video.port" or "camera.kind";
        if (fault == "video.codec")
        {
            _needsTranscode = run.NeedsTranscode;
            // What can be coded anew, or turned out to be plain after all, is begun again at once.
            isRefused = _needsTranscode ? !_source.Transcode : run.Codec != VideoCodec.H264;
        }

        if (isRefused)
        {
            _nextAt = Now + _options.RefusedRetry;
            return;
        }

        // Counted from the beginning of the attempt: a device that does not answer for three seconds is asked again at once, and then answers as soon as
        // it can, where a pause would be time lost. Jitter, so that many sources lost together do not come back in one moment.
        var pause = Math.Min(_options.RetryMin.TotalSeconds * (1 << (_failures - 1)), _options.RetryMax.TotalSeconds);
        var began = Now - _time.GetElapsedTime(run.BeganAt);
        var earliest = Now + (_options.RetryMin * _jitter.NextDouble());
        var spaced = began + TimeSpan.FromSeconds(pause * (0.5 + (_jitter.NextDouble() / 2)));
        _nextAt = spaced > earliest ? spaced : earliest;
    }
}
