using CommandCenter.Runtime.Journal;

namespace CommandCenter.Runtime.Partitions;

/// <content>Recovery, poison and the end.</content>
internal sealed partial class PartitionLoop<TModel, TCommand, TReply>
{
    private static readonly TimeSpan s_retryMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_retryMax = TimeSpan.FromSeconds(30);

    private SkipKind _poisonKind;
    private ITimer? _retry;
    private bool _isFinalSnapshotTried;

    /// <summary>An order of <see cref="Partition{TModel,TCommand,TReply}.SkipAsync"/>.</summary>
    public void Skip(string poisonKey, string reason, string by, TaskCompletionSource done)
    {
        if (_status.State != PartitionState.Stopped || _status.PoisonKey != poisonKey)
        {
            done.SetException(new InvalidOperationException($"Partition {Index} is {_status.State} and not stopped by '{poisonKey}'."));
            return;
        }

        try
        {
            using var database = JournalDatabase.Open(JournalFile, Index, _settings.Seam);
            if (_poisonKind != SkipKind.None)
            {
                database.AddSkip(_poisonKind, poisonKey, reason, by, _settings.Time.GetUtcNow());
            }
        }
        catch (JournalException exception)
        {
            done.SetException(new PartitionUnavailableException(PartitionUnavailableException.JournalFailed, exception.Message, exception));
            return;
        }

        _settings.Observer.Skipped(Index, poisonKey, reason, by);
        Recover(probeBytes: 0);
        done.SetResult();
    }

    /// <summary>An order of <see cref="Partition{TModel,TCommand,TReply}.DrainAsync"/>.</summary>
    public void Drain()
    {
        if (_status.State == PartitionState.Running)
        {
            // Again, on this thread: a recovery may have opened the gate since the drain was asked for.
            _mailbox.RefuseNewBatches(PartitionUnavailableException.Draining, "The partition is draining.");
            _status = _status with { State = PartitionState.Draining };
        }
        else if (_status.State is PartitionState.Recovering or PartitionState.Stopped)
        {
            Close(); // Nothing is queued and there is no model to capture.
        }
    }

    /// <summary>An order of <see cref="Partition{TModel,TCommand,TReply}.DisposeAsync"/>, and the end of a drain.</summary>
    public void Close()
    {
        if (_status.State == PartitionState.Closed)
        {
            return;
        }

        _retry?.Dispose();
        _mailbox.Refuse(PartitionUnavailableException.Draining, "The partition is closed.");
        var position = _status.Position;
        DropModel();
        FailSnapshotWaiters();
        _status = _status with { State = PartitionState.Closed };
        _settings.Observer.Closed(Index, position);
        foreach (var late in _mailbox.Close())
        {
            late();
        }
    }

    private void Recover(int probeBytes)
    {
        if (_status.State == PartitionState.Closed)
        {
            return;
        }

        DropModel();
        _status = _status with { State = PartitionState.Recovering, PoisonKey = null };
        var started = _settings.Time.GetTimestamp();
        try
        {
            _database = JournalDatabase.Open(JournalFile, Index, _settings.Seam);
            if (probeBytes > 0)
            {
                _database.Probe(probeBytes);
            }

            // After a failed flush the kernel may show pages that never reached the disk. Copying them back writes and flushes them anew,
            // so nothing is replayed that a power cut could still take away.
            _database.Checkpoint(truncate: true);
            Load(started);
            _opened.TrySetResult();
        }
        catch (PoisonException exception)
        {
            Stop(exception.Kind, exception.Key, exception.Message, exception);
            _opened.TrySetResult();
        }
        catch (JournalException exception)
        {
            FailRecovery(exception);
        }
#pragma warning disable CA1031 // The model's own constructor or a file of another format: nothing to retry, and at the start nothing to run.
        catch (Exception exception)
        {
            if (!Opened.IsCompleted)
            {
                EndBeforeOpened(exception);
                return;
            }

            Stop(SkipKind.None, RuntimeKey, $"Recovery failed: {exception.Message}", exception);
        }
#pragma warning restore CA1031
    }

    private void Load(long started)
    {
        _skips = _database!.ReadSkips();
        _skippedKeys = [.. _skips.Where(static skip => skip.Kind == SkipKind.Command).Select(static skip => skip.Key)];
        _writer.Begin(_database.Position + 1);
        var context = new PartitionContext(Index, _settings.PartitionCount, new JournalReader(_database, _writer), new PassiveStore(_database, _writer));
        var loader = new ModelLoader<TModel, TCommand, TReply>(context, _database, _snapshots, _skips, _settings.Factory, _settings.Observer);
        var loaded = loader.Load();

        loaded.Model.Publish(_database.Position);
        _model = loaded.Model;
        _snapshotTriedAt = loaded.SnapshotPosition;
        _status = _status with
        {
            State = PartitionState.Running,
            Position = _database.Position,
            SnapshotPosition = loaded.SnapshotPosition,
            StopReason = null,
            RecoveryAttempts = 0,
        };
        _mailbox.Open();
        _settings.Observer.Recovered(Index, _database.Position, loaded.ReplayedCount, _settings.Time.GetElapsedTime(started));
    }

