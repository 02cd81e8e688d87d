using System.Globalization;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>One wall on four outputs.</summary>
public sealed class HeadsTests(Browser browser)
{
    private const int HeadCount = 4;

    private static readonly TimeSpan s_backWithin = TimeSpan.FromSeconds(10);

    // Four browsers that draw everything anew at once share the two cores of a machine of tests.
    private static readonly TimeSpan s_loadedWithin = TimeSpan.FromSeconds(LongRun.IsOn ? 10 : 20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Four_outputs_show_their_slices_of_the_same_frames_of_the_same_instant()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        var heads = await OpenAsync(host);
        var seconds = LongRun.IsOn ? 60 : 6;
        for (var second = 0; second < seconds; second++)
        {
            await host.PostAsync([.. Enumerable.Range(second * 100, 100).Select(static number => EventLines.Filed(number + 1))], Cancellation);
            await Task.Delay(TimeSpan.FromSeconds(1), Cancellation); // The wall's own pace is what is looked at.
        }

        var painted = await Task.WhenAll(heads.Select(static head => head.EvaluateAsync<double[][]>("() => window.painted")));

        // From the first frame on that all four had; a page that was loaded later missed the ones before.
        var from = painted.Max(static frames => frames[1][0]);
        var byNumber = painted.SelectMany(static frames => frames).Where(frame => frame[0] >= from).GroupBy(static frame => frame[0]).ToArray();
        Assert.All(byNumber, static frame => Assert.Single(frame.Select(static one => one[1]).Distinct()));
        var whole = byNumber.Where(static frame => frame.Count() == HeadCount).ToArray();
        Assert.True(whole.Length >= byNumber.Length * 0.7, $"{whole.Length} of {byNumber.Length} frames were shown on all outputs");
        var skews = whole.Select(static frame => frame.Max(static one => one[2]) - frame.Min(static one => one[2])).Order().ToArray();
        TestContext.Current.SendDiagnosticMessage(string.Create(
            CultureInfo.InvariantCulture,
            $"{whole.Length} of {byNumber.Length} frames on all four outputs; skew {skews[skews.Length / 2]:0.0} ms in the median, {skews[(int)(skews.Length * 0.95)]:0.0} ms in 95 of 100"));

        // Each its slice of the canvas, whatever its own shape. 1200 design pixels on 600: the map begins at 2540, so that it stands on the third and the fourth output.
        foreach (var (index, head) in heads.Index())
        {
            var left = await head.EvaluateAsync<double[]>(
                "() => ['#wall', '.scene[data-shown=true] .map'].map((one) => document.querySelector(one)).filter(Boolean).map((one) => one.getBoundingClientRect().left)");
            Assert.Equal(-600 * index, left[0], tolerance: 7); // It stands aside by up to six pixels, against burn-in.
            Assert.Equal(index >= 2 ? [left[0] + 1_270] : Array.Empty<double>(), left.Skip(1).Select(static one => Math.Round(one)));
        }

        await CloseAsync(heads);
    }

    [Fact]
    public async Task Outputs_come_back_to_the_same_picture_within_ten_seconds_of_every_restart()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await host.PostAsync([.. Enumerable.Range(1, 50).Select(static number => EventLines.Filed(number))], Cancellation);
        var heads = await OpenAsync(host);
        var scene = await SceneOfAsync(heads[0]);
        var rounds = LongRun.IsOn ? 10 : 2;
        for (var round = 0; round < rounds; round++)
        {
            await host.Kill9Async(Cancellation);
            await BecomeAsync(heads, WallScreen.Lost);
            var begin = TimeProvider.System.GetTimestamp(); // The start of the server counts.
            await host.RestartAsync(Cancellation);
            await BecomeAsync(heads, WallScreen.Live);
            await AreBackAsync(heads, scene, begin, s_backWithin, $"round {round + 1}");
        }

