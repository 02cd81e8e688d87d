using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CommandCenter.Simulator.City;

namespace CommandCenter.Simulator.Truth;

/// <summary>Writes the truth as JSON; docs/simulator.md gives the format.</summary>
internal static class ExpectFile
{
    private const int Format = 1;
    private const int FlushBytes = 1 << 20;

    private static readonly JsonWriterOptions s_options = new() { Indented = false, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Figure[] s_ways = [Figure.WB, Figure.ZB, Figure.ZJ, Figure.XA, Figure.BY, Figure.BH];
    private static readonly string[] s_kinds = ["执", "执恢", "执保"];

    private static readonly string[] s_windowColumns =
        ["t", "received", "closed", "pending", "fundsInFen", "fundsOutFen", "terminalStock", "revoked", "petitionsReceived", "petitionsAnswered"];

    /// <summary>Writes the file whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="city">What was told of.</param>
    /// <param name="until">Up to when.</param>
    /// <param name="truth">What is true of it.</param>
    /// <param name="mischief">How often each kind of mischief happened.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, VirtualCity city, DateTimeOffset until, CityTruth truth, IReadOnlyDictionary<string, int> mischief)
    {
        var draft = path + ".tmp";
        using (var file = File.Create(draft))
        using (var json = new Utf8JsonWriter(file, s_options))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteNumber("seed", city.Seed);
            json.WriteString("until", until.ToOffset(Shanghai.Offset));
            WriteCounts(json, "mischief", mischief.Select(kind => (kind.Key, (long)kind.Value)));
            json.WriteStartObject("answers");
            json.WriteNumber("accepted", truth.FactCount);
            json.WriteNumber("duplicates", truth.RepeatCount);
            WriteCounts(json, "rejected", truth.RefusalCounts.Select(code => (code.Key, code.Value)));
            json.WriteEndObject();
            json.WriteStartArray("windowColumns");
            foreach (var column in s_windowColumns)
            {
                json.WriteStringValue(column);
            }

            json.WriteEndArray();
            json.WriteStartArray("courts");
            foreach (var court in truth.Courts)
            {
                WriteCourt(json, court);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        File.Move(draft, path, overwrite: true);
    }

    private static void WriteCourt(Utf8JsonWriter json, CourtTruth court)
    {
        json.WriteStartObject();
        json.WriteString("mark", court.Mark);
        var running = default(Sums);
        json.WriteStartArray("days");
        foreach (var (day, sums) in court.Days)
        {
            running.Add(sums);
            json.WriteStartObject();
            json.WriteString("date", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            WriteFigures(json, sums, running);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("all");
        WriteFigures(json, running, running);
        json.WriteEndObject();
        json.WriteStartArray("windows");
        running = default;
        foreach (var (start, sums) in court.Windows)
        {
            running.Add(sums);
            WriteWindow(json, start, sums, running);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteWindow(Utf8JsonWriter json, long start, in Sums sums, in Sums running)
    {
        json.WriteStartArray();
        json.WriteNumberValue(start);
        json.WriteNumberValue(sums.Received);
        json.WriteNumberValue(sums.Closed);
        json.WriteNumberValue(running.Pending);
        json.WriteNumberValue(sums.Of(Figure.FundsInFen));
        json.WriteNumberValue(sums.Of(Figure.FundsOutFen));
        json.WriteNumberValue(running.TerminalStock);
        json.WriteNumberValue(sums.Of(Figure.Revoked));
        json.WriteNumberValue(sums.Of(Figure.PetitionsReceived));
        json.WriteNumberValue(sums.Of(Figure.PetitionsAnswered));
        json.WriteEndArray();
        if (json.BytesPending > FlushBytes)
        {
            json.Flush();
        }
    }

    // What happened in the time, and the stocks at its end.
    private static void WriteFigures(Utf8JsonWriter json, in Sums sums, in Sums running)
    {
        json.WriteNumber("received", sums.Received);
        json.WriteNumber("closed", sums.Closed);
        json.WriteNumber("pending", running.Pending);
        json.WriteNumber("revoked", sums.Of(Figure.Revoked));
        json.WriteNumber("terminalStock", running.TerminalStock);
        json.WriteNumber("fundsInFen", sums.Of(Figure.FundsInFen));
        json.WriteNumber("fundsOutFen", sums.Of(Figure.FundsOutFen));
        json.WriteNumber("petitionsReceived", sums.Of(Figure.PetitionsReceived));
        json.WriteNumber("petitionsAnswered", sums.Of(Figure.PetitionsAnswered));
        json.WriteStartObject("closedByWay");
        foreach (var way in s_ways)
        {
            json.WriteNumber(way.ToString(), sums.Of(way));
        }

        json.WriteEndObject();
        json.WriteStartObject("byKind");
        for (var kind = 0; kind < s_kinds.Length; kind++)
        {
            json.WriteStartObject(s_kinds[kind]);
            json.WriteNumber("received", sums.Of(Figure.ReceivedFirst + kind));
            json.WriteNumber("closed", sums.Of(Figure.ClosedFirst + kind));
            json.WriteNumber("pending", running.Of(Figure.ReceivedFirst + kind) - running.Of(Figure.ClosedFirst + kind));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IEnumerable<(string Key, long Count)> counts)
    {
        json.WriteStartObject(name);
        foreach (var (key, count) in counts)
        {
            json.WriteNumber(key, count);
        }

        json.WriteEndObject();
    }
}
