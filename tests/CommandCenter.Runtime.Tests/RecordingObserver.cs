using System.Collections.Concurrent;
using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Tests;

/// <summary>Keeps what it is told, as one line each, and lets a test wait for a line.</summary>
internal sealed class RecordingObserver : IPartitionObserver
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> _lines = new();
    private volatile TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>Called on the partition's own thread before a line is kept.</summary>
    public Action<string>? Told { get; set; }

    /// <summary>Waits until so many lines with a beginning were told.</summary>
    public async Task WaitForAsync(string beginning, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var added = _added.Task; // Taken before looking: a line told in between then ends the wait at once.
            if (Lines.Count(line => line.StartsWith(beginning, StringComparison.Ordinal)) >= count)
            {
                return;
            }

            try
            {
                await added.WaitAsync(s_patience, cancellationToken);
            }
            catch (TimeoutException exception)
            {
                throw new TimeoutException($"Waited for {count} × '{beginning}'; was told: {string.Join(" / ", Lines)}", exception);
            }
        }
    }

    public void Recovered(int partition, long position, long replayedCount, TimeSpan duration) => Add($"recovered {partition} at {position} replayed {replayedCount}");

    public void Stopped(int partition, string poisonKey, string reason, Exception? exception) => Add($"stopped {partition} by {poisonKey}");

    public void JournalFailed(int partition, Exception exception, TimeSpan retryIn) => Add($"journal-failed {partition}");

    public void Skipped(int partition, string poisonKey, string reason, string by) => Add($"skipped {partition} {poisonKey} because {reason} by {by}");

    public void SnapshotWritten(int partition, long position, long sizeBytes, TimeSpan duration) => Add($"snapshot {partition} at {position}");

    public void SnapshotFailed(int partition, Exception exception) => Add($"snapshot-failed {partition}");

    public void SnapshotIgnored(int partition, string file, string reason) => Add($"snapshot-ignored {partition}: {reason}");

    public void Closed(int partition, long position) => Add($"closed {partition} at {position}");

    private void Add(string line)
    {
        Told?.Invoke(line);
        _lines.Enqueue(line);
        Interlocked.Exchange(ref _added, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
