using System.Globalization;
using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Native;
using CommandCenter.Cameras.Sources;
using CommandCenter.Testing;

namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>Many sources at once: frozen and thawed, begun and ended again and again, and what they cost.</summary>
[Collection(RealStreams.Name)]
public sealed class ManySourcesTests(ITestOutputHelper output)
{
    private const int Small = 32;
    private const int Large = 12;
    private const int Viewers = 8;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A freeze shorter than 3 s is sat out; a longer one ends in new attempts, which the thawed device answers.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public async Task Frozen_and_thawed_sources_are_all_live_again_two_seconds_after(int frozenSeconds)
    {
        var count = LongRun.IsOn ? Small + Large : 6;
        await using var cameras = await FakeCameras.StartNewAsync(MountsOf(count, 0));
        await using var gateway = new CameraGateway(new GatewayOptions(), TimeProvider.System);
        gateway.Set(CamerasOf(cameras, count));
        await AllAsync(gateway, FeedState.Live);
        var restarts = gateway.Counts.Feeds.Sum(static feed => feed.Restarts);

        cameras.Freeze();
        await AllAsync(gateway, frozenSeconds > 3 ? FeedState.Lost : FeedState.Stalled);
        if (frozenSeconds > 3)
        {
            await Eventually.TrueAsync("new attempts", s_patience, _ => Task.FromResult(gateway.Counts.Feeds.Sum(static feed => feed.Restarts) >= restarts + (2 * count)), Token);
        }

        var before = Subs(gateway).ToDictionary(static feed => feed.CameraId, static feed => feed.Counts.Units);
        var tries = gateway.Counts.Feeds.Sum(static feed => feed.Restarts);
        cameras.Thaw();
        var began = TimeProvider.System.GetTimestamp();
        await LiveAsync(count / 2);
        var half = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await LiveAsync(count);
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        tries = gateway.Counts.Feeds.Sum(static feed => feed.Restarts) - tries;

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} sources live {seconds:0.00} s after the thaw, half of them after {half:0.00} s; {tries} attempts given up in between."));
        // The budget is for a machine of its own; beside other tests it is only required not to be a matter of minutes.
        Assert.InRange(seconds, 0, LongRun.IsOn ? 2 : 10);

