using System.Runtime.ExceptionServices;
using CommandCenter.Runtime.Journal;

namespace CommandCenter.Runtime.Partitions;

/// <content>What is written beside the partition by threads of its own: the journal's copy back into its file, and snapshots.</content>
internal sealed partial class PartitionLoop<TModel, TCommand, TReply>
{
    private readonly List<TaskCompletionSource> _snapshotWaiters = [];
    private Thread? _checkpointThread;
    private Thread? _snapshotThread;
    private bool _isSnapshotRunning;
    private long _snapshotTriedAt;

    /// <summary>An order of <see cref="Partition{TModel,TCommand,TReply}.SnapshotAsync"/>.</summary>
    public void TakeSnapshot(TaskCompletionSource done)
    {
        if (!CanWork)
        {
            done.SetException(new PartitionUnavailableException(
                _status.State == PartitionState.Stopped ? PartitionUnavailableException.Stopped : PartitionUnavailableException.JournalFailed,
                $"Partition {Index} is {_status.State}."));
        }
        else if (!_isSnapshotRunning && _status.Position == _status.SnapshotPosition)
        {
            done.SetResult();
        }
        else
        {
            _snapshotWaiters.Add(done);
        }
    }

    // Two megabytes are copied and flushed in 5 to 30 ms, for which nobody should wait: so that is done beside this thread. What is committed
    // meanwhile is copied here when it ends, in a moment; only when nothing is left does the WAL begin anew.
    private void CheckpointIfDue()
    {
        if (_checkpointThread is null && _database!.CheckpointIsDue)
        {
            var database = _database;
            _checkpointThread = new Thread(() => CheckpointBeside(database)) { IsBackground = true, Name = $"checkpoint-{Index:D2}" };
            _checkpointThread.Start();
        }
    }

    /// <summary>On a thread of its own.</summary>
    private void CheckpointBeside(JournalDatabase database)
    {
        Exception? failure = null;
#pragma warning disable CA1031 // Told to the partition, and this is the top of a thread.
        try
        {
            JournalDatabase.CheckpointBeside(JournalFile, Index, _settings.Seam);
        }
        catch (Exception exception)
        {
            failure = exception;
        }
#pragma warning restore CA1031

        _ = _mailbox.Order(() => EndCheckpoint(database, failure));
    }

    private void EndCheckpoint(JournalDatabase database, Exception? failure)
    {
        if (!ReferenceEquals(database, _database))
        {
            return; // It was closed meanwhile, and whoever opens it again begins with a checkpoint.
        }

        AwaitCheckpoint();
        try
        {
            if (failure is not null)
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            database.Checkpoint(truncate: false);
        }
        catch (JournalException exception)
        {
            LoseJournal(exception);
        }
    }

    private void AwaitCheckpoint()
    {
        _checkpointThread?.Join();
        _checkpointThread = null;
    }

    private void SnapshotIfDue()
    {
        if (!_isSnapshotRunning
            && (_snapshotWaiters.Count > 0 || _status.Position - _snapshotTriedAt >= _settings.Options.SnapshotEvery))
        {
            StartSnapshot();
        }
    }

    private void StartSnapshot()
    {
        _snapshotTriedAt = _status.Position; // Also when it fails: a snapshot that cannot be written must not be tried after every group.
        TaskCompletionSource[] waiters = [.. _snapshotWaiters];
        _snapshotWaiters.Clear();
#pragma warning disable CA1031 // A snapshot only saves time; its failure is told and the partition goes on.
        try
        {
            var captured = _model!.Capture();
            var position = _status.Position;
            var skipSequence = _skips.Count == 0 ? 0 : _skips[^1].Sequence;
            _isSnapshotRunning = true;
            // Its own thread, low in number and long in time; the order that it ends with is awaited before the partition closes.
            _snapshotThread = new Thread(() => WriteSnapshot(captured, position, skipSequence, waiters)) { IsBackground = true, Name = $"snapshot-{Index:D2}" };
            _snapshotThread.Start();
        }
        catch (Exception exception)
        {
            EndSnapshot(exception, position: 0, sizeBytes: 0, TimeSpan.Zero, waiters);
        }
#pragma warning restore CA1031
    }

    /// <summary>On a thread of its own.</summary>
    private void WriteSnapshot(ISnapshot captured, long position, long skipSequence, TaskCompletionSource[] waiters)
    {
        var started = _settings.Time.GetTimestamp();
        Exception? failure = null;
        var sizeBytes = 0L;
#pragma warning disable CA1031 // As above: told, not thrown, and this is the top of a thread.
        try
        {
            sizeBytes = _snapshots.Write(captured, position, skipSequence);
        }
        catch (Exception exception)
        {
            failure = exception;
        }
#pragma warning restore CA1031

        var duration = _settings.Time.GetElapsedTime(started);
        if (!_mailbox.Order(() => EndSnapshot(failure, position, sizeBytes, duration, waiters)))
        {
            Answer(waiters, failure); // Closed meanwhile; the file is complete or has a temporary name.
        }
    }

    private void EndSnapshot(Exception? failure, long position, long sizeBytes, TimeSpan duration, TaskCompletionSource[] waiters)
    {
        _isSnapshotRunning = false;
        if (failure is null)
        {
            _status = _status with { SnapshotPosition = Math.Max(position, _status.SnapshotPosition) };
            _settings.Observer.SnapshotWritten(Index, position, sizeBytes, duration);
        }
        else
        {
            _settings.Observer.SnapshotFailed(Index, failure);
        }

        Answer(waiters, failure);
    }

    private static void Answer(TaskCompletionSource[] waiters, Exception? failure)
    {
        foreach (var waiter in waiters)
        {
            _ = failure is null ? waiter.TrySetResult() : waiter.TrySetException(failure);
        }
    }

    private void FailSnapshotWaiters()
    {
        Answer([.. _snapshotWaiters], new PartitionUnavailableException(_status.PoisonKey is null
            ? PartitionUnavailableException.JournalFailed
            : PartitionUnavailableException.Stopped, $"Partition {Index} has no state to capture."));
        _snapshotWaiters.Clear();
    }
}
