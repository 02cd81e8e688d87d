using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Journal;

/// <summary>The journal of one partition as it was at one moment, read beside its writer. One thread at a time.</summary>
/// <remarks>While it is held the writer goes on, but its WAL cannot shrink; so it is held no longer than a copy takes.</remarks>
public sealed class PinnedJournal : IDisposable
{
    private readonly JournalDatabase _database;
    private readonly JournalReader _reader;

    internal PinnedJournal(string dataDirectory, int index)
    {
        Index = index;
        _database = JournalDatabase.OpenReadOnly(Path.Combine(DataDirectory.PartitionPath(dataDirectory, index), JournalDatabase.FileName), index);
        PositionBefore = _database.Position;
        _reader = new JournalReader(_database, running: null);
    }

    /// <summary>Number of the partition, from 0.</summary>
    public int Index { get; }

    /// <summary>The last record when the first journal of the cut was not held yet.</summary>
    public long PositionBefore { get; }

    /// <summary>The last record.</summary>
    public long Position => _database.Position;

    /// <summary>The hash chain's value after the last record.</summary>
    public string Chain => Convert.ToHexStringLower(_database.LastChain);

    /// <summary>The records from a position on, in order.</summary>
    public IEnumerable<(long Position, ReadOnlyMemory<byte> Record)> Scan(long from) => _reader.Scan(from);

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    internal void Pin() => _database.Pin();

    internal void CopyTo(string file, CancellationToken cancellationToken) => _database.CopyTo(file, cancellationToken);
}
