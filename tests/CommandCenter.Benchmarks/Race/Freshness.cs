using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Race;

/// <summary>From a filing sent until a reader sees the figure that counts it. The reader asks without a pause, so a figure is late by one answer at most.</summary>
internal static class Freshness
{
    public const int EventsPerSecond = 10_000;
    public const int ProbeCount = 100;
    public const double P99MsMost = 250;

    // Nothing but probes is filed on that day, so its figure counts them.
    public const string Day = "2026-06-01";

    // Not in step with anything of the server's own.
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(97);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>How many events the traffic needs that goes on meanwhile.</summary>
    public static int TrafficCount => (int)(EventsPerSecond * ((s_between * ProbeCount).TotalSeconds + 1));

    public static ReadOnlyMemory<byte> Line(int number) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"id":"probe-{{{number:D6}}}","type":"case.filed","at":"{{{Day}}}T09:30:00+08:00","court":"{{{ShippedConfig.Pudong}}}","case":"(2026){{{ShippedConfig.Pudong}}}执{{{90_000_000 + number}}}号","by":"probe","data":{"kind":"执","cause":"买卖合同纠纷","claimFen":100,"basis":"民事判决书","applicants":["甲"],"debtors":["乙"]}}

        """));

    /// <summary>Milliseconds of each probe, while the traffic that is already under way goes on.</summary>
    /// <param name="first">How many probes came before.</param>
    /// <param name="send">Sends one probe and waits for its answer.</param>
    /// <param name="readAsync">Reads the figure.</param>
    public static async Task<Quantiles> MeasureAsync(int first, Action<ReadOnlyMemory<byte>> send, Func<Task<long>> readAsync)
    {
        var latencies = new List<double>();
        using var pace = new PeriodicTimer(s_between);
        while (latencies.Count < ProbeCount && await pace.WaitForNextTickAsync())
        {
            var number = first + latencies.Count + 1;
            var line = Line(number);
            var sent = Stopwatch.GetTimestamp();
            var sending = Task.Run(() => send(line));
            while (await readAsync() < number)
            {
                if (Stopwatch.GetElapsedTime(sent) > s_patience)
                {
                    throw new TimeoutException($"Waited {s_patience.TotalSeconds:0} s for the figure to count probe {number}.");
                }
            }

            latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            await sending;
        }

        return new Quantiles(latencies);
    }

    public static async Task<Quantiles> OfProductAsync(ServerProcess server, IReadOnlyList<Requests> traffic, int eventsPerRequest, int first)
    {
        using var client = await server.SignInAsync();
        using var probes = new IntakeConnection(server.Address);
        var query = new Uri($"api/v1/totals?scope={Uri.EscapeDataString(ShippedConfig.Pudong)}&date={Day}", UriKind.Relative);
        var others = Task.Factory.StartNew(
            () => LoadRun.Open(server, traffic, TimeSpan.FromSeconds((double)eventsPerRequest / EventsPerSecond)),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var fresh = await MeasureAsync(
            first,
            line => probes.Post(new RaceEvents([[line]]).ToRequests(server, eventsPerRequest: 1, connections: 1)[0][0], events: 1),
            async () =>
            {
                using var answer = JsonDocument.Parse(await client.GetByteArrayAsync(query));
                return answer.RootElement.GetProperty("day").GetProperty("received").GetInt64();
            });
        _ = await others;
        return fresh;
    }

    public static async Task<Quantiles> OfPeerAsync(Peer peer, CopyBatches[] traffic, int eventsPerBatch, int first)
    {
        await using var probes = await peer.ConnectAsync();
        await using var connection = await peer.ConnectAsync();
        await using var totals = new PeerTotals(connection);
        var court = ShippedConfig.Courts.TryFind(ShippedConfig.Pudong, out var found) ? found : throw new InvalidOperationException("No such court.");
        var others = PeerRun.RunAsync(peer, traffic, TimeSpan.FromSeconds((double)eventsPerBatch / EventsPerSecond));
        var fresh = await MeasureAsync(
            first,
            line => Peer.Send(probes, CopyBatches.Make([line], eventsPerBatch: 1, connections: 1)[0][0]),
            async () => (await totals.ReadAsync(court, DateOnly.ParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture))).Day.Received);
        _ = await others;
        return fresh;
    }
}
