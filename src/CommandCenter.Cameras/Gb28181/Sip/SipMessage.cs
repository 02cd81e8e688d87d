namespace CommandCenter.Cameras.Gb28181.Sip;

/// <summary>A request or a response of SIP (RFC 3261, 7). Texts hold one character a byte, so that what is answered is what came.</summary>
internal sealed class SipMessage
{
    private SipMessage(string method, string requestUri, int status, string reason, IReadOnlyList<SipHeader> headers, ReadOnlyMemory<byte> body)
    {
        Method = method;
        RequestUri = requestUri;
        Status = status;
        Reason = reason;
        Headers = headers;
        Body = body;
    }

    /// <summary>Method of a request; that of the CSeq of a response.</summary>
    public string Method { get; }

    /// <summary>Whom a request is for; empty in a response.</summary>
    public string RequestUri { get; }

    /// <summary>100 to 699 in a response, 0 in a request.</summary>
    public int Status { get; }

    /// <summary>For people.</summary>
    public string Reason { get; }

    /// <summary>In the order in which they came, with long names where the sender used compact ones.</summary>
    public IReadOnlyList<SipHeader> Headers { get; }

    /// <summary>What stands behind the empty line.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    public bool IsRequest => Status == 0;

    public static SipMessage Request(string method, string uri, IReadOnlyList<SipHeader> headers, ReadOnlyMemory<byte> body) =>
        new(method, uri, 0, string.Empty, headers, body);

    public static SipMessage Response(int status, string reason, string method, IReadOnlyList<SipHeader> headers, ReadOnlyMemory<byte> body) =>
        new(method, string.Empty, status, reason, headers, body);

    /// <summary>The first header of that name, whole; <see langword="null"/> when there is none.</summary>
    public string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (header.Is(name))
            {
                return header.Value;
            }
        }

        return null;
    }

    /// <summary>All values of a header that may have several, from all its lines.</summary>
    public IEnumerable<string> Values(string name) => Headers.Where(header => header.Is(name)).SelectMany(header => SipText.Split(header.Value, ','));

    /// <summary>The value nearest to the sender; empty when there is none.</summary>
    public string TopVia => Values(SipHeader.Via).FirstOrDefault() ?? string.Empty;

    /// <summary>The transaction's name as its client gave it; <see langword="null"/> from clients older than RFC 3261.</summary>
    public string? Branch => SipText.Parameter(TopVia, "branch");

    public string CallId => Header(SipHeader.CallId) ?? string.Empty;

    public string? FromTag => SipText.Parameter(Header(SipHeader.From) ?? string.Empty, "tag");

    public string? ToTag => SipText.Parameter(Header(SipHeader.To) ?? string.Empty, "tag");

    /// <summary>The user of the From address: in this standard the sender's number. <see langword="null"/> where there is none.</summary>
    public string? FromUser => SipText.User(Header(SipHeader.From) ?? string.Empty);

    /// <summary>0 where there is none or it is no number.</summary>
    public long CSeq => SipText.Number((Header(SipHeader.CSeq) ?? string.Empty).Split([' ', '\t'], 2)[0], SipLimits.CSeqMax) ?? 0;
}
