using System.Globalization;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>A director at a desk, and the wall that follows.</summary>
public sealed class DirectorTests(Browser browser)
{
    private const string ScreenshotsVariable = "COMMANDCENTER_SCREENSHOTS";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_take_shows_the_other_scene_an_emergency_hides_it_and_a_killed_server_comes_back_with_the_same_picture()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await using var wall = await WallScreen.OpenAsync(browser, host);
        await wall.MarkAsync();
        var desk = await browser.OpenPageAsync(1180, 820);
        try
        {
            await host.SignInAsync(desk, Cancellation);
            await desk.GotoAsync(new Uri(host.Address, "walls/main/director").ToString());
            await Assertions.Expect(desk.Locator("#on-air")).ToHaveAttributeAsync("data-scene", "overview");
            await Assertions.Expect(wall.Page.Locator(".scene[data-shown=true]")).ToHaveAttributeAsync("data-scene", "overview");
            await LiveAsync(desk);

            // By keyboard alone, as on a night shift.
            await desk.Keyboard.PressAsync(await desk.Locator(".scenes [data-scene=courts] kbd").InnerTextAsync());
            await Assertions.Expect(desk.Locator("#preview")).ToHaveAttributeAsync("data-scene", "courts");
            await desk.Keyboard.PressAsync("Enter");
            await ShowsAsync(wall, "courts");
            await Assertions.Expect(wall.Page.Locator("#scene")).ToHaveTextAsync("各院办案");
            await Assertions.Expect(desk.Locator("#on-air")).ToHaveAttributeAsync("data-scene", "courts");

            // What is pinned stands on the scene of what is in focus.
            await desk.Locator(".pins select").SelectOptionAsync("沪0115");
            await desk.Locator(".pins button[type=submit]").ClickAsync();
            await Assertions.Expect(desk.Locator(".pins .name")).ToHaveTextAsync("浦东新区");
            await desk.Locator(".scenes [data-scene=focus]").ClickAsync();
            await desk.Locator(".take").ClickAsync();
            await ShowsAsync(wall, "focus");
            await Assertions.Expect(wall.Page.Locator(".pinned h3")).ToHaveTextAsync("浦东新区");
            await PhotographAsync(desk, "director");
            await PhotographAsync(wall.Page, "focus");

            await desk.Locator("#emergency-zh").FillAsync("火警，请立即撤离");
            await desk.Locator("#prepare").ClickAsync();
            await Assertions.Expect(wall.Page.Locator("#emergency")).ToBeHiddenAsync();
            await desk.Locator("#confirm").ClickAsync();
            await Assertions.Expect(wall.Page.Locator("#emergency")).ToHaveTextAsync("火警，请立即撤离");
            await Assertions.Expect(wall.Page.Locator("#emergency")).ToBeVisibleAsync();
            var letter = await wall.Page.EvaluateAsync<double>("() => parseFloat(getComputedStyle(document.getElementById('emergency')).fontSize) / innerHeight");
            Assert.True(letter >= 1 / 8.0, $"A letter is {letter:0.000} of the wall's height.");
            await PhotographAsync(wall.Page, "emergency");
            Assert.True(await wall.IsMarkedAsync(), "The wall was loaded again.");

            await host.Kill9Async(Cancellation);
            await wall.ConnectionBecomesAsync(WallScreen.Lost);
            await host.RestartAsync(Cancellation);
            await wall.ConnectionBecomesAsync(WallScreen.Live);
            await Assertions.Expect(wall.Page.Locator("#emergency")).ToHaveTextAsync("火警，请立即撤离", new LocatorAssertionsToHaveTextOptions { Timeout = 15_000 });

            // The desk comes back by itself too, to the same wall.
            await Assertions.Expect(desk.Locator(".running")).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 30_000 });
            await desk.ReloadAsync();
            await LiveAsync(desk);
            await desk.Keyboard.PressAsync("Escape");
            await Assertions.Expect(wall.Page.Locator("#emergency")).ToBeHiddenAsync();
            await ShowsAsync(wall, "focus");
            Assert.Empty(wall.ScriptErrors);
        }
        finally
        {
            await desk.Context.DisposeAsync();
        }
    }

    [Fact]
    public async Task All_outputs_of_a_wall_cut_at_one_instant_within_three_hundred_milliseconds_of_the_take()
    {
        const int HeadCount = 4;
        string[] scenes = ["courts", "place", "linkup", "overview"];
        var cutCount = LongRun.IsOn ? 40 : 12;
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        var heads = new List<WallScreen>();
        try
        {
            for (var head = 1; head <= HeadCount; head++)
            {
                heads.Add(await WallScreen.OpenAsync(browser, host, 600, 540, string.Create(CultureInfo.InvariantCulture, $"?head={head}")));
                await heads[^1].Page.EvaluateAsync("() => { window.cuts = []; document.addEventListener('wall-cut', (event) => window.cuts.push(event.detail)); }");
            }

            await Task.Delay(TimeSpan.FromSeconds(3), Cancellation); // Until every page knows the server's clock; a wall has run for hours.
            var takes = new List<double>();
            for (var i = 0; i < cutCount; i++)
            {
                await host.DirectAsync("preview", scenes[i % scenes.Length], Cancellation);
                await Task.Delay(TimeSpan.FromSeconds(1), Cancellation); // A director looks at what he is about to show.
                takes.Add(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
                await host.DirectAsync("take", scene: null, Cancellation);
                foreach (var head in heads)
                {
                    await HasCutAsync(head, i + 1);
                }
            }

            var cuts = await Task.WhenAll(heads.Select(CutsOfAsync));
            Assert.All(cuts, head => Assert.Equal(cuts[0].Select(static cut => (cut.Revision, cut.Scene)), head.Select(static cut => (cut.Revision, cut.Scene))));
            var late = takes.Select((take, i) => cuts.Max(head => head[i].At) - take).Order().ToArray();
            var skew = takes.Select((_, i) => cuts.Max(head => head[i].At) - cuts.Min(head => head[i].At)).Order().ToArray();
            TestContext.Current.SendDiagnosticMessage(string.Create(
                CultureInfo.InvariantCulture,
                $"{cutCount} cuts on {HeadCount} outputs: the last one {late[cutCount / 2]:0} ms after the take in the median, {late[^1]:0} at most; skew {skew[cutCount / 2]:0.0} ms in the median, {skew[^1]:0.0} at most"));

            // Medians: four browsers and a server on one machine of tests now and then miss a paint.
            Assert.True(late[cutCount / 2] <= 300, $"In the median the last output cut {late[cutCount / 2]:0} ms after the take.");
            var framesMost = LongRun.IsOn ? 1 : 3; // The budget is one; a machine that shares its cores with strangers is measured in long runs.
            Assert.True(skew[cutCount / 2] <= framesMost * 1000 / 60.0, $"In the median the outputs were {skew[cutCount / 2]:0.0} ms apart.");
        }
        finally
        {
            foreach (var head in heads)
            {
                await head.DisposeAsync();
            }
        }
    }

    private static Task HasCutAsync(WallScreen wall, int times) => Eventually.TrueAsync(
        $"cut {times}", TimeSpan.FromSeconds(15), async _ => await wall.Page.EvaluateAsync<int>("() => window.cuts.length") >= times, Cancellation);

    private static Task<CutMade[]> CutsOfAsync(WallScreen wall) => wall.Page.EvaluateAsync<CutMade[]>("() => window.cuts");

    private sealed record CutMade
    {
        public long Revision { get; init; }

        public string Scene { get; init; } = "";

        public double TakeAt { get; init; }

        public double At { get; init; }
    }

    private static Task LiveAsync(IPage desk) =>
        Assertions.Expect(desk.Locator("#director[data-live]")).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 30_000 });

    private static Task ShowsAsync(WallScreen wall, string scene) => Assertions.Expect(wall.Page.Locator(".scene[data-shown=true]"))
        .ToHaveAttributeAsync("data-scene", scene, new LocatorAssertionsToHaveAttributeOptions { Timeout = 15_000 });

    private static async Task PhotographAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(ScreenshotsVariable) is { Length: > 0 })
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = RepositoryRoot.Combine("artifacts", "wall", name + ".png") });
        }
    }
}
