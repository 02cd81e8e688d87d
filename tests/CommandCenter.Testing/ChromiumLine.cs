namespace CommandCenter.Testing;

/// <summary>The distribution's Chromium, and what it is started with: without a screen, without a GPU, without a word to the network.</summary>
public static class ChromiumLine
{
    // A picture of 8640 × 1920 is 66 MB, and there are several of them.
    private const long SharedMemoryLeast = 1L << 30;

    private static readonly string[] s_executables = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Its path; <see langword="null"/> when it is not installed.</summary>
    public static string? Executable => Array.Find(s_executables, File.Exists);

    /// <summary>Its arguments.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        // In a container with little shared memory the pictures go to files, and wait for the disk like everything that is written.
        .. HasSharedMemory() ? Array.Empty<string>() : ["--disable-dev-shm-usage"],
    ];

    private static bool HasSharedMemory()
    {
        try
        {
            return new DriveInfo("/dev/shm").AvailableFreeSpace >= SharedMemoryLeast;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
