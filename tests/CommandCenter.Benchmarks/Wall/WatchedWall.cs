using System.Globalization;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using Microsoft.Playwright;

namespace CommandCenter.Benchmarks.Wall;

/// <summary>The largest wall in the distribution's Chromium, which counts its own frames.</summary>
internal sealed class WatchedWall : IAsyncDisposable
{
    private const int WidthPixels = 8_640;
    private const int HeightPixels = 1_920;

    /// <summary>Intervals between two frames in bins of half a millisecond, so that the watch itself never grows; and how often the wall changed.</summary>
    private const string Watch = """
        () => {
          const watch = window.watch = { bins: new Uint32Array(4000), repaints: 0 };
          let before = NaN;
          const step = (now) => {
            if (now > before) {
              watch.bins[Math.min(watch.bins.length - 1, Math.round((now - before) * 2))]++;
            }
            before = now;
            requestAnimationFrame(step);
          };
          requestAnimationFrame(step);
          new MutationObserver(() => { watch.repaints++; }).observe(document.querySelector('main'), { childList: true, characterData: true, attributes: true, subtree: true });
        }
        """;

    private const string Take = "() => { const taken = [...watch.bins, watch.repaints]; watch.bins.fill(0); watch.repaints = 0; return taken; }";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;
    private readonly ICDPSession _tab;
    private readonly ICDPSession _whole;

    private WatchedWall(IPlaywright playwright, IBrowser browser, IPage page, ICDPSession tab, ICDPSession whole)
    {
        _playwright = playwright;
        _browser = browser;
        _page = page;
        _tab = tab;
        _whole = whole;
    }

    public static async Task<WatchedWall> OpenAsync(ServerProcess server)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await Chromium.LaunchAsync(playwright);
        var page = await Chromium.OpenWallAsync(browser, server, WidthPixels, HeightPixels);
        var tab = await page.Context.NewCDPSessionAsync(page);
        _ = await tab.SendAsync("Performance.enable");
        _ = await tab.SendAsync("HeapProfiler.enable");
        _ = await page.EvaluateAsync(Watch);
        return new WatchedWall(playwright, browser, page, tab, await browser.NewBrowserCDPSessionAsync());
    }

    /// <summary>Frames since the last time.</summary>
    public async Task<FrameCount> TakeFramesAsync()
    {
        var taken = await _page.EvaluateAsync<long[]>(Take);
        return new FrameCount(taken[..^1], taken[^1]);
    }

    /// <summary>What script and page hold after a collection of garbage.</summary>
    public async Task<long> HeapBytesAsync()
    {
        _ = await _tab.SendAsync("HeapProfiler.collectGarbage");
        return (long)(await MetricsAsync())["JSHeapUsedSize"];
    }

    /// <summary>Memory of all processes of the browser that is theirs alone: no files, nothing shared.</summary>
    public async Task<long> ResidentBytesAsync()
    {
        var processes = (await _whole.SendAsync("SystemInfo.getProcessInfo"))!.Value.GetProperty("processInfo");
        return processes.EnumerateArray().Sum(process => Machine.Kilobytes(
            string.Create(CultureInfo.InvariantCulture, $"/proc/{process.GetProperty("id").GetInt32()}/status"), "RssAnon") * 1024);
    }

    /// <summary>Seconds of the page's main thread since its start: all tasks, script, style and layout.</summary>
    public async Task<(double Tasks, double Script, double StyleAndLayout)> MainThreadAsync()
    {
        var metrics = await MetricsAsync();
        return (metrics["TaskDuration"], metrics["ScriptDuration"], metrics["RecalcStyleDuration"] + metrics["LayoutDuration"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private async Task<Dictionary<string, double>> MetricsAsync() => (await _tab.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics")
        .EnumerateArray().ToDictionary(static metric => metric.GetProperty("name").GetString()!, static metric => metric.GetProperty("value").GetDouble());
}

/// <summary>Intervals between frames, in bins of half a millisecond.</summary>
internal sealed record FrameCount(IReadOnlyList<long> Bins, long Repaints)
{
    public long Count => Bins.Sum();

    /// <summary>The interval that this share of all does not exceed, in ms.</summary>
    public double IntervalMsAt(double share)
    {
        var rest = (long)Math.Ceiling(share * Count);
        for (var bin = 0; bin < Bins.Count; bin++)
        {
            rest -= Bins[bin];
            if (rest <= 0)
            {
                return bin / 2.0;
            }
        }

        return Bins.Count / 2.0;
    }
}
