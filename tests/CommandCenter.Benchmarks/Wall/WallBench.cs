using System.Diagnostics;
using System.Globalization;
using CommandCenter.Benchmarks.Intake;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Wall;

/// <summary>
/// Guards the budgets of the wall (design §8): the page on 8640 × 1920 pixels without a GPU, and what a wall costs the server, while events
/// come in at 10,000 a second.
/// </summary>
internal static class WallBench
{
    private const int CaseCount = 50_000;
    private const int EventsPerSecond = 10_000;
    private const int WallCount = 4;
    private const int MemoryLooks = 10;
    private const double FramesPerSecondLeast = 30;
    private const double FrameMsP95Most = 50;
    private const double GrowthPercentMost = 2;
    private const double CorePercentPerWallMost = 5;

    // A page's caches and the browser's own pools fill in its first minute; that is no growth.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(60);

    // Of a wall that runs for months: the browser compiles what runs often, which goes on for some ten minutes and counts as heap.
    private static readonly TimeSpan s_longWarmUp = TimeSpan.FromMinutes(12);

    public static async Task RunAsync(Report report, bool isQuick, bool isLong)
    {
        if (!Chromium.IsPossible)
        {
            report.Say("  left out: Chromium is not installed");
            return;
        }

        using var directory = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(Path.Combine(directory.Path, "data"));
        var load = IntakeLoad.BeginToday(server, isQuick ? CaseCount / 10 : CaseCount, EventsPerSecond, report);
        await using (var traffic = SteadyTraffic.Start(server, load, EventsPerSecond))
        {
            await MeasureServerAsync(report, server, rounds: isQuick ? 1 : 4, TimeSpan.FromSeconds(isQuick ? 5 : 15));
            await MeasurePageAsync(report, server, isQuick ? TimeSpan.FromSeconds(5) : isLong ? s_longWarmUp : s_warmUp, TimeSpan.FromMinutes(isQuick ? 0.25 : isLong ? 30 : 3), isLong);
            report.Add(new Measurement("events taken meanwhile", "/s", [traffic.EventsPerSecond]));
        }

        await server.StopAsync();
    }

    // With and without walls in turn: other work on the machine then weighs on both.
    private static async Task MeasureServerAsync(Report report, ServerProcess server, int rounds, TimeSpan duration)
    {
        var percentPerWall = new List<double>();
        var kilobytesPerSecond = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var without = await CoresAsync(server, duration);
            var walls = new List<FollowingWall>();
            for (var i = 0; i < WallCount; i++)
            {
                walls.Add(await FollowingWall.OpenAsync(server, i % 2 == 0 ? "zh-CN" : "en"));
            }

            var with = await CoresAsync(server, duration);
            percentPerWall.Add((with - without) / WallCount * 100);
            kilobytesPerSecond.Add(walls.Average(static wall => wall.Bytes) / 1024 / duration.TotalSeconds);
            if (walls.Any(static wall => wall.Bytes == 0))
            {
                report.Fail("a wall was sent nothing, so that its cost says nothing");
            }

            foreach (var wall in walls)
            {
                await wall.DisposeAsync();
            }
        }

        report.Add(new Measurement("server's processor time a wall", "% core", percentPerWall, Budget.AtMost(CorePercentPerWallMost)));
        report.Add(new Measurement("  sent to a wall", "KiB/s", kilobytesPerSecond));
    }

    private static async Task<double> CoresAsync(ServerProcess server, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var before = server.ProcessorTime;
        await Task.Delay(duration);
        return (server.ProcessorTime - before) / Stopwatch.GetElapsedTime(started);
    }

    private static async Task MeasurePageAsync(Report report, ServerProcess server, TimeSpan warmUp, TimeSpan duration, bool isLong)
    {
        await using var wall = await WatchedWall.OpenAsync(server);
        await Task.Delay(warmUp);
        var heap = await wall.HeapBytesAsync();
        var resident = await wall.ResidentBytesAsync();
        _ = await wall.TakeFramesAsync();
        var threadBefore = await wall.MainThreadAsync();
        var started = Stopwatch.GetTimestamp();
        for (var step = 1; step <= MemoryLooks; step++)
        {
            await Task.Delay(duration / MemoryLooks);
            if (step < MemoryLooks)
            {
                var (heapGrowth, residentGrowth) = (Growth(heap, await wall.HeapBytesAsync()), Growth(resident, await wall.ResidentBytesAsync()));
                var minutes = Stopwatch.GetElapsedTime(started).TotalMinutes;
                report.Say(string.Create(CultureInfo.InvariantCulture, $"  after {minutes:N1} min: heap {heapGrowth:N1} %, browser {residentGrowth:N1} %"));
            }
        }

        var frames = await wall.TakeFramesAsync();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var thread = await wall.MainThreadAsync();
        var heapAfter = await wall.HeapBytesAsync();
        var residentAfter = await wall.ResidentBytesAsync();

        report.Add(new Measurement("frames per second, median", "/s", [1_000 / frames.IntervalMsAt(0.5)], Budget.AtLeast(FramesPerSecondLeast)));
        report.Add(new Measurement("  time of a frame, p95", "ms", [frames.IntervalMsAt(0.95)], Budget.AtMost(FrameMsP95Most)));
        report.Add(new Measurement("  p99", "ms", [frames.IntervalMsAt(0.99)]));
        report.Add(new Measurement("  changes of the page", "/s", [frames.Repaints / seconds]));
        report.Add(new Measurement("  main thread in all", "% core", [(thread.Tasks - threadBefore.Tasks) / seconds * 100]));
        report.Add(new Measurement("  its script", "% core", [(thread.Script - threadBefore.Script) / seconds * 100]));
        report.Add(new Measurement("  its style and layout", "% core", [(thread.StyleAndLayout - threadBefore.StyleAndLayout) / seconds * 100]));
        report.Add(new Measurement("heap of the page", "MiB", [heapAfter / 1048576.0]));
        report.Add(new Measurement($"  growth in {duration.TotalMinutes:N0} min", "%", [Growth(heap, heapAfter)], isLong ? Budget.AtMost(GrowthPercentMost) : null));
        report.Add(new Measurement("memory of the browser", "MiB", [residentAfter / 1048576.0]));
        report.Add(new Measurement($"  growth in {duration.TotalMinutes:N0} min", "%", [Growth(resident, residentAfter)], isLong ? Budget.AtMost(GrowthPercentMost) : null));
    }

    private static double Growth(long before, long after) => (after - before) * 100.0 / before;
}
