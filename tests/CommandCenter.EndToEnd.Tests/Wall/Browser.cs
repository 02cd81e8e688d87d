using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>The distribution's Chromium, started once for all tests and only when one asks for a page.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] s_executables = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static bool IsInstalled => Array.Exists(s_executables, File.Exists);

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

        var executable = Array.Find(s_executables, File.Exists);
        Assert.SkipWhen(executable is null, "Chromium is not installed; ./test.sh installs it.");

        // Playwright's driver comes with its package; it must not download a browser of its own.
        _playwright ??= await Playwright.CreateAsync();
        return _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = executable,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            ],
        });
    }
}
