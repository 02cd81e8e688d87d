using CommandCenter.Audit;
using CommandCenter.Domain.Courts;
using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Snapshots;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Replay;
using CommandCenter.Web.Trail;
using CommandCenter.Web.Wall.Directing;

namespace CommandCenter.Web.Backup;

/// <summary>Copies a data directory to a folder, beside a running server or at rest.</summary>
/// <remarks>
/// What is copied is the truth and what cannot be computed from it: the journals, the keys, the traces of imports, what directors put on
/// the walls, and what the walls showed. Snapshots and series follow from the journals. The folder has another name until it is whole.
/// </remarks>
internal sealed class BackupRun(CourtTree courts, TimeProvider time, Action<int>? beforeHold = null)
{
    /// <summary>Folders of a data directory that are no journal and follow from nothing else.</summary>
    private static readonly string[] s_folders = ["keys", "imports", DirectorStore.FolderName];

    /// <summary>Databases that a server writes to.</summary>
    private static readonly (string Folder, string File)[] s_databases =
        [(HistoryDatabase.FolderName, HistoryDatabase.FileName), (AccountHouse.FolderName, AccountHouse.FileName), (AccountHouse.FolderName, CameraDatabase.FileName)];

    private const int CutsMax = 50;

    /// <summary>Makes a backup.</summary>
    /// <exception cref="BackupException">The target exists, or courts pass cases to each other faster than the journals can be held.</exception>
    /// <exception cref="CommandCenter.Runtime.Partitions.DataDirectoryException">It is no data directory.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public BackupManifest Make(string data, string target, CancellationToken cancellationToken)
    {
        if (Path.Exists(target))
        {
            throw new BackupException(BackupException.Exists, $"{target} is there already. A backup is never written over another.");
        }

        var partial = target + ".partial";
        if (Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true); // Of a backup that was broken off.
        }

        _ = Directory.CreateDirectory(partial, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // It holds keys.
        try
        {
            var manifest = Fill(data, partial, cancellationToken);
            manifest.Write(partial);
            DirectorySync.Flush(partial);
            Directory.Move(partial, target);
            DirectorySync.Flush(Path.GetDirectoryName(target)!);
            return manifest;
        }
        catch
        {
            Directory.Delete(partial, recursive: true);
            throw;
        }
    }

    private BackupManifest Fill(string data, string partial, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        IReadOnlyList<BackedUpJournal> journals;
        using (var cut = TakeWhole(data, cancellationToken))
        {
            journals = [.. cut.Journals.Select(static journal => new BackedUpJournal(journal.Index, journal.Position, journal.Chain))];
            cut.CopyTo(data, partial, cancellationToken);
        }

        foreach (var folder in s_folders.Where(folder => Directory.Exists(Path.Combine(data, folder))))
        {
            FolderCopy.Copy(Path.Combine(data, folder), Path.Combine(partial, folder), isServed: true, cancellationToken);
        }

        foreach (var (folder, file) in s_databases)
        {
            DatabaseCopy.Copy(Path.Combine(data, folder, file), Path.Combine(partial, folder));
        }

        CopyTrail(Path.Combine(data, AuditTrail.FolderName), Path.Combine(partial, AuditTrail.FolderName));
        if (File.Exists(Path.Combine(data, DemonstrationMark.FileName)))
        {
            DemonstrationMark.Make(partial);
        }

        return new BackupManifest(BackupManifest.CurrentFormat, now, journals, BackupManifest.Describe(partial));
    }

    private static void CopyTrail(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        _ = Directory.CreateDirectory(to, File.GetUnixFileMode(from));
        foreach (var name in AuditLog.FilesToCopy(from))
        {
            FolderCopy.CopyFile(Path.Combine(from, name), Path.Combine(to, name));
        }

        DirectorySync.Flush(to);
    }

    // A case that moved between two courts while the journals were taken hold of could be in both or in none of them.
    private JournalCut TakeWhole(string data, CancellationToken cancellationToken)
    {
        for (var i = 0; i < CutsMax; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cut = JournalCut.Take(data, beforeHold);
            if (IsWhole(cut))
            {
                return cut;
            }

            cut.Dispose();
        }

        throw new BackupException(BackupException.NoCut, $"In {CutsMax} attempts there was always a case between two courts. Try again when fewer are transferred.");
    }

    private bool IsWhole(JournalCut cut)
    {
        var codec = new RecordCodec(courts, new TextPool());
        return cut.Journals.All(journal => journal.Scan(journal.PositionBefore + 1)
            .Select(record => codec.Read(record.Record.Span).DeliveryOrNull)
            .All(delivery => delivery is not { } message || message.Position <= cut.Journals[message.From].Position));
    }
}
