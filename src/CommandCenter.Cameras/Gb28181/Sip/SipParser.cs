using System.Text;

namespace CommandCenter.Cameras.Gb28181.Sip;

/// <summary>What was made of some bytes.</summary>
/// <param name="Message">The message; <see langword="null"/> when not even an answer could be addressed: it is dropped.</param>
/// <param name="FaultStatus">0 when all is well; else with what the request is to be refused. A response with a fault is dropped.</param>
/// <param name="Fault">What is wrong, for the reason phrase.</param>
internal readonly record struct SipParse(SipMessage? Message, int FaultStatus, string Fault)
{
    public static readonly SipParse Dropped = new(null, 400, string.Empty);
}

/// <summary>Reads one message, RFC 3261, 7 and 25. Lenient where devices are sloppy and nothing is at stake, strict where two readers could differ.</summary>
internal static class SipParser
{
    private const string Version = "SIP/2.0";

    private static readonly string[] s_single = [SipHeader.From, SipHeader.To, SipHeader.CallId, SipHeader.CSeq, SipHeader.ContentLength, SipHeader.MaxForwards];
    private static readonly string[] s_needed = [SipHeader.Via, SipHeader.From, SipHeader.To, SipHeader.CallId, SipHeader.CSeq];

    /// <summary>Reads a datagram or one frame of a stream. Never throws.</summary>
    public static SipParse Parse(ReadOnlySpan<byte> data)
    {
        data = SkipEmptyLines(data);
        var headLength = HeadLength(data);
        if (headLength == 0 || headLength > SipLimits.HeadBytesMax || data.Length > SipLimits.MessageBytesMax)
        {
            return SipParse.Dropped;
        }

        var lines = Lines(data[..headLength]);
        return lines is null || lines.Count == 0 || ReadHeaders(lines) is not { } headers ? SipParse.Dropped : Read(lines[0], headers, data[headLength..]);
    }

    /// <summary>Bytes up to and with the empty line; 0 while it is not there.</summary>
    public static int HeadLength(ReadOnlySpan<byte> data)
    {
        for (var from = 0; data[from..].IndexOf((byte)'\n') is >= 0 and var next;)
        {
            from += next + 1;
            var rest = data[from..];
            if (rest.StartsWith("\r\n"u8))
            {
                return from + 2;
            }

            if (rest.StartsWith("\n"u8))
            {
                return from + 1;
            }
        }

        return 0;
    }

    /// <summary>Empty lines before a message keep a connection open or are the end of the one before: RFC 3261, 7.5.</summary>
    public static ReadOnlySpan<byte> SkipEmptyLines(ReadOnlySpan<byte> data) => data.TrimStart("\r\n"u8);

    // Unfolds, and refuses a lone CR: it would be a line to others and is none to us.
    private static List<string>? Lines(ReadOnlySpan<byte> head)
    {
        var lines = new List<string>();
        while (head.IndexOf((byte)'\n') is >= 0 and var end)
        {
            var line = Encoding.Latin1.GetString(head[..end].TrimEnd((byte)'\r'));
            head = head[(end + 1)..];
            if (line.Contains('\r', StringComparison.Ordinal) || lines.Count > SipLimits.HeaderCountMax)
            {
                return null;
            }

            if (line.Length > 0 && line[0] is ' ' or '\t')
            {
                if (lines.Count < 2)
                {
                    return null;
                }

                lines[^1] = $"{lines[^1].TrimEnd()} {line.Trim()}";
            }
            else if (line.Length > 0)
            {
                lines.Add(line);
            }

            if (lines.Count > 0 && lines[^1].Length > SipLimits.HeaderCharsMax)
            {
                return null;
            }
        }

        return lines;
    }

    private static List<SipHeader>? ReadHeaders(List<string> lines)
    {
        var headers = new List<SipHeader>(lines.Count);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? string.Empty : line[..colon].TrimEnd();
            if (!SipText.IsToken(name))
            {
                return null;
            }

            headers.Add(new SipHeader(SipHeader.LongName(name), line[(colon + 1)..].Trim()));
        }

