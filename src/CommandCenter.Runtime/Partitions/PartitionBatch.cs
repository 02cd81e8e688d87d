namespace CommandCenter.Runtime.Partitions;

/// <summary>Commands that are decided in order and answered together. All that they append lies in one row of the journal.</summary>
/// <typeparam name="TCommand">What is asked of the partition.</typeparam>
/// <typeparam name="TReply">What the asker is told.</typeparam>
public sealed class PartitionBatch<TCommand, TReply>
{
    // Continuations run elsewhere: the partition's thread must never carry the work of an asker.
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _posted;

    /// <summary>Keeps the commands; the caller must not change them afterwards.</summary>
    public PartitionBatch(IReadOnlyList<TCommand> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        Commands = commands as TCommand[] ?? [.. commands];
        Replies = Commands.Length == 0 ? [] : new TReply[Commands.Length];
    }

    /// <summary>One reply per command, in order. Meaningful once <see cref="Completion"/> has succeeded.</summary>
#pragma warning disable CA1819 // The array is the batch's result; a copy per batch would cost the hot path for nobody's safety.
    public TReply[] Replies { get; }
#pragma warning restore CA1819

    /// <summary>Ends after the flush to disk.</summary>
    /// <remarks>
    /// Faults with <see cref="PartitionUnavailableException"/> when no reply can be given: then nothing of the batch was accepted for sure. After
    /// <see cref="PartitionUnavailableException.JournalFailed"/> its records may still turn up, as after any lost answer.
    /// </remarks>
    public Task Completion => _completion.Task;

    internal TCommand[] Commands { get; }

    /// <summary>When it was taken into the queue, as the set's clock counts.</summary>
    internal long PostedAt { get; private set; }

    internal void MarkPosted(long at)
    {
        _posted = true;
        PostedAt = at;
    }

    internal void ThrowIfPosted()
    {
        if (_posted)
        {
            throw new InvalidOperationException("A batch can be posted once.");
        }
    }

    internal void Complete() => _completion.TrySetResult();

    internal void Fail(PartitionUnavailableException exception) => _completion.TrySetException(exception);
}
