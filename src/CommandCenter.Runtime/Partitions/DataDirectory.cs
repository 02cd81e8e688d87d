using System.Text.Json;
using CommandCenter.Runtime.Snapshots;

namespace CommandCenter.Runtime.Partitions;

/// <summary>A locked data directory: <c>manifest.json</c>, <c>lock</c> and one folder per partition.</summary>
internal sealed class DataDirectory : IDisposable
{
    public const int Format = 1;

    private const int WouldBlock = 11; // EWOULDBLOCK of Linux. Any other failure, such as a read-only disk, says itself what it is.
    private const int SharingViolation = unchecked((int)0x80070020); // The same on Windows.
    private const string LockName = "lock";
    private const string ManifestName = "manifest.json";
    private const string PartitionPrefix = "partition-";
    private const string ManifestNewName = "manifest.json.new";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly FileStream _lock;

    private DataDirectory(string path, int partitionCount, FileStream @lock)
    {
        Path = path;
        PartitionCount = partitionCount;
        _lock = @lock;
    }

    public string Path { get; }

    public int PartitionCount { get; }

    /// <summary>Locks a directory for this process, creating it when it is missing or empty.</summary>
    /// <exception cref="DataDirectoryException">It is in use, another program's, or of another format or partition count.</exception>
    public static DataDirectory Open(string path, int? partitionCount, TimeProvider time)
    {
        path = System.IO.Path.GetFullPath(path);
        _ = Directory.CreateDirectory(path);
        RefuseForeign(path); // Before the lock file is made: a stranger's folder stays as it was.
        var @lock = Lock(path);
        try
        {
            var count = ReadManifest(path) is { } manifest ? Match(path, manifest, partitionCount) : Create(path, partitionCount, time);
            return new DataDirectory(path, count, @lock);
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Number of partitions of an existing directory, without locking it.</summary>
    /// <exception cref="DataDirectoryException">It is not a data directory, or of another format.</exception>
    public static int ReadPartitionCount(string path) =>
        Match(path, ReadManifest(path) ?? throw NotOurs(path), partitionCount: null);

    /// <summary>Copies the manifest alone, flushed.</summary>
    public static void CopyManifest(string from, string to)
    {
        using var target = new FileStream(System.IO.Path.Combine(to, ManifestName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        target.Write(File.ReadAllBytes(System.IO.Path.Combine(from, ManifestName)));
        target.Flush(flushToDisk: true);
    }

    public static string PartitionPath(string path, int index) => System.IO.Path.Combine(path, $"{PartitionPrefix}{index:D2}");

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            // FileShare.None is an advisory flock here: the kernel lets go of it when the process dies, so no stale lock can remain.
            return new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult is WouldBlock or SharingViolation)
        {
            throw new DataDirectoryInUseException($"{path} is in use by another process. Stop that one first, or name another directory.", exception);
        }
    }

    private static Manifest? ReadManifest(string path)
    {
        var file = System.IO.Path.Combine(path, ManifestName);
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Manifest>(File.ReadAllBytes(file), s_json) ?? throw new JsonException("The manifest is null.");
        }
        catch (JsonException exception)
        {
            throw new DataDirectoryException(DataDirectoryException.OtherFormat, $"{file} is not a manifest: {exception.Message}", exception);
        }
    }

    private static void RefuseForeign(string path)
    {
        if (!File.Exists(System.IO.Path.Combine(path, ManifestName)) && !Directory.EnumerateFileSystemEntries(path).All(IsLeftOver))
        {
            throw NotOurs(path);
        }
    }

    // What a first start leaves behind that died before its manifest was in place.
    private static bool IsLeftOver(string entry) => System.IO.Path.GetFileName(entry) switch
    {
        LockName or ManifestNewName => true,
        var name => name.StartsWith(PartitionPrefix, StringComparison.Ordinal) && Directory.Exists(entry) && !Directory.EnumerateFileSystemEntries(entry).Any(),
    };

    private static DataDirectoryException NotOurs(string path) => new(
        DataDirectoryException.NotOurs,
        $"{path} has no {ManifestName}: it is not a data directory. Name an empty or new one.",
        innerException: null);

    private static int Match(string path, Manifest manifest, int? partitionCount)
    {
        if (manifest.Format != Format || manifest.Partitions is < 1 or > 64)
        {
            throw new DataDirectoryException(
                DataDirectoryException.OtherFormat,
                $"{path} has format {manifest.Format} with {manifest.Partitions} partitions; this program reads format {Format} with 1 to 64.",
                innerException: null);
        }

        if (partitionCount is { } asked && asked != manifest.Partitions)
        {
            throw new DataDirectoryException(
                DataDirectoryException.OtherPartitionCount,
                $"{path} has {manifest.Partitions} partitions, not {asked}. The count is fixed at the first start; ask for {manifest.Partitions} or for none.",
                innerException: null);
        }

        return manifest.Partitions;
    }

    private static int Create(string path, int? partitionCount, TimeProvider time)
    {
        var manifest = new Manifest(Format, partitionCount ?? PartitionSetOptions.DefaultPartitionCount, time.GetUtcNow());
        var temporary = System.IO.Path.Combine(path, ManifestNewName);
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, manifest, s_json);
            stream.Flush(flushToDisk: true);
        }

        // Folders first: with the manifest in place, everything that it promises exists.
        for (var index = 0; index < manifest.Partitions; index++)
        {
            _ = Directory.CreateDirectory(PartitionPath(path, index));
        }

        File.Move(temporary, System.IO.Path.Combine(path, ManifestName), overwrite: true);
        DirectorySync.Flush(path);
        return manifest.Partitions;
    }

    private sealed record Manifest(int Format, int Partitions, DateTimeOffset CreatedAt);
}
