namespace CommandCenter.Runtime.Partitions;

/// <summary>A data directory cannot be opened as asked.</summary>
/// <param name="code">One of the constants of this class.</param>
/// <param name="message">Says what to do.</param>
/// <param name="innerException">The cause, if there is one.</param>
public class DataDirectoryException(string code, string message, Exception? innerException)
    : Exception(message, innerException)
{
    /// <summary>Another process holds the directory.</summary>
    public const string InUse = "data.in-use";

    /// <summary>The directory was written in another format.</summary>
    public const string OtherFormat = "data.other-format";

    /// <summary>The directory has another number of partitions.</summary>
    public const string OtherPartitionCount = "data.other-partition-count";

    /// <summary>The directory is not empty and not a data directory.</summary>
    public const string NotOurs = "data.not-ours";

    /// <summary>Stable code, one of the constants of this class.</summary>
    public string Code { get; } = code;
}
