namespace CommandCenter.Runtime.Tests;

/// <summary>A folder of one test, removed with it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("runtime-tests-").FullName;

    /// <summary>Not created yet: that is the job of what is tested.</summary>
    public string Path => Sub("data");

    public string Sub(string name) => System.IO.Path.Combine(_root, name);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
