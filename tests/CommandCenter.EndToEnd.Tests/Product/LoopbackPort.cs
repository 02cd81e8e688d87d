using System.Net;
using System.Net.Sockets;

namespace CommandCenter.EndToEnd.Tests.Product;

internal static class LoopbackPort
{
    /// <summary>A port that was free a moment ago. A restart must come back on the same one, so the server cannot be left to choose.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
