using CommandCenter.Benchmarks.Intake;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Race;

/// <summary>From an event sent to <c>/api/v1/totals</c> that counts it, while other events come in at 10,000 a second.</summary>
internal static class FreshBench
{
    private const int CaseCount = 50_000;
    private const int EventsPerRequest = 100;
    private const int RoundCount = 5;

    public static async Task RunAsync(Report report, bool isQuick)
    {
        using var directory = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(Path.Combine(directory.Path, "data"));
        var load = IntakeLoad.Begin(server, isQuick ? CaseCount / 10 : CaseCount, report);
        var runs = new List<Quantiles>();
        for (var round = 0; round < (isQuick ? 1 : RoundCount); round++)
        {
            runs.Add(await Freshness.OfProductAsync(
                server, load.Make(Freshness.TrafficCount, EventsPerRequest, IntakeLoad.ConnectionCount), EventsPerRequest, round * Freshness.ProbeCount));
        }

        report.Add(new Measurement("sent → totals p50", "ms", [.. runs.Select(static run => run.At(0.50))]));
        report.Add(new Measurement("sent → totals p99", "ms", [.. runs.Select(static run => run.At(0.99))], Budget.AtMost(Freshness.P99MsMost)));
        await server.StopAsync();
    }
}
