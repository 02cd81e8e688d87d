using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Benchmarks.Traffic;
using CommandCenter.Domain.Cases;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Testing;
using CommandCenter.Web.Grains;

namespace CommandCenter.Benchmarks.Cases;

/// <summary>A million cases: what they take in memory and on disk, how long a start with them takes, and how fast a list of them is.</summary>
internal static class HoldBench
{
    private const int CaseCount = 1_000_000;
    private const int ConnectionCount = 16;
    private const int EventsPerRequest = 1_000;
    private const int RequestsPerRound = 10;
    private const int EventsPerCase = 4;
    private const double GibMost = 1.5;
    private const double BytesPerCaseMost = 1_024;
    private const double StartSecondsMost = 5;

    // Nothing is closed long enough ago to leave memory: every case is held.
    private static readonly DateTimeOffset s_from = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_span = TimeSpan.FromDays(150);

    public static async Task RunAsync(Report report, bool isQuick)
    {
        using var directory = new TemporaryDirectory();
        var cases = isQuick ? CaseCount / 10 : CaseCount;
        var rounds = isQuick ? 1 : 3;
        var data = await FillAsync(report, directory.Path, cases, rounds);
        await StartAsync(report, data, cases, rounds);
        await using (var server = await ServerProcess.StartAsync(data))
        {
            await ListBench.RunAsync(report, server, rounds);
            await FlowBench.RunAsync(report, server);
            report.Add(new Measurement("resident after lists", "GiB", [server.ResidentBytes / 1073741824.0], Budget.AtMost(GibMost)));
            await server.KillAsync();
        }

        await StartWithoutSnapshotsAsync(report, data);
        report.Add(new Measurement("managed heap", "B/case", [await ManagedBytesAsync(data) / (double)cases]));
    }

    // What the collector has not come to yet counts too, and that differs from one load to the next: several loads, the last of which stays.
    private static async Task<string> FillAsync(Report report, string directory, int cases, int rounds)
    {
        var fills = new List<Fill>();
        for (var round = 0; ; round++)
        {
            var data = Path.Combine(directory, $"data-{round}");
            fills.Add(await FillOnceAsync(report, data, cases));
            if (round == rounds - 1)
            {
                report.Add(new Measurement("resident after the load", "GiB", [.. fills.Select(static fill => fill.Resident / 1073741824.0)], Budget.AtMost(GibMost)));
                report.Add(new Measurement("  above the empty server", "B/case", [.. fills.Select(fill => (fill.Resident - fill.Empty) / (double)cases)], Budget.AtMost(BytesPerCaseMost)));
                report.Add(new Measurement("  once recount and lists of payments have read it all", "B/case", [.. fills.Select(fill => (fill.Settled - fill.Empty) / (double)cases)]));
                report.Add(new Measurement("on disk", "B/case", [.. fills.Select(fill => fill.Disk / (double)cases)]));
                return data;
            }

            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<Fill> FillOnceAsync(Report report, string data, int cases)
    {
        await using var server = await ServerProcess.StartAsync(data);
        (await server.SignInAsync()).Dispose(); // Only the first start prints the password; the session lasts.
        var empty = server.ResidentBytes;
        var each = cases / ConnectionCount;
        var streams = Enumerable.Range(0, ConnectionCount)
            .Select(source => CaseStream.ShortLives(source, ConnectionCount, each, s_from, s_span / each / EventsPerCase)).ToArray();
        var events = 0L;
        var seconds = 0.0;
        while (true)
        {
            Requests[] requests =
                [.. streams.Select(stream => Requests.Make(RequestsPerRound, EventsPerRequest, stream.WriteShort, server))];
            if (requests.All(static one => one.Count == 0))
            {
                break;
            }

            var run = LoadRun.Closed(server, requests);
            events += run.Events;
            seconds += run.Elapsed.TotalSeconds;
        }

        var resident = server.ResidentBytes;
        var settled = await SettleAsync(server);
        await server.StopAsync();
        var disk = new DirectoryInfo(data).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length);
        report.Say($"  {cases:N0} cases by {events:N0} events at {events / seconds:N0} events/s; the empty server took {empty / 1048576.0:N0} MiB");
        return new Fill(empty, resident, settled, disk);
    }

    // The recount knows every case a second time, and the lists of payments every payment of this year: both read the journal behind the load.
    private static async Task<long> SettleAsync(ServerProcess server)
    {
        using var client = await server.SignInAsync();
        var loadedAt = TimeProvider.System.GetUtcNow();
        await Eventually.TrueAsync("recount and payments to be as new as the load", TimeSpan.FromMinutes(5), async cancellationToken =>
        {
            var recount = await client.GetFromJsonAsync<JsonElement>("api/v1/recount", cancellationToken);
            using var payments = await client.GetAsync(new Uri("api/v1/funds?direction=in", UriKind.Relative), cancellationToken);
            return recount.GetProperty("state").GetString() == "proved"
                && recount.GetProperty("asOf").GetDateTimeOffset() > loadedAt
                && payments.IsSuccessStatusCode
                && (await payments.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("asOf").GetDateTimeOffset() > loadedAt;
        }, CancellationToken.None);
        return server.ResidentBytes;
    }

    private static async Task StartAsync(Report report, string data, int cases, int rounds)
    {
        var clean = new List<double>();
        var resident = new List<double>();
        var killed = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            await using var server = await ServerProcess.StartAsync(data);
            clean.Add(server.ReadyAfter.TotalSeconds);
            resident.Add(server.ResidentBytes);
            await server.KillAsync();

            await using var again = await ServerProcess.StartAsync(data);
            killed.Add(again.ReadyAfter.TotalSeconds);
            await again.StopAsync();
        }

        report.Add(new Measurement("start after a clean stop", "s", clean, Budget.AtMost(StartSecondsMost)));
        report.Add(new Measurement("start after kill -9, nothing written since", "s", killed, Budget.AtMost(StartSecondsMost)));
        report.Add(new Measurement("resident after a start", "GiB", [.. resident.Select(static bytes => bytes / 1073741824.0)], Budget.AtMost(GibMost)));
    }

    // The longest start there can be: a snapshot is taken after each million records of a partition, and here a partition has about that many.
    private static async Task StartWithoutSnapshotsAsync(Report report, string data)
    {
        foreach (var snapshot in Directory.GetFiles(data, "snapshot-*", SearchOption.AllDirectories))
        {
            File.Delete(snapshot);
        }

        await using var server = await ServerProcess.StartAsync(data);
        report.Add(new Measurement("start by replaying every record", "s", [server.ReadyAfter.TotalSeconds]));
        await server.StopAsync();
    }

    // Opened in this process: the collector here can be asked to look at everything.
    private static async Task<long> ManagedBytesAsync(string data)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var grains = await GrainHost.OpenAsync(
            new PartitionSetOptions { DataDirectory = data }, ShippedConfig.Courts, ShippedConfig.Nodes, GrainLimits.Default, TimeProvider.System,
            new SilentObserver(), carries: false, CancellationToken.None);
        return GC.GetTotalMemory(forceFullCollection: true) - before;
    }

    private readonly record struct Fill(long Empty, long Resident, long Settled, long Disk);
}
