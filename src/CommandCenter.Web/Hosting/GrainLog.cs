using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Hosting;

/// <summary>Turns the life of the partitions into log lines.</summary>
internal sealed partial class GrainLog(ILogger<GrainLog> logger) : IPartitionObserver, ICourierObserver
{
    public void Recovered(int partition, long position, long replayedCount, TimeSpan duration) =>
        Log.Recovered(logger, partition, position, replayedCount, duration.TotalMilliseconds);

    public void Stopped(int partition, string poisonKey, string reason, Exception? exception) =>
        Log.Stopped(logger, exception, partition, poisonKey, reason);

    public void JournalFailed(int partition, Exception exception, TimeSpan retryIn) =>
        Log.JournalFailed(logger, exception, partition, retryIn.TotalSeconds);

    public void Skipped(int partition, string poisonKey, string reason, string by) =>
        Log.Skipped(logger, partition, poisonKey, by, reason);

    public void SnapshotWritten(int partition, long position, long sizeBytes, TimeSpan duration) =>
        Log.SnapshotWritten(logger, partition, position, sizeBytes, duration.TotalMilliseconds);

    public void SnapshotFailed(int partition, Exception exception) => Log.SnapshotFailed(logger, exception, partition);

    public void SnapshotIgnored(int partition, string file, string reason) => Log.SnapshotIgnored(logger, partition, file, reason);

    public void Closed(int partition, long position) => Log.Closed(logger, partition, position);

    public void DeliveryFailed(int from, int target, Exception exception) => Log.DeliveryFailed(logger, from, target, exception.Message);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Partition {Partition} stands at {Position}; {ReplayedCount} records replayed in {DurationMs} ms")]
        public static partial void Recovered(ILogger logger, int partition, long position, long replayedCount, double durationMs);

        [LoggerMessage(LogLevel.Error, "Partition {Partition} is stopped by {PoisonKey}: {Reason}. Skip it with POST /api/v1/operations/partitions/{Partition}/skip or repair the cause and restart")]
        public static partial void Stopped(ILogger logger, Exception? exception, int partition, string poisonKey, string reason);

        [LoggerMessage(LogLevel.Warning, "The journal of partition {Partition} cannot be written; next attempt in {RetrySeconds} s")]
        public static partial void JournalFailed(ILogger logger, Exception exception, int partition, double retrySeconds);

        [LoggerMessage(LogLevel.Warning, "Partition {Partition} passes over {PoisonKey} from now on, by {By}: {Reason}")]
        public static partial void Skipped(ILogger logger, int partition, string poisonKey, string by, string reason);

        [LoggerMessage(LogLevel.Debug, "Snapshot of partition {Partition} at {Position}: {SizeBytes} bytes in {DurationMs} ms")]
        public static partial void SnapshotWritten(ILogger logger, int partition, long position, long sizeBytes, double durationMs);

        [LoggerMessage(LogLevel.Warning, "Partition {Partition} could not take a snapshot; the next start replays more")]
        public static partial void SnapshotFailed(ILogger logger, Exception exception, int partition);

        [LoggerMessage(LogLevel.Warning, "Partition {Partition} ignores snapshot {File}: {Reason}")]
        public static partial void SnapshotIgnored(ILogger logger, int partition, string file, string reason);

        [LoggerMessage(LogLevel.Information, "Partition {Partition} closed at {Position}")]
        public static partial void Closed(ILogger logger, int partition, long position);

        [LoggerMessage(LogLevel.Warning, "Messages of partition {From} to {Target} wait: {Reason}")]
        public static partial void DeliveryFailed(ILogger logger, int from, int target, string reason);
    }
}