    private void FailRecovery(JournalException exception)
    {
        if (!Opened.IsCompleted)
        {
            var file = $"{Path.GetFileName(_directory)}/{JournalDatabase.FileName}";
            EndBeforeOpened(new JournalException(exception.ResultCode, $"{file}: {exception.Message}")); // Missing at the start is a wrong set-up, to be seen at once; missing later is waited for.
            return;
        }

        LoseJournal(exception);
    }

    private void EndBeforeOpened(Exception exception)
    {
        Close();
        _opened.SetException(exception);
    }

    /// <summary>The disk refused. Nothing that was not committed counts; try to get the journal back.</summary>
    private void LoseJournal(JournalException exception)
    {
        // Room for the group that failed, so that a disk still full is found by the probe and not by the next group.
        var probeBytes = Math.Clamp(_writer.Body.Length, 4096, 64 * 1024 * 1024);
        DropModel();
        _settings.Metrics.JournalFailed(_tags);
        if (_status.State == PartitionState.Draining)
        {
            _settings.Observer.JournalFailed(Index, exception, TimeSpan.Zero);
            Close(); // The process goes down; what was answered is on disk.
            FailGroup(PartitionUnavailableException.JournalFailed, NotWritten, exception);
            return;
        }

        var attempts = _status.RecoveryAttempts + 1;
        var delay = RetryDelay(attempts);
        _status = _status with { State = PartitionState.Recovering, StopReason = exception.Message, RecoveryAttempts = attempts };
        _retry?.Dispose();
        _retry = _settings.Time.CreateTimer(_ => _mailbox.Order(() => Recover(probeBytes)), state: null, delay, Timeout.InfiniteTimeSpan);
        _settings.Observer.JournalFailed(Index, exception, delay);

        // After the state, so that who is told can already see why.
        _mailbox.Refuse(PartitionUnavailableException.JournalFailed, exception.Message);
        FailGroup(PartitionUnavailableException.JournalFailed, NotWritten, exception);
        FailSnapshotWaiters();
    }

    private static TimeSpan RetryDelay(int attempts)
    {
        var whole = Math.Min(s_retryMax.TotalMilliseconds, s_retryMin.TotalMilliseconds * Math.Pow(2, Math.Min(attempts - 1, 20)));
#pragma warning disable CA5394 // Jitter keeps partitions on one full disk from trying in step; it guards no secret.
        return TimeSpan.FromMilliseconds(whole * (0.5 + (Random.Shared.NextDouble() / 2)));
#pragma warning restore CA5394
    }

    private void Stop(SkipKind kind, string poisonKey, string reason, Exception? exception)
    {
        var wasDraining = _status.State == PartitionState.Draining;
        DropModel();
        _poisonKind = kind;
        _status = _status with { State = PartitionState.Stopped, PoisonKey = poisonKey, StopReason = reason };
        _settings.Observer.Stopped(Index, poisonKey, reason, exception);

        // After the state, so that who is told can already see why.
        _mailbox.Refuse(PartitionUnavailableException.Stopped, $"Partition {Index} is stopped by '{poisonKey}': {reason}");
        FailGroup(PartitionUnavailableException.Stopped, reason, exception);
        FailSnapshotWaiters();
        if (wasDraining)
        {
            Close();
        }
    }

    private void DropModel()
    {
        AwaitCheckpoint();
        _model = null;
        _database?.Dispose();
        _database = null;
    }

    private void FinishDrain()
    {
        if (_isSnapshotRunning)
        {
            return; // Its end comes as an order and brings us back here.
        }

        if (!_isFinalSnapshotTried && _status.Position > _status.SnapshotPosition)
        {
            _isFinalSnapshotTried = true;
            StartSnapshot();
            if (_isSnapshotRunning)
            {
                return;
            }
        }

        AwaitCheckpoint();
        try
        {
            _database!.Checkpoint(truncate: true);
        }
        catch (JournalException exception)
        {
            _settings.Observer.JournalFailed(Index, exception, TimeSpan.Zero); // The WAL stays and is read at the next start.
        }

        Close();
    }
}
