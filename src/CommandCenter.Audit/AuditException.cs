namespace CommandCenter.Audit;

/// <summary>The log cannot do what was asked of it. Whoever needed the record must refuse the act.</summary>
/// <param name="code">One of the constants of this class.</param>
/// <param name="message">Says what to do; for people, not stable.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class AuditException(string code, string message, Exception? innerException)
    : Exception(message, innerException)
{
    /// <summary>The record could not be flushed to the disk; it is not in the log. The next one is tried anew.</summary>
    public const string NotWritten = "audit.not-written";

    /// <summary>The log was closed.</summary>
    public const string Closed = "audit.closed";

    /// <summary>Another process writes to the folder.</summary>
    public const string InUse = "audit.in-use";

    /// <summary>The signing key cannot be used.</summary>
    public const string KeyUnusable = "audit.key-unusable";

    /// <summary>The folder's last checkpoint cannot be read, so the log does not know where it ended.</summary>
    public const string Damaged = "audit.damaged";

    /// <summary>Stable code, one of the constants of this class.</summary>
    public string Code { get; } = code;
}
