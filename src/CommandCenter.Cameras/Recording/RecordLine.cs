using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CommandCenter.Cameras.Recording;

/// <summary>A line of the chain of a camera, or of the manifest of a segment. Each names the hash of the line before and ends with its own.</summary>
/// <remarks>
/// <code>{"prev":"9f86…","kind":"second","at":"2026-11-23T08:02:15.04+00:00","until":"…","offset":702,"bytes":48211,"pictures":15,"sha256":"60303a…","hash":"e3b0…"}</code>
/// <c>hash</c> is SHA-256 of every byte before <c>,"hash":</c>; what follows is fixed. So no byte of a line can change unseen.
/// </remarks>
internal sealed record RecordLine
{
    /// <summary>Kinds in a manifest.</summary>
    public const string Begin = "begin", Second = "second", End = "end";

    /// <summary>Kinds in the chain of a camera.</summary>
    public const string Begun = "begun", Closed = "closed", Removed = "removed", Held = "held", Released = "released";

    /// <summary>Longest line, in bytes.</summary>
    public const int SizeMax = 64 * 1024;

    /// <summary>What the first line of all follows.</summary>
    public const string NoHash = "0000000000000000000000000000000000000000000000000000000000000000";

    private const int TailLength = 9 + 64 + 3;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        // Chinese stays readable; control characters and quotes are escaped by every encoder.
        Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    };

    public required string Prev { get; init; }

    public required string Kind { get; init; }

    /// <summary>UTC. Of a second: when its first picture arrived.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the last picture arrived; the end of a hold's range.</summary>
    public DateTimeOffset? Until { get; init; }

    public string? Camera { get; init; }

    /// <summary>The segment: <c>yyyy-MM-dd/HHmmss.mp4</c>.</summary>
    public string? File { get; init; }

    public string? Codec { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>Where in the file the hashed bytes begin.</summary>
    public long? Offset { get; init; }

    public long? Bytes { get; init; }

    public int? Pictures { get; init; }

    /// <summary>Of those bytes.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Hash of the last line of the segment's manifest.</summary>
    public string? Head { get; init; }

    /// <summary>Set when a start found it after a crash: it was hashed then, not when it was written.</summary>
    public bool? Recovered { get; init; }

    /// <summary>Bytes that were cut off behind the last whole fragment.</summary>
    public long? Cut { get; init; }

    /// <summary>Number of a hold.</summary>
    public string? Hold { get; init; }

    /// <summary>Beginning of a hold's range.</summary>
    public DateTimeOffset? From { get; init; }

    public string? By { get; init; }

    public string? Why { get; init; }

    /// <summary>Its own hash; not part of what is encoded.</summary>
    [JsonIgnore]
    public string Hash { get; init; } = "";

    /// <summary>The bytes of a line, line feed included, and its hash.</summary>
    public byte[] Encode(out string hash)
    {
        var covered = JsonSerializer.SerializeToUtf8Bytes(this, s_json).AsSpan()[..^1];
        hash = Convert.ToHexStringLower(SHA256.HashData(covered));
        return [.. covered, .. Encoding.ASCII.GetBytes($",\"hash\":\"{hash}\"}}\n")];
    }

    /// <summary>Reads a line, line feed included; <see langword="null"/> when it is not as it was written.</summary>
    public static RecordLine? Decode(ReadOnlySpan<byte> line)
    {
        if (line.Length is <= TailLength or > SizeMax || !line.EndsWith("\"}\n"u8) || !line[^TailLength..].StartsWith(",\"hash\":\""u8))
        {
            return null;
        }

        var covered = line[..^TailLength];
        var hash = Encoding.ASCII.GetString(line[^(64 + 3)..^3]);
        if (Convert.ToHexStringLower(SHA256.HashData(covered)) != hash)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<RecordLine>(line[..^1], s_json) is { } read ? read with { Hash = hash } : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The whole lines at the beginning of a file that are as they were written and follow one another, and how many bytes they are.</summary>
    public static IReadOnlyList<RecordLine> DecodeAll(ReadOnlySpan<byte> file, out int length)
    {
        var lines = new List<RecordLine>();
        length = 0;
        for (var end = file.IndexOf((byte)'\n'); end >= 0; end = file[length..].IndexOf((byte)'\n'))
        {
            if (Decode(file.Slice(length, end + 1)) is not { } line || (lines.Count > 0 && lines[^1].Hash != line.Prev))
            {
                break;
            }

            lines.Add(line);
            length += end + 1;
        }

        return lines;
    }
}
