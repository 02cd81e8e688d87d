using System.Reflection;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.EndToEnd.Tests.Wall;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Access;

/// <summary>Every page of the product, opened in a browser by somebody who may, and looked at by axe-core.</summary>
public sealed class EveryPageTests(Browser browser)
{
    private const string Stranger = "";

    private static readonly bool[] s_looks = [false, true];

    // Where a page is looked at, and by whom. A page that is missing here fails the test below.
    private static readonly Dictionary<string, (string Account, string Path)> s_pages = new(StringComparer.Ordinal)
    {
        ["/"] = ("command", ""),
        ["/wall/{WallId}"] = ("command", "wall/main"),
        ["/walls/{WallId}/director"] = ("command", "walls/main/director"),
        ["/overview"] = ("command", "overview"),
        ["/overview/{Mark}"] = ("chief", "overview/%E6%B2%AA0115"),
        ["/overview/{Mark}/handlers/{*Handler}"] = ("handler", "overview"),
        ["/cases"] = ("command", "cases"),
        ["/cases/{Number}"] = ("command", "cases/{number}"),
        ["/tablet"] = ("chief", "tablet"),
        ["/cameras"] = ("command", "cameras"),
        ["/cameras/devices"] = ("system", "cameras/devices"),
        ["/cameras/{Camera}/recordings"] = ("command", "cameras/cam-1/recordings"),
        ["/recordings"] = ("command", "recordings"),
        ["/funds"] = ("command", "funds?direction=in"),
        ["/search"] = ("command", "search?q=1"),
        ["/operations"] = ("command", "operations"),
        ["/account"] = ("command", "account"),
        ["/accounts"] = ("security", "accounts"),
        ["/trail"] = ("audit", "trail"),
        ["/sign-in"] = (Stranger, "sign-in"),
        ["/sign-in/code"] = (Stranger, "sign-in/code"),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void No_page_is_forgotten() => Assert.Equal(
        typeof(NeedsAttribute).Assembly.GetTypes().SelectMany(static type => type.GetCustomAttributes<RouteAttribute>()).Select(static route => route.Template).Order(StringComparer.Ordinal),
        s_pages.Keys.Order(StringComparer.Ordinal));

    /// <summary>
    /// Dark and Chinese on a desk, light and English on a tablet: each page in one of the two, and in both in a long run. A wall has thousands of
    /// elements, which takes half a minute, so it and its director are left to the long run.
    /// </summary>
    [Fact]
    public async Task Axe_finds_nothing_serious_on_any_page()
    {
        await using var host = await ProductHost.StartAsync(demonstration: true, Cancellation);
        await host.PostAsync([.. Enumerable.Range(1, 7).Select(static number => EventLines.Filed(number)), EventLines.MoneyReceived(2, payment: 1, 1_234_567_89)], Cancellation);
        await host.RegisterCameraAsync(Cancellation);
        var desk = new DemonstrationDesk(host);
        var findings = new List<string>();
        foreach (var (account, pages) in s_pages.Values.GroupBy(static page => page.Account).Select(static group => (group.Key, group.ToArray())))
        {
            var page = await browser.OpenPageAsync(1440, 900);
            if (account != Stranger)
            {
                await desk.SignInAsync(page, account, Cancellation);
            }

            foreach (var (turn, path) in pages.Where(static page => LongRun.IsOn || !page.Path.StartsWith("wall", StringComparison.Ordinal)).Index().Select(one => (one.Index, one.Item.Path.Replace("{number}", Uri.EscapeDataString(EventLines.NumberOf(2)), StringComparison.Ordinal))))
            {
                foreach (var isLight in s_looks.Where(isLight => LongRun.IsOn || isLight == (turn % 2 == 1)))
                {
                    findings.AddRange(await LookAsync(page, host.Address, path, isLight));
                }
            }

            await page.Context.DisposeAsync();
        }

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    private static async Task<IEnumerable<string>> LookAsync(IPage page, Uri address, string path, bool isLight)
    {
        await page.SetViewportSizeAsync(isLight ? 820 : 1440, isLight ? 1180 : 900);
        var look = isLight ? "lang=en&theme=light" : "lang=zh&theme=dark";
        var answer = await page.GotoAsync(new Uri(address, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{look}").ToString());
        Assert.True(answer!.Ok, $"{path}: {answer.Status}");
        if (path.StartsWith("wall/", StringComparison.Ordinal))
        {
            await Assertions.Expect(page.Locator("#wall")).ToHaveAttributeAsync("data-state", WallScreen.Live, new LocatorAssertionsToHaveAttributeOptions { Timeout = 15_000 });
        }

        return (await page.RunAxe()).Violations.Where(static finding => finding.Impact is "serious" or "critical").SelectMany(
            finding => finding.Nodes.Select(node => $"{path} ({look}): {finding.Id}, {finding.Help}: {node.Html[..Math.Min(160, node.Html.Length)]}"));
    }
}
