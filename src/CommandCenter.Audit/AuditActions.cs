namespace CommandCenter.Audit;

/// <summary>The acts that the log records of itself.</summary>
public static class AuditActions
{
    /// <summary>The log was opened. Its detail says what a crash had left behind.</summary>
    public const string Started = "audit.started";

    /// <summary>The log was closed cleanly.</summary>
    public const string Stopped = "audit.stopped";

    /// <summary>Files older than the retention were removed; <c>through</c> in its detail is the number of the last one.</summary>
    public const string Removed = "audit.removed-old";

    /// <summary>Who the log is in its own records.</summary>
    public const string Actor = "system";
}
