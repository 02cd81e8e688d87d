using System.Diagnostics;
using System.Text.Json;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Benchmarks.Traffic;
using CommandCenter.Domain.Courts;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Cases;

/// <summary>Random case lists of one court, of an area and of the city, one at a time: every filter, the lists behind figures, text search, every order, next pages.</summary>
internal static class ListBench
{
    private const int QueryCount = 1_000;
    private const int WarmUpCount = 100;
    private const double P99MsMost = 50;

    private static readonly string[] s_sorts = ["filedAt", "statusAt", "latestAt", "dueAt", "claimFen", "fundsInFen", "number", "court", "status", "handler", "cause", "node"];
    private static readonly string[] s_statuses = ["open", "suspended", "closed", "overdue"];
    private static readonly string[] s_nodes = ["LA", "FA", "TZ"];
    private static readonly string[] s_ways = ["WB", "ZB"];
    private static readonly string[] s_figures =
    [
        "status=pending", "overdue=true", "terminal=true", "filedFrom=2026-01-05&filedTo=2026-01-06", "filedFrom=2026-01-01&filedTo=2027-01-01",
        "closedFrom=2026-01-05&closedTo=2026-01-06",
    ];

    private static readonly string[] s_texts = ["王", "张伟", "有限公司", "贸易", "执12", "执7"];

    // The scope of a superior court is an area: its own cases and those of its inferior courts.
    private static readonly Court[] s_courts = [.. Invented.Courts.Where(static court => !HasInferior(court))];
    private static readonly (string What, Court[] Scopes)[] s_scopes =
    [
        ("a court", s_courts),
        ("an area", [.. Invented.Courts.Where(HasInferior)]),
        ("the city", [ShippedConfig.Courts.Root]),
    ];

    public static async Task RunAsync(Report report, ServerProcess server, int rounds)
    {
        using var client = await server.SignInAsync();
        foreach (var (what, scopes) in s_scopes)
        {
            _ = await MeasureAsync(client, scopes, WarmUpCount, seed: 0);
            var runs = new List<Quantiles>();
            for (var round = 1; round <= rounds; round++)
            {
                runs.Add(await MeasureAsync(client, scopes, QueryCount, round));
            }

            report.Add(new Measurement($"list of {what}, p50", "ms", [.. runs.Select(static run => run.At(0.50))]));
            report.Add(new Measurement(
                $"list of {what}, p99", "ms", [.. runs.Select(static run => run.At(0.99))], scopes == s_courts ? Budget.AtMost(P99MsMost) : null));
        }
    }

    private static async Task<Quantiles> MeasureAsync(HttpClient client, Court[] scopes, int count, int seed)
    {
#pragma warning disable CA5394 // Repeatable, not secret.
        var random = new Random(seed);
        var latencies = new List<double>();
        var query = "";
        string? next = null;
        while (latencies.Count < count)
        {
            // One in three goes on where the list before ended.
            query = next is not null && random.Next(3) == 0 ? WithPage(query, next) : Query(random, scopes);
            var started = Stopwatch.GetTimestamp();
            var answer = await client.GetByteArrayAsync(new Uri("api/v1/cases?" + query, UriKind.Relative));
            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            using var json = JsonDocument.Parse(answer);
            next = json.RootElement.TryGetProperty("nextPage", out var page) ? page.GetString() : null;
        }

        return new Quantiles(latencies);
    }

    private static bool HasInferior(Court court) => ShippedConfig.Courts.Courts.Any(other => other.Definition.Superior == court.Mark);

    private static string WithPage(string query, string page)
    {
        var before = query.IndexOf("&page=", StringComparison.Ordinal);
        return (before < 0 ? query : query[..before]) + "&page=" + Uri.EscapeDataString(page);
    }

    private static string Query(Random random, Court[] scopes)
    {
        var court = scopes[random.Next(scopes.Length)];
        var sort = (random.Next(2) == 0 ? "-" : "") + Any(s_sorts);
        var filter = random.Next(8) switch
        {
            0 => "&status=" + Any(s_statuses),
            1 => "&node=" + Any(s_nodes),
            2 => "&handler=" + Uri.EscapeDataString(Invented.Handler(court, random.Next(Invented.HandlersPerCourt))),
            3 => "&cause=" + Uri.EscapeDataString(Any(Invented.Causes)),
            4 => "&q=" + Uri.EscapeDataString(Any(s_texts)),
            5 => "&status=closed&way=" + Any(s_ways),
            6 => "&kind=main&" + Any(s_figures),
            _ => "",
        };
        return $"scope={Uri.EscapeDataString(court.Mark)}&sort={sort}{filter}";

        string Any(string[] of) => of[random.Next(of.Length)];
    }
#pragma warning restore CA5394
}
