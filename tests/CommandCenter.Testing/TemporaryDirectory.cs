namespace CommandCenter.Testing;

/// <summary>A directory of one test, removed with everything in it.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Absolute path; the directory exists.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("commandcenter-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
