using CommandCenter.Benchmarks.Product;
using Microsoft.Playwright;

namespace CommandCenter.Benchmarks.Wall;

/// <summary>A wall page in the distribution's Chromium that notes when each value of one figure was painted.</summary>
internal sealed class PaintedWall : IAsyncDisposable
{
    private const int WidthPixels = 3_600;
    private const int HeightPixels = 810;

    // The second frame begins when the first, with the new text in it, has been handed over for display.
    private const string Watch = """
        (figure) => {
          const value = document.querySelector(`[data-figure='${figure}'] .value`);
          const note = () => {
            const shown = Number(value.textContent.replaceAll(',', ''));
            requestAnimationFrame(() => requestAnimationFrame(() => window.painted.push([shown, performance.timeOrigin + performance.now()])));
          };
          window.painted = [];
          new MutationObserver(note).observe(value, { childList: true, characterData: true, subtree: true });
        }
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;

    private PaintedWall(IPlaywright playwright, IBrowser browser, IPage page)
    {
        _playwright = playwright;
        _browser = browser;
        _page = page;
    }

    /// <summary>Opens the main wall and waits until it is live.</summary>
    public static async Task<PaintedWall> OpenAsync(ServerProcess server, string figure)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await Chromium.LaunchAsync(playwright);
        var page = await Chromium.OpenWallAsync(browser, server, WidthPixels, HeightPixels);
        _ = await page.EvaluateAsync(Watch, figure);
        return new PaintedWall(playwright, browser, page);
    }

    /// <summary>Values and the times at which they were painted, in order.</summary>
    public async Task<IReadOnlyList<(long Value, DateTimeOffset At)>> ReadAsync() =>
        [.. (await _page.EvaluateAsync<double[][]>("() => window.painted"))
            .Select(static note => ((long)note[0], DateTimeOffset.UnixEpoch.AddMilliseconds(note[1])))];

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
