using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using CommandCenter.Simulator.City;

namespace CommandCenter.Simulator.Events;

/// <summary>Events as gzipped NDJSON, the body of one request.</summary>
/// <remarks>One instance is refilled for every request; not thread-safe.</remarks>
internal sealed class EventBatch : IDisposable
{
    /// <summary>Most events in a request. A thousand lines stay far below the 16 MiB of a request.</summary>
    public const int CountMax = 1_000;

    // Party names and causes are Chinese: written as UTF-8 they take half the bytes of \u escapes.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly Utf8JsonWriter _json;

    /// <summary>Makes an empty batch.</summary>
    public EventBatch() => _json = new Utf8JsonWriter(_lines, s_options);

    /// <summary>Number of events in it.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no further event fits.</summary>
    public bool IsFull => Count == CountMax;

    /// <summary>The lines before compression.</summary>
    public ReadOnlySpan<byte> Lines => _lines.WrittenSpan;

    /// <summary>Adds an event as one line.</summary>
    public void Add(PlannedEvent planned)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("id"u8, planned.Id);
        _json.WriteString("type"u8, planned.Data.Type);
        _json.WriteString("at"u8, planned.At.ToOffset(Shanghai.Offset));
        _json.WriteString("court"u8, planned.Court);
        if (planned.Case is not null)
        {
            _json.WriteString("case"u8, planned.Case);
        }

        _json.WriteString("by"u8, planned.By);
        _json.WriteStartObject("data"u8);
        planned.Data.WriteFields(_json);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
        _lines.Write("\n"u8);
        Count++;
    }

    /// <summary>The body of the request. The batch may be cleared and refilled while the body is on its way.</summary>
    public byte[] Compress()
    {
        using var body = new MemoryStream(_lines.WrittenCount / 6);
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(_lines.WrittenSpan);
        }

        return body.ToArray();
    }

    /// <summary>Empties the batch.</summary>
    public void Clear()
    {
        _lines.ResetWrittenCount();
        Count = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();
}
