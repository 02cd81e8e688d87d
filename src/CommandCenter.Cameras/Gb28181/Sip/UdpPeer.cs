using System.Net;
using System.Net.Sockets;

namespace CommandCenter.Cameras.Gb28181.Sip;

/// <summary>An address that datagrams come from.</summary>
internal sealed class UdpPeer(Socket socket, IPEndPoint remote) : SipPeer(remote)
{
    public override string Protocol => "UDP";

    public override bool IsReliable => false;

    public override bool IsOpen => true;

    public override void Send(byte[] message)
    {
        try
        {
            _ = socket.SendTo(message, Remote);
        }
        catch (SocketException)
        {
            // A datagram that cannot be sent is a datagram that was lost: the sender repeats itself.
        }
        catch (ObjectDisposedException)
        {
            // The server is stopping.
        }
    }
}
