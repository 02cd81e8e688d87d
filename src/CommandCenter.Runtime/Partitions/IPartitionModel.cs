namespace CommandCenter.Runtime.Partitions;

/// <summary>The state of one partition and the rules that change it. Single-threaded: the partition owns the only thread that calls it.</summary>
/// <remarks>
/// The state must be a function of the journal: whatever <see cref="Decide"/> applies, <see cref="Replay"/> of the records it appended must
/// apply again. A crash, a full disk or a poison command discards the model and builds a fresh one from snapshot and journal.
/// </remarks>
/// <typeparam name="TCommand">What is asked of the partition.</typeparam>
/// <typeparam name="TReply">What the asker is told once the records are on disk.</typeparam>
public interface IPartitionModel<TCommand, TReply>
{
    /// <summary>Decides one command, applies at once what it accepted and appends the records that say so. A refusal is a reply, not a throw.</summary>
    /// <exception cref="Exception">Any throw is poison: nothing of the running group counts, and the partition stops.</exception>
    TReply Decide(TCommand command, RecordWriter records);

    /// <summary>Shows a few commands that are decided next. A model that is larger than the processor's caches can fetch what they need.</summary>
    void LookAhead(ReadOnlySpan<TCommand> commands)
    {
    }

    /// <summary>Applies one record of the journal during recovery.</summary>
    /// <remarks>
    /// Passive rows are written in the transaction of their group, so during recovery the passive store is already at the journal's end.
    /// A model that finds a passive state must skip the replayed records which that state contains: it keeps its own last position in it.
    /// </remarks>
    /// <exception cref="Exception">Any throw makes the record poison; the partition stops with the key <c>record:position</c>.</exception>
    void Replay(long position, ReadOnlySpan<byte> record);

    /// <summary>Swaps what readers on other threads see. Called on the partition's thread after each commit and after recovery.</summary>
    void Publish(long position);

    /// <summary>A cheap copy of the state: immutable references or plain memory copies. Called on the partition's thread, between groups.</summary>
    ISnapshot Capture();

    /// <summary>Fills a fresh model from what <see cref="ISnapshot.WriteTo"/> wrote; the stream stands at the body and ends with it.</summary>
    void Restore(Stream snapshot);
}
