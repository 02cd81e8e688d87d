namespace CommandCenter.Runtime.Journal;

/// <summary>The journal's file cannot be read or written: an outside fault, to be retried. Never a sign of wrong content.</summary>
/// <param name="resultCode">Result code of SQLite.</param>
/// <param name="message">What was tried and what SQLite answered.</param>
internal sealed class JournalException(int resultCode, string message) : Exception(message)
{
    public int ResultCode { get; } = resultCode;
}
