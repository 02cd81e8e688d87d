using CommandCenter.Runtime.Journal;

namespace CommandCenter.Runtime.Partitions;

/// <summary>One single writer: a bounded queue, a model and its journal. Any thread may call it; one thread of its own does the work.</summary>
/// <remarks>
/// After a crash the state equals the replay of what the journal holds: every batch whose completion succeeded, and at most one group
/// more, that was committed and not yet answered.
/// </remarks>
/// <typeparam name="TModel">The state and its rules.</typeparam>
/// <typeparam name="TCommand">What is asked of it.</typeparam>
/// <typeparam name="TReply">What the asker is told.</typeparam>
public sealed class Partition<TModel, TCommand, TReply> : IAsyncDisposable
    where TModel : class, IPartitionModel<TCommand, TReply>
{
    private readonly Mailbox<TModel, TCommand, TReply> _mailbox;
    private readonly PartitionLoop<TModel, TCommand, TReply> _loop;

    internal Partition(PartitionSettings<TModel, TCommand, TReply> settings, int index)
    {
        _mailbox = new Mailbox<TModel, TCommand, TReply>(settings.Options.QueueLengthMax, settings.Time);
        _loop = new PartitionLoop<TModel, TCommand, TReply>(settings, index, _mailbox);
    }

    /// <summary>What the partition shows of itself, at this moment.</summary>
    public PartitionStatus Status => _loop.Status with { QueuedCommands = _mailbox.QueuedCommands };

    /// <summary>Hands a batch over without waiting.</summary>
    /// <returns>
    /// False when the queue is full; the same batch may be posted again later. True otherwise, also when the partition cannot
    /// take it now: then <see cref="PartitionBatch{TCommand,TReply}.Completion"/> has faulted already.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch has more commands than the queue ever holds.</exception>
    /// <exception cref="InvalidOperationException">The batch was posted before.</exception>
    public bool TryPost(PartitionBatch<TCommand, TReply> batch) => _mailbox.TryPost(batch);

    /// <summary>Reads something off the model on the partition's thread, between groups and before waiting commands. It sees what is committed.</summary>
    /// <remarks>The question must not change the model, and must be short: commands wait for it. What it throws goes to the asker.</remarks>
    /// <exception cref="PartitionUnavailableException">Stopped, closed, without journal, or too many questions are waiting.</exception>
    public Task<T> AskAsync<T>(Func<TModel, T> question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var waiting = new Question<TModel, T>(question, cancellationToken);
        _mailbox.Ask(waiting);
        return waiting.Answered;
    }

    /// <summary>Takes a snapshot now; ends when it is on disk. Does nothing when the newest one is up to date.</summary>
    /// <exception cref="PartitionUnavailableException">There is no model to capture.</exception>
    public Task SnapshotAsync(CancellationToken cancellationToken) =>
        OrderAsync(done => _loop.TakeSnapshot(done), cancellationToken);

    /// <summary>The way out of poison: passes over, for ever, what stopped this partition, then loads it again.</summary>
    /// <remarks>
    /// Written to the table <c>skips</c> of the journal with reason, name and time before anything else happens. A skipped command is
    /// answered by the set's <c>skippedReply</c> whenever it comes again; a skipped record (<c>record:position</c>) or damaged row
    /// (<c>row:position</c>) is left out of every replay, and snapshots that may contain it are no longer used: state stays a function of
    /// journal and skips. A skipped <c>gap:position</c> accepts that the records before it are lost. A passive state that contains a skipped
    /// record keeps it: the runtime cannot look inside. Ends when the partition runs again, or has stopped on the next poison.
    /// </remarks>
    /// <param name="poisonKey">The <see cref="PartitionStatus.PoisonKey"/> of the stopped partition.</param>
    /// <param name="reason">Why it may be passed over, for the record.</param>
    /// <param name="by">Who decided it, for the record.</param>
    /// <param name="cancellationToken">Ends the waiting, not the skip.</param>
    /// <exception cref="InvalidOperationException">The partition is not stopped by that key.</exception>
    public Task SkipAsync(string poisonKey, string reason, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(poisonKey);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        return OrderAsync(done => _loop.Skip(poisonKey, reason, by, done), cancellationToken);
    }

    /// <summary>A reader of committed records on a connection of its own, for long work such as a recount. The caller disposes it.</summary>
    public CommittedJournal OpenJournal() => new(JournalDatabase.OpenReadOnly(_loop.JournalFile, _loop.Index));

    /// <summary>Takes no new batch, finishes the queue, takes a snapshot and closes the journal. Ends when all that is done.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the drain.</param>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        _mailbox.RefuseNewBatches(PartitionUnavailableException.Draining, "The partition is draining.");
        _ = _mailbox.Order(_loop.Drain);
        return _loop.Ended.WaitAsync(cancellationToken);
    }

    /// <summary>Closes without finishing the queue: waiting batches fault with <c>partition.draining</c>. Drain first for a clean end.</summary>
    public async ValueTask DisposeAsync()
    {
        _ = _mailbox.Order(_loop.Close);
        await _loop.Ended.ConfigureAwait(false);
    }

    internal Task StartAsync(CancellationToken cancellationToken)
    {
        _loop.Start();
        return _loop.Opened.WaitAsync(cancellationToken);
    }

    private Task OrderAsync(Action<TaskCompletionSource> order, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_mailbox.Order(() => order(done)))
        {
            done.SetException(new PartitionUnavailableException(PartitionUnavailableException.Draining, "The partition is closed."));
        }

        return done.Task.WaitAsync(cancellationToken);
    }
}
