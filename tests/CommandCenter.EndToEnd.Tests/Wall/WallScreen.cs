using System.Globalization;
using CommandCenter.EndToEnd.Tests.Product;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>A wall page as a person sees it: figures by key, the state of the connection.</summary>
internal sealed class WallScreen : IAsyncDisposable
{
    public const string Live = "live";
    public const string Lost = "lost";

    private readonly List<string> _scriptErrors = [];

    private WallScreen(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _scriptErrors.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Exceptions that no script of the page caught.</summary>
    public IReadOnlyList<string> ScriptErrors => _scriptErrors;

    /// <summary>Opens a wall and waits until it is live.</summary>
    public static async Task<WallScreen> OpenAsync(Browser browser, ProductHost host, int widthPixels = 2400, int heightPixels = 540, string query = "")
    {
        var screen = new WallScreen(await browser.OpenPageAsync(widthPixels, heightPixels));
        await host.LetInAsync(screen.Page, TestContext.Current.CancellationToken);
        await screen.Page.GotoAsync(new Uri(host.Address, "wall/main" + query).ToString());
        await screen.ConnectionBecomesAsync(Live);
        return screen;
    }

    /// <summary>A count such as <c>received.year</c>.</summary>
    public async Task<long> CountAsync(string key) =>
        long.Parse(await Figure(key).Locator(".value").InnerTextAsync(), NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>Money such as <c>in.year</c>, to the last fen.</summary>
    public async Task<long> FenAsync(string key) =>
        long.Parse(await Figure(key).GetAttributeAsync("data-fen") ?? "", CultureInfo.InvariantCulture);

    public ILocator Figure(string key) => Page.Locator($"[data-figure='{key}']");

    public Task ConnectionBecomesAsync(string state) => Assertions.Expect(Page.Locator("#wall"))
        .ToHaveAttributeAsync("data-state", state, new LocatorAssertionsToHaveAttributeOptions { Timeout = 15_000 });

    /// <summary>Leaves a mark in the page's memory, which a reload would wipe.</summary>
    public Task MarkAsync() => Page.EvaluateAsync("() => { window.endToEndMark = true; }");

    /// <summary>Whether the page is still the one that was marked.</summary>
    public Task<bool> IsMarkedAsync() => Page.EvaluateAsync<bool>("() => window.endToEndMark === true");

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
