namespace CommandCenter.Cameras.Gb28181.Sip;

/// <summary>A header line, unfolded.</summary>
internal readonly record struct SipHeader(string Name, string Value)
{
    public const string Via = "Via";
    public const string From = "From";
    public const string To = "To";
    public const string CallId = "Call-ID";
    public const string CSeq = "CSeq";
    public const string Contact = "Contact";
    public const string ContentLength = "Content-Length";
    public const string ContentType = "Content-Type";
    public const string MaxForwards = "Max-Forwards";
    public const string Expires = "Expires";
    public const string Subject = "Subject";
    public const string Event = "Event";
    public const string Authorization = "Authorization";

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>RFC 3261, 7.3.3 and the tables of its extensions.</summary>
    public static string LongName(string name) => name.Length != 1 ? name : name[0] switch
    {
        'v' or 'V' => Via,
        'f' or 'F' => From,
        't' or 'T' => To,
        'i' or 'I' => CallId,
        'm' or 'M' => Contact,
        'l' or 'L' => ContentLength,
        'c' or 'C' => ContentType,
        's' or 'S' => Subject,
        'o' or 'O' => Event,
        'e' or 'E' => "Content-Encoding",
        'k' or 'K' => "Supported",
        'u' or 'U' => "Allow-Events",
        _ => name,
    };
}