        await CloseAsync(heads);
    }

    [Fact]
    public async Task Outputs_that_are_loaded_anew_are_back_within_ten_seconds_and_those_of_another_version_load_themselves_anew()
    {
        Assert.SkipUnless(LongRun.IsOn, "./test.sh --long loads outputs anew in every way.");
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        var heads = await OpenAsync(host);
        var scene = await SceneOfAsync(heads[0]);

        await AreLoadedAnewAsync(heads, scene, "loaded anew", "location.reload()");

        // What these pages were drawn with is not what the server draws with: they notice by themselves.
        await AreLoadedAnewAsync(heads, scene, "another version", "document.querySelector('#wall').dataset.version = 'another'");
        await CloseAsync(heads);
    }

    [Fact]
    public async Task A_browser_that_is_loaded_anew_while_the_server_is_away_shows_the_last_picture_and_comes_back()
    {
        Assert.SkipUnless(LongRun.IsOn, "./test.sh --long loads outputs anew in every way.");
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        var page = await browser.OpenPageAsync(2_400, 540);
        await host.LetInAsync(page, Cancellation);
        await page.GotoAsync(new Uri(host.Address, "wall/main").ToString());
        _ = await page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => true)");
        await page.ReloadAsync(); // Now it goes through the worker, which keeps it.
        await BecomeAsync([page], WallScreen.Live);
        await host.Kill9Async(Cancellation);

        await page.ReloadAsync();

        await Assertions.Expect(page.Locator("#wall")).ToHaveAttributeAsync("data-kept", "true");
        await BecomeAsync([page], WallScreen.Lost);
        Assert.Equal(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).ToString("HH:mm", CultureInfo.InvariantCulture), (await page.Locator("#clock").InnerTextAsync())[..5]);

        await host.RestartAsync(Cancellation);
        await BecomeAsync([page], WallScreen.Live);
        await Assertions.Expect(page.Locator("#wall")).Not.ToHaveAttributeAsync("data-kept", "true", new LocatorAssertionsToHaveAttributeOptions { Timeout = 15_000 });
        await CloseAsync([page]);
    }

    [Fact]
    public async Task The_line_of_a_wall_computer_brings_its_output_to_life()
    {
        Assert.SkipUnless(Browser.IsInstalled, "Chromium is not installed; ./test.sh installs it.");
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await using var kiosk = ChildProcess.Start(
            ProductFiles.Dotnet,
            [ProductFiles.Web, "kiosk", "--server", host.Address.ToString(), "--head", "2", "--size", "900x810", "--key-file", Path.Combine(host.DataDirectory, "keys", "wall.key"), "--test"],
            AppContext.BaseDirectory);

        Assert.Equal(0, await kiosk.WaitForExitAsync(TimeSpan.FromSeconds(60), Cancellation));

        Assert.Contains("alive      output 2 of wall main", kiosk.Output, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<IPage>> OpenAsync(ProductHost host)
    {
        var heads = new List<IPage>();
        for (var head = 1; head <= HeadCount; head++)
        {
            var page = await browser.OpenPageAsync(600, 540);
            await page.AddInitScriptAsync(
                "window.painted = []; document.addEventListener('wall-painted', ({ detail }) => window.painted.push([detail.n, detail.asOf, detail.at]));");
            await host.LetInAsync(page, Cancellation);
            heads.Add(page);
        }

        await Task.WhenAll(heads.Select((page, index) => page.GotoAsync(new Uri(host.Address, string.Create(CultureInfo.InvariantCulture, $"wall/main?head={index + 1}")).ToString())));
        await BecomeAsync(heads, WallScreen.Live);
        return heads;
    }

    private static async Task AreLoadedAnewAsync(IReadOnlyList<IPage> heads, string? scene, string what, string script)
    {
        var begin = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(heads.Select(head => head.EvaluateAsync($"() => {{ window.isOld = true; {script}; }}")));
        await Task.WhenAll(heads.Select(static head => head.WaitForFunctionAsync(
            "() => !window.isOld && document.querySelector('#wall')?.dataset.state === 'live'", null, new PageWaitForFunctionOptions { Timeout = 30_000 })));
        await AreBackAsync(heads, scene, begin, s_loadedWithin, what);
    }

    private static async Task AreBackAsync(IReadOnlyList<IPage> heads, string? scene, long begin, TimeSpan within, string what)
    {
        var took = TimeProvider.System.GetElapsedTime(begin);
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{what}: all {heads.Count} back after {took.TotalSeconds:0.0} s"));
        Assert.True(took <= within, $"{what}: back after {took}");
        foreach (var head in heads)
        {
            Assert.Equal(scene, await SceneOfAsync(head));
        }
    }

    private static Task BecomeAsync(IReadOnlyList<IPage> pages, string state) => Task.WhenAll(pages.Select(page => Assertions.Expect(page.Locator("#wall"))
        .ToHaveAttributeAsync("data-state", state, new LocatorAssertionsToHaveAttributeOptions { Timeout = 30_000 })));

    private static Task<string?> SceneOfAsync(IPage page) => page.Locator(".scene[data-shown=true]").GetAttributeAsync("data-scene");

    private static Task CloseAsync(IReadOnlyList<IPage> pages) => Task.WhenAll(pages.Select(static page => page.Context.DisposeAsync().AsTask()));
}
