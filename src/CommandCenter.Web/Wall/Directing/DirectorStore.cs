using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using CommandCenter.Runtime.Snapshots;

namespace CommandCenter.Web.Wall.Directing;

/// <summary>Keeps what each wall shows in one small file a wall, so that a killed server comes back with the same picture.</summary>
/// <remarks>A file is written whole under another name, flushed and renamed: after a crash it is the old one or the new one.</remarks>
/// <param name="directory">Where; <see langword="null"/> keeps nothing.</param>
internal sealed class DirectorStore(string? directory)
{
    /// <summary>In the data directory.</summary>
    public const string FolderName = "walls";

    private const int CurrentFormat = 1;
    private const int FileBytesMax = 64 * 1024;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        PropertyNameCaseInsensitive = false,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>What a wall showed last; <see langword="null"/> when nothing is known of it.</summary>
    /// <param name="wallId">The wall.</param>
    /// <param name="fault">What was wrong with its file, which has been put aside.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public DirectorState? Read(string wallId, out string? fault)
    {
        fault = null;
        if (directory is null || new FileInfo(FileOf(wallId)) is not { Exists: true } file)
        {
            return null;
        }

        try
        {
            if (file.Length > FileBytesMax)
            {
                throw new JsonException($"The file has {file.Length} bytes; at most {FileBytesMax} are expected.");
            }

            var kept = JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(file.FullName), s_json) ?? throw new JsonException("The file holds null.");
            return FaultOf(kept) is { } wrong ? throw new JsonException(wrong) : kept.State;
        }
        catch (JsonException exception)
        {
            var aside = file.FullName + ".broken";
            File.Move(file.FullName, aside, overwrite: true);
            fault = $"{file.FullName}: {exception.Message} It was put aside as {Path.GetFileName(aside)}.";
            return null;
        }
    }

    /// <summary>Writes what a wall shows; it is on disk when this returns.</summary>
    /// <exception cref="IOException">It cannot be written; what was there before is there still.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Write(string wallId, DirectorState state)
    {
        if (directory is null)
        {
            return;
        }

        _ = Directory.CreateDirectory(directory);
        var temporary = FileOf(wallId) + ".new";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(stream, new Kept(CurrentFormat, state), s_json);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, FileOf(wallId), overwrite: true);
        DirectorySync.Flush(directory);
    }

    private string FileOf(string wallId) => Path.Combine(directory!, wallId + ".json");

    private static string? FaultOf(Kept kept) => kept switch
    {
        { Format: not CurrentFormat } => $"Format {kept.Format} is not known.",
        { State.Revision: < 1 } => "The revision is below 1.",
        { State.Pins.Count: > DirectorDecider.PinsMax } => "More is pinned than a wall holds.",
        { State.Changes.Count: > DirectorDecider.ChangesMax } => "There are more changes than are kept.",
        { State.Emergency: { Scene: null, Message: null } } => "The emergency shows nothing.",
        _ => null,
    };

    private sealed record Kept(int Format, DirectorState State);
}
