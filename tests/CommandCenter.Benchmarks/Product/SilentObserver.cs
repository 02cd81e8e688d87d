using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Benchmarks.Product;

/// <summary>Says nothing of a partition's life, and ends the benchmark when one fails: figures of a failed run say nothing.</summary>
internal sealed class SilentObserver : IPartitionObserver
{
    public void Recovered(int partition, long position, long replayedCount, TimeSpan duration)
    {
    }

    public void Stopped(int partition, string poisonKey, string reason, Exception? exception) =>
        throw new InvalidOperationException(reason, exception);

    public void JournalFailed(int partition, Exception exception, TimeSpan retryIn) =>
        throw new InvalidOperationException("The disk failed during a benchmark.", exception);

    public void Skipped(int partition, string poisonKey, string reason, string by)
    {
    }

    public void SnapshotWritten(int partition, long position, long sizeBytes, TimeSpan duration)
    {
    }

    public void SnapshotFailed(int partition, Exception exception)
    {
    }

    public void SnapshotIgnored(int partition, string file, string reason)
    {
    }

    public void Closed(int partition, long position)
    {
    }
}
