using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CommandCenter.Cameras.Recording;

/// <summary>What recordings ask of a disk to write, and nothing more: a test breaks each of it.</summary>
internal partial class RecordingDisk
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a file, or opens one that is there; its name is on the disk when this returns.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public virtual IRecordingFile Open(string path)
    {
        var isNew = !File.Exists(path);
        if (isNew)
        {
            // OpenHandle has no place for a mode.
            using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        }

        var opened = new RecordingFile(File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));
        try
        {
            if (isNew)
            {
                FlushFolder(Path.GetDirectoryName(path)!);
            }

            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Puts a whole file in place, flushed, or nothing.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public virtual void Put(string path, ReadOnlySpan<byte> content)
    {
        var next = path + ".new";
        using (var stream = new FileStream(next, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Bytes that are free for this program.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public virtual long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    private static void FlushFolder(string folder)
    {
        var descriptor = OpenFolder(folder, flags: 0);
        if (descriptor < 0)
        {
            throw new IOException($"Cannot open {folder} to flush it: error {Marshal.GetLastPInvokeError()}.");
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (FSync(handle) != 0)
        {
            throw new IOException($"Cannot flush {folder}: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(SafeFileHandle descriptor);

    private sealed class RecordingFile(SafeFileHandle file) : IRecordingFile
    {
        public long Length => RandomAccess.GetLength(file);

        public int Read(Span<byte> bytes, long position) => RandomAccess.Read(file, bytes, position);

        public void Write(ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(file, bytes, position);

        public void Flush() => RandomAccess.FlushToDisk(file);

        public void Cut(long length) => RandomAccess.SetLength(file, length);

        public void Dispose() => file.Dispose();
    }
}
