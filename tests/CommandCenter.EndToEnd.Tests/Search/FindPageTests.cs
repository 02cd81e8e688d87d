using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.EndToEnd.Tests.Wall;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Search;

/// <summary>The page of search in a real browser: it answers while somebody types, and the keyboard alone leads to a case.</summary>
public sealed class FindPageTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Typing_shows_answers_and_the_keyboard_leads_to_a_case()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await host.PostAsync([.. Enumerable.Range(1, 7).Select(static number => EventLines.Filed(number))], Cancellation);
        var page = await browser.OpenPageAsync(1280, 800);
        await host.SignInAsync(page, Cancellation);
        await page.GotoAsync(new Uri(host.Address, "cases").ToString());
        await page.Locator(".desk-search input[name=q]").FocusAsync();
        await page.Keyboard.TypeAsync("执");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/search?**");
        Assert.Equal("0", await page.Locator("[data-count]").GetAttributeAsync("data-count"));

        // The box has the focus and its text; a few more keys and the answers are there, without another page.
        await page.EvaluateAsync("() => { window.stays = true; }");
        await page.Keyboard.TypeAsync("5");
        await Assertions.Expect(page.Locator("[data-count]")).ToHaveAttributeAsync("data-count", "1");
        Assert.True(await page.EvaluateAsync<bool>("() => window.stays === true"));
        Assert.Contains("ask=", page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("q=", page.Url, StringComparison.Ordinal);

        await page.Keyboard.PressAsync("ArrowDown");
        var number = await page.EvaluateAsync<string>("() => document.activeElement.textContent");
        Assert.Equal(await page.Locator("tbody a").First.TextContentAsync(), number);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/cases/*");
        Assert.StartsWith(number, await page.Locator("h1").TextContentAsync(), StringComparison.Ordinal);

        await page.GoBackAsync();
        Assert.Equal("执5", await page.Locator("input[name=q]").InputValueAsync());
        Assert.Equal("1", await page.Locator("[data-count]").GetAttributeAsync("data-count"));
        await page.Context.DisposeAsync();
    }
}
