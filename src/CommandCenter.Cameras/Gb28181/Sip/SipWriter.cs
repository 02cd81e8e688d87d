using System.Globalization;
using System.Text;

namespace CommandCenter.Cameras.Gb28181.Sip;

/// <summary>Writes messages as bytes. Adds the Content-Length.</summary>
internal static class SipWriter
{
    public static byte[] Write(SipMessage message)
    {
        var text = new StringBuilder(512);
        _ = message.IsRequest
            ? text.Append(message.Method).Append(' ').Append(message.RequestUri).Append(" SIP/2.0\r\n")
            : text.Append("SIP/2.0 ").Append(message.Status.ToString(CultureInfo.InvariantCulture)).Append(' ').Append(message.Reason).Append("\r\n");
        foreach (var header in message.Headers)
        {
            _ = text.Append(header.Name).Append(": ").Append(header.Value).Append("\r\n");
        }

        _ = text.Append("Content-Length: ").Append(message.Body.Length.ToString(CultureInfo.InvariantCulture)).Append("\r\n\r\n");
        var head = Encoding.Latin1.GetByteCount(text.ToString());
        var bytes = new byte[head + message.Body.Length];
        _ = Encoding.Latin1.GetBytes(text.ToString(), bytes);
        message.Body.Span.CopyTo(bytes.AsSpan(head));
        return bytes;
    }

    /// <summary>An answer to a request: RFC 3261, 8.2.6. Where the sender asked for it, the Via says where it was seen (RFC 3581).</summary>
    /// <param name="request">What is answered.</param>
    /// <param name="peer">Whom it came from.</param>
    /// <param name="status">100 to 699.</param>
    /// <param name="reason">For people.</param>
    /// <param name="tag">Our tag, for a To that has none.</param>
    /// <param name="extra">What else stands in the head.</param>
    public static SipMessage Answer(SipMessage request, SipPeer peer, int status, string reason, string tag, params ReadOnlySpan<SipHeader> extra)
    {
        var headers = new List<SipHeader>();
        foreach (var header in request.Headers)
        {
            if (header.Is(SipHeader.Via))
            {
                headers.Add(header with { Value = headers.Count == 0 ? Seen(header.Value, peer) : header.Value });
            }
        }

        foreach (var name in (ReadOnlySpan<string>)[SipHeader.From, SipHeader.To, SipHeader.CallId, SipHeader.CSeq])
        {
            if (request.Header(name) is { } value)
            {
                var needsTag = name == SipHeader.To && SipText.IsBalanced(value) && SipText.Parameter(value, "tag") is null;
                headers.Add(new SipHeader(name, needsTag ? $"{value};tag={tag}" : value));
            }
        }

        headers.AddRange(extra);
        return SipMessage.Response(status, reason, request.Method, headers, ReadOnlyMemory<byte>.Empty);
    }

    private static string Seen(string via, SipPeer peer)
    {
        var values = SipText.Split(via, ',');
        var parts = SipText.Split(values[0], ';');
        var asked = parts.FindIndex(1, static part => part.Equals("rport", StringComparison.OrdinalIgnoreCase));
        if (asked < 0)
        {
            return via;
        }

        parts[asked] = string.Create(CultureInfo.InvariantCulture, $"rport={peer.Remote.Port};received={peer.Remote.Address}");
        values[0] = string.Join(';', parts);
        return string.Join(", ", values);
    }
}
