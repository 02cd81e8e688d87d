using System.Text.Json;

namespace CommandCenter.Audit.Evidence;

/// <summary>What a pack of evidence says of itself: <c>manifest.json</c>.</summary>
internal sealed record EvidenceManifest
{
    /// <summary>Version of the format.</summary>
    public const int Version = 1;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    public required int Evidence { get; init; }

    public required string Camera { get; init; }

    public required string ChainFirst { get; init; }

    public required string ChainLast { get; init; }

    public required IReadOnlyList<PackedSegment> Segments { get; init; }

    public required IReadOnlyList<PackedFile> Files { get; init; }

    /// <summary>Reads one; <see langword="null"/> when it is none.</summary>
    public static EvidenceManifest? Decode(ReadOnlySpan<byte> json)
    {
        try
        {
            // Nullable annotations are respected, but not those of the elements of a list.
            return JsonSerializer.Deserialize<EvidenceManifest>(json, s_json) is { Evidence: Version } read
                && read.Segments.All(static segment => segment is not null) && read.Files.All(static file => file is not null) ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal sealed record PackedSegment(string File, string Head, bool IsOpen);

    internal sealed record PackedFile(string Path, long Bytes, string Sha256);
}
