using System.Globalization;
using System.Text;
using CommandCenter.Benchmarks.Intake;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Wall;

/// <summary>From a filing sent until a browser has painted 新收 with it, while other events come in at 10,000 a second.</summary>
internal static class PaintBench
{
    private const int CaseCount = 50_000;
    private const int EventsPerSecond = 10_000;
    private const int EventsPerRequest = 100;
    private const int ProbeCount = 100;
    private const double P99SecondsMost = 1;

    // Not in step with the wall's own pace.
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(307);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Report report, bool isQuick)
    {
        if (!Chromium.IsPossible)
        {
            report.Say("  left out: Chromium is not installed");
            return;
        }

        using var directory = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(Path.Combine(directory.Path, "data"));
        var load = IntakeLoad.Begin(server, CaseCount, report);
        await using var wall = await PaintedWall.OpenAsync(server, "received.today");
        var runs = new List<Quantiles>();
        for (var round = 0; round < (isQuick ? 1 : 3); round++)
        {
            runs.Add(await MeasureAsync(server, load, wall, first: round * ProbeCount));
        }

        report.Add(new Measurement("sent → painted p50", "s", [.. runs.Select(static run => run.At(0.50))]));
        report.Add(new Measurement("sent → painted p99", "s", [.. runs.Select(static run => run.At(0.99))], Budget.AtMost(P99SecondsMost)));
        await server.StopAsync();
    }

    private static async Task<Quantiles> MeasureAsync(ServerProcess server, IntakeLoad load, PaintedWall wall, int first)
    {
        var seconds = (s_between * ProbeCount).TotalSeconds + 1;
        var requests = load.Make((int)(EventsPerSecond * seconds), EventsPerRequest, IntakeLoad.ConnectionCount);
        var others = Task.Factory.StartNew(
            () => LoadRun.Open(server, requests, TimeSpan.FromSeconds((double)EventsPerRequest / EventsPerSecond)),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        var sent = new List<DateTimeOffset>();
        using (var probes = new IntakeConnection(server.Address))
        using (var pace = new PeriodicTimer(s_between))
        {
            while (sent.Count < ProbeCount && await pace.WaitForNextTickAsync())
            {
                var request = Filing(server, first + sent.Count + 1);
                sent.Add(TimeProvider.System.GetUtcNow());
                probes.Post(request, events: 1);
            }
        }

        var painted = await WaitForAsync(wall, first + ProbeCount);
        _ = await others;
        return new Quantiles(sent.Select((at, i) => (painted.First(note => note.Value > first + i).At - at).TotalSeconds));
    }

    private static async Task<IReadOnlyList<(long Value, DateTimeOffset At)>> WaitForAsync(PaintedWall wall, int count)
    {
        IReadOnlyList<(long Value, DateTimeOffset At)> painted = [];
        await Eventually.TrueAsync(
            $"the wall to paint {count} cases received",
            s_patience,
            async _ => (painted = await wall.ReadAsync()) is [.., var last] && last.Value >= count,
            CancellationToken.None);
        return painted;
    }

    // Only these are filed today, so the figure counts them.
    private static byte[] Filing(ServerProcess server, int number)
    {
        var now = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8));
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $$$"""
            {"id":"probe-{{{number}}}","type":"case.filed","at":"{{{now:yyyy-MM-dd'T'HH:mm:ss}}}+08:00","court":"{{{ShippedConfig.Pudong}}}","case":"({{{now.Year}}}){{{ShippedConfig.Pudong}}}执{{{90_000_000 + number}}}号","data":{"kind":"执","cause":"买卖合同纠纷","claimFen":100,"basis":"民事判决书","applicants":["甲"],"debtors":["乙"]}}
            """);
        return Encoding.UTF8.GetBytes(
            $"POST /api/v1/events HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {server.Key}\r\n" +
            $"Content-Type: application/x-ndjson\r\nContent-Length: {Encoding.UTF8.GetByteCount(line)}\r\n\r\n{line}");
    }
}
