using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CommandCenter.Audit.Format;

/// <summary>What seals a file of records. Its own file holds two lines: this as JSON, and the signature of that line in base64.</summary>
internal sealed record AuditCheckpoint
{
    /// <summary>From 1, without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>The file that it seals.</summary>
    public required string File { get; init; }

    /// <summary>Its size.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the whole file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its first record.</summary>
    public required long First { get; init; }

    /// <summary>Its last record; one less than <see cref="First"/> where a crash left none.</summary>
    public required long Last { get; init; }

    /// <summary>Hash of the last record.</summary>
    public required string Head { get; init; }

    /// <summary>The earliest time in it. Not always that of the first record: clocks are set back.</summary>
    public DateTimeOffset? Earliest { get; init; }

    /// <summary>The latest time in it.</summary>
    public DateTimeOffset? Latest { get; init; }

    /// <summary>How much a crash left behind the last whole line; it lies beside, ending in <c>.torn</c>.</summary>
    public long? TornBytes { get; init; }

    /// <summary>SHA-256 of that.</summary>
    public string? TornSha256 { get; init; }

    /// <summary>When it was sealed.</summary>
    public required DateTimeOffset Sealed { get; init; }

    /// <summary>SHA-256 of the whole file of the checkpoint before; zeros in the first.</summary>
    public required string Previous { get; init; }

    /// <summary>Fingerprint of the key that signs.</summary>
    public required string Key { get; init; }

    /// <summary>That key, SubjectPublicKeyInfo in base64: in the first checkpoint that it signs.</summary>
    public string? PublicKey { get; init; }

    /// <summary>Signature of <see cref="Succession"/> by the key before, in base64: how the old key vouches for the new one.</summary>
    public string? OldKeySignature { get; init; }

    /// <summary>What the old key signs when a new one follows it.</summary>
    public static byte[] Succession(int number, string previous, string oldKey, string newKey) =>
        Encoding.ASCII.GetBytes($"CommandCenter audit: from checkpoint {number}, after {previous}, key {newKey} follows key {oldKey}\n");
}

/// <summary>A checkpoint as it lies on the disk.</summary>
/// <param name="Content">What it says; nobody has checked it yet.</param>
/// <param name="Signed">The bytes under the signature: the first line, line feed included.</param>
/// <param name="Signature">The signature.</param>
/// <param name="FileHash">SHA-256 of the whole file, which the next one names.</param>
internal sealed record SignedCheckpoint(AuditCheckpoint Content, byte[] Signed, byte[] Signature, string FileHash)
{
    /// <summary>The longest file that is read.</summary>
    public const int SizeMax = 16 * 1024;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    };

    /// <summary>The bytes of a file.</summary>
    public static byte[] Encode(AuditCheckpoint content, Func<byte[], byte[]> sign)
    {
        byte[] body = [.. JsonSerializer.SerializeToUtf8Bytes(content, s_json), (byte)'\n'];
        return [.. body, .. Encoding.ASCII.GetBytes(Convert.ToBase64String(sign(body))), (byte)'\n'];
    }

    /// <summary>Reads a file; <see langword="null"/> when it is none of ours in form.</summary>
    public static SignedCheckpoint? Decode(ReadOnlySpan<byte> file)
    {
        var body = file[..(file.IndexOf((byte)'\n') + 1)];
        var signature = file[body.Length..];
        if (body.IsEmpty || signature.IsEmpty || signature[^1] != (byte)'\n' || !Base64.IsValid(signature[..^1]))
        {
            return null;
        }

        try
        {
            var decoded = Convert.FromBase64String(Encoding.ASCII.GetString(signature[..^1]));
            // Base64 can say the same in more than one way, and white space hides in it; only one of them was written.
            return Encoding.ASCII.GetBytes(Convert.ToBase64String(decoded)).AsSpan().SequenceEqual(signature[..^1])
                && JsonSerializer.Deserialize<AuditCheckpoint>(body, s_json) is { Head.Length: AuditLine.HashChars } content
                ? new SignedCheckpoint(content, body.ToArray(), decoded, Convert.ToHexStringLower(SHA256.HashData(file)))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Reads a file; <see langword="null"/> when it is none of ours in form.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SignedCheckpoint? Read(string path) => new FileInfo(path).Length <= SizeMax ? Decode(File.ReadAllBytes(path)) : null;
}
