using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Gb28181;
using CommandCenter.Cameras.Media;
using CommandCenter.Cameras.Sources;

namespace CommandCenter.Web.Cameras.Gb;

/// <summary>Keeps one stream of one GB/T 28181 camera running while it is wanted: the sub-stream always, the main stream while somebody joined it and a little longer.</summary>
/// <remarks>Ticked by one thread at a time and never waiting; the session lives in a task of its own.</remarks>
internal sealed class GbStreamRunner : IDisposable
{
    // A device that said no is a small computer; it is not asked as often as one that is merely silent.
    private static readonly TimeSpan s_retryMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_retryMax = TimeSpan.FromSeconds(30);
    private const int FailuresMax = 6;

    private readonly string _deviceId;
    private readonly string _channelId;
    private readonly StreamKind _kind;
    private readonly GbTransport _transport;
    private readonly GatewayOptions _gateway;
    private readonly TimeProvider _time;
    private Task<string>? _life;
    private CancellationTokenSource? _ending;
    private volatile string? _refusal;
    private volatile bool _hasPicture;
    private bool _isLeaving;
    private int _failures;
    private long _failedAt;
    private TimeSpan _pause;
    private long? _joinedAt;

    public GbStreamRunner(CameraDevice camera, StreamKind kind, GbTransport transport, GatewayOptions gateway, TimeProvider time)
    {
        _deviceId = GbCamera.DeviceOf(camera);
        _channelId = GbCamera.ChannelOf(camera, kind)!;
        (_kind, _transport, _gateway, _time) = (kind, transport, gateway, time);
        Feed = new VideoFeed($"{camera.Id}/{(kind == StreamKind.Main ? "main" : "sub")}", gateway.Limits, time);
    }

    /// <summary>Its feed.</summary>
    public VideoFeed Feed { get; }

    /// <summary>Whether nothing of it runs any more.</summary>
    public bool HasLeft => _life is null;

    /// <summary>The stream is wanted no more, by anybody.</summary>
    public void Leave() => _isLeaving = true;

    /// <inheritdoc/>
    public void Dispose() => _ending?.Dispose();

    /// <summary>Looks what is to be done now.</summary>
    /// <param name="server">Asks devices; <see langword="null"/> while it does not listen.</param>
    /// <param name="away">Why the device cannot be asked; <see langword="null"/> while it is online.</param>
    /// <param name="failed">Hears of faults of ours.</param>
    public void Tick(GbServer? server, string? away, Action<Exception> failed)
    {
        var isWanted = IsWanted();
        if (_life is { IsCompleted: false })
        {
            if (!isWanted || _refusal is not null)
            {
                _ending!.Cancel();
            }
            else if (Feed.State == FeedState.Lost && Feed.Reason is null)
            {
                Feed.Explain(GbException.NoMedia);
            }

            return;
        }

        if (_life is { } life)
        {
            Over(life, isWanted);
        }

        if (!isWanted || server is null)
        {
            Feed.Ask(isAsked: false);
            if (server is null && !_isLeaving && away is not null)
            {
                Feed.Explain(away);
            }

            return;
        }

        Feed.Ask(isAsked: true);
        if (away is not null)
        {
            Feed.Explain(away);
            _failures = 0;
            _pause = TimeSpan.Zero; // The moment it is back it is asked.
        }
        else if (_time.GetElapsedTime(_failedAt) >= _pause)
        {
            (_refusal, _hasPicture) = (null, false);
            _ending = new CancellationTokenSource();
            _life = LiveAsync(server, failed, _ending.Token);
        }
    }

    private bool IsWanted()
    {
        if (_isLeaving || _kind == StreamKind.Sub)
        {
            return !_isLeaving;
        }

        var isJoined = Feed.Sinks > 0;
        _joinedAt = isJoined ? _time.GetTimestamp() : _joinedAt;
        return isJoined || (_joinedAt is { } at && _time.GetElapsedTime(at) < _gateway.MainLinger);
    }

    private void Over(Task<string> life, bool isWanted)
    {
        _ending!.Dispose();
        (_life, _ending) = (null, null);
        Feed.Interrupt();
        if (!isWanted)
        {
            _pause = TimeSpan.Zero;
            return;
        }

        var code = _refusal ?? life.GetAwaiter().GetResult(); // Completed, and it never fails.
        Feed.Explain(code);
        _failures = _hasPicture ? 1 : Math.Min(_failures + 1, FailuresMax);
        var pause = s_retryMin * (1 << (_failures - 1));
        pause = _refusal is not null ? _gateway.RefusedRetry : pause < s_retryMax ? pause : s_retryMax;
        _pause = pause * (0.75 + (Random.Shared.NextDouble() / 4)); // Jitter: many that were lost together do not come back in one moment.
        _failedAt = _time.GetTimestamp();
    }

    private async Task<string> LiveAsync(GbServer server, Action<Exception> failed, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            var stream = _kind == StreamKind.Main ? GbStream.Main : GbStream.Sub;
            await using var session = await server.PlayAsync(_deviceId, _channelId, stream, _transport, Take, cancellationToken);
            return await session.Ended.WaitAsync(cancellationToken);
        }
        catch (GbException exception)
        {
            return exception.Code;
        }
        catch (OperationCanceledException)
        {
            return GbException.Closed;
        }
        catch (Exception exception)
        {
            failed(exception); // Top of the stream's life: a fault of one is no fault of the others.
            return "video.failed";
        }
    }

    // As the gateway: what no page could show is refused with a word, not shown as rubbish.
    private void Take(AccessUnit unit)
    {
        if (unit.Codec != VideoCodec.H264 || PictureKind.Of(unit.Data.Span).HasB)
        {
            _refusal = "video.codec";
        }
        else if (_refusal is null)
        {
            _hasPicture = true;
            Feed.Publish(unit);
        }
    }
}
