using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>The distribution's Chromium, started once for all tests and only when one asks for a page.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static bool IsInstalled => ChromiumLine.Executable is not null;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A page in a profile of its own; skips the test when there is no Chromium.</summary>
    /// <param name="widthPixels">Width of the viewport.</param>
    /// <param name="heightPixels">Height of the viewport.</param>
    public async Task<IPage> OpenPageAsync(int widthPixels, int heightPixels)
    {
        var context = await (await LaunchedAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = widthPixels, Height = heightPixels },
            Locale = "zh-CN",
            // Not the court's time zone: what a page shows may not depend on the screen's own clock settings.
            TimezoneId = "America/New_York",
        });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private async Task<IBrowser> LaunchedAsync()
    {
        if (_browser is { IsConnected: true } running)
        {
            return running;
        }

        Assert.SkipUnless(IsInstalled, "Chromium is not installed; ./test.sh installs it.");

        // Playwright's driver comes with its package; it must not download a browser of its own.
        _playwright ??= await Playwright.CreateAsync();
        return _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ChromiumLine.Executable,
            Headless = true,
            Args = ChromiumLine.Arguments,
        });
    }
}
