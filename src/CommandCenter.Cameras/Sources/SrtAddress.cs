using System.Net;

namespace CommandCenter.Cameras.Sources;

/// <summary>Addresses of SRT: one without a certain host is ours to listen on, any other is a device to call.</summary>
internal static class SrtAddress
{
    /// <summary>Whether we listen on it.</summary>
    public static bool IsListener(string address) => IPAddress.TryParse(new Uri(address).Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));

    /// <summary>As srtsrc takes it.</summary>
    public static string Of(string address)
    {
        var uri = new Uri(address);
        return $"srt://{uri.Host}:{uri.Port}?mode={(IsListener(address) ? "listener" : "caller")}";
    }
}
