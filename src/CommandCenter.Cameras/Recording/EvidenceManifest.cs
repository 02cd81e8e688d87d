using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace CommandCenter.Cameras.Recording;

/// <summary>What a pack says of itself: <c>manifest.json</c>. All under one signature.</summary>
internal sealed record EvidenceManifest
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true, // People read it.
        NewLine = "\n",
    };

    /// <summary>Version of the format. First, so that a signature of a pack can never be one of something else.</summary>
    public int Evidence { get; } = 1;

    public required string Camera { get; init; }

    public string? Officer { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset Until { get; init; }

    public required string ExportedBy { get; init; }

    public required DateTimeOffset ExportedAt { get; init; }

    public required string Why { get; init; }

    public required string Key { get; init; }

    /// <summary>Hash of the first line of <c>chain.ndjson</c>.</summary>
    public required string ChainFirst { get; init; }

    /// <summary>Hash of the last one.</summary>
    public required string ChainLast { get; init; }

    public required IReadOnlyList<Packed> Segments { get; init; }

    public required IReadOnlyList<PackedFile> Files { get; init; }

    public byte[] Encode() => [.. JsonSerializer.SerializeToUtf8Bytes(this, s_json), (byte)'\n'];

    /// <param name="File">Relative to <c>segments/</c>.</param>
    /// <param name="From">When its first picture arrived.</param>
    /// <param name="Until">When its last one did.</param>
    /// <param name="Head">Hash of the last line of its manifest.</param>
    /// <param name="IsOpen">It was still recorded: what was flushed by then is here.</param>
    /// <param name="IsRecovered">A crash or a disk fault ended it.</param>
    internal sealed record Packed(string File, DateTimeOffset From, DateTimeOffset Until, string Head, bool IsOpen, bool IsRecovered);

    internal sealed record PackedFile(string Path, long Bytes, string Sha256);
}
