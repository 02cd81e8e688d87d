using System.Net;
using System.Net.Sockets;

namespace CommandCenter.Testing;

/// <summary>Ports for servers that cannot choose one themselves: they must be told it, or come back on the same one after a restart.</summary>
public static class LoopbackPort
{
    /// <summary>A port that was free a moment ago.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
