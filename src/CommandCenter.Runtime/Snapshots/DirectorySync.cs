using System.Runtime.InteropServices;
using System.Text;

namespace CommandCenter.Runtime.Snapshots;

/// <summary>Flushes a folder's entries. Without it a file renamed into place can be gone after a power cut, however well it was flushed itself.</summary>
public static class DirectorySync
{
    private const int OpenReadOnly = 0;

    /// <summary>Flushes the entries of a folder.</summary>
    /// <exception cref="IOException">It cannot be opened or flushed.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // NTFS journals its own entries, and .NET offers no handle to a folder.
        }

        var descriptor = Open(Encoding.UTF8.GetBytes(directory + '\0'), OpenReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"Cannot open {directory} to flush it: error {Marshal.GetLastPInvokeError()}.");
        }

        try
        {
            if (FSync(descriptor) != 0)
            {
                throw new IOException($"Cannot flush {directory}: error {Marshal.GetLastPInvokeError()}.");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    // DllImport, because LibraryImport would need unsafe blocks, which only the camera project allows. Byte arrays keep it blittable.
    [DllImport("libc", EntryPoint = "open", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
