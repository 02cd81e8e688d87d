using CommandCenter.Runtime.Snapshots;

namespace CommandCenter.Web.Backup;

/// <summary>Copies folders of plain files, flushed, with their modes.</summary>
internal static class FolderCopy
{
    public static void Copy(string from, string to, CancellationToken cancellationToken)
    {
        _ = Directory.CreateDirectory(to, File.GetUnixFileMode(from));
        foreach (var file in Directory.EnumerateFiles(from))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                CopyFile(file, Path.Combine(to, Path.GetFileName(file)));
            }
            catch (FileNotFoundException)
            {
                // A running server writes a file under another name and renames it; whatever it was, it is not there any more.
            }
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)), cancellationToken);
        }

        DirectorySync.Flush(to);
    }

    private static void CopyFile(string from, string to)
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
