using CommandCenter.Benchmarks.Product;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.Benchmarks.Wall;

/// <summary>The distribution's Chromium, without a screen and without a GPU.</summary>
internal static class Chromium
{
    public static bool IsPossible => ChromiumLine.Executable is not null;

    // Playwright's driver comes with its package; it must not download a browser of its own.
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = ChromiumLine.Executable,
        Headless = true,
        Args = ChromiumLine.Arguments,
    });

    /// <summary>Opens the main wall and waits until it is live.</summary>
    public static async Task<IPage> OpenWallAsync(IBrowser browser, ServerProcess server, int width, int height)
    {
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        _ = await page.GotoAsync(new Uri(server.Address, "wall/main#" + server.WallKey).ToString()); // As a wall computer does.
        await Assertions.Expect(page.Locator("#wall"))
            .ToHaveAttributeAsync("data-state", "live", new LocatorAssertionsToHaveAttributeOptions { Timeout = 15_000 });
        return page;
    }
}
