using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Snapshots;

namespace CommandCenter.Web.Backup;

/// <summary>Makes a data directory of a backup, after proving the backup and before trusting the copy.</summary>
internal static class RestoreRun
{
    /// <summary>Restores a backup.</summary>
    /// <returns>What is wrong with the backup or the copy. When the backup is damaged nothing is restored.</returns>
    /// <exception cref="BackupException">It is no backup, or the target holds something.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static IReadOnlyList<string> Restore(string backup, string data, CancellationToken cancellationToken)
    {
        var manifest = BackupManifest.Read(backup);
        if (File.Exists(data) || (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any()))
        {
            throw new BackupException(BackupException.NotEmpty, $"{data} holds something already. A backup is restored to a new or empty folder only.");
        }

        if (manifest.FaultsOf(backup) is { Count: > 0 } faults)
        {
            return faults;
        }

        var partial = data + ".partial";
        if (Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true); // Of a restore that was broken off.
        }

        FolderCopy.Copy(backup, partial, isServed: false, cancellationToken);
        File.Delete(Path.Combine(partial, BackupManifest.FileName));
        DirectorySync.Flush(partial);
        if (Directory.Exists(data))
        {
            Directory.Delete(data);
        }

        Directory.Move(partial, data);
        DirectorySync.Flush(Path.GetDirectoryName(data)!);
        return Prove(manifest, data, cancellationToken);
    }

    private static List<string> Prove(BackupManifest manifest, string data, CancellationToken cancellationToken)
    {
        var faults = PartitionVerifier.Verify(data, cancellationToken).Findings
            .Select(static finding => $"partition {finding.Partition} record {finding.Position}: {finding.Code} {finding.Message}").ToList();
        using var cut = JournalCut.Take(data);
        var restored = cut.Journals.Select(static journal => new BackedUpJournal(journal.Index, journal.Position, journal.Chain)).ToArray();
        faults.AddRange(manifest.Partitions.Except(restored).Select(static journal => $"partition {journal.Index} does not end at record {journal.Position} as it did"));
        return faults;
    }
}
