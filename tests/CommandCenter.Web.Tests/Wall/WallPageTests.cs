using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Wall;

public sealed class WallPageTests
{
    [Fact]
    public async Task Every_figure_carries_a_recount_mark_with_words()
    {
        await using var host = await WallHost.StartAsync();
        var page = await GetAsync(host, "/wall/main?scene=overview");

        var cells = page.QuerySelectorAll(
            ".caseload tbody td, .stocks dl > div, .tile[data-indicator=core3], .tile[data-indicator=core4], .funds figcaption, .courts tr[data-court] td:not(.trend)");

        Assert.Equal(15 + 2 + 2 + 1 + (6 * page.QuerySelectorAll("[data-court]").Length), cells.Length);
        Assert.All(cells, cell =>
        {
            var mark = Assert.Single(cell.QuerySelectorAll(".recount"));
            Assert.Equal("unknown", mark.GetAttribute("data-mark"));
            Assert.Equal("此时无法由日志重算", mark.GetAttribute("aria-label"));
        });
    }

    [Fact]
    public async Task The_page_holds_the_real_figures_before_any_script_runs()
    {
        await using var host = await WallHost.StartAsync();
        var city = CityTotals.Of(host.City.Read().Courts);

        var page = await GetAsync(host, "/wall/main");

        Assert.Equal("zh-CN", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(CountText.Of(city.Today.Received), Value(page, "received.today"));
        Assert.Equal(CountText.Of(city.Year.Closed), Value(page, "closed.year"));
        Assert.Equal(CountText.Of(city.Pending), Value(page, "pending.today"));
        var moneyIn = page.QuerySelector("[data-figure='in.today']")!;
        Assert.Equal(city.Today.FundsInFen.ToString(System.Globalization.CultureInfo.InvariantCulture), moneyIn.GetAttribute("data-fen"));
        Assert.Equal(MoneyText.Of(city.Today.FundsInFen, WallLanguage.Zh).Exact, moneyIn.GetAttribute("title"));
        Assert.Equal("09:41:23", page.GetElementById("clock")!.TextContent);
        Assert.Equal("2026年11月22日 星期日", page.GetElementById("date")!.TextContent);
        Assert.Equal("收结存相符", page.GetElementById("proof")!.TextContent);
        Assert.False(page.GetElementById("demonstration")!.HasAttribute("hidden"));
    }

    [Fact]
    public async Task All_courts_stand_in_the_order_of_trouble_with_their_exact_money()
    {
        await using var host = await WallHost.StartAsync();
        var expected = WallPresenter.InOrderOfTrouble(host.City.Read().Courts).ToList();

        var rows = (await GetAsync(host, "/wall/main?scene=overview")).QuerySelectorAll("[data-court]");

        Assert.Equal(expected.Select(court => court.Mark), rows.Select(row => row.GetAttribute("data-court")!));
        Assert.True(expected[0].Overdue > 0);
        Assert.Equal("overdue", rows[0].GetAttribute("data-condition"));
        Assert.Equal(expected[0].NameZh, rows[0].QuerySelector("th[scope=row]")!.GetAttribute("title"));
        Assert.Equal(
            expected.Sum(court => court.Today.FundsOutFen),
            rows.Sum(row => long.Parse(row.QuerySelector(".out")!.GetAttribute("data-fen")!, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task The_English_page_has_no_Chinese_but_case_numbers_and_marks()
    {
        await using var host = await WallHost.StartAsync(city => city.Stopped = [new StoppedPartition(1, "poison", ["沪0115"])]);

        var page = await GetAsync(host, "/wall/main?lang=en");

        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        foreach (var text in page.QuerySelectorAll("#recent li span, script").ToList())
        {
            text.Remove();
        }

        Assert.DoesNotContain(page.Body!.TextContent, letter => letter is >= '一' and <= '鿿');
        Assert.Equal("Sunday 22 November 2026", page.GetElementById("date")!.TextContent);
    }

    [Fact]
    public async Task What_has_no_source_says_so_and_shows_no_number()
    {
        await using var host = await WallHost.StartAsync(city => city.EverySource = false);

        var page = await GetAsync(host, "/wall/main");

        Assert.All(page.QuerySelectorAll(".tile"), tile =>
        {
            Assert.Equal("nosource", tile.GetAttribute("data-condition"));
            Assert.Equal("—", tile.QuerySelector(".value")!.TextContent);
            Assert.Equal("无数据源", tile.QuerySelector(".verdict .word")!.TextContent);
        });
        Assert.Equal("—", Value(page, "overdue"));
        Assert.All(page.QuerySelectorAll("td.overdue"), cell => Assert.Equal("—", cell.TextContent));
    }

    [Fact]
    public async Task Courts_of_a_stopped_partition_are_marked()
    {
        await using var host = await WallHost.StartAsync(city => city.Stopped = [new StoppedPartition(2, "poison", ["沪0115", "沪0104"])]);

        var page = await GetAsync(host, "/wall/main?scene=overview");

        Assert.Equal(
            ["沪0104", "沪0115"],
            page.QuerySelectorAll("[data-condition=stopped]").Select(row => row.GetAttribute("data-court")!).Order(StringComparer.Ordinal));
        Assert.Contains("浦东新区", page.GetElementById("wall-first")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_violated_identity_is_named_with_its_cell()
    {
        await using var host = await WallHost.StartAsync(city => city.Proof = new ProofMark(ProofMark.Violated, null, "沪0115 09:35"));

        var page = await GetAsync(host, "/wall/main");

        Assert.Equal("violated", page.GetElementById("wall")!.GetAttribute("data-proof"));
        Assert.Equal("#mark-violated", page.GetElementById("proof-mark")!.GetAttribute("href"));
        Assert.Contains("沪0115 09:35", page.QuerySelector(".proof")!.GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_script_of_the_page_carries_the_nonce_that_its_policy_asks_for()
    {
        await using var host = await WallHost.StartAsync();

        using var answer = await host.Client.GetAsync(new Uri("/wall/main", UriKind.Relative), TestContext.Current.CancellationToken);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.NotEmpty(page.Scripts);
        Assert.All(page.QuerySelectorAll("script, style"), script => Assert.Contains($"'nonce-{script.GetAttribute("nonce")}'", policy, StringComparison.Ordinal));
        Assert.Empty(page.QuerySelectorAll("[style], [onclick], [onload]"));
        Assert.DoesNotContain(page.Scripts, script => script.Source?.Contains("blazor", StringComparison.Ordinal) is true);
        Assert.NotEqual(policy, (await host.Client.GetAsync(new Uri("/wall/main", UriKind.Relative), TestContext.Current.CancellationToken))
            .Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task An_unknown_wall_is_not_found()
    {
        await using var host = await WallHost.StartAsync();

        using var answer = await host.Client.GetAsync(new Uri("/wall/other?lang=en", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("There is no such wall", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", text, StringComparison.Ordinal); // It has no layout, and the policy of such a page allows none.
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(4, HttpStatusCode.OK)]
    [InlineData(5, HttpStatusCode.NotFound)]
    [InlineData(-1, HttpStatusCode.NotFound)]
    public async Task An_output_that_the_wall_does_not_have_is_not_found(int head, HttpStatusCode expected)
    {
        await using var host = await WallHost.StartAsync();

        using var answer = await host.Client.GetAsync(new Uri($"/wall/main?lang=en&head={head}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected == HttpStatusCode.NotFound, text.Contains("This wall has no such output; it has 4", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/", "/wall/main", "指挥大厅主屏")]
    [InlineData("/?lang=en", "/wall/main?lang=en", "Command hall, main wall")]
    public async Task The_index_leads_to_every_wall_in_its_language(string index, string href, string name)
    {
        await using var host = await WallHost.StartAsync();

        var page = await GetAsync(host, index);

        Assert.Equal(name, page.QuerySelector($"a[href='{href}']")!.TextContent);
        Assert.NotNull(page.QuerySelector("a[href='/openapi/v1.json']"));
    }

    private static async Task<IDocument> GetAsync(WallHost host, string url) => new HtmlParser().ParseDocument(
        await host.Client.GetStringAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken));

    private static string Value(IDocument page, string figure) =>
        page.QuerySelector($"[data-figure='{figure}'] .value")!.TextContent;
}
