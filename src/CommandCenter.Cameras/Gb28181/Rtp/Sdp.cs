using System.Globalization;
using System.Net;
using System.Text;
using CommandCenter.Cameras.Gb28181.Sip;

namespace CommandCenter.Cameras.Gb28181.Rtp;

/// <summary>What a device answers to an offer of media.</summary>
/// <param name="Address">Where its media comes from.</param>
/// <param name="Port">Its port; 9 or 0 where it is to be the one that connects.</param>
/// <param name="IsTcp">Whether it comes over TCP.</param>
/// <param name="PayloadType">Of its packets.</param>
/// <param name="Ssrc">The device's own choice; <see langword="null"/> when it says none.</param>
internal sealed record SdpAnswer(IPAddress Address, int Port, bool IsTcp, byte PayloadType, uint? Ssrc);

/// <summary>Session descriptions: RFC 4566, RFC 4145, and GB/T 28181-2016, annex F.</summary>
internal static class Sdp
{
    public const string ContentType = "application/sdp";
    private const int BytesMax = 8_192;
    private const int LineCountMax = 128;
    private const byte PsType = 96;

    /// <summary>What we offer to take.</summary>
    public static byte[] Offer(string serverId, IPAddress address, int port, string ssrc, GbStream stream, GbTransport transport)
    {
        var profile = transport == GbTransport.Udp ? "RTP/AVP" : "TCP/RTP/AVP";
        var text = new StringBuilder();
        _ = text.Append(CultureInfo.InvariantCulture, $"v=0\r\no={serverId} 0 0 IN IP4 {address}\r\ns=Play\r\nc=IN IP4 {address}\r\nt=0 0\r\n")
            .Append(CultureInfo.InvariantCulture, $"m=video {port} {profile} 96 97 98\r\na=recvonly\r\n")
            .Append("a=rtpmap:96 PS/90000\r\na=rtpmap:97 MPEG4/90000\r\na=rtpmap:98 H264/90000\r\n");
        if (transport != GbTransport.Udp)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"a=setup:{(transport == GbTransport.TcpPassive ? "passive" : "active")}\r\na=connection:new\r\n");
        }

        // What a device does not know it leaves: RFC 4566, 5.13.
        _ = stream == GbStream.Sub ? text.Append("a=streamnumber:1\r\na=streamprofile:1\r\na=streamMode:SUB\r\n") : text.Append("a=streamnumber:0\r\n");
        _ = text.Append(CultureInfo.InvariantCulture, $"y={ssrc}\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Reads an answer; <see langword="null"/> when it has no video of ours, or cannot be read.</summary>
    public static SdpAnswer? ReadAnswer(ReadOnlySpan<byte> body)
    {
        if (body.Length is 0 or > BytesMax)
        {
            return null;
        }

        IPAddress? address = null;
        uint? ssrc = null;
        string[]? media = null;
        var maps = new Dictionary<string, string>(StringComparer.Ordinal);
        var isOther = false;
        foreach (var line in Encoding.Latin1.GetString(body).Split('\n', LineCountMax).Select(static line => line.Trim()))
        {
            switch (line)
            {
                case ['c', '=', ..] when !isOther && line.Split(' ') is [_, _, var text] && IPAddress.TryParse(text.Split('/')[0], out var parsed):
                    address = parsed;
                    break;
                case ['m', '=', ..]:
                    isOther = media is not null || !line.StartsWith("m=video ", StringComparison.OrdinalIgnoreCase);
                    media ??= isOther ? null : line[2..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                    break;
                case ['y', '=', ..]:
                    ssrc = (uint?)SipText.Number(line.AsSpan(2), uint.MaxValue) ?? ssrc;
                    break;
                case ['a', '=', ..] when !isOther && line.StartsWith("a=rtpmap:", StringComparison.OrdinalIgnoreCase) && line[9..].Split(' ') is [var type, var map, ..]:
                    _ = maps.TryAdd(type, map);
                    break;
                default:
                    break;
            }
        }

        // m=video 9708 RTP/AVP 96
        if (address is null || media is not [_, var portText, var profile, var first, ..]
            || SipText.Number(portText, 65_535) is not { } port || SipText.Number(first, 127) is not { } payloadType)
        {
            return null;
        }

        var isPs = maps.TryGetValue(first, out var name) ? name.StartsWith("PS/", StringComparison.OrdinalIgnoreCase) : payloadType == PsType;
        return isPs ? new SdpAnswer(address, (int)port, profile.StartsWith("TCP/", StringComparison.OrdinalIgnoreCase), (byte)payloadType, ssrc) : null;
    }
}
