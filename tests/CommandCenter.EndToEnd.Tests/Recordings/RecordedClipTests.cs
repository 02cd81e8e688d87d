using CommandCenter.EndToEnd.Tests.Cameras;
using CommandCenter.EndToEnd.Tests.Wall;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Recordings;
using CommandCenter.Web.Tests.Cameras;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Recordings;

/// <summary>A real clip, recorded by the product and played on its page in a real browser. Pictures of the page are left in <c>artifacts/recordings</c>.</summary>
public sealed class RecordedClipTests(Browser browser, ITestOutputHelper output)
{
    private const string Clip = "car-detection_10s.h264";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh", "dark", 1440, 900)]
    [InlineData("en", "light", 1180, 820)]
    public async Task What_was_recorded_plays_on_the_page_and_says_when_it_was(string lang, string theme, int width, int height)
    {
        var clip = H264Clip.ReadShared(Clip);
        Assert.SkipWhen(clip is null, $"The clip {Clip} of the shared material is not here.");
        await using var server = await FilmedServer.StartAsync();
        await server.RegisterAsync("cam-1", "officer-0115-01");
        var keeper = server.Services.GetRequiredService<RecordingKeeper>();
        var since = TimeProvider.System.GetUtcNow();
        await using (server.Feeds.Run(clip))
        {
            await Eventually.TrueAsync(
                "four seconds to be recorded", TimeSpan.FromSeconds(60),
                _ => Task.FromResult(keeper.Library.Ranges("cam-1", since, since.AddHours(1)) is [.., var range] && range.Until - range.From > TimeSpan.FromSeconds(4)), Token);
        }

        var from = keeper.Library.Ranges("cam-1", since, since.AddHours(1))[0].From;
        var page = await browser.OpenPageAsync(width, height);
        page.Console += (_, message) => output.WriteLine($"console {message.Type}: {message.Text}");
        await server.SignInAsync(page, Role.CommandStaff);
        _ = await page.GotoAsync(new Uri(server.Address, $"cameras/cam-1/recordings?lang={lang}&theme={theme}").ToString());
        await page.Locator("tbody th a").First.ClickAsync(); // The first range of the day.
        var video = page.Locator("#clip");
        await Assertions.Expect(video).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 15_000 });
        await page.EvaluateAsync("() => { const clip = document.getElementById('clip'); clip.muted = true; return clip.play(); }");

        var (before, first) = await SampleAsync(page);
        await Eventually.TrueAsync("the clip to play", TimeSpan.FromSeconds(30), async _ => (await SampleAsync(page)).Time > before + 1.5, Token);
        var (after, second) = await SampleAsync(page);
        var difference = first.Zip(second, static (one, other) => Math.Abs(one - other)).Average();
        output.WriteLine($"{before:0.00} s to {after:0.00} s, mean difference of a sample {difference:0.00}");
        Assert.True(difference > 0.2, $"The picture stands: {difference}.");
        var shown = RecordingTimes.Parse((await page.Locator("#clock").TextContentAsync())!.Replace(' ', 'T'))!.Value;
        Assert.InRange(shown, from.AddSeconds(after - 3), from.AddSeconds(after + 3));
        _ = await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(Directory.CreateDirectory(RepositoryRoot.Combine("artifacts", "recordings")).FullName, $"recordings-{width}x{height}-{lang}-{theme}.png"),
            FullPage = true,
        });
        await page.Context.DisposeAsync();
    }

    private static async Task<(double Time, double[] Picture)> SampleAsync(IPage page)
    {
        var sample = await page.EvaluateAsync<double[]>(
            """
            () => {
              const clip = document.getElementById('clip');
              const canvas = new OffscreenCanvas(48, 27);
              const context = canvas.getContext('2d', { willReadFrequently: true });
              if (clip.videoWidth > 0) context.drawImage(clip, 0, 0, 48, 27);
              return [clip.currentTime, ...context.getImageData(0, 0, 48, 27).data];
            }
            """);
        return (sample[0], sample[1..]);
    }
}
