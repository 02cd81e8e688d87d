using CommandCenter.Testing;

namespace CommandCenter.Cameras.Tests.Gb28181;

/// <summary>Real messages and streams from the data folder that may lie beside the repository; a test without them skips.</summary>
internal static class SharedFiles
{
    private const string Folder = "data/gb28181/";

    public static IReadOnlyList<(string Name, byte[] Data)> All(string folder, string pattern)
    {
        var path = RepositoryRoot.FindShared(Folder + folder);
        Assert.SkipWhen(path is null, $"The shared data set is not beside the repository: {Folder}{folder}.");
        return [.. Directory.GetFiles(path, pattern).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))];
    }

    public static byte[] Read(string relativePath)
    {
        var path = RepositoryRoot.FindShared("data/" + relativePath);
        Assert.SkipWhen(path is null, $"The shared data set is not beside the repository: {relativePath}.");
        return File.ReadAllBytes(path);
    }
}
