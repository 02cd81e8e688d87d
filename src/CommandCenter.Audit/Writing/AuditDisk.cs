using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CommandCenter.Audit.Writing;

/// <summary>What the log asks of a disk, and nothing more: a test breaks each of it.</summary>
internal class AuditDisk
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a file to append to; its name is on the disk when this returns.</summary>
    /// <exception cref="IOException">It exists, or the disk fails.</exception>
    public virtual IAuditFile Create(string path)
    {
        var file = new AuditFile(path, FileMode.CreateNew);
        try
        {
            FlushFolder(path);
            return file;
        }
        catch
        {
            file.Dispose();
            File.Delete(path); // Or the next try would find its name taken.
            throw;
        }
    }

    /// <summary>Opens a file that a crash left behind.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public virtual IAuditFile Open(string path) => new AuditFile(path, FileMode.Open);

    /// <summary>Puts a whole file in place, flushed, or nothing.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public virtual void Put(string path, ReadOnlySpan<byte> content)
    {
        var next = path + ".new";
        using (var stream = new FileStream(next, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        }))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
        FlushFolder(path);
    }

    private static void FlushFolder(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var descriptor = OpenFolder(Encoding.UTF8.GetBytes(folder + '\0'), flags: 0);
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

    // DllImport, because LibraryImport would need unsafe blocks.
    [DllImport("libc", EntryPoint = "open", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFolder(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(SafeFileHandle descriptor);

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FDataSync(SafeFileHandle descriptor);

    private sealed class AuditFile(string path, FileMode mode) : IAuditFile
    {
        private readonly SafeFileHandle _file = OpenHandle(path, mode);

        public void Write(ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(_file, bytes, position);

        public void Flush()
        {
            if (FDataSync(_file) != 0)
            {
                throw new IOException($"Cannot flush {path}: error {Marshal.GetLastPInvokeError()}.");
            }
        }

        public void Cut(long length) => RandomAccess.SetLength(_file, length);

        public void Dispose() => _file.Dispose();

        private static SafeFileHandle OpenHandle(string path, FileMode mode)
        {
            if (mode == FileMode.CreateNew)
            {
                // OpenHandle has no place for a mode, and what is in the log is nobody else's business.
                using var file = new FileStream(path, new FileStreamOptions { Mode = mode, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
            }

            return File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
    }
}

/// <summary>A file that grows at its end.</summary>
internal interface IAuditFile : IDisposable
{
    /// <summary>Writes at a place; not flushed.</summary>
    /// <exception cref="IOException">The disk is full or fails. Any part of the bytes may have been written.</exception>
    void Write(ReadOnlySpan<byte> bytes, long position);

    /// <summary>What was written is on the disk when this returns (fdatasync: the data and the length, not the time of change).</summary>
    /// <exception cref="IOException">The disk is full or fails. What was written since the last flush must be written anew.</exception>
    void Flush();

    /// <summary>Cuts off what lies behind a length; not flushed.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    void Cut(long length);
}
