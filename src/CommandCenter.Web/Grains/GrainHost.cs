using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Search;

namespace CommandCenter.Web.Grains;

/// <summary>All grains of one data directory: posts commands to the partition of their court and asks partitions questions.</summary>
internal sealed class GrainHost : IAsyncDisposable
{
    private readonly PartitionSet<GrainModel, GrainCommand, GrainReply> _partitions;
    private readonly Courier _courier;

    private GrainHost(CourtTree courts, NodeCatalog nodes, PartitionSet<GrainModel, GrainCommand, GrainReply> partitions, Func<GrainHost, Courier> courierOf)
    {
        Courts = courts;
        Nodes = nodes;
        _partitions = partitions;
        Map = new CourtMap(courts, partitions.Count);
        _courier = courierOf(this);
    }

    public CourtTree Courts { get; }

    public NodeCatalog Nodes { get; }

    public CourtMap Map { get; }

    public int PartitionCount => _partitions.Count;

    /// <summary>Through which everybody who searches takes his turn.</summary>
    public SearchGate SearchGate { get; } = new();

    public IReadOnlyList<PartitionStatus> Statuses => _partitions.Statuses;

    /// <summary>Locks and recovers a data directory.</summary>
    /// <param name="options">Where, and how much.</param>
    /// <param name="courts">The court tree.</param>
    /// <param name="nodes">The 37 nodes.</param>
    /// <param name="limits">How much is remembered and kept in memory.</param>
    /// <param name="time">The only clock.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="carries">Whether messages between partitions are delivered; an inspection must change nothing.</param>
    /// <param name="cancellationToken">Gives up opening.</param>
    /// <exception cref="DataDirectoryException">It is in use, not ours, or of another format or partition count.</exception>
    public static async Task<GrainHost> OpenAsync(
        PartitionSetOptions options, CourtTree courts, NodeCatalog nodes, GrainLimits limits, TimeProvider time, IPartitionObserver observer,
        bool carries, CancellationToken cancellationToken)
    {
        var owners = new IdOwners(limits.IdsPerGeneration);
        var partitions = await PartitionSet<GrainModel, GrainCommand, GrainReply>.OpenAsync(
            options with { ModelVersion = GrainModel.SnapshotVersion },
            context => new GrainModel(
                new GrainContext(courts, nodes, new CourtMap(courts, context.PartitionCount), limits) { Owners = owners }, context),
            PoisonKeyOf,
            _ => GrainReply.Rejected("event.skipped", "id"),
            time,
            observer,
            cancellationToken);
        return new GrainHost(courts, nodes, partitions, host => new Courier(host, time, observer as ICourierObserver, isRunning: carries));
    }

    /// <summary>Posts commands to a partition. <see langword="false"/>: its queue is full.</summary>
    public bool TryPost(int partition, PartitionBatch<GrainCommand, GrainReply> batch) => _partitions[partition].TryPost(batch);

    /// <summary>Asks one partition; sees what is committed.</summary>
    public Task<T> AskAsync<T>(int partition, Func<GrainModel, T> question, CancellationToken cancellationToken) =>
        _partitions[partition].AskAsync(question, cancellationToken);

    /// <summary>Asks all partitions that hold courts of a scope, all at once.</summary>
    public Task<T[]> AskScopeAsync<T>(Court scope, Func<GrainModel, T> question, CancellationToken cancellationToken) =>
        Task.WhenAll(scope.Scope.Select(Map.PartitionOf).Distinct().Order().Select(partition => AskAsync(partition, question, cancellationToken)));

    /// <summary>A reader of the committed records of a partition, on a connection of its own. The caller disposes it.</summary>
    public CommittedJournal OpenJournal(int partition) => _partitions[partition].OpenJournal();

    /// <summary>Takes a snapshot of every partition.</summary>
    public Task SnapshotAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, PartitionCount).Select(partition => _partitions[partition].SnapshotAsync(cancellationToken)));

    /// <summary>Passes over what stopped a partition, for ever, and lets it go on.</summary>
    public Task SkipAsync(int partition, string poisonKey, string reason, string by, CancellationToken cancellationToken) =>
        _partitions[partition].SkipAsync(poisonKey, reason, by, cancellationToken);

    /// <summary>Waits until every message between partitions is on disk at its target.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => _courier.SettleAsync(cancellationToken);

    /// <summary>Finishes the queues, takes snapshots, closes the journals.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        await _courier.DisposeAsync();
        await _partitions.DrainAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _courier.DisposeAsync();
        await _partitions.DisposeAsync();
        SearchGate.Dispose();
    }

    private static string PoisonKeyOf(GrainCommand command) => command switch
    {
        GrainCommand.Fact fact => $"{fact.Envelope.Source}/{fact.Envelope.Id}",
        GrainCommand.Deliver message => $"message/{message.From}/{message.Message.Position}",
        _ => command.GetType().Name,
    };
}
