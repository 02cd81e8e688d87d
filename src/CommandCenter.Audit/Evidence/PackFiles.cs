using System.IO.Compression;

namespace CommandCenter.Audit.Evidence;

/// <summary>The files of a pack, in a folder or in a ZIP.</summary>
internal sealed class PackFiles : IDisposable
{
    private readonly string _folder;
    private readonly ZipArchive? _zip;

    private PackFiles(string folder, ZipArchive? zip)
    {
        _folder = folder;
        _zip = zip;
        Names = zip is null
            ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)]
            : [.. zip.Entries.Select(static entry => entry.FullName)];
    }

    /// <summary>Paths of all files; in a ZIP one may stand twice.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is neither a folder nor a ZIP.</exception>
    public static PackFiles Open(string path) => Directory.Exists(path) ? new PackFiles(path, zip: null) : new PackFiles(path, ZipFile.OpenRead(path));

    /// <summary>Opens a file; <see langword="null"/> when it is not there.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public Stream? OpenFile(string name) => !Names.Contains(name) ? null
        : _zip is null ? File.OpenRead(Path.Combine(_folder, name))
        : _zip.GetEntry(name)!.Open();

    /// <summary>Reads a file; <see langword="null"/> when it is not there or longer than is sound.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[]? ReadFile(string name, int lengthMax)
    {
        using var stream = OpenFile(name);
        if (stream is null)
        {
            return null;
        }

        using var content = new MemoryStream();
        var chunk = new byte[64 * 1024];
        while (stream.Read(chunk) is > 0 and var read)
        {
            content.Write(chunk, 0, read);
            if (content.Length > lengthMax)
            {
                return null;
            }
        }

        return content.ToArray();
    }

    public void Dispose() => _zip?.Dispose();
}
