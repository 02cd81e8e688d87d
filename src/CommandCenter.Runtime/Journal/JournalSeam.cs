using SQLitePCL;

namespace CommandCenter.Runtime.Journal;

/// <summary>Every point at which a process can die with something new on its way to disk.</summary>
internal enum JournalStep
{
    Opened,
    TransactionBegun,
    RowInserted,
    PassiveInserted,
    BeforeCommit,
    AfterCommit,
    BeforeCheckpoint,
    AfterCheckpoint,
    SnapshotBodyWritten,
    SnapshotFlushed,
    SnapshotRenamed,
    SkipInserted,
}

/// <summary>Where tests make the disk fail or look at it as a crash would leave it. Production has none.</summary>
internal interface IJournalSeam
{
    /// <summary>Called on the thread that writes; <paramref name="database"/> is null at the steps of a snapshot.</summary>
    /// <exception cref="JournalException">The step fails as if the disk had.</exception>
    void At(JournalStep step, int partition, sqlite3? database);
}
