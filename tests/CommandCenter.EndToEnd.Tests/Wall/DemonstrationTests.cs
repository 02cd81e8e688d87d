using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Wall;

public sealed class DemonstrationTests(Browser browser)
{
    /// <summary>Set to anything, it makes this test renew the picture of the README.</summary>
    private const string ScreenshotsVariable = "COMMANDCENTER_SCREENSHOTS";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demonstration_fills_the_wall_and_keeps_it_moving()
    {
        await using var host = await ProductHost.StartAsync(demonstration: true, Cancellation);
        await using var simulator = Demonstration.Start(host);
        await using var wall = await WallScreen.OpenAsync(browser, host, widthPixels: 3600, heightPixels: 810);

        await Eventually.TrueAsync(
            "the past of the demonstration to arrive",
            TimeSpan.FromSeconds(60),
            async _ => await wall.CountAsync("received.year") > 1_000,
            Cancellation);
        var filled = await wall.FenAsync("in.year");
        await Eventually.TrueAsync(
            "money to arrive live",
            TimeSpan.FromSeconds(60),
            async _ => await wall.FenAsync("in.year") != filled,
            Cancellation);

        Assert.Empty(wall.ScriptErrors);
        if (Environment.GetEnvironmentVariable(ScreenshotsVariable) is { Length: > 0 })
        {
            await Eventually.TrueAsync(
                "the demonstration to reach the present",
                TimeSpan.FromMinutes(5),
                async _ => await wall.CountAsync("received.today") > 100 && await wall.FenAsync("out.today") > 0,
                Cancellation);
            await wall.Page.SetViewportSizeAsync(2400, 540); // A picture of 3600 × 810 is too heavy for a repository.
            await wall.Page.ScreenshotAsync(new PageScreenshotOptions { Path = RepositoryRoot.Combine("docs", "wall.png") });
        }

        Assert.Equal(0, await simulator.TerminateAsync(TimeSpan.FromSeconds(15), Cancellation));
    }
}
