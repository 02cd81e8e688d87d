using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace CommandCenter.Cameras.Gb28181.Sip;

/// <summary>A TCP connection. One loop reads, one writes what waits.</summary>
internal sealed class TcpPeer(Socket socket, IPEndPoint remote) : SipPeer(remote), IDisposable
{
    // A device that reads nothing while this many answers wait is gone.
    private const int WaitingMax = 64;

    private readonly Channel<byte[]> _waiting = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(WaitingMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private volatile bool _isClosed;

    public override string Protocol => "TCP";

    public override bool IsReliable => true;

    public override bool IsOpen => !_isClosed;

    /// <summary>When something last came, on our clock; the transport keeps it.</summary>
    public DateTimeOffset LastReceivedAt { get; set; }

    public override void Send(byte[] message)
    {
        if (!_waiting.Writer.TryWrite(message))
        {
            Dispose();
        }
    }

    /// <summary>Hands on what is received until either end closes.</summary>
    public async Task RunAsync(Func<ReadOnlyMemory<byte>, bool> received, CancellationToken cancellationToken)
    {
        var writing = WriteAsync(cancellationToken);
        try
        {
            var buffer = new byte[16 * 1024];
            while (await socket.ReceiveAsync(buffer, cancellationToken) is > 0 and var count && received(buffer.AsMemory(0, count)))
            {
            }

            // What was answered to the last message still goes out.
            _ = _waiting.Writer.TryComplete();
            await writing.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException or TimeoutException)
        {
            // The other end is gone, or we are going.
        }
        finally
        {
            Dispose();
            await writing;
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        _ = _waiting.Writer.TryComplete();
        socket.Dispose();
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _waiting.Reader.ReadAllAsync(cancellationToken))
            {
                for (var sent = 0; sent < message.Length;)
                {
                    sent += await socket.SendAsync(message.AsMemory(sent), cancellationToken);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            _isClosed = true;
        }
    }
}
