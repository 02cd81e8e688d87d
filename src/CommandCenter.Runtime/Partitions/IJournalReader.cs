namespace CommandCenter.Runtime.Partitions;

/// <summary>Reads the records of one partition.</summary>
/// <remarks>The reader in <see cref="PartitionContext"/> belongs to the partition's thread; other threads open their own.</remarks>
public interface IJournalReader
{
    /// <summary>One record by its position, also one that the running group has appended and not yet committed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no record at that position.</exception>
    byte[] Read(long position);

    /// <summary>All records from a position on, in order. No lock or transaction is held between two of them.</summary>
    IEnumerable<(long Position, ReadOnlyMemory<byte> Record)> Scan(long from);
}
