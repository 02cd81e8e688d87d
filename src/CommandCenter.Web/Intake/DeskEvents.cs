using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;

namespace CommandCenter.Web.Intake;

/// <summary>What people do at our own pages, as events: through the same parser and limits as every other, and answered when it is on the disk.</summary>
internal sealed class DeskEvents(GrainHost grains)
{
    /// <summary>The source that their records name; no key of a machine has this name.</summary>
    public const string Source = "desk";

    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Submits one event.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="court">Mark of the court that it is about.</param>
    /// <param name="by">Who gives it, or the officer that it is about.</param>
    /// <param name="number">The case that it is about, or <see langword="null"/>.</param>
    /// <param name="at">When.</param>
    /// <param name="now">The time.</param>
    /// <param name="writeData">Writes the fields of its data.</param>
    /// <returns>Why it was refused, or <see langword="null"/>.</returns>
    public async Task<QueryFault?> SubmitAsync(string type, string court, string by, string? number, DateTimeOffset at, DateTimeOffset now, Action<Utf8JsonWriter> writeData)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, s_json))
        {
            json.WriteStartObject();
            json.WriteString("id", Guid.NewGuid());
            json.WriteString("type", type);
            json.WriteString("at", at.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("court", court);
            if (number is not null)
            {
                json.WriteString("case", number);
            }

            json.WriteString("by", by);
            json.WriteStartObject("data");
            writeData(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        var batch = new IntakeBatch(grains, new EventParser(grains.Courts, grains.Nodes), Source, now);
        batch.Add(line.GetBuffer().AsSpan(0, (int)line.Length), number: 1, isTooLong: false);
        try
        {
            // To its end whoever goes away: what may have been recorded is answered with what became of it.
            var answer = await batch.SubmitAsync();
            return answer.Rejected is [var refused, ..] ? FaultOf(refused.Code, refused.Message) : null;
        }
        catch (IntakeFullException)
        {
            return new QueryFault(StatusCodes.Status503ServiceUnavailable, PartitionUnavailableException.Busy, RefusalText.Of(PartitionUnavailableException.Busy));
        }
    }

    /// <summary>The fault of a code of the intake.</summary>
    public static QueryFault FaultOf(string code, string? message = null) => new(
        code == "case.unknown" ? StatusCodes.Status404NotFound
            : code.StartsWith("event.", StringComparison.Ordinal) ? StatusCodes.Status400BadRequest
            : code.StartsWith("partition.", StringComparison.Ordinal) ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status409Conflict,
        code,
        message ?? RefusalText.Of(code));
}
