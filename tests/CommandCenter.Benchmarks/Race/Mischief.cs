using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Benchmarks.Product;

namespace CommandCenter.Benchmarks.Race;

/// <summary>A batch in which some events must not be counted: sent again, ids used twice, unknown cases, cases closed or filed twice.</summary>
internal static class Mischief
{
    private const int OfEachMax = 20;
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Spoils copies of events that were taken, and mixes them with good ones.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Make(RaceEvents taken, int firstProbe)
    {
        var lines = taken.Mixed().ToArray();
        return
        [
            .. lines.Take(OfEachMax),
            .. Changed(lines, "case.node", static line => line["data"]!["phase"] = "entered"),
            .. Changed(lines, "case.node", static line =>
            {
                Rename(line, "id", static id => "lost-" + id);
                Rename(line, "case", static number => number.Replace("执", "执7", StringComparison.Ordinal));
            }),
            .. Changed(lines, "case.closed", static line => Rename(line, "id", static id => "again-" + id)),
            Freshness.Line(firstProbe),
            .. Changed(lines, "case.filed", static line => Rename(line, "id", static id => "again-" + id)),
            Freshness.Line(firstProbe),
            Freshness.Line(firstProbe + 1),
        ];
    }

    /// <summary>What the product makes of it.</summary>
    public static async Task<Taken> SendAsync(ServerProcess server, IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        using var content = new ByteArrayContent([.. lines.SelectMany(static line => line.ToArray())]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var response = await client.PostAsync(new Uri("api/v1/events", UriKind.Relative), content);
        using var answer = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
        return new Taken(
            answer.RootElement.GetProperty("accepted").GetInt64(), answer.RootElement.GetProperty("duplicates").GetInt64(),
            answer.RootElement.GetProperty("rejected").GetArrayLength());
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Changed(ReadOnlyMemory<byte>[] lines, string type, Action<JsonNode> change) => lines
        .Where(line => line.Span.IndexOf(Encoding.UTF8.GetBytes($"\"type\":\"{type}\"")) >= 0)
        .Take(OfEachMax)
        .Select(line =>
        {
            var node = JsonNode.Parse(line.Span)!;
            change(node);
            return (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(node.ToJsonString(s_plain) + "\n");
        });

    private static void Rename(JsonNode line, string field, Func<string, string> change) => line[field] = change(line[field]!.GetValue<string>());
}
