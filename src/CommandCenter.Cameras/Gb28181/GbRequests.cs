using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CommandCenter.Cameras.Gb28181.Sip;

namespace CommandCenter.Cameras.Gb28181;

/// <summary>Writes our requests to devices: RFC 3261, 8.1.1, with the addresses of GB/T 28181-2016, 6.1.</summary>
/// <param name="options">Who we are.</param>
/// <param name="port">Where we listen.</param>
internal sealed class GbRequests(GbServerOptions options, Func<int> port)
{
    private const string Hops = "70";

    public static string NewToken() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>A request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="peer">Where it goes.</param>
    /// <param name="dialog">What it belongs to.</param>
    /// <param name="body">What it says; empty for nothing.</param>
    /// <param name="extra">What else stands in its head.</param>
    public SipMessage Make(string method, SipPeer peer, GbDialog dialog, ReadOnlyMemory<byte> body, params ReadOnlySpan<SipHeader> extra)
    {
        var local = LocalAddress(peer.Remote);
        var number = method == "ACK" ? GbDialog.InviteNumber : dialog.NextNumber();
        var headers = new List<SipHeader>
        {
            new(SipHeader.Via, $"SIP/2.0/{peer.Protocol} {local}:{port()};rport;branch=z9hG4bK{NewToken()}"),
            new(SipHeader.From, $"<sip:{options.ServerId}@{options.EffectiveRealm}>;tag={dialog.LocalTag}"),
            new(SipHeader.To, dialog.To ?? $"<{UriOf(dialog.TargetId, peer)}>"),
            new(SipHeader.CallId, dialog.CallId),
            new(SipHeader.CSeq, string.Create(CultureInfo.InvariantCulture, $"{number} {method}")),
            new(SipHeader.Contact, $"<sip:{options.ServerId}@{local}:{port()}>"),
            new(SipHeader.MaxForwards, Hops),
        };
        headers.AddRange(extra);
        return SipMessage.Request(method, UriOf(dialog.TargetId, peer), headers, body);
    }

    /// <summary>The acknowledgement of a refusal belongs to the INVITE's own transaction: RFC 3261, 17.1.1.3.</summary>
    public static SipMessage AcknowledgeRefusal(SipMessage invite, SipMessage refusal) => Follow(invite, "ACK", refusal.Header(SipHeader.To));

    /// <summary>So does its CANCEL: RFC 3261, 9.1.</summary>
    public static SipMessage Cancel(SipMessage invite) => Follow(invite, "CANCEL", invite.Header(SipHeader.To));

    /// <summary>The address at which a device reaches us.</summary>
    public IPAddress LocalAddress(IPEndPoint remote)
    {
        if (options.AdvertisedAddress is { } advertised)
        {
            return advertised;
        }

        if (!options.Address.Equals(IPAddress.Any) && !options.Address.Equals(IPAddress.IPv6Any))
        {
            return options.Address;
        }

        try
        {
            // Connecting a datagram socket sends nothing: it only asks the routing table.
            using var probe = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(remote);
            return ((IPEndPoint)probe.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return IPAddress.Loopback; // No way there: the request will not arrive, either.
        }
    }

    private static string UriOf(string targetId, SipPeer peer) => $"sip:{targetId}@{peer.Remote}";

    private static SipMessage Follow(SipMessage invite, string method, string? to)
    {
        string Of(string name) => invite.Header(name) ?? string.Empty;
        return SipMessage.Request(
            method,
            invite.RequestUri,
            [
                new(SipHeader.Via, Of(SipHeader.Via)),
                new(SipHeader.From, Of(SipHeader.From)),
                new(SipHeader.To, to ?? Of(SipHeader.To)),
                new(SipHeader.CallId, Of(SipHeader.CallId)),
                new(SipHeader.CSeq, string.Create(CultureInfo.InvariantCulture, $"{invite.CSeq} {method}")),
                new(SipHeader.MaxForwards, Hops),
            ],
            ReadOnlyMemory<byte>.Empty);
    }
}
