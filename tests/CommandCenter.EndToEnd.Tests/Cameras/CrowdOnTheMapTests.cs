using System.Globalization;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.EndToEnd.Tests.Wall;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Cameras;

/// <summary>Five thousand officers on the map, all of whom move. The picture is left in <c>artifacts/wall</c>.</summary>
public sealed class CrowdOnTheMapTests(Browser browser, ITestOutputHelper output)
{
    private const int Officers = 5_000;

    private static readonly string[] s_languages = ["zh", "en"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_thousand_officers_are_on_the_map_and_move_and_the_tiles_keep_theirs()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await host.PostAsync([.. Enumerable.Range(0, Officers).Select(static one => Line(one, "officer.duty", "\"state\":\"on\""))], Cancellation);
        await MoveAsync(host, step: 0);
        await using var wall = await WallScreen.OpenAsync(browser, host, 3600, 810, "?scene=place");
        var points = wall.Page.Locator(".map .picture.city .rest[data-state=live]");
        await Assertions.Expect(points).ToHaveAttributeAsync("d", new System.Text.RegularExpressions.Regex("^M"));
        await Assertions.Expect(wall.Page.Locator(".map [data-count=live]")).ToHaveTextAsync("5,000");
        var (places, seated) = (await points.GetAttributeAsync("d"), await SeatedAsync(wall));
        var dots = await wall.Page.Locator(".map .picture.city .dot").CountAsync();
        Assert.Equal(Officers, places!.Count(static letter => letter == 'M') + dots);
        _ = await wall.Page.ScreenshotAsync(new PageScreenshotOptions { Path = RepositoryRoot.Combine("artifacts", "wall", "map-5000.png") });

        var frames = wall.Page.EvaluateAsync<double[]>(
            """
            () => new Promise((resolve) => {
              const spans = [];
              let last = performance.now();
              const end = last + 6000;
              const step = (now) => { spans.push(now - last); last = now; if (now < end) requestAnimationFrame(step); else resolve(spans.sort((a, b) => a - b)); };
              requestAnimationFrame(step);
            })
            """);
        for (var step = 1; step <= 3; step++)
        {
            await MoveAsync(host, step);
        }

        var spans = await frames;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"frames while they move: median {spans[spans.Length / 2]:0.0} ms, p95 {spans[spans.Length * 95 / 100]:0.0} ms"));
        await Assertions.Expect(points).Not.ToHaveAttributeAsync("d", places!);
        Assert.Equal(seated, await SeatedAsync(wall));
        foreach (var language in s_languages)
        {
            _ = await wall.Page.GotoAsync(new Uri(host.Address, $"wall/main?scene=place&lang={language}").ToString());
            await Assertions.Expect(wall.Page.Locator(".map [data-count=live]")).ToHaveTextAsync("5,000");
            var outside = await wall.Page.EvaluateAsync<string[]>(
                "() => { const side = document.querySelector('.map .side').getBoundingClientRect(); return [...document.querySelectorAll('.map .counts span')].filter((one) => one.getBoundingClientRect().right > side.right + 0.5).map((one) => one.textContent); }");
            Assert.Empty(outside);
        }

        Assert.Empty(wall.ScriptErrors);
    }

    private static async Task<IReadOnlyList<string>> SeatedAsync(WallScreen wall) => await wall.Page.Locator("#wall .officer .id").AllInnerTextsAsync();

    // Round the middle of the city, thinner outwards; a step is a hundred metres.
    private static Task MoveAsync(ProductHost host, int step)
    {
        var random = new Random(7);
        return host.PostAsync([.. Enumerable.Range(0, Officers).Select(one =>
        {
            var (turn, far) = (random.NextDouble() * Math.Tau, 0.25 * Math.Sqrt(-2 * Math.Log(1 - (random.NextDouble() * 0.8))) / 2);
            var (lat, lon) = (31.22 + (far * Math.Sin(turn)) + (step * 0.001), 121.46 + (far * Math.Cos(turn)));
            return Line(one, "officer.position", string.Create(CultureInfo.InvariantCulture, $"\"lat\":{lat:0.000000},\"lon\":{lon:0.000000},\"datum\":\"WGS84\""));
        })], Cancellation);
    }

    private static string Line(int officer, string type, string data)
    {
        var courts = ShippedConfig.CourtDefinitions;
        return $$$"""{"id":"{{{Guid.NewGuid()}}}","type":"{{{type}}}","at":"{{{TimeProvider.System.GetUtcNow():O}}}","court":"{{{courts[officer % courts.Count].Mark}}}","by":"officer-{{{officer:D4}}}","data":{{{{data}}}}}""";
    }
}
