namespace CommandCenter.Runtime.Journal;

/// <summary>What a verification read and what it found wrong.</summary>
/// <param name="RowCount">Rows read, one per group commit.</param>
/// <param name="RecordCount">Records in them.</param>
/// <param name="Findings">Empty when everything is as it was written.</param>
public sealed record VerificationReport(long RowCount, long RecordCount, IReadOnlyList<VerificationFinding> Findings);

/// <summary>One thing that is not as it was written.</summary>
/// <param name="Partition">Number of the partition, from 0.</param>
/// <param name="Position">First record of the row; null when it is not about a row.</param>
/// <param name="Code">Stable: <c>journal.gap</c>, <c>journal.chain-broken</c>, <c>journal.framing-broken</c>, <c>snapshot.damaged</c>.</param>
/// <param name="Message">For people; not stable.</param>
public sealed record VerificationFinding(int Partition, long? Position, string Code, string Message);
