using System.Diagnostics;
using System.Globalization;
using CommandCenter.EndToEnd.Tests.Wall;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Tests.Cameras;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Cameras;

/// <summary>A real clip in a real browser: that it moves, what the tile says of it, and what the keyboard does. Pictures of the pages are left in <c>artifacts/cameras</c>.</summary>
public sealed class LiveTilesTests(Browser browser, ITestOutputHelper output)
{
    private const string Clip = "car-detection_10s.h264";

    private static readonly LocatorAssertionsToHaveAttributeOptions s_patient = new() { Timeout = 30_000 };

    [Theory]
    [InlineData("", "zh", "dark", 1440, 900)]
    [InlineData("&decoder=mse", "en", "light", 1180, 820)]
    public async Task A_clip_moves_on_the_page_of_cameras_with_its_state_and_its_latency(string way, string lang, string theme, int width, int height)
    {
        var clip = Film();
        await using var server = await FilmedServer.StartAsync();
        for (var i = 1; i <= 6; i++)
        {
            await server.RegisterAsync($"cam-{i}", $"officer-0115-0{i}");
        }

        await using var running = server.Feeds.Run(clip, isTaken: true);
        var page = await OpenAsync(server, $"cameras?lang={lang}&theme={theme}{way}", width, height);
        var tile = page.Locator("[data-camera=cam-1]");
        await Assertions.Expect(tile).ToHaveAttributeAsync("data-state", "live", s_patient);
        await MovesAsync(page, "[data-camera=cam-1] video");
        Assert.Equal(6, await page.Locator("#tiles > li").CountAsync());
        var latency = await LatencyAsync(page, "[data-camera=cam-1]");
        output.WriteLine($"{(way.Length > 0 ? "MSE" : "WebCodecs")}: {latency} ms from the taking of the picture to its paint, 6 tiles");
        Assert.InRange(latency, 0, 5_000);
        await Assertions.Expect(tile.Locator(".latency")).ToContainTextAsync(lang == "en" ? "ms since taken" : "ms（自拍摄）");
        await ShotAsync(page, $"cameras-{width}x{height}-{lang}-{theme}");

        // The keyboard: one to the right, large, and back.
        await tile.Locator("button").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        var large = page.Locator("#tiles > li[data-focused=true]");
        await Assertions.Expect(large).ToHaveAttributeAsync("data-state", "live", s_patient);
        await Assertions.Expect(large.Locator(".stream")).ToContainTextAsync(lang == "en" ? "main" : "主码流");
        await MovesAsync(page, "#tiles > li[data-focused=true] video");
        await ShotAsync(page, $"cameras-large-{width}x{height}-{lang}-{theme}");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(large).ToHaveCountAsync(0);
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_tile_says_stalled_lost_and_why_there_is_no_video_and_comes_back_by_itself_after_a_restart()
    {
        var clip = Film();
        await using var server = await FilmedServer.StartAsync();
        await server.RegisterAsync("cam-1", "officer-0115-01");
        var running = server.Feeds.Run(clip);
        var page = await OpenAsync(server, "cameras?lang=zh&theme=light", 1440, 900);
        var tile = page.Locator("[data-camera=cam-1]");
        await Assertions.Expect(tile).ToHaveAttributeAsync("data-state", "live", s_patient);
        await Assertions.Expect(tile.Locator(".latency")).ToContainTextAsync("自到达"); // The device does not say when it took it.
        await running.DisposeAsync();
        await Assertions.Expect(tile).ToHaveAttributeAsync("data-state", "stalled", s_patient);
        await Assertions.Expect(tile).ToHaveAttributeAsync("data-state", "lost", s_patient);
        await ShotAsync(page, "cameras-lost");

        server.Feeds.OffReason = "gateway-off";
        await Assertions.Expect(tile).ToHaveAttributeAsync("data-state", "off", s_patient);
        await Assertions.Expect(page.Locator("#note")).ToContainTextAsync("视频未启用：本服务器未启用视频网关");
        await ShotAsync(page, "cameras-off");

        await server.RestartAsync();
        await using var again = server.Feeds.Run(clip);
        await Assertions.Expect(tile).ToHaveAttributeAsync("data-state", "live", s_patient);
        await MovesAsync(page, "[data-camera=cam-1] video");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task The_clip_moves_on_the_wall_and_who_has_no_camera_keeps_his_place()
    {
        var clip = Film();
        await using var server = await FilmedServer.StartAsync();
        await server.RegisterAsync("cam-1", "officer-0115-01");
        await server.RegisterAsync("cam-2", "officer-0115-02");
        await using var running = server.Feeds.Run(clip, isTaken: true);
        var page = await OpenAsync(server, "wall/main?scene=place", 2400, 540);
        await Assertions.Expect(page.Locator("#wall")).ToHaveAttributeAsync("data-state", WallScreen.Live, s_patient);
        var picture = page.Locator(".officer .picture[data-video=live]");
        await Assertions.Expect(picture.First).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 30_000 });
        await MovesAsync(page, ".officer .picture[data-video=live] video");
        var latency = await LatencyAsync(page, ".officer .picture[data-video=live]");
        output.WriteLine($"wall: {latency} ms from the taking of the picture to its paint, 2 tiles");
        Assert.Equal(2, await picture.CountAsync());
        await ShotAsync(page, "wall-place");

        // Of the past there is no picture.
        await page.GotoAsync(new Uri(server.Address, $"wall/main?scene=place&at={Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddSeconds(-2).ToString("O", CultureInfo.InvariantCulture))}").ToString());
        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken); // Nothing comes, which has no signal.
        Assert.Equal(0, await page.Locator(".officer video").CountAsync());
        await page.Context.DisposeAsync();
    }

    /// <summary>The whole way: a sender over SRT, the gateway, the feed, the browser.</summary>
    [Fact]
    public async Task A_clip_that_is_sent_over_SRT_moves_in_the_browser()
    {
        const string Sender = "/usr/bin/gst-launch-1.0";
        var clip = H264Clip.FindShared("car-detection.mp4");
        Assert.SkipWhen(clip is null, "The clips of the shared material are not here.");
        Assert.SkipUnless(File.Exists(Sender), "GStreamer's tools are not installed.");
        await using var server = await FilmedServer.StartAsync(hasGateway: true);
        Assert.SkipWhen(server.Services.GetRequiredService<ICameraFeeds>().OffReason is { }, $"The gateway cannot run: {server.Services.GetRequiredService<ICameraFeeds>().OffReason}");
        var port = LoopbackPort.Free();
        using var sender = Process.Start(new ProcessStartInfo(Sender)
        {
            ArgumentList =
            {
                "-q", "filesrc", $"location={clip}", "!", "qtdemux", "!", "h264parse", "config-interval=-1", "!", "mpegtsmux", "alignment=7", "!",
                "srtsink", $"uri=srt://127.0.0.1:{port}?mode=listener", "latency=50", "wait-for-connection=true", "sync=true",
            },
        })!;
        try
        {
            await server.RegisterAsync("cam-1", "officer-0115-01", kind: "srt", address: $"srt://127.0.0.1:{port}");
            var page = await OpenAsync(server, "cameras?lang=en&theme=dark", 1180, 820);
            await Assertions.Expect(page.Locator("[data-camera=cam-1]")).ToHaveAttributeAsync("data-state", "live", s_patient);
            await MovesAsync(page, "[data-camera=cam-1] video");
            output.WriteLine($"SRT and the gateway: {await LatencyAsync(page, "[data-camera=cam-1]")} ms from the arrival of the picture to its paint");
            await ShotAsync(page, "cameras-srt");
            await page.Context.DisposeAsync();
        }
        finally
        {
            sender.Kill();
            await sender.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task The_administrators_page_is_left_as_a_picture()
    {
        await using var server = await FilmedServer.StartAsync();
        for (var i = 1; i <= 3; i++)
        {
            await server.RegisterAsync($"cam-{i}", $"officer-0115-0{i}");
        }

        var page = await OpenAsync(server, "cameras/devices?lang=zh&theme=light", 1440, 900, Role.SystemAdministrator);
        await page.Locator("[data-camera=cam-2] summary").ClickAsync();
        await ShotAsync(page, "devices");
        await page.GotoAsync(new Uri(server.Address, "cameras/devices?lang=en&theme=dark").ToString());
        await ShotAsync(page, "devices-en");
        Assert.Equal(3, await page.Locator("tr[data-camera]").CountAsync());
        await page.Context.DisposeAsync();
    }

    private static H264Clip Film()
    {
        var clip = H264Clip.ReadShared(Clip);
        Assert.SkipWhen(clip is null, $"The clip {Clip} of the shared material is not here.");
        return clip;
    }

    private async Task<IPage> OpenAsync(FilmedServer server, string path, int width, int height, Role role = Role.CommandStaff)
    {
        var page = await browser.OpenPageAsync(width, height);
        page.Console += (_, message) => output.WriteLine($"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => output.WriteLine($"error: {error}");
        await server.SignInAsync(page, role);
        _ = await page.GotoAsync(new Uri(server.Address, path).ToString());
        return page;
    }

    // The picture itself, sampled small: mean difference of brightness from one moment to another. A picture that stands differs by nothing.
    private async Task MovesAsync(IPage page, string video)
    {
        var moved = 0;
        var differences = new List<double>();
        await Eventually.TrueAsync(
            $"{video} to move",
            TimeSpan.FromSeconds(30),
            async _ =>
            {
                var difference = await page.EvaluateAsync<double>(
                    """
                    async (selector) => {
                      const video = document.querySelector(selector);
                      const canvas = new OffscreenCanvas(96, 54);
                      const context = canvas.getContext('2d', { willReadFrequently: true });
                      const sample = () => { context.drawImage(video, 0, 0, 96, 54); return context.getImageData(0, 0, 96, 54).data; };
                      if (!video || video.videoWidth === 0) return -1;
                      const before = sample();
                      await new Promise((done) => setTimeout(done, 400));
                      const after = sample();
                      let sum = 0;
                      for (let i = 0; i < before.length; i += 4) sum += Math.abs(before[i] - after[i]);
                      return sum / (before.length / 4);
                    }
                    """,
                    video);
                differences.Add(Math.Round(difference, 2));
                moved = difference > 0.2 ? moved + 1 : 0;
                return moved >= 3;
            },
            TestContext.Current.CancellationToken);
        output.WriteLine($"{video}: mean differences {string.Join(' ', differences)}");
    }

    private static async Task<int> LatencyAsync(IPage page, string selector)
    {
        string? text = null;
        await Eventually.TrueAsync(
            "a latency",
            TimeSpan.FromSeconds(30),
            async _ => (text = await page.Locator(selector).First.GetAttributeAsync("data-latency")) is { Length: > 0 },
            TestContext.Current.CancellationToken);
        return int.Parse(text!, CultureInfo.InvariantCulture);
    }

    private static async Task ShotAsync(IPage page, string name)
    {
        var folder = Directory.CreateDirectory(RepositoryRoot.Combine("artifacts", "cameras")).FullName;
        _ = await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
    }
}
