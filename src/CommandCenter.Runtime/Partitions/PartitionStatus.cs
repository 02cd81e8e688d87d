namespace CommandCenter.Runtime.Partitions;

/// <summary>What a partition shows of itself; any thread may read it.</summary>
/// <param name="Index">Number of the partition, from 0.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Position">Last committed record, 0 when there is none.</param>
/// <param name="SnapshotPosition">Position of the newest usable snapshot, 0 when there is none.</param>
/// <param name="QueuedCommands">Commands waiting, a running group excluded.</param>
/// <param name="StopReason">Why it stopped or why it cannot recover; null while all is well.</param>
/// <param name="PoisonKey">What to name in <c>SkipAsync</c>; null unless stopped.</param>
/// <param name="LastCommitDuration">Time of the last commit with its flush; null before the first.</param>
/// <param name="RecoveryAttempts">Failed attempts to get the journal back since it last worked.</param>
public sealed record PartitionStatus(
    int Index,
    PartitionState State,
    long Position,
    long SnapshotPosition,
    int QueuedCommands,
    string? StopReason,
    string? PoisonKey,
    TimeSpan? LastCommitDuration,
    int RecoveryAttempts);