        Task LiveAsync(int live) => Eventually.TrueAsync(
            $"{live} feeds to be live", s_patience, _ => Task.FromResult(Subs(gateway).Count(feed => feed.State == FeedState.Live && feed.Counts.Units > before[feed.CameraId]) >= live), Token);
    }

    /// <summary>1,000 begins and ends in a long run, 100 otherwise, after enough of them that all pools are filled.</summary>
    [Fact]
    public async Task Begins_and_ends_leave_nothing_behind()
    {
        const int Together = 5;
        var cycles = (LongRun.IsOn ? 1000 : 100) / Together;
        await using var cameras = await FakeCameras.StartNewAsync(MountsOf(Together, 0));
        await using (var gateway = new CameraGateway(new GatewayOptions(), TimeProvider.System))
        {
            for (var i = 0; i < cycles / 4; i++)
            {
                await CycleAsync();
            }

            var before = Usage.Now();
            output.WriteLine($"{before} before.");
            for (var i = 0; i < cycles; i++)
            {
                await CycleAsync();
                if (i % (cycles / 5) == 0)
                {
                    output.WriteLine($"{Usage.Now()} after {i * Together}: {Usage.Kinds()}.");
                }
            }

            var after = Usage.Now();
            // What stops ends its threads and closes its sockets a moment after it is known to have stopped.
            await Eventually.TrueAsync("threads and handles to end", s_patience, _ => Task.FromResult((after = Usage.Now()).Threads <= before.Threads + 4 && after.Handles <= before.Handles + 8), Token);
            output.WriteLine($"{cycles * Together} begins and ends: {before} before, {after} after.");
            Assert.InRange(after.MebiBytes, 0, before.MebiBytes + 24);

            async Task CycleAsync()
            {
                gateway.Set(CamerasOf(cameras, Together));
                await AllAsync(gateway, FeedState.Live);
                gateway.Set([]);
                await Eventually.TrueAsync("all to have ended", s_patience, _ => Task.FromResult(Callbacks.Count == 0), Token);
            }
        }
    }

    /// <summary>The budget: 44 sources and 8 viewers of 32 tiles take at most 30 % of a core (docs/cameras.md).</summary>
    [Fact]
    public async Task The_gateway_takes_little_of_a_core()
    {
        Assert.SkipUnless(LongRun.IsOn, "./test.sh --long measures what 44 sources cost.");
        await using var cameras = await FakeCameras.StartNewAsync(MountsOf(Small, Large));
        await using var gateway = new CameraGateway(new GatewayOptions(), TimeProvider.System);
        gateway.Set(CamerasOf(cameras, Small + Large));
        await AllAsync(gateway, FeedState.Live);
        var sinks = Enumerable.Range(0, Small).SelectMany(_ => Enumerable.Range(0, Viewers).Select(static _ => new CountingSink())).ToArray();
        var seats = sinks.Select((sink, i) => gateway.Find($"cam-{i / Viewers}", FeedKind.Sub)!.Join(sink)).ToArray();
        await sinks[^1].MoreAsync(15);

        var shares = new List<double>();
        var units = gateway.Counts.Feeds.Sum(static feed => feed.Counts.Units);
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 6; i++)
        {
            var (cpu, at) = (Environment.CpuUsage.TotalTime, TimeProvider.System.GetTimestamp());
            await sinks[0].MoreAsync(45); // Three seconds of a sub stream.
            shares.Add(100 * (Environment.CpuUsage.TotalTime - cpu) / TimeProvider.System.GetElapsedTime(at));
        }

        var rate = (gateway.Counts.Feeds.Sum(static feed => feed.Counts.Units) - units) / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        foreach (var seat in seats)
        {
            seat.Dispose();
        }

        shares.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Small} × 360p15 + {Large} × 720p25, {Viewers} viewers × {Small} tiles: {(shares[2] + shares[3]) / 2:0.0} % of a core (median of 6; {shares[0]:0.0} to {shares[^1]:0.0}), {rate:0} pictures/s in, {Usage.Now()}."));
        Assert.InRange((shares[2] + shares[3]) / 2, 0, 30);
    }

    private static string[] MountsOf(int small, int large) =>
        [.. Enumerable.Range(0, small).Select(static i => $"/cam-{i}={TestPictures.Small}"), .. Enumerable.Range(small, large).Select(static i => $"/cam-{i}={TestPictures.Large}")];

    private static CameraSource[] CamerasOf(FakeCameras cameras, int count) =>
        [.. Enumerable.Range(0, count).Select(i => cameras.Camera($"cam-{i}", "/main", $"/cam-{i}"))];

    private static IEnumerable<FeedStatus> Subs(CameraGateway gateway) => gateway.Counts.Feeds.Where(static feed => feed.Kind == FeedKind.Sub);

    private static Task AllAsync(CameraGateway gateway, FeedState state) => Eventually.TrueAsync(
        $"all feeds to be {state}", s_patience, _ => Task.FromResult(Subs(gateway).All(feed => feed.State == state)), Token);

    private sealed record Usage(int Threads, int Handles, long MebiBytes)
    {
        public static Usage Now()
        {
            GC.Collect();
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return new(process.Threads.Count, Directory.GetFiles("/proc/self/fd").Length, process.WorkingSet64 >> 20);
        }

        /// <summary>What the handles are.</summary>
        public static string Kinds() => string.Join(", ", new DirectoryInfo("/proc/self/fd").EnumerateFiles().Select(static file => file.LinkTarget ?? "")
            .CountBy(static target => new string([.. target.TakeWhile(static letter => letter is not '[' and not '(')])).Where(static kind => kind.Value > 2).Select(static kind => $"{kind.Value} {kind.Key}"));

        public override string ToString() => $"{Threads} threads, {Handles} handles, {MebiBytes} MiB";
    }
}
