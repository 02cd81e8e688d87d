namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>Guards the pairing of Playwright with the distribution's Chromium: when these fail, no browser test says anything.</summary>
public sealed class BrowserBenchTests(Browser browser)
{
    [Fact]
    public async Task A_page_runs_its_script_and_draws_Chinese_text()
    {
        var page = await browser.OpenPageAsync(widthPixels: 800, heightPixels: 600);
        await page.SetContentAsync("<p style='display:inline-block;font:100px sans-serif'>收结存</p>");

        // Without a font that has them, the three would be drawn as narrow boxes.
        Assert.Equal(300, await page.EvaluateAsync<double>("() => document.querySelector('p').getBoundingClientRect().width"), tolerance: 3);
        await page.Context.DisposeAsync();
    }
}
