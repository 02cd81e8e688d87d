using System.Net;
using System.Net.Sockets;

namespace CommandCenter.Cameras.Gb28181.Rtp;

/// <summary>Binds a socket to a free port of the range, beginning behind the one that was given last. Thread-safe.</summary>
internal sealed class MediaPorts(GbServerOptions options)
{
    private const int ReceiveBufferBytes = 2 * 1024 * 1024; // A key picture comes all at once.

    private int _last = -2;

    /// <exception cref="GbException">No port is free.</exception>
    public Socket Bind(GbTransport transport)
    {
        var count = ((options.MediaPortMax - options.MediaPortMin) / 2) + 1;
        for (var tries = 0; tries < count; tries++)
        {
            var next = (uint)Interlocked.Add(ref _last, 2);
            var port = options.MediaPortMin + (int)(next % (uint)(count * 2));
            var socket = transport == GbTransport.Udp
                ? new Socket(options.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = ReceiveBufferBytes }
                : new Socket(options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(options.Address, port));
                if (transport == GbTransport.TcpPassive)
                {
                    socket.Listen(4);
                }

                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose(); // Somebody else's: the next one.
            }
        }

        throw new GbException(GbException.NoPort, $"No media port from {options.MediaPortMin} to {options.MediaPortMax} is free.");
    }
}
