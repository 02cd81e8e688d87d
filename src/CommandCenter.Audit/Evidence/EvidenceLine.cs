using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CommandCenter.Audit.Evidence;

/// <summary>A line of the chain of a camera or of the manifest of a segment; what it may hold is in docs/recordings.md.</summary>
internal sealed record EvidenceLine
{
    public const string NoHash = "0000000000000000000000000000000000000000000000000000000000000000";

    private const int SizeMax = 64 * 1024;
    private const int TailLength = 9 + 64 + 3;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    public required string Prev { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Camera { get; init; }

    public string? File { get; init; }

    public long? Offset { get; init; }

    public long? Bytes { get; init; }

    public string? Sha256 { get; init; }

    public string? Head { get; init; }

    public bool? Recovered { get; init; }

    /// <summary>As it stands in the line, and checked.</summary>
    public required string Hash { get; init; }

    /// <summary>Reads a line, line feed included; <see langword="null"/> when it does not match its own hash, or is none.</summary>
    public static EvidenceLine? Decode(ReadOnlySpan<byte> line)
    {
        if (line.Length is <= TailLength or > SizeMax || !line.EndsWith("\"}\n"u8) || !line[^TailLength..].StartsWith(",\"hash\":\""u8))
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[64];
        _ = Convert.TryToHexStringLower(SHA256.HashData(line[..^TailLength]), hash, out _);
        if (!hash.SequenceEqual(line[^67..^3]))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<EvidenceLine>(line[..^1], s_json) is { } read && read.Hash == Encoding.ASCII.GetString(hash) ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
