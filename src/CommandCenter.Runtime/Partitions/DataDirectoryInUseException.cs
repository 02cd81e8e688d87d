namespace CommandCenter.Runtime.Partitions;

/// <summary>Another process, or another set in this one, has the data directory open.</summary>
/// <param name="message">Says which directory.</param>
/// <param name="innerException">The failed attempt to lock.</param>
public sealed class DataDirectoryInUseException(string message, Exception? innerException)
    : DataDirectoryException(InUse, message, innerException);
