using System.Globalization;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>No figure may touch another, leave its cell or be cut off: a cut figure is a wrong figure.</summary>
public sealed class WallLayoutTests(Browser browser)
{
    /// <summary>Set to anything, it makes these tests leave a picture of every page in <c>artifacts/wall</c>.</summary>
    private const string ScreenshotsVariable = "COMMANDCENTER_SCREENSHOTS";

    // Held upright, and on a small desk, the wall is read by scrolling. Everywhere else nobody is there to scroll.
    private static readonly (int Width, int Height, bool FitsWhole)[] s_screens =
    [
        (800, 1280, false), (1024, 768, false), (1280, 800, false),
        (1280, 768, true), (1920, 1080, true), (3600, 810, true), (4800, 1080, true), (8640, 1920, true),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zero")]
    [InlineData("one case")]
    [InlineData("ordinary day")]
    [InlineData("reversed day")]
    [InlineData("huge")]
    public async Task Every_figure_has_room_on_every_screen_in_both_languages(string city)
    {
        await using var stage = await WallStage.StartAsync(StandingCity.Named(city), Cancellation);
        var findFaults = await File.ReadAllTextAsync(RepositoryRoot.Combine("tests", "CommandCenter.EndToEnd.Tests", "Wall", "layout-faults.js"), Cancellation);
        var faults = new List<string>();
        foreach (var language in new[] { "zh", "en" })
        {
            var page = await browser.OpenPageAsync(s_screens[0].Width, s_screens[0].Height);
            await page.GotoAsync(new Uri(stage.Address, "wall/main?lang=" + language).ToString());
            await Assertions.Expect(page.Locator("#wall"))
                .ToHaveAttributeAsync("data-state", WallScreen.Live, new LocatorAssertionsToHaveAttributeOptions { Timeout = 15_000 });
            foreach (var (width, height, fitsWhole) in s_screens)
            {
                await page.SetViewportSizeAsync(width, height);
                var screen = string.Create(CultureInfo.InvariantCulture, $"{width}×{height} {language}");
                faults.AddRange((await page.EvaluateAsync<string[]>(findFaults, fitsWhole)).Select(fault => $"{screen}: {fault}"));
                await PhotographAsync(page, $"{city.Replace(' ', '-')}-{language}-{width}x{height}");
            }

            await page.Context.DisposeAsync();
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task PhotographAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(ScreenshotsVariable) is { Length: > 0 })
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = RepositoryRoot.Combine("artifacts", "wall", name + ".png") });
        }
    }
}