        return headers;
    }

    private static SipParse Read(string startLine, List<SipHeader> headers, ReadOnlySpan<byte> rest)
    {
        var length = ContentLength(headers);
        var body = length is null ? rest : rest[..(int)Math.Clamp(length.Value, 0, rest.Length)];
        var cSeq = headers.Find(static header => header.Is(SipHeader.CSeq)).Value ?? string.Empty;
        var parts = startLine.Split(' ');
        if (startLine.StartsWith(Version + " ", StringComparison.OrdinalIgnoreCase))
        {
            // SIP/2.0 200 OK: the reason may be empty or hold anything.
            if (parts[1].Length != 3 || SipText.Number(parts[1], 699) is not (>= 100 and var status))
            {
                return SipParse.Dropped;
            }

            var method = cSeq.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [_, var named] ? named : string.Empty;
            var response = SipMessage.Response((int)status, string.Join(' ', parts.Skip(2)), method, headers, body.ToArray());
            return FaultOf(response, length, rest.Length) is { } wrong ? new SipParse(response, 400, wrong) : new SipParse(response, 0, string.Empty);
        }

        if (parts.Length < 3 || !SipText.IsToken(parts[0]) || !parts[^1].StartsWith("SIP/", StringComparison.OrdinalIgnoreCase))
        {
            return SipParse.Dropped;
        }

        var request = SipMessage.Request(parts[0], parts[1], headers, body.ToArray());
        if (s_needed.Any(name => request.Header(name) is null))
        {
            return SipParse.Dropped; // RFC 3261, 16.3 wants a 400 here, too, but it would have nowhere to go.
        }

        if (!parts[^1].Equals(Version, StringComparison.OrdinalIgnoreCase))
        {
            return new SipParse(request, 505, "Version Not Supported");
        }

        var fault = parts.Length != 3 || parts[1].Length == 0 || parts[1].AsSpan().ContainsAny("<>\"") ? "Bad Request-URI" : FaultOf(request, length, rest.Length);
        return fault is null ? new SipParse(request, 0, string.Empty) : new SipParse(request, 400, fault);
    }

    private static string? FaultOf(SipMessage message, long? length, int rest)
    {
        foreach (var name in s_single)
        {
            if (message.Headers.Count(header => header.Is(name)) > 1)
            {
                return $"Several {name}";
            }
        }

        foreach (var name in s_needed)
        {
            if (message.Header(name) is not { Length: > 0 } value)
            {
                return $"No {name}";
            }

            // The text of a Call-ID may hold what elsewhere opens a quote.
            if (name != SipHeader.CallId && !SipText.IsBalanced(value))
            {
                return $"Bad {name}";
            }
        }

        if (length is < 0 || length > rest)
        {
            return "Bad Content-Length";
        }

        if (message.Header(SipHeader.MaxForwards) is { } hops && SipText.Number(hops, 255) is null)
        {
            return "Bad Max-Forwards";
        }

        var cSeq = message.Header(SipHeader.CSeq)!.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (cSeq.Length != 2 || SipText.Number(cSeq[0], SipLimits.CSeqMax) is null || !SipText.IsToken(cSeq[1]) || cSeq[1] != message.Method)
        {
            return "Bad CSeq";
        }

        if (message.Header(SipHeader.Expires) is { } expires && (expires.Length == 0 || !expires.All(char.IsAsciiDigit)))
        {
            return "Bad Expires";
        }

        return message.Values(SipHeader.Via).All(IsVia) ? null : "Bad Via";
    }

    // SIP/2.0/UDP 192.168.28.110:5060;rport;branch=z9hG4bK304023727
    private static bool IsVia(string via)
    {
        var sent = SipText.Split(via, ';')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return sent.Length >= 2 && sent[0].StartsWith("SIP/2.0/", StringComparison.OrdinalIgnoreCase)
            && !via.Contains(";;", StringComparison.Ordinal);
    }

    // Null when there is none: then a datagram's rest is the body. Below zero when it is no number.
    private static long? ContentLength(List<SipHeader> headers)
    {
        foreach (var header in headers)
        {
            if (header.Is(SipHeader.ContentLength))
            {
                return SipText.Number(header.Value, SipLimits.MessageBytesMax) ?? -1;
            }
        }

        return null;
    }
}
