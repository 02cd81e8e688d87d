using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace CommandCenter.Audit.Format;

/// <summary>The part of a line that an entry decides, and the way back.</summary>
/// <remarks>
/// Chinese stays readable. Control characters, quotes, <c>&lt; &gt; &amp;</c> and the marks that turn the direction of writing are escaped:
/// a line can be shown on a terminal or in a page without doing anything there, and no text can look like another line.
/// </remarks>
internal static class EntryBody
{
    private const string Ellipsis = "…";

    private static readonly JsonEncodedText s_actor = JsonEncodedText.Encode("actor");
    private static readonly JsonEncodedText s_role = JsonEncodedText.Encode("role");
    private static readonly JsonEncodedText s_session = JsonEncodedText.Encode("session");
    private static readonly JsonEncodedText s_from = JsonEncodedText.Encode("from");
    private static readonly JsonEncodedText s_action = JsonEncodedText.Encode("action");
    private static readonly JsonEncodedText s_subject = JsonEncodedText.Encode("subject");
    private static readonly JsonEncodedText s_outcome = JsonEncodedText.Encode("outcome");
    private static readonly JsonEncodedText s_reason = JsonEncodedText.Encode("reason");
    private static readonly JsonEncodedText s_detail = JsonEncodedText.Encode("detail");
    private static readonly JsonEncodedText s_cut = JsonEncodedText.Encode("cut");

    private static readonly JavaScriptEncoder s_encoder = MakeEncoder();

    // Validation would only repeat what this one method guarantees.
    private static readonly JsonWriterOptions s_options = new() { Encoder = s_encoder, SkipValidation = true };

