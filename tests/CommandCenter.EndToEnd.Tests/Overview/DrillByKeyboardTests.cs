using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.EndToEnd.Tests.Wall;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Overview;

/// <summary>From the city to a case in a real browser, with the keyboard alone; and figures that change while somebody looks.</summary>
public sealed class DrillByKeyboardTests(Browser browser)
{
    private const int TabsMax = 120;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_keyboard_leads_from_the_city_to_a_case_and_the_figures_change_meanwhile()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await host.PostAsync([.. Enumerable.Range(1, 3).Select(static number => EventLines.Filed(number)), EventLines.Assigned(2, "甲/乙")], Cancellation);
        var page = await browser.OpenPageAsync(1280, 800);
        await host.SignInAsync(page, Cancellation);
        await page.GotoAsync(new Uri(host.Address, "overview?lang=en").ToString());
        await Assertions.Expect(page.Locator("[data-key='pending.today']")).ToHaveTextAsync("3");

        await host.PostAsync([EventLines.Filed(4)], Cancellation);
        await Assertions.Expect(page.Locator("[data-key='pending.today']")).ToHaveTextAsync("4", new() { Timeout = 20_000 });
        await Assertions.Expect(page.Locator("[data-live-state]")).ToHaveTextAsync("live");

        await DownAsync(page, "No.1 Int. area");
        await DownAsync(page, "Pudong");
        await DownAsync(page, "Handler 甲/乙");
        await TabToAsync(page, "node.FA/standing");
        Assert.NotEqual("none", await page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1 .count")).ToHaveAttributeAsync("data-count", "1");

        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1").First).ToContainTextAsync(EventLines.NumberOf(2));
        await page.Context.DisposeAsync();
    }

    // The first row is the one with the most trouble.
    private static async Task DownAsync(IPage page, string heading)
    {
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(heading);
    }

    private static async Task TabToAsync(IPage page, string key)
    {
        for (var i = 0; i < TabsMax && await page.EvaluateAsync<string?>("() => document.activeElement.dataset.key ?? null") != key; i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Equal(key, await page.EvaluateAsync<string?>("() => document.activeElement.dataset.key ?? null"));
    }
}
