using System.Globalization;
using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Overview;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Overview;

/// <summary>City, area, court and handler, through the real product.</summary>
public sealed class OverviewPageTests(OverviewCity city) : IClassFixture<OverviewCity>
{
    private static readonly string[] s_choices = ["span=", "year=", "period="];

    private ProductUnderTest Product => city.Product;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_city_shows_its_figures_and_its_areas_add_up_to_them()
    {
        using var command = await Product.ClientOfAsync(Role.CommandStaff);
        var page = await PageAsync(command, "/overview?theme=light");

        Assert.Equal("全市", page.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal(
            ("1", "1", "6", "1", "0", "12.34"),
            (Text(page, "received.today"), Text(page, "closed.today"), Text(page, "pending.today"), Text(page, "overdue"), Text(page, "terminal"), Text(page, "in.today")));
        var rows = page.QuerySelectorAll("tr[data-line]");
        Assert.Equal(["沪01", "沪02", "沪", "沪03", "沪72", "沪73"], rows.Select(static row => row.GetAttribute("data-line")!.Replace(".own", "", StringComparison.Ordinal)));
        Assert.Equal(6, rows.Sum(static row => Number(row, "pending")));
        Assert.Equal((5, 1, 1), (Number(rows[0], "pending"), Number(rows[0], "overdue"), Number(rows[0], "closed")));
        Assert.Equal("第一中院辖区", rows[0].QuerySelector("th")!.TextContent.Trim());
        Assert.Contains(page.QuerySelectorAll("tr[data-line] th"), static head => head.TextContent.Trim() == "高院本院");
        Assert.Equal("descending", page.QuerySelectorAll(".lines [aria-sort]").Single().GetAttribute("aria-sort"));
    }

    [Theory]
    [InlineData("/overview")]
    [InlineData("/overview/沪01?period=year")]
    [InlineData("/overview/沪0115?period=month")]
    [InlineData("/overview/沪0115/handlers/judge-1")]
    [InlineData("/overview/沪0115/handlers/judge-2")]
    public async Task Every_figure_with_a_list_leads_to_a_list_of_as_many(string path)
    {
        using var command = await Product.ClientOfAsync(Role.CommandStaff);
        await Product.PaymentsReadAsync();
        var page = await PageAsync(command, path);
        var links = page.QuerySelectorAll("a[data-key]").Where(static link => link.GetAttribute("data-key") is not ("pending.month" or "pending.year"))
            .DistinctBy(static link => link.GetAttribute("href")).ToArray();

        Assert.InRange(links.Length, 9, 80);
        foreach (var link in links)
        {
            var list = await PageAsync(command, link.GetAttribute("href")!);
            var count = list.QuerySelector("h1 .count") ?? throw new InvalidOperationException($"{link.GetAttribute("href")} is no list.");
            if (count.GetAttribute("data-fen") is { } fen)
            {
                Assert.Equal(link.GetAttribute("title"), MoneyText.Of(long.Parse(fen, CultureInfo.InvariantCulture), WallLanguage.Zh).Exact);
            }
            else
            {
                Assert.Equal((link.GetAttribute("data-key"), link.TextContent), (link.GetAttribute("data-key"), count.GetAttribute("data-count")));
            }
        }
    }

    [Fact]
    public async Task A_court_shows_its_handlers_and_a_handler_his_cases()
    {
        using var chief = await Product.ClientOfAsync(Role.CourtChief, OverviewCity.Pudong);
        var court = await PageAsync(chief, "/overview?period=year");

        Assert.Equal("浦东新区", court.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal(["@judge-2", "@", "@judge-1"], court.QuerySelectorAll("tr[data-line]").Select(static row => row.GetAttribute("data-line")!).OrderBy(static key => key == "@judge-2" ? 0 : key == "@" ? 1 : 2));
        var second = court.QuerySelector("tr[data-line='@judge-2']")!;
        Assert.Equal((1, 1, 1), (Number(second, "overdue"), Number(second, "pending"), Number(second, "closed")));
        Assert.Equal("未分案", court.QuerySelector("tr[data-line='@'] th")!.TextContent.Trim());

        var handler = await PageAsync(chief, court.QuerySelector("tr[data-line='@judge-1'] a")!.GetAttribute("href")!);
        Assert.StartsWith("承办人 judge-1", handler.QuerySelector("h1")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal(("1", "0", "0"), (Text(handler, "pending.today"), Text(handler, "overdue"), Text(handler, "held")[..1]));
        Assert.Equal(["浦东新区", "承办人 judge-1"], handler.QuerySelectorAll(".path li").Select(static level => level.TextContent.Trim()));
        Assert.Equal(("1", "7.0 天", "7.0 天"), (Text(handler, "node.TZ/standing"), Text(handler, "node.TZ/median"), Text(handler, "node.TZ/p90")));
        Assert.Empty(handler.QuerySelectorAll("[data-key='node.TZ/passed']"));

        // Filed ten days ago, in the table behind the chart of thirty days.
        Assert.Equal(1, handler.QuerySelectorAll(".over-time tbody tr").Sum(static row => int.Parse(row.Children[1].TextContent, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task The_flow_of_a_court_is_on_its_page_and_in_the_API()
    {
        using var chief = await Product.ClientOfAsync(Role.CourtChief, OverviewCity.Pudong);
        var page = await PageAsync(chief, "/overview");
        var flow = JsonDocument.Parse(await chief.GetStringAsync(new Uri("/api/v1/flow", UriKind.Relative), Token)).RootElement;
        var nodes = flow.GetProperty("nodes").EnumerateArray().ToDictionary(static node => node.GetProperty("code").GetString()!);

        Assert.Equal((OverviewCity.Pudong, 3, 37), (flow.GetProperty("scope").GetString(), flow.GetProperty("pending").GetInt64(), nodes.Count));
        Assert.Equal((1, 0, 299 * 1440), (Long(nodes["FA"], "standing"), Long(nodes["LA"], "overdue"), Long(nodes["FA"], "medianMinutes")));
        Assert.Equal((1, 1, 19 * 1440), (Long(nodes["FA"], "overdue"), Long(nodes["LA"], "standing"), Long(nodes["FA"], "passedP90Minutes")));
        Assert.Equal(("1", "▲ 1", "299 天", "1", "7.0 天"), (
            Text(page, "node.FA/standing"), page.QuerySelector("tr[data-node=FA] .late")!.TextContent.Trim(), Text(page, "node.FA/median"), Text(page, "node.TZ/standing"), Text(page, "node.TZ/p90")));
        Assert.Equal(37, page.QuerySelectorAll("tr[data-node]").Length);
        Assert.Equal(3, page.QuerySelectorAll(".stages strong").Sum(static count => int.Parse(count.TextContent, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("/overview/{0}")]
    [InlineData("/overview/{0}/handlers/judge-1")]
    [InlineData("/overview/{0}/live")]
    [InlineData("/api/v1/flow?scope={0}")]
    public async Task A_chief_sees_his_court_and_is_told_nothing_of_others(string route)
    {
        using var chief = await Product.ClientOfAsync(Role.CourtChief, OverviewCity.Pudong);
        var answers = new List<(HttpStatusCode, string)>();
        foreach (var mark in new[] { OverviewCity.Huangpu, "沪9999", "沪", OverviewCity.Area, OverviewCity.Area + ".own" })
        {
            var (status, text) = await AskAsync(chief, string.Format(CultureInfo.InvariantCulture, route, mark));
            answers.Add((status, Said(text)));
        }

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(chief, string.Format(CultureInfo.InvariantCulture, route, OverviewCity.Pudong))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, answers[0].Item1);
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task An_area_sees_its_courts_and_counts_no_other()
    {
        using var area = await Product.ClientOfAsync(Role.IntermediateCourt, OverviewCity.Area);
        var page = await PageAsync(area, "/overview?lang=en");

        Assert.Equal("No.1 Int. area", page.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal("5", Text(page, "pending.today"));
        Assert.Equal(5, page.QuerySelectorAll("tr[data-line]").Sum(static row => Number(row, "pending")));
        Assert.Empty(page.QuerySelectorAll($"[data-line='{OverviewCity.Huangpu}']"));
        var alone = await PageAsync(area, page.QuerySelector($"[data-line='{OverviewCity.Area}.own'] th a")!.GetAttribute("href")!);
        Assert.Equal(("1", "No.1 Int. itself"), (Text(alone, "pending.today"), alone.QuerySelector("h1")!.TextContent.Trim()));
        Assert.Empty(alone.QuerySelectorAll("a[data-key]"));
    }

    [Fact]
    public async Task A_handler_sees_himself_alone()
    {
        using var himself = await Product.ClientOfAsync(Role.Handler, OverviewCity.Pudong, "judge-1");
        using var newcomer = await Product.ClientOfAsync(Role.Handler, OverviewCity.Pudong, "judge-0");
        var own = $"/overview/{Uri.EscapeDataString(OverviewCity.Pudong)}/handlers/judge-1";

        foreach (var path in new[] { "/overview", $"/overview/{OverviewCity.Pudong}" })
        {
            using var answer = await himself.GetAsync(new Uri(path, UriKind.Relative), Token);
            Assert.Equal((HttpStatusCode.Redirect, own), (answer.StatusCode, answer.Headers.Location?.ToString()));
        }

        var page = await PageAsync(himself, own);
        Assert.Equal("1", Text(page, "pending.today"));
        Assert.Empty(page.QuerySelectorAll(".lines, .path a"));
        var (status, other) = await AskAsync(himself, own.Replace("judge-1", "judge-2", StringComparison.Ordinal));
        var (_, nobody) = await AskAsync(himself, own.Replace("judge-1", "judge-9", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.NotFound, Said(nobody)), (status, Said(other)));
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(himself, $"/api/v1/flow?handler=judge-2")).Status);
        Assert.Equal(1, JsonDocument.Parse((await AskAsync(himself, "/api/v1/flow")).Text).RootElement.GetProperty("pending").GetInt64());
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(himself, $"/overview/{OverviewCity.Xuhui}")).Status);
        Assert.Equal("0", Text(await PageAsync(newcomer, own.Replace("judge-1", "judge-0", StringComparison.Ordinal)), "pending.today"));
    }

    [Theory]
    [InlineData("/overview/沪01?period=month&lang=en")]
    [InlineData("/overview/沪0115/handlers/judge-2")]
    public async Task What_the_page_asks_for_again_is_what_it_shows(string path)
    {
        using var command = await Product.ClientOfAsync(Role.CommandStaff);
        var page = await PageAsync(command, path);
        var live = JsonDocument.Parse(await command.GetStringAsync(new Uri(page.QuerySelector("[data-live]")!.GetAttribute("data-live")!, UriKind.Relative), Token)).RootElement;
        var values = live.GetProperty("values");

        var places = page.QuerySelectorAll("[data-key]");
        Assert.InRange(places.Length, 60, 500);
        Assert.All(places, place => Assert.Equal(place.TextContent, values.GetProperty(place.GetAttribute("data-key")!).GetProperty("text").GetString()));
        Assert.Equal(page.QuerySelector("[data-recount]")!.TextContent, live.GetProperty("recountText").GetString());
    }

    [Theory]
    [InlineData("/overview?sort=-pending&span=24h")]
    [InlineData("/overview/沪0115?sort=name&span=2y&year=2025&period=year")]
    [InlineData("/overview/沪0115/handlers/judge-1?span=12m")]
    [InlineData("/overview/nowhere")]
    public async Task Language_theme_and_choices_go_along_and_every_head_has_its_scope(string path)
    {
        using var command = await Product.ClientOfAsync(Role.CommandStaff);
        var page = await PageAsync(command, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=en&theme=light");

        var links = page.QuerySelectorAll("a[href^='/']");
        Assert.All(links, static link => Assert.True(
            (link.ClassList.Contains("language") || link.GetAttribute("href")!.Contains("lang=en", StringComparison.Ordinal)) && link.GetAttribute("href")!.Contains("theme=", StringComparison.Ordinal),
            link.GetAttribute("href")));
        Assert.All(page.QuerySelectorAll("th"), static head => Assert.True(head.HasAttribute("scope")));
        Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", string.Concat(page.QuerySelectorAll("main h1, main h2, main p, main dt, main thead").Select(static one => one.TextContent)));
        Assert.Equal("figures", page.QuerySelector("a.skip")!.GetAttribute("href")!.Split('#')[1]);
        foreach (var choice in s_choices.Where(path.Contains))
        {
            Assert.All(page.QuerySelectorAll(".lines thead a"), link => Assert.Contains(choice, link.GetAttribute("href"), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_column_orders_the_rows_both_ways()
    {
        using var command = await Product.ClientOfAsync(Role.CommandStaff);
        var down = await PageAsync(command, "/overview/沪01?sort=-pending");
        var up = await PageAsync(command, "/overview/沪01?sort=pending");

        Assert.Equal(OverviewCity.Pudong, down.QuerySelector("tr[data-line]")!.GetAttribute("data-line"));
        Assert.Equal(OverviewCity.Pudong, up.QuerySelectorAll("tr[data-line]")[^1].GetAttribute("data-line"));
        Assert.Equal("ascending", up.QuerySelector(".lines [aria-sort]")!.GetAttribute("aria-sort"));
    }

    [Fact]
    public void Every_text_is_there_in_both_languages() => Assert.All(OverviewTexts.Keys, static key =>
    {
        Assert.NotEmpty(OverviewTexts.Of(key, WallLanguage.Zh));
        Assert.NotEmpty(OverviewTexts.Of(key, WallLanguage.En));
    });

    private static async Task<IDocument> PageAsync(HttpClient client, string path) => new HtmlParser().ParseDocument((await AskAsync(client, path)).Text);

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    /// <summary>What a refusal says: the text of a page, or the code and words of a problem.</summary>
    private static string Said(string text)
    {
        if (!text.StartsWith('{'))
        {
            return new HtmlParser().ParseDocument(text).QuerySelector("main")!.TextContent;
        }

        var problem = JsonDocument.Parse(text).RootElement;
        return problem.GetProperty("code").GetString() + problem.GetProperty("detail").GetString();
    }

    private static string Text(IParentNode page, string key) => page.QuerySelector($"[data-key='{key}']")!.TextContent;

    private static long Number(IElement row, string column) =>
        long.Parse(Text(row, $"{row.GetAttribute("data-line")}/{column}"), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static long Long(JsonElement node, string name) => node.GetProperty(name).GetInt64();
}
