using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Benchmarks.Wall;
using CommandCenter.Cameras.Tests.Sources;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.Benchmarks.Cameras;

/// <summary>
/// Guards the budget from glass to glass (docs/cameras.md): 32 live tiles in one browser, from the clock that a camera writes into its picture
/// to the moment at which the browser shows it; by WebCodecs and, in turn with it, by Media Source and by another gateway: Janus, with WebRTC. What a real lens and a real screen add is not in it.
/// </summary>
internal static class GlassBench
{
    private const int TileCount = 32;
    private const int CoderCount = 4;
    private const double LatencyMsP95Most = 150;
    private const double WrongShareMost = 0.02;

    private const string Janus = "Janus, WebRTC";

    private static readonly (string Name, string Query, bool HasBudget)[] s_ways = [("WebCodecs", "", true), ("Media Source", "?decoder=mse", false)];

    private static readonly string[] s_cameras = [.. Enumerable.Range(0, TileCount).Select(static i => $"cam-{i}")];

    public static async Task RunAsync(Report report, bool isQuick)
    {
        if ((FakeCameraServer.Missing() ?? (Chromium.IsPossible ? null : "Chromium is not installed")) is { } missing)
        {
            report.Say("  left out: " + missing);
            return;
        }

        using var directory = new TemporaryDirectory();
        await using var devices = new FakeCameraProcess(LoopbackPort.Free(), "", "", s_cameras.Select(static (camera, i) => $"/{camera}={ClockCamera.Name}-{i % CoderCount}"));
        await devices.StartAsync(CancellationToken.None);
        await using var server = await ServerProcess.StartAsync(Path.Combine(directory.Path, "data"));
        using var fleet = new CameraFleet(server);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var duration = TimeSpan.FromSeconds(isQuick ? 5 : 20);
        var looks = s_ways.ToDictionary(static way => way.Name, static _ => new List<GlassLook>());
        var janusLooks = new List<GlassLook>();
        for (var round = 0; round < (isQuick ? 1 : 3); round++)
        {
            await ConnectAsync(fleet, devices);
            foreach (var (name, query, _) in s_ways)
            {
                await using var tiles = await WatchedTiles.OpenAsync(browser, server, query, TileCount);
                looks[name].Add(await tiles.LookAsync(duration));
            }

            await DisconnectAsync(fleet);
            if (JanusProcess.IsInstalled)
            {
                await using var janus = await JanusProcess.StartAsync(s_cameras.Select(camera => devices.AddressOf("/" + camera)));
                await using var tiles = await WatchedTiles.OpenAsync(browser, janus, TileCount);
                janusLooks.Add(await tiles.LookAsync(duration));
            }
        }

        foreach (var (name, _, hasBudget) in s_ways)
        {
            Print(report, name, looks[name], hasBudget);
        }

        if (janusLooks.Count > 0)
        {
            Print(report, Janus, janusLooks, hasBudget: false);
        }
        else
        {
            report.Say("  Janus is left out: it is not installed");
        }

        await server.StopAsync();
    }

    // One gateway at a time reads the cameras, so that none pays for the other.
    private static async Task ConnectAsync(CameraFleet fleet, FakeCameraProcess devices)
    {
        foreach (var camera in s_cameras)
        {
            await fleet.AddAsync(camera, devices.AddressOf("/main"), devices.AddressOf("/" + camera));
        }

        await fleet.AllAsync("live");
    }

    private static async Task DisconnectAsync(CameraFleet fleet)
    {
        foreach (var camera in s_cameras)
        {
            await fleet.RemoveAsync(camera);
        }
    }

    private static void Print(Report report, string way, List<GlassLook> looks, bool hasBudget)
    {
        if (looks.Find(static look => look.Wrong > WrongShareMost * (look.Wrong + look.LatenciesMs.Count)) is { } unread)
        {
            report.Fail($"of the clocks {unread.Wrong} could not be read and {unread.LatenciesMs.Count} could");
        }

        Add("glass to glass, p50", "ms", static look => look.Quantiles.At(0.5));
        Add("  p95", "ms", static look => look.Quantiles.At(0.95), hasBudget ? Budget.AtMost(LatencyMsP95Most) : null);
        Add("  p99", "ms", static look => look.Quantiles.At(0.99));
        Add("  p95 of the middle tile", "ms", static look => look.TileMedianOfP95);
        if (way != Janus)
        {
            Add("  what the tiles say themselves, the middle one", "ms", static look => look.SaidMs);
        }

        Add("  pictures a second of a tile, the middle one", "/s", static look => look.PicturesPerSecond.At(0.5));
        Add("  the slowest one", "/s", static look => look.PicturesPerSecond.At(0.001));
        Add("  tiles that the browser bears in full", "", static look => look.FullTiles);
        Add("  processor time of the browser", "% core", static look => look.BrowserCorePercent);
        Add("  processor time of the gateway", "% core", static look => look.GatewayCorePercent);
        Add("  load of the machine", "", static look => look.Load);

        void Add(string what, string unit, Func<GlassLook, double> read, Budget? budget = null) =>
            report.Add(new Measurement(what.StartsWith(' ') ? what : $"{way}, {TileCount} tiles: {what}", unit, [.. looks.Select(read)], budget));
    }
}
