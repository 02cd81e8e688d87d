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

    private static readonly string[] s_executables = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;

    private PaintedWall(IPlaywright playwright, IBrowser browser, IPage page)
    {
        _playwright = playwright;
        _browser = browser;
        _page = page;
    }

    public static bool IsPossible => Array.Exists(s_executables, File.Exists);

    /// <summary>Opens the main wall and waits until it is live.</summary>
    public static async Task<PaintedWall> OpenAsync(Uri address, string figure)
    {
        // Playwright's driver comes with its package; it must not download a browser of its own.
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Array.Find(s_executables, File.Exists),
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            ],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = WidthPixels, Height = HeightPixels } });
        _ = await page.GotoAsync(new Uri(address, "wall/main").ToString());
        await Assertions.Expect(page.Locator("#wall")).ToHaveAttributeAsync("data-state", "live");
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
