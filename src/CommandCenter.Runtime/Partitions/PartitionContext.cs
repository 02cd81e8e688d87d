namespace CommandCenter.Runtime.Partitions;

/// <summary>What a model is made with. Valid until the partition discards that model.</summary>
/// <param name="Index">Number of the partition, from 0.</param>
/// <param name="PartitionCount">Number of partitions of the set.</param>
/// <param name="Journal">The records of this partition, for the partition's thread only.</param>
/// <param name="Passive">The states that were moved out of memory, for the partition's thread only.</param>
public sealed record PartitionContext(int Index, int PartitionCount, IJournalReader Journal, IPassiveStore Passive);
