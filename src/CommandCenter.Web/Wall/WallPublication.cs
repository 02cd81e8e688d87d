using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace CommandCenter.Web.Wall;

/// <summary>All parts at one instant. A part is written at most once for each language, and only when someone asks.</summary>
/// <param name="number">Rises by one with each publication.</param>
/// <param name="sample">What the parts were read from.</param>
/// <param name="parts">In the order of the sources.</param>
/// <param name="at">The server's clock at publishing: the age of a frame is measured against it.</param>
/// <param name="timestamp">The same instant on the clock that never jumps.</param>
/// <param name="instance">The run of the server, and what its pages are drawn with.</param>
internal sealed class WallPublication(
    long number, WallSample sample, IReadOnlyList<WallPart> parts, DateTimeOffset at, long timestamp, WallInstance instance)
{
    // Chinese stays as it is, where the default makes six bytes of each sign. What could end a script element is still escaped:
    // the first frame travels inside the page.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    // Continuations run elsewhere: the sampling loop must not send to followers itself.
    private readonly TaskCompletionSource _succeeded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Number => number;

    public WallSample Sample => sample;

    public IReadOnlyList<WallPart> Parts => parts;

    public DateTimeOffset At => at;

    public long Timestamp => timestamp;

    /// <summary>Ends when a newer publication is out.</summary>
    public Task Succeeded => _succeeded.Task;

    public void Succeed() => _succeeded.SetResult();

    /// <summary>A frame of a wall with those of its parts that <paramref name="sent"/> does not have yet; notes them there.</summary>
    /// <param name="wall">The wall.</param>
    /// <param name="language">Whose words.</param>
    /// <param name="sent">Revisions by the names of parts.</param>
    /// <param name="more">Writes what another kind of frame says beside its parts.</param>
    public WallFrame FrameOf(WallDefinition wall, WallLanguage language, Dictionary<string, long> sent, Action<Utf8JsonWriter>? more = null)
    {
        using var buffer = new MemoryStream(8 * 1024);
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteNumber("n", number);
            json.WriteNumber("v", sample.Figures.Version);
            json.WriteNumber("now", at.ToUnixTimeMilliseconds());
            json.WriteNumber("asOf", sample.Figures.AsOf.ToUnixTimeMilliseconds());
            json.WriteString("instance", instance.Id);
            json.WriteString("version", instance.Version);
            json.WriteString("layout", wall.Revision);
            WritePartsOf(wall, language, sent, json);
            more?.Invoke(json);
            json.WriteEndObject();
        }

        return new WallFrame(buffer.ToArray());
    }

    // Those that changed, and the names of all that are missing now: what a page has of these is not of this moment.
    private void WritePartsOf(WallDefinition wall, WallLanguage language, Dictionary<string, long> sent, Utf8JsonWriter json)
    {
        var missing = new List<string>();
        json.WriteStartObject("parts");
        foreach (var part in parts.Where(part => wall.Parts.Contains(part.Name)))
        {
            if (part.Utf8JsonIn(language) is not { } text)
            {
                missing.Add(part.Name);
            }
            else if (sent.GetValueOrDefault(part.Name, -1) != part.Revision)
            {
                sent[part.Name] = part.Revision;
                json.WritePropertyName(part.Name);
                json.WriteRawValue(text.Span, skipInputValidation: true); // Our own writer made it.
            }
        }

        json.WriteEndObject();
        if (missing.Count > 0)
        {
            json.WriteStartArray("missing");
            missing.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }
    }

    /// <summary>The words of a part, once someone asked for them.</summary>
    internal sealed class Words
    {
        private readonly ReadOnlyMemory<byte>?[] _texts = new ReadOnlyMemory<byte>?[2];
        private readonly bool[] _isTried = new bool[2];
        private readonly Lock _writing = new();

        /// <returns><see langword="null"/> where it cannot be written; it is tried once.</returns>
        public ReadOnlyMemory<byte>? In(WallLanguage language, WallPart part)
        {
            lock (_writing)
            {
                if (!_isTried[(int)language] && part.State is { } state)
                {
                    _isTried[(int)language] = true;
                    try
                    {
                        _texts[(int)language] = Write(part.Source, state, language);
                    }
                    catch (Exception exception) when (part.Failed is not null)
                    {
                        part.Failed(part.Name, exception);
                    }
                }

                return _texts[(int)language];
            }
        }

        private static byte[] Write(IWallPartSource source, object state, WallLanguage language)
        {
            using var buffer = new MemoryStream(4 * 1024);
            using (var json = new Utf8JsonWriter(buffer, s_options))
            {
                source.Write(json, state, language);
            }

            return buffer.ToArray();
        }
    }
}

/// <summary>A part as one publication has it.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Revision">Rises when its state changes.</param>
/// <param name="State">What it is now; <see langword="null"/>: it could not be read.</param>
internal sealed record WallPart(IWallPartSource Source, long Revision, object? State)
{
    private readonly WallPublication.Words _words = new();

    public string Name => Source.Name;

    /// <summary>Is told what went wrong when the part could not be written; without it whoever asked is.</summary>
    public Action<string, Exception>? Failed { get; init; }

    /// <summary>The part in words; <see langword="null"/>: it could not be read or written.</summary>
    public ReadOnlyMemory<byte>? Utf8JsonIn(WallLanguage language) => _words.In(language, this);
}
