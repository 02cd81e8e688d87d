namespace CommandCenter.Cameras.Gb28181.Sip;

/// <summary>The largest of everything that a stranger can send. What is larger is malformed.</summary>
internal static class SipLimits
{
    /// <summary>A whole message, bytes. A datagram cannot be longer.</summary>
    public const int MessageBytesMax = 65_535;

    /// <summary>Start line and headers together, bytes.</summary>
    public const int HeadBytesMax = 16 * 1024;

    /// <summary>Headers of a message; a folded line belongs to the one before it.</summary>
    public const int HeaderCountMax = 64;

    /// <summary>One header, unfolded, characters.</summary>
    public const int HeaderCharsMax = 4_096;

    /// <summary>Values of one header that stand between commas.</summary>
    public const int ValueCountMax = 32;

    /// <summary>CSeq: RFC 3261, 8.1.1.5.</summary>
    public const long CSeqMax = int.MaxValue;
}
