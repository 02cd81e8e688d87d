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

    /// <summary>The number of the last record, row or gap that somebody has skipped, 0 when there is none. A greater one means that the state was computed anew.</summary>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    public long ReadLastSkip() => Reading(() => Skips().Select(static skip => skip.Sequence).DefaultIfEmpty().Max());

    /// <summary>All records from a position on that a replay applies: those that somebody has skipped are left out. No lock or transaction is held between two of them.</summary>
    /// <remarks>A record is valid until the next is asked for, and not behind the end.</remarks>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    public IEnumerable<(long Position, ReadOnlyMemory<byte> Record)> ScanApplied(long from)
    {
        using var records = Reading(() => _reader.ScanApplied(from, Skips())).GetEnumerator();
        Func<bool> moveNext = records.MoveNext; // Made once: there are millions of records.
        while (Reading(moveNext))
        {
            yield return records.Current;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JournalException or InvalidDataException)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private Skip[] Skips() => [.. _database.ReadSkips().Where(static skip => skip.Kind != SkipKind.Command)];
}
