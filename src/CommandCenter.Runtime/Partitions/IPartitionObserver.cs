namespace CommandCenter.Runtime.Partitions;

/// <summary>Is told the life of the partitions; the host turns it into log lines and alarms.</summary>
/// <remarks>Called on the partitions' threads, one call at a time per partition but several partitions at once. Must not block or throw.</remarks>
public interface IPartitionObserver
{
    /// <summary>Snapshot and journal are loaded. <paramref name="replayedCount"/> records were read from the journal.</summary>
    void Recovered(int partition, long position, long replayedCount, TimeSpan duration);

    /// <summary>Poison: the partition decides nothing more until <paramref name="poisonKey"/> is skipped. Somebody must act.</summary>
    void Stopped(int partition, string poisonKey, string reason, Exception? exception);

    /// <summary>The journal could not be written; the partition tries again by itself after <paramref name="retryIn"/>.</summary>
    void JournalFailed(int partition, Exception exception, TimeSpan retryIn);

    /// <summary>A poison command or record is passed over from now on.</summary>
    void Skipped(int partition, string poisonKey, string reason, string by);

    /// <summary>A snapshot is on disk.</summary>
    void SnapshotWritten(int partition, long position, long sizeBytes, TimeSpan duration);

    /// <summary>A snapshot could not be taken. Nothing is lost; the next start replays more.</summary>
    void SnapshotFailed(int partition, Exception exception);

    /// <summary>A snapshot is damaged or of another version; an older one or the whole journal is used instead.</summary>
    void SnapshotIgnored(int partition, string file, string reason);

    /// <summary>The journal is closed.</summary>
    void Closed(int partition, long position);
}
