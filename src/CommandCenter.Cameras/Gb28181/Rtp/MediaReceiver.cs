using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace CommandCenter.Cameras.Gb28181.Rtp;

/// <summary>Receives the media of one session: packets from a socket, through the window, out of the program stream, to the sink. One loop.</summary>
/// <param name="socket">Bound; owned by this.</param>
/// <param name="answer">What the device agreed to.</param>
/// <param name="ssrc">Whose packets are taken.</param>
/// <param name="signalling">Where the device's signalling comes from: media may come from there, too.</param>
/// <param name="time">The only clock.</param>
/// <param name="tally">Counts.</param>
/// <param name="window">Puts the packets in order.</param>
/// <param name="demuxer">Gets them from there.</param>
internal sealed class MediaReceiver(
    Socket socket, SdpAnswer answer, uint ssrc, IPAddress signalling, TimeProvider time, Tally tally, RtpReorder window, PsDemuxer demuxer) : IDisposable
{
    private const int PacketBytesMax = 65_535;

    private Socket? _connection;
    private IPEndPoint? _source;
    private long _lastPacketAt = time.GetTimestamp();

    /// <summary>How long no packet of this session has come.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref _lastPacketAt));

    /// <summary>Whether the device sends something that is neither H.264 nor H.265.</summary>
    public bool IsOfAnotherCodec => demuxer.UnknownType != 0;

    /// <summary>Receives until the device closes its connection, or this is disposed.</summary>
    /// <exception cref="SocketException">The network failed.</exception>
    public async Task RunAsync(GbTransport transport, CancellationToken cancellationToken)
    {
        try
        {
            switch (transport)
            {
                case GbTransport.Udp:
                    await ReceiveDatagramsAsync(cancellationToken);
                    break;
                case GbTransport.TcpPassive:
                    _connection = await AcceptAsync(cancellationToken);
                    socket.Dispose(); // One connection a session: nobody else has anything to say here.
                    await ReceiveStreamAsync(_connection, cancellationToken);
                    break;
                default:
                    await socket.ConnectAsync(new IPEndPoint(answer.Address, answer.Port), cancellationToken);
                    await ReceiveStreamAsync(socket, cancellationToken);
                    break;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The session ended here.
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _connection?.Dispose();
    }

    private bool IsExpected(IPAddress address) => address.Equals(answer.Address) || address.Equals(signalling);

    private async Task ReceiveDatagramsAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[PacketBytesMax];
        var any = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!cancellationToken.IsCancellationRequested)
        {
            var datagram = await socket.ReceiveFromAsync(buffer, SocketFlags.None, any, cancellationToken);
            var from = (IPEndPoint)datagram.RemoteEndPoint;
            if (!(_source is null ? IsExpected(from.Address) : from.Equals(_source)))
            {
                tally.Stranger();
            }
            else if (Take(buffer.AsSpan(0, datagram.ReceivedBytes)))
            {
                _source = from; // From now on, nobody but who sent the first good packet.
            }
        }
    }

    private async Task<Socket> AcceptAsync(CancellationToken cancellationToken)
    {
        for (; ; )
        {
            var connection = await socket.AcceptAsync(cancellationToken);
            if (connection.RemoteEndPoint is IPEndPoint remote && IsExpected(remote.Address))
            {
                return connection;
            }

            tally.Stranger();
            connection.Dispose();
        }
    }

    // RFC 4571: two bytes of length before each packet.
    private async Task ReceiveStreamAsync(Socket stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[2 * (PacketBytesMax + 2)];
        var length = 0;
        while (await stream.ReceiveAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var count)
        {
            length += count;
            var used = 0;
            while (length - used >= 2 && length - used - 2 >= BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(used)))
            {
                var packet = BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(used));
                _ = Take(buffer.AsSpan(used + 2, packet));
                used += 2 + packet;
            }

            buffer.AsSpan(used, length - used).CopyTo(buffer);
            length -= used;
        }
    }

    private bool Take(ReadOnlySpan<byte> data)
    {
        if (!RtpPacket.TryRead(data, out var packet) || packet.Ssrc != ssrc || packet.PayloadType != answer.PayloadType)
        {
            tally.Stranger();
            return false;
        }

        _ = Interlocked.Exchange(ref _lastPacketAt, time.GetTimestamp());
        window.Receive(packet);
        tally.Packet();
        return true;
    }
}
