using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Journal;

/// <summary>Reads the committed records of one partition beside its writer, on a connection of its own. One thread at a time.</summary>
public sealed class CommittedJournal : IJournalReader, IDisposable
{
    private readonly JournalDatabase _database;
    private readonly JournalReader _reader;

    internal CommittedJournal(JournalDatabase database)
    {
        _database = database;
        _reader = new JournalReader(database, running: null);
    }

    /// <inheritdoc/>
    public byte[] Read(long position) => _reader.Read(position);

    /// <inheritdoc/>
    public IEnumerable<(long Position, ReadOnlyMemory<byte> Record)> Scan(long from) => _reader.Scan(from);

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();
}