    /// <summary>The members of the JSON object, without its braces.</summary>
    /// <exception cref="ArgumentException">The action is empty.</exception>
    public static byte[] Encode(AuditEntry entry)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(entry.Action);
        var cuts = new List<(string Field, int Length)>();
        var output = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            json.WriteStartObject();
            Write(json, s_actor, entry.Actor, AuditLimits.NameMax, cuts);
            Write(json, s_role, entry.Role, AuditLimits.NameMax, cuts);
            Write(json, s_session, entry.Session, AuditLimits.NameMax, cuts);
            Write(json, s_from, entry.From, AuditLimits.CodeMax, cuts);
            Write(json, s_action, entry.Action, AuditLimits.CodeMax, cuts);
            Write(json, s_subject, entry.Subject, AuditLimits.SubjectMax, cuts);
            json.WriteString(s_outcome, NameOf(entry.Outcome));
            Write(json, s_reason, entry.Reason, AuditLimits.ReasonMax, cuts);
            WriteDetail(json, entry.Detail, cuts);
            WriteCuts(json, cuts);
            json.WriteEndObject();
        }

        return output.WrittenSpan[1..^1].ToArray();
    }

    /// <summary>Reads a whole line.</summary>
    /// <exception cref="JsonException">It is not a line of the log.</exception>
    public static AuditRecord Read(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        try
        {
            var entry = new AuditEntry
            {
                Action = TextOf(root, s_action) ?? throw new JsonException("There is no action."),
                Outcome = OutcomeOf(root.GetProperty(s_outcome.EncodedUtf8Bytes).GetString()),
                Actor = TextOf(root, s_actor),
                Role = TextOf(root, s_role),
                Session = TextOf(root, s_session),
                From = TextOf(root, s_from),
                Subject = TextOf(root, s_subject),
                Reason = TextOf(root, s_reason),
                Detail = root.TryGetProperty(s_detail.EncodedUtf8Bytes, out var detail)
                    ? detail.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!, StringComparer.Ordinal)
                    : null,
            };
            var cut = root.TryGetProperty(s_cut.EncodedUtf8Bytes, out var cuts)
                ? cuts.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetInt32(), StringComparer.Ordinal)
                : [];
            return new AuditRecord(
                root.GetProperty("seq"u8).GetInt64(), root.GetProperty("at"u8).GetDateTimeOffset(), entry, cut, root.GetProperty("hash"u8).GetString()!);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new JsonException("This is JSON, but not a record of the log.", exception);
        }
    }

    /// <summary>The bytes that a line with this value contains, or with a value that begins so.</summary>
    public static byte[] Needle(string field, string value, bool isPrefix) =>
        Encoding.UTF8.GetBytes($"\"{field}\":\"{s_encoder.Encode(WellFormed(value))}{(isPrefix ? "" : "\"")}");

    /// <summary>The word of an outcome.</summary>
    public static string NameOf(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Done => "done",
        AuditOutcome.Denied => "denied",
        AuditOutcome.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Unknown outcome."),
    };

    private static AuditOutcome OutcomeOf(string? name) => name switch
    {
        "done" => AuditOutcome.Done,
        "denied" => AuditOutcome.Denied,
        "failed" => AuditOutcome.Failed,
        _ => throw new JsonException($"Unknown outcome: {name}"),
    };

    private static string? TextOf(JsonElement root, JsonEncodedText name) =>
        root.TryGetProperty(name.EncodedUtf8Bytes, out var value) ? value.GetString() : null;

    private static void Write(Utf8JsonWriter json, JsonEncodedText name, string? value, int max, List<(string, int)> cuts)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, Fit(value, max, name.Value, cuts));
        }
    }

    private static void WriteDetail(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? detail, List<(string, int)> cuts)
    {
        if (detail is null or { Count: 0 })
        {
            return;
        }

        if (detail.Count > AuditLimits.DetailCountMax)
        {
            cuts.Add((s_detail.Value, detail.Count));
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        json.WriteStartObject(s_detail);
        foreach (var (key, value) in detail.OrderBy(pair => pair.Key, StringComparer.Ordinal).Take(AuditLimits.DetailCountMax))
        {
            var name = Fit(key, AuditLimits.DetailKeyMax, field: null, cuts);
            for (var copy = 2; !names.Add(name); copy++)
            {
                // Two long keys that begin alike: a second member of the same name would be lost by whoever reads the line.
                name = string.Create(CultureInfo.InvariantCulture, $"{name[..(AuditLimits.DetailKeyMax - 3)]}~{copy}");
            }

            json.WriteString(name, Fit(value ?? "", AuditLimits.DetailValueMax, $"detail.{name}", cuts));
        }

        json.WriteEndObject();
    }

    private static void WriteCuts(Utf8JsonWriter json, List<(string Field, int Length)> cuts)
    {
        if (cuts.Count == 0)
        {
            return;
        }

        json.WriteStartObject(s_cut);
        foreach (var (field, length) in cuts)
        {
            json.WriteNumber(field, length);
        }

        json.WriteEndObject();
    }

    private static string Fit(string value, int max, string? field, List<(string, int)> cuts)
    {
        value = WellFormed(value);
        if (value.Length <= max)
        {
            return value;
        }

        if (field is not null)
        {
            cuts.Add((field, value.Length));
        }

        var keep = max - Ellipsis.Length;
        // Half of a character outside the basic plane, as in rare names, would be no character at all.
        return string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[keep - 1]) ? keep - 1 : keep), Ellipsis);
    }

    private static string WellFormed(string value)
    {
        if (value.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes()) // A lone surrogate comes out as U+FFFD.
        {
            _ = text.Append(rune);
        }

        return text.ToString();
    }

    private static JavaScriptEncoder MakeEncoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidRange(UnicodeRange.Create('\u200B', '\u200F')); // Zero width, direction marks.
        settings.ForbidRange(UnicodeRange.Create('\u2028', '\u202E')); // Line and paragraph separators, embeddings, overrides.
        settings.ForbidRange(UnicodeRange.Create('\u2060', '\u206F')); // Joiners, isolates.
        settings.ForbidCharacter('\uFEFF');
        return JavaScriptEncoder.Create(settings);
    }
}
