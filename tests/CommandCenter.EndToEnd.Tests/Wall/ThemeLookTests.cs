using System.Globalization;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>Both themes in the browser: readable, followed by charts, and pictures of them as colour-blind eyes see them.</summary>
public sealed class ThemeLookTests(Browser browser)
{
    private static readonly string[] s_visions = ["none", "protanopia", "deuteranopia", "tritanopia"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("light", "ordinary day")]
    [InlineData("light", "huge")]
    [InlineData("dark", "huge")]
    public async Task Every_text_of_the_wall_keeps_its_contrast(string theme, string city)
    {
        await using var stage = await WallStage.StartAsync(StandingCity.Named(city), StandingCity.LongAfter, Cancellation);
        var findFaults = await File.ReadAllTextAsync(RepositoryRoot.Combine("tests", "CommandCenter.EndToEnd.Tests", "Wall", "layout-faults.js"), Cancellation);
        var page = await OpenAsync(stage, theme, 1920, 1080);

        var faults = await page.EvaluateAsync<string[]>(findFaults, new { isWall = false, mayShorten = true });

        Assert.DoesNotContain(faults, fault => fault.Contains("has a contrast", StringComparison.Ordinal));
        await page.Context.DisposeAsync();
    }

    /// <summary>Left in <c>artifacts/wall</c> for the eye: what no bound on colours can say, a person sees at once.</summary>
    [Theory]
    [InlineData("dark", 4800, 1080)]
    [InlineData("light", 1280, 800)]
    public async Task Pictures_are_left_of_the_wall_as_colour_blind_eyes_see_it(string theme, int width, int height)
    {
        await using var stage = await WallStage.StartAsync(StandingCity.Named("huge"), StandingCity.LongAfter, Cancellation);
        var page = await OpenAsync(stage, theme, width, height);
        var devTools = await page.Context.NewCDPSessionAsync(page);
        var pictures = new List<byte[]>();
        foreach (var vision in s_visions)
        {
            _ = await devTools.SendAsync("Emulation.setEmulatedVisionDeficiency", new Dictionary<string, object> { ["type"] = vision });
            var path = RepositoryRoot.Combine("artifacts", "wall", string.Create(CultureInfo.InvariantCulture, $"vision-{vision}-{theme}-{width}x{height}.png"));
            pictures.Add(await page.ScreenshotAsync(new PageScreenshotOptions { Path = path }));
        }

        Assert.All(pictures.Skip(1), picture => Assert.NotEqual(pictures[0], picture)); // Else the browser simulated nothing.
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_desk_that_follows_the_system_turns_with_it()
    {
        await using var stage = await WallStage.StartAsync(StandingCity.Named("ordinary day"), StandingCity.LongAfter, Cancellation);
        var page = await OpenAsync(stage, "auto", 1280, 800);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        var dark = await GroundAsync(page);

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        var light = await GroundAsync(page);

        Assert.Equal(("rgb(10, 15, 21)", "rgb(244, 246, 248)"), (dark, light));
        await page.GotoAsync(new Uri(stage.Address, "wall/main").ToString());
        Assert.Equal("rgb(10, 15, 21)", await GroundAsync(page)); // A wall is dark unless somebody asks.
        await page.Context.DisposeAsync();
    }

    private async Task<IPage> OpenAsync(WallStage stage, string theme, int width, int height)
    {
        var page = await browser.OpenPageAsync(width, height);
        await page.GotoAsync(new Uri(stage.Address, "wall/main?theme=" + theme).ToString());
        await Assertions.Expect(page.Locator("#wall"))
            .ToHaveAttributeAsync("data-state", WallScreen.Live, new LocatorAssertionsToHaveAttributeOptions { Timeout = 15_000 });
        return page;
    }

    private static Task<string> GroundAsync(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
