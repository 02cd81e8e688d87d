using System.Diagnostics;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Cases;

/// <summary>The 37 nodes of the city and the pages above the case: how long a count takes, and how long a page takes to arrive.</summary>
internal static class FlowBench
{
    private const int CountCount = 20;
    private const int PageCount = 500;
    private const double P99MsMost = 50;

    // Longer than an answer is shared.
    private static readonly TimeSpan s_gap = TimeSpan.FromSeconds(3.1);

    public static async Task RunAsync(Report report, ServerProcess server)
    {
        using var client = await server.SignInAsync();
        var counts = new List<double>();
        for (var i = 0; i < CountCount; i++)
        {
            // A year of its own makes it a question that nobody has asked: it is counted anew, and the passes with it.
            counts.Add(await AskAsync(client, $"api/v1/flow?year={2000 + i}"));
        }

        var shared = new List<double>();
        for (var i = 0; i < PageCount; i++)
        {
            shared.Add(await AskAsync(client, "api/v1/flow"));
        }

        report.Add(new Measurement("flow of the city, counted anew, p50", "ms", [new Quantiles(counts).At(0.50)], Budget.AtMost(P99MsMost)));
        report.Add(new Measurement("flow of the city, as desks ask it, p99", "ms", [new Quantiles(shared).At(0.99)], Budget.AtMost(P99MsMost)));
        await PagesAsync(report, client, "page of the city", "overview");
        await PagesAsync(report, client, "page of a court", "overview/" + Uri.EscapeDataString(ShippedConfig.Pudong));
    }

    // One after the other, the first of them counts anew, as do those that come when the answers are too old.
    private static async Task PagesAsync(Report report, HttpClient client, string what, string path)
    {
        var pages = new List<double>();
        await Task.Delay(s_gap);
        for (var i = 0; i < PageCount; i++)
        {
            pages.Add(await AskAsync(client, path));
        }

        report.Add(new Measurement($"{what}, p50", "ms", [new Quantiles(pages).At(0.50)]));
        report.Add(new Measurement($"{what}, p99", "ms", [new Quantiles(pages).At(0.99)], Budget.AtMost(P99MsMost)));
        report.Add(new Measurement($"{what}, longest", "ms", [pages.Max()]));
    }

    private static async Task<double> AskAsync(HttpClient client, string path)
    {
        var started = Stopwatch.GetTimestamp();
        _ = await client.GetByteArrayAsync(new Uri(path, UriKind.Relative));
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
