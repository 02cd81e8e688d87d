namespace CommandCenter.Domain;

/// <summary>An event that cannot follow the state it is applied to: the journal is damaged, or a rule was changed under it.</summary>
/// <remarks>It stops the partition that holds the grain; the other partitions go on.</remarks>
public sealed class CorruptJournalException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public CorruptJournalException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which event met which state.</param>
    public CorruptJournalException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception around its cause.</summary>
    /// <param name="message">Which event met which state.</param>
    /// <param name="innerException">The cause.</param>
    public CorruptJournalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
