using System.Diagnostics;
using CommandCenter.Benchmarks.Intake;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Benchmarks.Wall;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Desks;

/// <summary>
/// Guards the budget of desks and tablets (design §8): 200 people, each with an account, a session and a connection of his own, are told
/// their figures once a second, which is five times as often as the pages ask, while a city's day comes in.
/// </summary>
internal static class DeskBench
{
    private const int DeskCount = 200;
    private const int CaseCount = 50_000;
    private const int EventsPerSecond = 200; // Ten cities like Shanghai: the figures move with every second.
    private const double CorePercentMost = 50;
    private const double MebibytesPerDeskMost = 1;

    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Report report, bool isQuick)
    {
        using var directory = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(
            Path.Combine(directory.Path, "data"), ("Accounts__TriesPerMinuteMax", "1000")); // All of them sign in from this machine.
        var load = IntakeLoad.BeginToday(server, isQuick ? CaseCount / 10 : CaseCount, EventsPerSecond, report);
        var people = await Person.MakeAsync(server, isQuick ? DeskCount / 10 : DeskCount, report);
        await using (SteadyTraffic.Start(server, load, EventsPerSecond))
        {
            await MeasureAsync(report, server, people, rounds: isQuick ? 1 : 4, TimeSpan.FromSeconds(isQuick ? 5 : 20));
        }

        await server.StopAsync();
    }

    // With and without the desks in turn: what else weighs on the machine then weighs on both.
    private static async Task MeasureAsync(Report report, ServerProcess server, IReadOnlyList<Person> people, int rounds, TimeSpan duration)
    {
        var cores = new List<double>();
        var mebibytes = new List<double>();
        var answersPerSecond = new List<double>();
        var (p50, p99) = (new List<double>(), new List<double>());
        await Task.Delay(s_settling);
        for (var round = 0; round < rounds; round++)
        {
            var without = await CoresAsync(server, duration);
            var resident = server.ResidentBytes;
            await using var desks = new AskingDesks(server, people);
            await Task.Delay(s_settling); // Each has opened its connection and asked some times.
            desks.Forget();
            var started = Stopwatch.GetTimestamp();
            cores.Add((await CoresAsync(server, duration) - without) * 100);
            var latencies = desks.Latencies();
            answersPerSecond.Add(latencies.Count / Stopwatch.GetElapsedTime(started).TotalSeconds);
            p50.Add(latencies.Times.At(0.5));
            p99.Add(latencies.Times.At(0.99));
            mebibytes.Add((server.ResidentBytes - resident) / 1048576.0 / people.Count);
            if (desks.Failures > 0)
            {
                report.Fail($"{desks.Failures} answers were no answers: {desks.LastFailure}");
            }
        }

        report.Add(new Measurement($"{people.Count} desks and tablets, server", "% core", cores, Budget.AtMost(CorePercentMost)));
        report.Add(new Measurement("  answers", "/s", answersPerSecond));
        report.Add(new Measurement("  answer p50", "ms", p50));
        report.Add(new Measurement("  answer p99", "ms", p99));
        report.Add(new Measurement("  server's memory a desk", "MiB", mebibytes, Budget.AtMost(MebibytesPerDeskMost)));
    }

    private static async Task<double> CoresAsync(ServerProcess server, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var before = server.ProcessorTime;
        await Task.Delay(duration);
        return (server.ProcessorTime - before) / Stopwatch.GetElapsedTime(started);
    }
}
