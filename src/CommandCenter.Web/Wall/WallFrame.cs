using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace CommandCenter.Web.Wall;

/// <summary>A frame that is JSON already. Written once, copied to every follower.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct WallFrame(ReadOnlyMemory<byte> Utf8Json)
{
    private sealed class Converter : JsonConverter<WallFrame>
    {
        public override WallFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new WallFrame(JsonSerializer.SerializeToUtf8Bytes(document.RootElement, options));
        }

        public override void Write(Utf8JsonWriter writer, WallFrame value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8Json.Span, skipInputValidation: true); // Our own writer made it a line ago.
    }
}

/// <summary>Writes a frame. Courts are arrays, not objects: 22 rows stay near 3 KB.</summary>
internal static class WallFrameWriter
{
    private static readonly JavaScriptEncoder s_encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <param name="view">The figures in the follower's language.</param>
    /// <param name="serverNow">The server's clock at publishing: the age of a frame is measured against it.</param>
    /// <param name="instance">Changes with every start of the server; the page reloads itself when it does.</param>
    /// <param name="wholeFunds">All 288 windows instead of the open one alone.</param>
    public static WallFrame Write(WallView view, DateTimeOffset serverNow, string instance, bool wholeFunds)
    {
        using var buffer = new MemoryStream(8 * 1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            // Chinese stays as it is, where the default makes six bytes of each sign. What could end a script element is still
            // escaped: the first frame travels inside the page.
            Encoder = s_encoder,
        }))
        {
            var figures = view.Figures;
            json.WriteStartObject();
            json.WriteNumber("v", figures.Version);
            json.WriteNumber("now", serverNow.ToUnixTimeMilliseconds());
            json.WriteNumber("asOf", figures.AsOf.ToUnixTimeMilliseconds());
            json.WriteString("instance", instance);
            json.WriteBoolean("demo", figures.Demonstration);
            json.WriteString("stopped", view.StoppedCourts);
            json.WriteStartArray("proof");
            json.WriteStringValue(view.Proof.State);
            json.WriteStringValue(view.Proof.Text);
            json.WriteStringValue(view.Proof.Detail);
            json.WriteEndArray();
            WriteMarks(json, view.Marks);
            WriteTotals(json, view);
            WriteCourts(json, view);
            json.WriteStartArray("indicators");
            foreach (var indicator in view.Indicators)
            {
                json.WriteStartArray();
                json.WriteStringValue(indicator.Code);
                json.WriteStringValue(indicator.Text);
                json.WriteStringValue(NameOf(indicator.Condition));
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteStartArray("recent");
            foreach (var recent in view.Recent)
            {
                json.WriteStartArray();
                json.WriteStringValue(recent.Time);
                json.WriteStringValue(recent.Court);
                json.WriteStringValue(recent.CaseNumber);
                json.WriteStringValue(recent.Type);
                json.WriteStringValue(recent.Amount);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            WriteFunds(json, figures.Funds24h, wholeFunds);
            json.WriteEndObject();
        }

        return new WallFrame(buffer.ToArray());
    }

    /// <summary>The word that the style sheet and the script know a condition by.</summary>
    public static string NameOf<T>(T condition) where T : struct, Enum => condition.ToString().ToLowerInvariant();

    // Most figures carry the same mark, so only the others are named.
    private static void WriteMarks(Utf8JsonWriter json, MarksView marks)
    {
        json.WriteStartObject("marks");
        json.WriteString("alert", marks.Alert);
        json.WritePropertyName("usual");
        WriteMark(json, marks.Usual);
        json.WriteStartObject("but");
        foreach (var (key, mark) in marks.But)
        {
            json.WritePropertyName(key);
            WriteMark(json, mark);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMark(Utf8JsonWriter json, MarkView mark)
    {
        json.WriteStartArray();
        json.WriteStringValue(mark.State);
        json.WriteStringValue(mark.Text);
        json.WriteStringValue(mark.Title);
        json.WriteEndArray();
    }

    private static void WriteTotals(Utf8JsonWriter json, WallView view)
    {
        json.WriteStartObject("totals");
        foreach (var (key, figure) in view.Totals)
        {
            json.WritePropertyName(key);
            WriteFigure(json, figure);
        }

        json.WriteEndObject();
    }

    private static void WriteCourts(Utf8JsonWriter json, WallView view)
    {
        json.WriteStartArray("courts");
        foreach (var court in view.Courts)
        {
            json.WriteStartArray();
            json.WriteStringValue(court.Mark);
            json.WriteStringValue(court.Name);
            json.WriteStringValue(court.FullName);
            json.WriteStringValue(NameOf(court.Condition));
            json.WriteStringValue(court.Received);
            json.WriteStringValue(court.Closed);
            json.WriteStringValue(court.Pending);
            WriteFigure(json, court.In);
            WriteFigure(json, court.Out);
            json.WriteStringValue(court.Overdue);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary><c>"612"</c> for a count, <c>["—","无数据源"]</c> for one whose unit changes,
    /// <c>["3.0213","亿元","302,134,512.34 元","30213451234"]</c> for money.</summary>
    /// <remarks>Fen travel as text: a script's numbers lose whole fen beyond 2^53.</remarks>
    private static void WriteFigure(Utf8JsonWriter json, FigureView figure)
    {
        if (figure.Fen is null && figure.Unit.Length == 0)
        {
            json.WriteStringValue(figure.Text);
            return;
        }

        json.WriteStartArray();
        json.WriteStringValue(figure.Text);
        json.WriteStringValue(figure.Unit);
        if (figure.Fen is { } fen)
        {
            json.WriteStringValue(figure.Exact);
            json.WriteStringValue(fen.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
    }

    private static void WriteFunds(Utf8JsonWriter json, IReadOnlyList<FundsStep> steps, bool whole)
    {
        if (steps.Count == 0)
        {
            return;
        }

        if (!whole)
        {
            json.WriteStartArray("fundsLast");
            json.WriteNumberValue(steps[^1].InFen);
            json.WriteNumberValue(steps[^1].OutFen);
            json.WriteEndArray();
            return;
        }

        json.WriteStartObject("funds");
        json.WriteNumber("from", steps[0].At.ToUnixTimeMilliseconds());
        WriteSteps(json, "in", steps, step => step.InFen);
        WriteSteps(json, "out", steps, step => step.OutFen);
        json.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter json, string name, IReadOnlyList<FundsStep> steps, Func<FundsStep, long> valueOf)
    {
        json.WriteStartArray(name);
        foreach (var step in steps)
        {
            json.WriteNumberValue(valueOf(step));
        }

        json.WriteEndArray();
    }
}
