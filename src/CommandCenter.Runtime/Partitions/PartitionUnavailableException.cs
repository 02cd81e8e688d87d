namespace CommandCenter.Runtime.Partitions;

/// <summary>A partition cannot promise the outcome of a batch or question. Repeating it later is safe where commands carry ids.</summary>
/// <param name="code">One of the constants of this class.</param>
/// <param name="message">For people; not stable.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class PartitionUnavailableException(string code, string message, Exception? innerException)
    : Exception(message, innerException)
{
    /// <summary>Stopped by poison; somebody must act.</summary>
    public const string Stopped = "partition.stopped";

    /// <summary>The process is going down.</summary>
    public const string Draining = "partition.draining";

    /// <summary>The journal could not be written; the partition is trying to get it back.</summary>
    public const string JournalFailed = "partition.journal-failed";

    /// <summary>Too many questions are waiting.</summary>
    public const string Busy = "partition.busy";

    /// <summary>Creates the exception without a cause.</summary>
    public PartitionUnavailableException(string code, string message)
        : this(code, message, innerException: null)
    {
    }

    /// <summary>Stable code, one of the constants of this class.</summary>
    public string Code { get; } = code;
}
