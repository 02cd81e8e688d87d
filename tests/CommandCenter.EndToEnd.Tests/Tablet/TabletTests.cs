using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.EndToEnd.Tests.Wall;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Tablet;

/// <summary>A chief's tablet and a handler's in real browsers: an urge and its reply, a time without a network, and what is left when somebody signs out.</summary>
public sealed partial class TabletTests(Browser browser)
{
    private const string Handler = "handler-0115-01"; // Of the demonstration's log-in.
    private static readonly TimeSpan s_shanghai = TimeSpan.FromHours(8);
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly LocatorAssertionsToHaveAttributeOptions s_patient = new() { Timeout = 15_000 };
    private static readonly LocatorAssertionsToContainTextOptions s_patientText = new() { Timeout = 15_000 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_urge_goes_to_the_handler_and_its_reply_comes_back_and_without_a_network_the_tablet_says_how_old_it_is()
    {
        await using var host = await ProductHost.StartAsync(demonstration: true, Cancellation);
        await host.PostAsync([EventLines.Filed(1), Line("assigned", "case.assigned", new { handler = Handler }), Line("frozen", "property.controlled", new
        {
            propertyId = "F-1", @class = "deposit", act = "freeze", until = Now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        })], Cancellation);
        var chief = await SignedInAsync(host, "chief", 820, 1180);
        await chief.GotoAsync(new Uri(host.Address, "tablet").ToString());
        var state = chief.Locator("#tablet");
        var thing = chief.Locator("[data-list=things] .case");
        await Assertions.Expect(state).ToHaveAttributeAsync("data-state", "live", s_patient);
        await Assertions.Expect(thing.Locator(".number")).ToHaveTextAsync($"({Now.Year})沪0115执1号");
        await IsInstallableAsync(chief);
        await FitsFingersAsync(chief);

        // Without a network: the age, nothing that looks alive, and no order.
        await chief.EvaluateAsync("async () => { await navigator.serviceWorker.ready; while (!(await caches.match(location.href))) { await new Promise((done) => setTimeout(done, 50)); } }");
        await chief.Context.SetOfflineAsync(true);
        await Assertions.Expect(state).ToHaveAttributeAsync("data-state", "offline");
        await Assertions.Expect(chief.Locator("#state-text")).ToHaveTextAsync(AgePattern());
        await thing.Locator(".urge").ClickAsync();
        await Assertions.Expect(thing.Locator(".said")).ToContainTextAsync("督促未发出");
        await chief.ReloadAsync();
        await Assertions.Expect(state).ToHaveAttributeAsync("data-state", NotLive()); // A browser whose network is only emulated away forgets that when it loads.
        await Assertions.Expect(thing.Locator(".number")).ToContainTextAsync("执1号");
        await chief.Context.SetOfflineAsync(false);
        await chief.EvaluateAsync("() => dispatchEvent(new Event('online'))"); // As a browser does whose network was really away.
        await Assertions.Expect(state).ToHaveAttributeAsync("data-state", "live", s_patient);

        // One tap, and it stands in the case.
        await thing.Locator(".urge").ClickAsync();
        await Assertions.Expect(thing.Locator(".said")).ToContainTextAsync("已写入案件记录");
        var handler = await SignedInAsync(host, "handler", 390, 844);
        await handler.GotoAsync(new Uri(host.Address, "tablet").ToString());
        var urge = handler.Locator("[data-list=urges] .case");
        await Assertions.Expect(urge).ToContainTextAsync("浦东法院执行局长", s_patientText);
        await FitsFingersAsync(handler);
        await urge.Locator("input").FillAsync("今日续冻");
        await handler.Keyboard.PressAsync("Enter");
        await Assertions.Expect(chief.Locator("[data-list=urges] .case")).ToContainTextAsync("今日续冻", s_patientText);

        // Whoever sits here next finds nothing.
        Assert.NotEmpty(await KeptAsync(handler));
        await handler.GotoAsync(new Uri(host.Address, "account").ToString());
        await handler.Locator("form:has(input[value='sign-out']) button").ClickAsync();
        await handler.WaitForURLAsync("**/sign-in**");
        await Eventually.TrueAsync("the tablet's store to be empty", TimeSpan.FromSeconds(5), async _ => (await KeptAsync(handler)).Length == 0, Cancellation);
        await chief.Context.DisposeAsync();
        await handler.Context.DisposeAsync();
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow().ToOffset(s_shanghai);

    private static string Line(string id, string type, object data) => JsonSerializer.Serialize(
        new { id, type, at = Now, court = "沪0115", @case = $"({Now.Year})沪0115执1号", by = "end-to-end", data }, s_json);

    private async Task<IPage> SignedInAsync(ProductHost host, string name, int width, int height)
    {
        var page = await browser.OpenPageAsync(width, height);
        await page.GotoAsync(new Uri(host.Address, "sign-in").ToString());
        await page.Locator("[name=name]").FillAsync(name);
        await page.Locator("[name=password]").FillAsync(Password().Match(host.Output).Groups[1].Value);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(host.Address.ToString());
        return page;
    }

    private static async Task IsInstallableAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        var manifest = (await session.SendAsync("Page.getAppManifest"))!.Value;
        Assert.EndsWith("/tablet.webmanifest", manifest.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Empty(manifest.GetProperty("errors").EnumerateArray());
        var errors = (await session.SendAsync("Page.getInstallabilityErrors"))!.Value.GetProperty("installabilityErrors").EnumerateArray()
            .Select(static error => error.GetProperty("errorId").GetString()).Where(static error => error != "in-incognito"); // A test's profile always is.
        Assert.Empty(errors);
    }

    // 44 px each way for what is touched, and nothing beyond the screen to the side.
    private static async Task FitsFingersAsync(IPage page)
    {
        Assert.Empty(await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.tablet :is(a:not(.skip), button, summary, input)')].map((e) => [e, e.getBoundingClientRect()])"
            + ".filter(([, box]) => box.height > 0 && (box.height < 43.9 || box.width < 43.9)).map(([e, box]) => `${e.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"));
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
    }

    private static Task<string[]> KeptAsync(IPage page) => page.EvaluateAsync<string[]>("async () => (await caches.keys()).filter((name) => name.startsWith('tablet-'))");

    [GeneratedRegex("^(offline|silent)$")]
    private static partial Regex NotLive();

    [GeneratedRegex("password of all: (\\S+)")]
    private static partial Regex Password();

    [GeneratedRegex(@"无网络连接 · 以下为 \d\d:\d\d 的数据，已过 \d+ 秒")]
    private static partial Regex AgePattern();
}
