using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CommandCenter.Cameras.Gb28181.Sip;

/// <summary>One UDP socket and one TCP listener on the same port. Hands on whole messages as bytes, and never ends for what a peer does.</summary>
/// <param name="options">Where to listen and how many connections to take.</param>
/// <param name="time">The only clock.</param>
/// <param name="received">Gets each message; the bytes are the transport's and are overwritten after the call. Called by several threads.</param>
/// <param name="malformed">Is told of a stream that had to be cut off.</param>
internal sealed class SipTransport(
    GbServerOptions options, TimeProvider time, Action<SipPeer, ReadOnlyMemory<byte>> received, Action malformed) : IAsyncDisposable
{
    private const int ReceiveBufferBytes = 4 * 1024 * 1024;
    private const int BindTriesMax = 20;

    private static readonly TimeSpan s_pauseAfterFault = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<TcpPeer, Task> _connections = new();
    private Socket? _udp;
    private Socket? _tcp;
    private Task _receiving = Task.CompletedTask;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Where it listens, after <see cref="Start"/>.</summary>
    public IPEndPoint Local { get; private set; } = new(options.Address, options.Port);

    public int ConnectionCount => _connections.Count;

    /// <exception cref="SocketException">The address cannot be listened on.</exception>
    public void Start()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                Bind();
                break;
            }
            catch (SocketException) when (options.Port == 0 && tries < BindTriesMax)
            {
                // The free UDP port is taken in TCP: another one.
            }
        }

        _receiving = ReceiveAsync(_udp!, _closing.Token);
        _accepting = AcceptAsync(_tcp!, _closing.Token);
    }

    /// <summary>Cuts connections that were silent since then.</summary>
    public void CloseSilentSince(DateTimeOffset limit)
    {
        foreach (var peer in _connections.Keys)
        {
            if (peer.LastReceivedAt < limit)
            {
                peer.Dispose();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _udp?.Dispose();
        _tcp?.Dispose();
        await Task.WhenAll(_receiving, _accepting);
        await Task.WhenAll(_connections.Values);
        _closing.Dispose();
    }

    private void Bind()
    {
        _udp?.Dispose();
        _tcp?.Dispose();
        _udp = new Socket(options.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = ReceiveBufferBytes };
        _udp.Bind(new IPEndPoint(options.Address, options.Port));
        Local = (IPEndPoint)_udp.LocalEndPoint!;
        _tcp = new Socket(options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _tcp.Bind(Local);
        _tcp.Listen(128);
    }

    private async Task ReceiveAsync(Socket udp, CancellationToken cancellationToken)
    {
        var buffer = new byte[SipLimits.MessageBytesMax + 1];
        var from = new IPEndPoint(options.Address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var datagram = await udp.ReceiveFromAsync(buffer, SocketFlags.None, from, cancellationToken);
                received(new UdpPeer(udp, (IPEndPoint)datagram.RemoteEndPoint), buffer.AsMemory(0, datagram.ReceivedBytes));
            }
            catch (Exception exception) when (exception is SocketException && !cancellationToken.IsCancellationRequested)
            {
                await PauseAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task AcceptAsync(Socket tcp, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var socket = await tcp.AcceptAsync(cancellationToken);
                if (_connections.Count >= options.ConnectionCountMax || socket.RemoteEndPoint is not IPEndPoint remote)
                {
                    socket.Dispose();
                    continue;
                }

                socket.NoDelay = true;
                var peer = new TcpPeer(socket, remote) { LastReceivedAt = time.GetUtcNow() };
                var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _connections[peer] = begun.Task;
                _connections[peer] = ServeAsync(peer, begun.Task, cancellationToken);
                begun.SetResult(); // Only now: a connection that ends at once must not be taken out before it was put in.
            }
            catch (Exception exception) when (exception is SocketException && !cancellationToken.IsCancellationRequested)
            {
                await PauseAsync(cancellationToken); // No handles left, or the connection was gone before it was taken.
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpPeer peer, Task begun, CancellationToken cancellationToken)
    {
        await begun;
        var framer = new SipFramer();
        var frames = new List<byte[]>();
        await peer.RunAsync(
            data =>
            {
                peer.LastReceivedAt = time.GetUtcNow();
                var canGoOn = framer.Add(data.Span, frames);
                foreach (var frame in frames)
                {
                    received(peer, frame);
                }

                frames.Clear();
                if (!canGoOn)
                {
                    malformed();
                }

                return canGoOn;
            },
            cancellationToken);
        _ = _connections.TryRemove(peer, out _);
    }

    private async Task PauseAsync(CancellationToken cancellationToken) =>
        await Task.Delay(s_pauseAfterFault, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
