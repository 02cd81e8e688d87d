using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Intake;

/// <summary>Events per second accepted durably over HTTP, how long an event waits at half of that in the server until it is durable, and for its answer.</summary>
internal static class IngestBench
{
    private const int CaseCount = 200_000;
    private const double EventsPerSecondLeast = 150_000;
    private const double HalfLoadP99MsMost = 25;
    private const int HalfLoadEventsPerRequest = 100;

    public static async Task RunAsync(Report report, bool isQuick)
    {
        using var directory = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(Path.Combine(directory.Path, "data"));
        var load = IntakeLoad.Begin(server, isQuick ? CaseCount / 10 : CaseCount, report);
        var rounds = isQuick ? 1 : 5;
        var speed = new MachineSpeed();
        var held = 0.0;
        foreach (var (eventsPerRequest, eventCount, connections) in ((int, int, int)[])[(1, 24_000, 48), (100, 480_000, 48), (1_000, 640_000, 16)])
        {
            var runs = Enumerable.Range(0, rounds)
                .Select(_ =>
                {
                    var requests = load.Make(isQuick ? eventCount / 2 : eventCount, eventsPerRequest, connections);
                    speed.Sample();
                    return LoadRun.Closed(server, requests);
                }).ToArray();
            Budget? budget = eventsPerRequest == 1 ? null : Budget.AtLeast(EventsPerSecondLeast);
            Print(report, $"ingest, batches of {eventsPerRequest:N0}, {connections} connections", runs, budget);
            held = eventsPerRequest == HalfLoadEventsPerRequest ? new Quantiles(runs.Select(static run => run.EventsPerSecond)).At(0.5) : held;
        }

        HalfLoad(report, server, load, "half load", held / 2, rounds, Budget.AtMost(HalfLoadP99MsMost));
        HalfLoad(report, server, load, "half of the budgeted load", EventsPerSecondLeast / 2, rounds, budget: null);
        speed.AddTo(report);
        await server.StopAsync();
    }

    private static void Print(Report report, string what, LoadRun[] runs, Budget? budget)
    {
        report.Add(new Measurement(what, "events/s", [.. runs.Select(static run => run.EventsPerSecond)], budget));
        report.Add(new Measurement("  answer p50", "ms", [.. runs.Select(static run => run.LatenciesMs.At(0.50))]));
        report.Add(new Measurement("  answer p99", "ms", [.. runs.Select(static run => run.LatenciesMs.At(0.99))]));
        report.Add(new Measurement("  server, of one core", "µs/event", [.. runs.Select(static run => run.ServerMicrosecondsPerEvent)]));
        report.Add(new Measurement("  server", "cores", [.. runs.Select(static run => run.ServerCores)]));
        report.Add(new Measurement("  client", "cores", [.. runs.Select(static run => run.ClientCores)]));
    }

    private static void HalfLoad(Report report, ServerProcess server, IntakeLoad load, string what, double eventsPerSecond, int rounds, Budget? budget)
    {
        var between = TimeSpan.FromSeconds(HalfLoadEventsPerRequest / eventsPerSecond);
        var eventCount = (int)eventsPerSecond * 5;
        var waits = new List<DurableWaits>();
        var runs = Enumerable.Range(0, rounds)
            .Select(_ =>
            {
                var before = DurableWaits.Read(server);
                var run = LoadRun.Open(server, load.Make(eventCount, HalfLoadEventsPerRequest, IntakeLoad.ConnectionCount), between);
                waits.Add(DurableWaits.Read(server).Since(before));
                return run;
            }).ToArray();
        report.Add(new Measurement(what + ", as driven", "events/s", [.. runs.Select(static run => run.EventsPerSecond)]));
        report.Add(new Measurement("  accepted → durable p50", "ms", [.. waits.Select(static wait => wait.At(0.50))]));
        report.Add(new Measurement("  accepted → durable p99", "ms", [.. waits.Select(static wait => wait.At(0.99))], budget));
        report.Add(new Measurement("  due at the client → answer p50", "ms", [.. runs.Select(static run => run.LatenciesMs.At(0.50))]));
        report.Add(new Measurement("  due at the client → answer p99", "ms", [.. runs.Select(static run => run.LatenciesMs.At(0.99))]));
        report.Add(new Measurement("  server", "cores", [.. runs.Select(static run => run.ServerCores)]));
    }
}
