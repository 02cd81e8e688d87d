using System.Text.Json;
using System.Text.Json.Serialization;

namespace CommandCenter.Web.Import;

/// <summary>The place of an interrupted import, kept in <c>DATA/imports/MAP-HASH.progress</c> while one is under way.</summary>
/// <remarks>
/// Replaced atomically after its batches were acknowledged, so it is never ahead of the journal; it may be behind, and
/// then some events are sent again and answered as duplicates. It goes when the import is complete.
/// </remarks>
internal sealed record ImportProgress
{
    /// <summary>Rows acknowledged, in mapping order.</summary>
    public required long Rows { get; init; }

    public required long Events { get; init; }

    public required long Accepted { get; init; }

    public required long Duplicates { get; init; }

    public required Dictionary<string, long> Rejected { get; init; }

    /// <summary>Length of the quarantine file that belongs to <see cref="Rows"/>; what is beyond is written again.</summary>
    public required long QuarantineBytes { get; init; }

    public required string FileSha256 { get; init; }

    public required string MappingSha256 { get; init; }

    public required string Target { get; init; }

    public string? Court { get; init; }

    public string? Quarantine { get; init; }

    /// <summary>The place of an earlier run of the same plan, or <see langword="null"/> to begin at the start.</summary>
    public static ImportProgress? Read(ImportPlan plan)
    {
        if (plan.ProgressPath is null || plan.FromStart || !File.Exists(plan.ProgressPath))
        {
            return null;
        }

        try
        {
            var progress = JsonSerializer.Deserialize(File.ReadAllBytes(plan.ProgressPath), ImportJson.Default.ImportProgress);
            return progress is not null && progress.Fits(plan) ? progress : null;
        }
        catch (JsonException)
        {
            return null; // A damaged place costs time, not truth: every event is sent again and is a duplicate.
        }
    }

    public void Save(string path)
    {
        var next = path + ".new";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, this, ImportJson.Default.ImportProgress);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    private bool Fits(ImportPlan plan) =>
        FileSha256 == plan.FileSha256 && MappingSha256 == plan.Mapping.Sha256 && Target == plan.Target
        && Court == plan.Court && Quarantine == plan.QuarantinePath
        && (plan.QuarantinePath is null || QuarantineFile.LengthOf(plan.QuarantinePath) >= QuarantineBytes);
}

/// <summary>Source-generated, because a reflection serializer would be the import's only use of reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ImportProgress))]
internal sealed partial class ImportJson : JsonSerializerContext;
