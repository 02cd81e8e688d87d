using CommandCenter.Runtime.Journal;

namespace CommandCenter.Runtime.Partitions;

/// <summary>All partitions of one data directory, which it holds locked.</summary>
/// <typeparam name="TModel">The state of one partition and its rules.</typeparam>
/// <typeparam name="TCommand">What is asked of a partition.</typeparam>
/// <typeparam name="TReply">What the asker is told.</typeparam>
public sealed class PartitionSet<TModel, TCommand, TReply> : IAsyncDisposable
    where TModel : class, IPartitionModel<TCommand, TReply>
{
    private readonly DataDirectory _directory;
    private readonly PartitionMetrics _metrics;
    private readonly Partition<TModel, TCommand, TReply>[] _partitions;

    private PartitionSet(DataDirectory directory, Func<PartitionMetrics, PartitionSettings<TModel, TCommand, TReply>> settingsOf)
    {
        _directory = directory;
        _partitions = new Partition<TModel, TCommand, TReply>[directory.PartitionCount];
        _metrics = new PartitionMetrics(_partitions.Length, () => Statuses);
        var settings = settingsOf(_metrics);
        for (var index = 0; index < _partitions.Length; index++)
        {
            _partitions[index] = new Partition<TModel, TCommand, TReply>(settings, index);
        }
    }

    /// <summary>Number of partitions.</summary>
    public int Count => _partitions.Length;

    /// <summary>The status of every partition, in order.</summary>
    public IReadOnlyList<PartitionStatus> Statuses =>
        [.. _partitions.Where(static partition => partition is not null).Select(static partition => partition.Status)];

    /// <summary>One partition by its number, from 0.</summary>
    public Partition<TModel, TCommand, TReply> this[int index] => _partitions[index];

    /// <summary>Locks the directory and recovers every partition, all at once. A partition stopped by poison does not keep the others from running.</summary>
    /// <param name="options">Where and how much.</param>
    /// <param name="factory">Makes an empty model; called on a partition's thread, again after each discarded model.</param>
    /// <param name="poisonKeyOf">What names a command that has to be skipped, usually its id.</param>
    /// <param name="skippedReply">What is answered to a command whose key is skipped.</param>
    /// <param name="time">The only clock.</param>
    /// <param name="observer">Is told the life of the partitions.</param>
    /// <param name="cancellationToken">Gives up opening.</param>
    /// <exception cref="ArgumentException">The options have faults; the message names all of them.</exception>
    /// <exception cref="DataDirectoryException">The directory is in use, not ours, or of another format or partition count.</exception>
    /// <exception cref="IOException">A journal cannot be opened or read.</exception>
#pragma warning disable CA1000 // Opening is asynchronous, so it cannot be a constructor, and the type arguments are known only here.
    public static Task<PartitionSet<TModel, TCommand, TReply>> OpenAsync(
        PartitionSetOptions options,
        Func<PartitionContext, TModel> factory,
        Func<TCommand, string> poisonKeyOf,
        Func<TCommand, TReply> skippedReply,
        TimeProvider time,
        IPartitionObserver observer,
        CancellationToken cancellationToken) =>
        OpenAsync(options, factory, poisonKeyOf, skippedReply, time, observer, seam: null, cancellationToken);
#pragma warning restore CA1000

    /// <summary>Drains every partition at once: the queues are finished, snapshots taken, journals closed.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the drain.</param>
    public Task DrainAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_partitions.Select(partition => partition.DrainAsync(cancellationToken)));

    /// <summary>Closes every partition and unlocks the directory. Waiting batches fault; drain first for a clean end.</summary>
    public async ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        await Task.WhenAll(_partitions.Select(static partition => partition.DisposeAsync().AsTask())).ConfigureAwait(false);
        _directory.Dispose(); // Last: until here somebody is still writing.
    }

    internal static async Task<PartitionSet<TModel, TCommand, TReply>> OpenAsync(
        PartitionSetOptions options,
        Func<PartitionContext, TModel> factory,
        Func<TCommand, string> poisonKeyOf,
        Func<TCommand, TReply> skippedReply,
        TimeProvider time,
        IPartitionObserver observer,
        IJournalSeam? seam,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        var directory = DataDirectory.Open(options.DataDirectory, options.PartitionCount, time);
        var set = new PartitionSet<TModel, TCommand, TReply>(directory, metrics => new PartitionSettings<TModel, TCommand, TReply>(
            options, directory.Path, directory.PartitionCount, factory, poisonKeyOf, skippedReply, time, observer, metrics, seam));
        try
        {
            await Task.WhenAll(set._partitions.Select(partition => partition.StartAsync(cancellationToken))).ConfigureAwait(false);
            return set;
        }
        catch (JournalException exception)
        {
            await set.DisposeAsync().ConfigureAwait(false);
            throw new IOException($"{directory.Path}: {exception.Message}", exception);
        }
        catch
        {
            await set.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
