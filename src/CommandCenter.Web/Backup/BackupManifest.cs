using System.Security.Cryptography;
using System.Text.Json;

namespace CommandCenter.Web.Backup;

/// <summary>What a backup says of itself, in <c>backup.json</c>.</summary>
/// <param name="Format">1.</param>
/// <param name="CreatedAt">When the journals were held still, in UTC.</param>
/// <param name="Partitions">The journals.</param>
/// <param name="Files">Every other file than this one, with its SHA-256.</param>
internal sealed record BackupManifest(int Format, DateTimeOffset CreatedAt, IReadOnlyList<BackedUpJournal> Partitions, IReadOnlyList<BackedUpFile> Files)
{
    public const int CurrentFormat = 1;
    public const string FileName = "backup.json";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads the manifest of a backup.</summary>
    /// <exception cref="BackupException">There is none, or it is of another format.</exception>
    public static BackupManifest Read(string backup)
    {
        var file = Path.Combine(backup, FileName);
        if (!File.Exists(file))
        {
            throw new BackupException(BackupException.NotABackup, $"{backup} holds no {FileName}: it is not a backup, or not a whole one.");
        }

        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(file), s_json);
            return manifest is { Format: CurrentFormat, Partitions: not null, Files: not null }
                ? manifest
                : throw new BackupException(BackupException.NotABackup, $"{file} has format {manifest?.Format}; this program reads {CurrentFormat}.");
        }
        catch (JsonException exception)
        {
            throw new BackupException(BackupException.NotABackup, $"{file} cannot be read: {exception.Message}");
        }
    }

    /// <summary>Describes the files under a folder.</summary>
    public static IReadOnlyList<BackedUpFile> Describe(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => Describe(folder, file))];

    /// <summary>Writes it, flushed.</summary>
    public void Write(string folder)
    {
        using var stream = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        JsonSerializer.Serialize(stream, this, s_json);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>What is not as it was written: missing, changed or added. Empty when the backup is whole.</summary>
    public IReadOnlyList<string> FaultsOf(string backup)
    {
        var found = Describe(backup).Where(static file => file.Path != FileName).ToDictionary(static file => file.Path, StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var file in Files)
        {
            if (!found.Remove(file.Path, out var present))
            {
                faults.Add($"{file.Path} is missing");
            }
            else if (present != file)
            {
                faults.Add($"{file.Path} was changed");
            }
        }

        return [.. faults, .. found.Keys.Select(static path => $"{path} does not belong to it")];
    }

    private static BackedUpFile Describe(string folder, string file)
    {
        using var stream = File.OpenRead(file);
        return new BackedUpFile(
            Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}

/// <summary>One journal of a backup.</summary>
/// <param name="Index">The partition.</param>
/// <param name="Position">The last record.</param>
/// <param name="Chain">The hash chain's value after it.</param>
internal sealed record BackedUpJournal(int Index, long Position, string Chain);

/// <summary>One file of a backup.</summary>
internal sealed record BackedUpFile(string Path, long Bytes, string Sha256);

/// <summary>A backup cannot be made or used. <see cref="Code"/> is stable.</summary>
internal sealed class BackupException(string code, string message) : Exception(message)
{
    public const string NotABackup = "backup.not-a-backup";
    public const string Exists = "backup.exists";
    public const string NotEmpty = "restore.not-empty";
    public const string NoCut = "backup.no-cut";

    public string Code { get; } = code;
}
