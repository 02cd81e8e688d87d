using CommandCenter.Runtime.Partitions;
using CommandCenter.Runtime.Snapshots;

namespace CommandCenter.Runtime.Journal;

/// <summary>Reads every row and snapshot of a data directory and proves that nothing was changed, removed or moved since it was written.</summary>
/// <remarks>Reads beside a running server as well as at rest; what is committed while it reads may or may not be included.</remarks>
public static class PartitionVerifier
{
    /// <summary>Checks gapless positions, framing, the hash chain and the snapshots of every partition.</summary>
    /// <exception cref="DataDirectoryException">It is not a data directory, or of another format.</exception>
    /// <exception cref="IOException">A journal cannot be read.</exception>
    public static VerificationReport Verify(string dataDirectory, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataDirectory);
        var findings = new List<VerificationFinding>();
        var rows = 0L;
        var records = 0L;
        for (var index = 0; index < DataDirectory.ReadPartitionCount(dataDirectory); index++)
        {
            var directory = DataDirectory.PartitionPath(dataDirectory, index);
            try
            {
                var (rowCount, recordCount) = VerifyJournal(directory, index, findings, cancellationToken);
                rows += rowCount;
                records += recordCount;
            }
            catch (JournalException exception)
            {
                throw new IOException($"{directory}: {exception.Message}", exception);
            }

            VerifySnapshots(directory, index, findings, cancellationToken);
        }

        return new VerificationReport(rows, records, findings);
    }

    private static (long Rows, long Records) VerifyJournal(
        string directory, int index, List<VerificationFinding> findings, CancellationToken cancellationToken)
    {
        using var database = JournalDatabase.OpenReadOnly(Path.Combine(directory, JournalDatabase.FileName), index);
        using var chain = new RowChain();
        var before = new byte[RowChain.SizeBytes];
        var computed = new byte[RowChain.SizeBytes];
        var expected = 1L;
        var rows = 0L;
        var records = 0L;
        database.ReadRowsFrom(long.MinValue, row =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (row.First != expected)
            {
                findings.Add(new VerificationFinding(index, row.First, "journal.gap", $"Expected record {expected}, found {row.First}."));
            }

            chain.Next(before, row.First, row.Count, row.Body, computed);
            if (!row.Chain.SequenceEqual(computed))
            {
                findings.Add(new VerificationFinding(
                    index, row.First, "journal.chain-broken", $"The row of records {row.First} to {row.First + row.Count - 1} does not match its hash."));
            }

            if (FramingFault(row) is { } fault)
            {
                findings.Add(new VerificationFinding(index, row.First, "journal.framing-broken", fault));
            }

            row.Chain[..Math.Min(before.Length, row.Chain.Length)].CopyTo(before);
            expected = row.First + row.Count;
            rows++;
            records += row.Count;
            return true;
        });
        return (rows, records);
    }

    private static string? FramingFault(JournalRow row)
    {
        try
        {
            _ = RowBody.Offsets(row.Body, row.Count);
            return null;
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
    }

    private static void VerifySnapshots(string directory, int index, List<VerificationFinding> findings, CancellationToken cancellationToken)
    {
        foreach (var file in new SnapshotStore(directory, index, modelVersion: 0, seam: null).Files())
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (SnapshotStore.Check(stream, out var reason) is null)
            {
                findings.Add(new VerificationFinding(index, Position: null, "snapshot.damaged", $"{Path.GetFileName(file)}: {reason}."));
            }
        }
    }
}
