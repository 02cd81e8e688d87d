using CommandCenter.Runtime.Journal;

namespace CommandCenter.Runtime.Partitions;

/// <summary>What every partition of a set shares.</summary>
internal sealed record PartitionSettings<TModel, TCommand, TReply>(
    PartitionSetOptions Options,
    string DataDirectory,
    int PartitionCount,
    Func<PartitionContext, TModel> Factory,
    Func<TCommand, string> PoisonKeyOf,
    Func<TCommand, TReply> SkippedReply,
    TimeProvider Time,
    IPartitionObserver Observer,
    PartitionMetrics Metrics,
    IJournalSeam? Seam);
