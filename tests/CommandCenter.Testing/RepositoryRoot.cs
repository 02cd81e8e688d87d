namespace CommandCenter.Testing;

/// <summary>Where the repository lies on this machine: found by walking up from the test's own output to CommandCenter.sln.</summary>
public static class RepositoryRoot
{
    private static readonly Lazy<string> s_path = new(Find);

    /// <summary>Absolute path of the repository.</summary>
    public static string Path => s_path.Value;

    /// <summary>Absolute path of a file or folder of the repository.</summary>
    public static string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>A file of the data folder that may lie beside the repository, or <see langword="null"/>: then the test skips.</summary>
    public static string? FindShared(string relativePath)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, "..", "shared", relativePath));
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "CommandCenter.sln")))
            {
                return directory.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No CommandCenter.sln above {AppContext.BaseDirectory}.");
    }
}
