using CommandCenter.Runtime.Snapshots;

namespace CommandCenter.Web.Backup;

/// <summary>Copies folders of plain files, flushed, with their modes.</summary>
internal static class FolderCopy
{
    /// <param name="from">The folder.</param>
    /// <param name="to">A new folder.</param>
    /// <param name="isServed">Whether a server may be at work in it, which writes a file under another name and renames it: whatever is gone meanwhile is no fault.</param>
    /// <param name="cancellationToken">Leaves the copy unfinished.</param>
    public static void Copy(string from, string to, bool isServed, CancellationToken cancellationToken)
    {
        _ = Directory.CreateDirectory(to, File.GetUnixFileMode(from));
        foreach (var file in Directory.EnumerateFiles(from))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                CopyFile(file, Path.Combine(to, Path.GetFileName(file)));
            }
            catch (FileNotFoundException) when (isServed)
            {
                continue;
            }
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)), isServed, cancellationToken);
        }

        DirectorySync.Flush(to);
    }

    /// <summary>Copies one file, flushed, with its mode.</summary>
    public static void CopyFile(string from, string to)
    {
        // The mode is there from the first byte: a key is never readable for others, not even for a moment.
        using var source = File.OpenRead(from);
        using var target = new FileStream(to, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = File.GetUnixFileMode(from),
        });
        source.CopyTo(target);
        target.Flush(flushToDisk: true);
    }
}
