namespace CommandCenter.Web.Tests.Import;

/// <summary>Finds the repository and the data set beside it; a test that needs the data is skipped where it is missing.</summary>
internal static class SharedData
{
    public static string Repository { get; } = FindRepository();

    public static string ConfigDirectory => Path.Combine(Repository, "wallboard-config");

    public static string Require(params string[] parts)
    {
        var path = Path.Combine([Repository, "..", "shared", "data", .. parts]);
        Assert.SkipUnless(Path.Exists(path), $"The shared data set is not beside the repository: {Path.Combine(parts)}.");
        return path;
    }

    private static string FindRepository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "CommandCenter.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("CommandCenter.sln is in no directory above the tests.");
    }
}
