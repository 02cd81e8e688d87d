using System.Globalization;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>From a figure of the wall to its list and to a case, with the keyboard alone.</summary>
public sealed class DrillTests(Browser browser)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task The_keyboard_leads_from_a_figure_to_the_list_of_as_many_cases_and_to_one_of_them(string language)
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await host.PostAsync([.. Enumerable.Range(1, 7).Select(static number => EventLines.Filed(number)), EventLines.MoneyReceived(2, payment: 1, 1_234_567_89)], Cancellation);
        var page = await OpenAsync(host, language);
        await Eventually.TrueAsync("the wall to show 7 received", s_patience, async _ => await CountAsync(page) == "7", Cancellation);

        await TabToAsync(page, "received.today");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/cases?**");

        Assert.Equal("7", await page.Locator("h1 .count").GetAttributeAsync("data-count"));
        Assert.Equal(7, await page.Locator("tbody tr").CountAsync());
        Assert.StartsWith(language, await page.EvaluateAsync<string>("() => document.documentElement.lang"), StringComparison.Ordinal);

        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        var number = await page.EvaluateAsync<string>("() => document.activeElement.textContent");
        Assert.Equal(await page.Locator("tbody tr").Nth(1).Locator("a").TextContentAsync(), number);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/cases/*");
        Assert.StartsWith(number, await page.Locator("h1").TextContentAsync(), StringComparison.Ordinal);

        // Back to the list, and back to the wall: a URL is a state.
        await page.GoBackAsync();
        Assert.Equal("7", await page.Locator("h1 .count").GetAttributeAsync("data-count"));
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Arrow_keys_walk_through_the_courts_and_a_figure_opens_the_list_of_the_court_that_stands_there_now()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await host.PostAsync([EventLines.Filed(1), EventLines.Filed(2), EventLines.Filed(3, "沪0104"), EventLines.MoneyReceived(3, payment: 1, 55_00, "沪0104")], Cancellation);
        var page = await OpenAsync(host, "zh");
        await Eventually.TrueAsync(
            "the first row to be of Pudong and the second of Xuhui", s_patience,
            async _ => await CourtAsync(page, 0) == "沪0115" && await CourtAsync(page, 1) == "沪0104", Cancellation);

        await page.Locator(".scene[data-shown='true'] [data-court] th").First.FocusAsync();
        foreach (var key in new[] { "ArrowRight", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight" })
        {
            await page.Keyboard.PressAsync(key);
        }

        Assert.Equal("沪0104 in", await page.EvaluateAsync<string>("() => `${document.activeElement.closest('[data-court]').dataset.court} ${document.activeElement.dataset.drill}`"));
        await Eventually.TrueAsync(
            "the payments to be read", s_patience,
            async _ => (await host.Client.GetStringAsync(new Uri("api/v1/funds?direction=in", UriKind.Relative), Cancellation)).Contains("\"total\":1", StringComparison.Ordinal), Cancellation);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/funds?**");

        Assert.Equal("5500", await page.Locator("h1 .count").First.GetAttributeAsync("data-fen"));
        Assert.Equal("沪0104", await page.Locator("select[name=scope]").InputValueAsync());
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData(true, "wall/main")]
    [InlineData(false, "wall/main?head=1")]
    public async Task Where_nobody_has_a_pointer_nothing_is_a_link(bool isTouch, string path)
    {
        await using var stage = await WallStage.StartAsync(StandingCity.Named("ordinary day"), StandingCity.LongAfter, Cancellation);
        var ordinary = await browser.OpenPageAsync(1280, 800);
        await using var context = await ordinary.Context.Browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1280, Height = 800 },
            HasTouch = isTouch,
            IsMobile = isTouch,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(stage.Address, path).ToString());
        await LiveAsync(page);

        Assert.Equal(0, await page.Locator("[data-drill][tabindex], [data-drill][role]").CountAsync());
        await page.Locator("[data-figure='received.today']").First.ClickAsync(new LocatorClickOptions { Force = true });
        Assert.Contains("/wall/main", page.Url, StringComparison.Ordinal);
        await ordinary.Context.DisposeAsync();
    }

    private static Task<string?> CourtAsync(IPage page, int row) => page.Locator(".scene[data-shown='true'] [data-court]").Nth(row).GetAttributeAsync("data-court");

    private static async Task<string> CountAsync(IPage page) =>
        (await page.Locator("[data-figure='received.today'] .value").First.TextContentAsync() ?? "").Trim();

    private static async Task TabToAsync(IPage page, string figure)
    {
        for (var press = 0; press < 40; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string?>("() => document.activeElement?.dataset.drill ?? null") == figure)
            {
                return;
            }
        }

        Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Forty times Tab did not lead to {figure}."));
    }

    private async Task<IPage> OpenAsync(ProductHost host, string language)
    {
        var page = await browser.OpenPageAsync(1280, 800);
        await host.SignInAsync(page, Cancellation);
        await page.GotoAsync(new Uri(host.Address, "wall/main?lang=" + language).ToString());
        await LiveAsync(page);
        return page;
    }

    private static Task LiveAsync(IPage page) => Assertions.Expect(page.Locator("#wall"))
        .ToHaveAttributeAsync("data-state", WallScreen.Live, new LocatorAssertionsToHaveAttributeOptions { Timeout = 15_000 });
}
