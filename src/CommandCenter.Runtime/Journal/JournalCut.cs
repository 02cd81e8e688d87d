using CommandCenter.Runtime.Partitions;
using CommandCenter.Runtime.Snapshots;

namespace CommandCenter.Runtime.Journal;

/// <summary>All journals of a data directory, held still for a copy while a server goes on writing.</summary>
/// <remarks>
/// Each journal is exact at its own moment, and these moments are milliseconds apart. So a partition may hold an answer to something
/// that another does not hold yet; whoever knows what the records say looks at those after <see cref="PinnedJournal.PositionBefore"/>
/// and takes another cut when it finds one.
/// </remarks>
public sealed class JournalCut : IDisposable
{
    private JournalCut(PinnedJournal[] journals) => Journals = journals;

    /// <summary>One per partition, in order.</summary>
    public IReadOnlyList<PinnedJournal> Journals { get; }

    /// <summary>Takes hold of the journals.</summary>
    /// <param name="dataDirectory">At rest or being served.</param>
    /// <param name="beforeHold">Called before each journal is held; where tests let something happen.</param>
    /// <exception cref="DataDirectoryException">It is not a data directory, or of another format.</exception>
    /// <exception cref="IOException">A journal cannot be read.</exception>
    public static JournalCut Take(string dataDirectory, Action<int>? beforeHold = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataDirectory);
        var journals = new List<PinnedJournal>();
        try
        {
            for (var index = 0; index < DataDirectory.ReadPartitionCount(dataDirectory); index++)
            {
                journals.Add(new PinnedJournal(dataDirectory, index));
            }

            foreach (var journal in journals)
            {
                beforeHold?.Invoke(journal.Index);
                journal.Pin();
            }

            return new JournalCut([.. journals]);
        }
        catch (Exception exception)
        {
            journals.ForEach(static journal => journal.Dispose());
            if (exception is JournalException)
            {
                throw new IOException($"{dataDirectory}: {exception.Message}", exception);
            }

            throw;
        }
    }

    /// <summary>Writes the manifest and the journals to an empty folder, flushed: a data directory at rest, without snapshots.</summary>
    /// <exception cref="IOException">The copy is not whole.</exception>
    public void CopyTo(string dataDirectory, string target, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataDirectory);
        ArgumentException.ThrowIfNullOrWhiteSpace(target);
        try
        {
            DataDirectory.CopyManifest(dataDirectory, target);
            foreach (var journal in Journals)
            {
                var folder = DataDirectory.PartitionPath(target, journal.Index);
                _ = Directory.CreateDirectory(folder);
                journal.CopyTo(Path.Combine(folder, JournalDatabase.FileName), cancellationToken);
                DirectorySync.Flush(folder);
            }

            DirectorySync.Flush(target);
        }
        catch (JournalException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var journal in Journals)
        {
            journal.Dispose();
        }
    }
}
