using System.Globalization;
using System.Text.Json;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>The wall of the past in a browser. The pictures are left in <c>artifacts/wall</c>.</summary>
public sealed class ReplayWallTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replay_shows_the_figures_of_then_and_cuts_where_the_wall_was_cut()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await using var wall = await WallScreen.OpenAsync(browser, host);
        await host.PostAsync([EventLines.Filed(1)], Cancellation);
        await Assertions.Expect(wall.Figure("received.year").Locator(".value")).ToHaveTextAsync("1");
        await RecordAsync(host, 2);
        var before = TimeProvider.System.GetUtcNow();
        await RecordAsync(host, 2);
        await host.PostAsync([EventLines.Filed(2)], Cancellation);
        await host.DirectAsync("preview", "courts", Cancellation);
        await host.DirectAsync("take", scene: null, Cancellation);
        await RecordAsync(host, 3);
        await host.DirectAsync("preempt", scene: null, Cancellation, new { zh = "火警，请立即撤离", en = "Fire. Leave now." });
        await RecordAsync(host, 3);
        await host.DirectAsync("return", scene: null, Cancellation);
        await RecordAsync(host, 2);

        var replay = await browser.OpenPageAsync(3600, 810);
        var errors = new List<string>();
        replay.PageError += (_, error) => errors.Add(error);
        try
        {
            await host.LetInAsync(replay, Cancellation);
            await replay.GotoAsync(new Uri(host.Address, $"wall/main?at={Uri.EscapeDataString(before.ToString("O", CultureInfo.InvariantCulture))}").ToString());
            var scene = replay.Locator(".scene[data-shown=true]");
            var words = replay.Locator("#emergency");
            await Assertions.Expect(replay.Locator("#wall")).ToHaveAttributeAsync("data-kind", "shown");
            await Assertions.Expect(scene).ToHaveAttributeAsync("data-scene", "overview");
            await Assertions.Expect(replay.Locator("[data-figure='received.year'] .value")).ToHaveTextAsync("1");
            await Assertions.Expect(replay.Locator("#state")).ToHaveTextAsync("静止");

            await replay.Keyboard.PressAsync("-");
            await replay.Keyboard.PressAsync("-"); // From 60 times to real time.
            await replay.Keyboard.PressAsync("Space");
            await Assertions.Expect(replay.Locator("#state")).ToHaveTextAsync("回放中");
            var patience = new LocatorAssertionsToHaveAttributeOptions { Timeout = 20_000 };
            await Assertions.Expect(scene).ToHaveAttributeAsync("data-scene", "courts", patience);
            await Assertions.Expect(replay.Locator("#scene")).ToHaveTextAsync("各院办案");
            await Assertions.Expect(words).ToBeHiddenAsync();
            await Assertions.Expect(words).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 20_000 });
            await Assertions.Expect(words).ToHaveTextAsync("火警，请立即撤离");
            await Assertions.Expect(words).Not.ToHaveCSSAsync("background-color", "rgb(143, 21, 8)"); // Nobody may take it for one of now.
            _ = await replay.ScreenshotAsync(new PageScreenshotOptions { Path = RepositoryRoot.Combine("artifacts", "wall", "replay-emergency.png") });
            await Assertions.Expect(words).ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = 20_000 });
            await Assertions.Expect(scene).ToHaveAttributeAsync("data-scene", "courts");
            _ = await replay.ScreenshotAsync(new PageScreenshotOptions { Path = RepositoryRoot.Combine("artifacts", "wall", "replay-courts.png") });

            await replay.Locator("#replay-live").ClickAsync();
            await Assertions.Expect(replay.Locator("#wall")).ToHaveAttributeAsync("data-state", WallScreen.Live);
            Assert.Null(await replay.Locator("#wall").GetAttributeAsync("data-mode"));
            Assert.Empty(errors);
        }
        finally
        {
            await replay.Context.DisposeAsync();
        }
    }

    // The past is as long as it is: what is played in real time has to happen in real time first.
    private static Task RecordAsync(ProductHost host, int seconds)
    {
        var until = TimeProvider.System.GetUtcNow().AddSeconds(seconds);
        return Eventually.TrueAsync(
            $"a record of {seconds} s", TimeSpan.FromSeconds(30),
            async token =>
            {
                using var history = JsonDocument.Parse(await host.Client.GetStringAsync(new Uri("api/v1/walls/history", UriKind.Relative), token));
                return history.RootElement.GetProperty("recordedTo").GetDateTimeOffset() >= until;
            },
            Cancellation);
    }
}
