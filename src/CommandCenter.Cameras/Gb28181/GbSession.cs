using CommandCenter.Cameras.Gb28181.Rtp;
using CommandCenter.Cameras.Gb28181.Sip;

namespace CommandCenter.Cameras.Gb28181;

/// <summary>How a session stands.</summary>
public enum GbSessionState
{
    /// <summary>The device agreed and sends.</summary>
    Playing,

    /// <summary>It ended; <see cref="GbSession.Ended"/> says why.</summary>
    Ended,
}

/// <summary>A stream that a device sends: GB/T 28181-2016, 9.2. Dispose it to end it.</summary>
public sealed class GbSession : IAsyncDisposable
{
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private readonly Action<GbSession, bool> _over;
    private Task _receiving = Task.CompletedTask;

    internal GbSession(string deviceId, string channelId, GbStream stream, string ssrc, SipPeer peer, GbDialog dialog, Action<GbSession, bool> over)
    {
        DeviceId = deviceId;
        ChannelId = channelId;
        Stream = stream;
        Ssrc = ssrc;
        Peer = peer;
        Dialog = dialog;
        _over = over;
    }

    /// <summary>The device, 20 digits.</summary>
    public string DeviceId { get; }

    /// <summary>Its channel, 20 digits.</summary>
    public string ChannelId { get; }

    /// <summary>Which of its streams was asked for.</summary>
    public GbStream Stream { get; }

    /// <summary>Name of the stream, ten digits: as in the offer, in the Subject, and in its packets unless the device chose its own.</summary>
    public string Ssrc { get; }

    /// <summary>How it stands.</summary>
    public GbSessionState State => _ended.Task.IsCompleted ? GbSessionState.Ended : GbSessionState.Playing;

    /// <summary>Completes when the session ends, with one of the codes of <see cref="GbException"/>. Never fails.</summary>
    public Task<string> Ended => _ended.Task;

    internal SipPeer Peer { get; }

    internal GbDialog Dialog { get; }

    internal MediaReceiver? Media { get; private set; }

    /// <summary>Ends the stream: the device is told, and when this returns the sink is not called any more. Not to be awaited in the sink.</summary>
    public async ValueTask DisposeAsync()
    {
        End(GbException.Closed);
        await _receiving;
        _closing.Dispose();
    }

    internal void Begin(MediaReceiver media, GbTransport transport, Action<Exception> failed)
    {
        Media = media;
        if (State == GbSessionState.Ended)
        {
            media.Dispose(); // The device was gone before its answer was read.
            return;
        }

        _receiving = ReceiveAsync(media, transport, failed);
    }

    /// <summary>Ends it, once; the server tells the device.</summary>
    internal void End(string code, bool tellsDevice = true)
    {
        if (_ended.TrySetResult(code))
        {
            try
            {
                _closing.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // Disposed of at the same moment.
            }

            Media?.Dispose();
            _over(this, tellsDevice);
        }
    }

    private async Task ReceiveAsync(MediaReceiver media, GbTransport transport, Action<Exception> failed)
    {
        await Task.Yield(); // Not on the caller's thread, whatever has come already.
        try
        {
            await media.RunAsync(transport, _closing.Token);
            End(GbException.EndedByDevice);
        }
        catch (System.Net.Sockets.SocketException)
        {
            End(GbException.NoMedia);
        }
        catch (Exception exception)
        {
            // Top of the loop: the sink's own exception, or a bug. This stream is over, the others go on.
            failed(exception);
            End(GbException.DeviceError);
        }
    }
}
