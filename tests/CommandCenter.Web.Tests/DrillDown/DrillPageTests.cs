using System.Globalization;
using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CommandCenter.Domain;
using CommandCenter.Testing;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Tests.Wall;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.DrillDown;

/// <summary>From a figure of the wall to the list behind it, through the real product.</summary>
public sealed class DrillPageTests
{
    private const string Pudong = ShippedConfig.Pudong;
    private const string Xuhui = "沪0104";

    private static readonly string[] s_person = ["张三丰"];
    private static readonly string[] s_company = ["示例贸易有限公司"];
    private static readonly string[] s_sources = ["CaseList.cs", "FundsList.cs", "CaseDetail.cs", "QueryFault.cs"];
    private static readonly JsonSerializerOptions s_json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("&lang=en")]
    public async Task Every_figure_leads_to_a_list_of_as_many(string language)
    {
        await using var product = await CityAsync();
        foreach (var scope in new[] { "沪", Pudong, Xuhui })
        {
            var totals = await product.GetAsync($"/api/v1/totals?scope={scope}");
            var (day, month, year) = (totals.GetProperty("day"), totals.GetProperty("month"), totals.GetProperty("year"));
            foreach (var (period, figures) in new[] { ("today", day), ("month", month), ("year", year) })
            {
                Assert.Equal(Long(figures, "received"), await CountAsync(product, $"received.{period}", scope, language));
                Assert.Equal(Long(figures, "closed"), await CountAsync(product, $"closed.{period}", scope, language));
                Assert.Equal(Long(figures, "fundsInFen"), await CountAsync(product, $"in.{period}", scope, language, "data-fen"));
                Assert.Equal(Long(figures, "fundsOutFen"), await CountAsync(product, $"out.{period}", scope, language, "data-fen"));
            }

            Assert.Equal(Long(year, "pending"), await CountAsync(product, "pending.today", scope, language));
            Assert.Equal(Long(year, "pending"), await CountAsync(product, Drill.Name, scope, language));
            Assert.Equal(Long(year, "terminalStock"), await CountAsync(product, "terminal", scope, language));
            Assert.Equal(scope == Xuhui ? 0 : 1, await CountAsync(product, "overdue", scope, language));
        }
    }

    [Fact]
    public async Task Every_figure_and_every_court_of_the_wall_page_has_a_list()
    {
        await using var host = await WallHost.StartAsync();
        var page = new HtmlParser().ParseDocument(await host.Client.GetStringAsync(new Uri("/wall/main", UriKind.Relative), Cancellation));
        var drills = page.QuerySelectorAll("[data-drill]").Select(element => element.GetAttribute("data-drill")!).ToArray();

        Assert.All(drills, figure => Assert.StartsWith("/", Drill.UrlOf(figure, "沪", new DateOnly(2026, 11, 22))!, StringComparison.Ordinal));
        Assert.All(page.QuerySelectorAll("[data-figure]"), element => Assert.Equal(element.GetAttribute("data-figure"), element.GetAttribute("data-drill")));
        foreach (var row in page.QuerySelectorAll("[data-court]"))
        {
            Assert.Equal(
                ["name", "received", "closed", "pending", "in", "out", "overdue"],
                row.QuerySelectorAll("[data-drill]").Select(element => element.GetAttribute("data-drill")!));
        }

        // Without its script, and on a screen without a pointer, nothing is a link.
        Assert.Empty(page.QuerySelectorAll("[data-drill][role], [data-drill][tabindex], a[data-drill]"));
    }

    [Theory]
    [InlineData("/cases?scope=沪0115&kind=main&filedFrom={today}&filedTo={tomorrow}", "浦东新区 · 今日新收", "Pudong · received today")]
    [InlineData("/cases?kind=main&filedFrom={month}&filedTo={tomorrow}", "全市 · 本月新收", "City · received this month")]
    [InlineData("/cases?kind=main&closedFrom={year}&closedTo={tomorrow}", "全市 · 今年结案", "City · closed this year")]
    [InlineData("/cases?scope=沪0104&kind=main&closedFrom=2026-01-01&closedTo=2026-02-01", "徐汇 · 2026-01-01 至 2026-02-01 结案", "Xuhui · closed from 2026-01-01 to before 2026-02-01")]
    [InlineData("/cases?kind=main&terminal=true", "全市 · 终本存量", "City · terminal stock")]
    [InlineData("/cases?overdue=true&handler=甲", "全市 · 超期案件 · 承办人 甲", "City · overdue · handler 甲")]
    [InlineData("/cases", "全市 · 全部案件", "City · all cases")]
    [InlineData("/funds?direction=in", "全市 · 今日款入", "City · money in today")]
    public async Task A_list_says_in_words_what_it_is(string url, string zh, string en)
    {
        await using var product = await ProductUnderTest.StartAsync();
        await product.PaymentsReadAsync();
        var today = ShanghaiTime.DayOf(TimeProvider.System.GetUtcNow());
        var path = url.Replace("{today}", Text(today), StringComparison.Ordinal).Replace("{tomorrow}", Text(today.AddDays(1)), StringComparison.Ordinal)
            .Replace("{month}", Text(new DateOnly(today.Year, today.Month, 1)), StringComparison.Ordinal)
            .Replace("{year}", Text(new DateOnly(today.Year, 1, 1)), StringComparison.Ordinal);

        foreach (var (language, words) in new[] { ("zh", zh), ("en", en) })
        {
            var page = await PageAsync(product, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=" + language);
            Assert.StartsWith(words, page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
            Assert.StartsWith(words, page.Title, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Language_and_theme_go_along_in_every_link_and_form()
    {
        await using var product = await CityAsync();
        await product.PaymentsReadAsync();
        foreach (var path in new[] { "/cases?size=1", "/funds?direction=in", $"/cases/{Uri.EscapeDataString(Number(1))}", "/cases?status=nonsense", "/", "/operations" })
        {
            var page = await PageAsync(product, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=en&theme=light");

            Assert.Equal(("en", "light"), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("data-theme")));
            var links = page.QuerySelectorAll("a[href^='/']").Where(link => link.GetAttribute("href") is var href
                && !href!.StartsWith("/api", StringComparison.Ordinal) && !href.StartsWith("/openapi", StringComparison.Ordinal)
                && href is not ("/health/ready" or "/metrics")).ToArray();
            Assert.NotEmpty(links);
            Assert.All(links, link =>
            {
                var href = link.GetAttribute("href")!;
                Assert.True(href.Contains("lang=en", StringComparison.Ordinal) || link.ClassList.Contains("language"), href);
                Assert.Contains("theme=", href, StringComparison.Ordinal);
            });
            Assert.All(page.QuerySelectorAll("form[method=get]"), form =>
            {
                Assert.Equal("en", form.QuerySelector("input[name=lang]")!.GetAttribute("value"));
                Assert.Equal("light", form.QuerySelector("input[name=theme]")!.GetAttribute("value"));
            });
        }
    }

    [Fact]
    public async Task No_name_of_a_person_is_in_a_page()
    {
        await using var product = await CityAsync();
        await product.PaymentsReadAsync();

        foreach (var path in new[] { "/cases", "/funds?direction=in", $"/cases/{Uri.EscapeDataString(Number(1))}" })
        {
            var html = await product.Client.GetStringAsync(new Uri(path, UriKind.Relative), Cancellation);

            Assert.DoesNotContain("张三丰", html, StringComparison.Ordinal);
            Assert.DoesNotContain("李四光", html, StringComparison.Ordinal);
        }

        var page = await PageAsync(product, $"/cases/{Uri.EscapeDataString(Number(1))}");
        Assert.Contains("张**", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("示例贸易有限公司", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("姓名已隐去", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_shows_its_head_and_every_event_in_both_languages()
    {
        await using var product = await CityAsync();

        var zh = await PageAsync(product, $"/cases/{Uri.EscapeDataString(Number(1))}");
        var en = await PageAsync(product, $"/cases/{Uri.EscapeDataString(Number(1))}?lang=en");

        Assert.Equal(["立案", "案款到账", "案款发放"], zh.QuerySelectorAll(".timeline tbody th").Select(cell => cell.TextContent));
        Assert.Equal(["filed", "money in", "money out"], en.QuerySelectorAll(".timeline tbody th").Select(cell => cell.TextContent));
        Assert.Contains("123,456.78", zh.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("S1-1", zh.Body.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/cases?scope=nowhere", HttpStatusCode.NotFound, "没有这家法院。", "There is no such court.")]
    [InlineData("/cases?status=nonsense", HttpStatusCode.BadRequest, "query.bad-status", "The status must be")]
    [InlineData("/cases?filedFrom=yesterday", HttpStatusCode.BadRequest, "立案时间应为", "The time of filing")]
    [InlineData("/cases?page=2", HttpStatusCode.BadRequest, "没有这一页。", "There is no such page.")]
    [InlineData("/cases/nonsense", HttpStatusCode.BadRequest, "这不是案号。", "This is no case number.")]
    [InlineData("/cases/(2017)沪0115执9号", HttpStatusCode.NotFound, "没有这件案件。", "There is no such case.")]
    [InlineData("/funds", HttpStatusCode.BadRequest, "方向只能是", "The direction must be")]
    [InlineData("/funds?direction=in&from=2010-01-01", HttpStatusCode.BadRequest, "逐笔收付自", "Single payments are kept since")]
    public async Task What_cannot_be_shown_is_said_in_words_with_its_code(string path, HttpStatusCode status, string zh, string en)
    {
        await using var product = await ProductUnderTest.StartAsync();
        await product.PaymentsReadAsync();
        foreach (var (language, words) in new[] { ("zh", zh), ("en", en) })
        {
            using var answer = await product.Client.GetAsync(
                new Uri(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=" + language, UriKind.Relative), Cancellation);
            var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancellation));

            Assert.Equal(status, answer.StatusCode);
            Assert.Contains(words, page.QuerySelector(".fault")!.TextContent, StringComparison.Ordinal);
            Assert.Matches(@"(query|scope|case)\.[a-z-]+", page.QuerySelector(".fault .small")!.TextContent);
        }
    }

    [Fact]
    public async Task Pages_are_turned_by_their_links_and_lead_through_all_cases_once()
    {
        await using var product = await CityAsync();
        var seen = new List<string>();
        var url = "/cases?size=2&sort=number";
        for (var turn = 0; turn < 20 && url is not null; turn++)
        {
            var page = await PageAsync(product, url);
            seen.AddRange(page.QuerySelectorAll("tbody th a").Select(link => link.TextContent));
            Assert.Equal(turn > 0, page.QuerySelector("a[rel=first]") is not null);
            url = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Null(url);
        Assert.Equal(CaseCount, seen.Count);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task Heads_sort_and_turn_round()
    {
        await using var product = await CityAsync();

        var page = await PageAsync(product, "/cases?sort=-claimFen");
        var head = page.QuerySelector("th[aria-sort]")!;

        Assert.Equal(("descending", "/cases?sort=claimFen"), (head.GetAttribute("aria-sort"), head.QuerySelector("a")!.GetAttribute("href")));
        Assert.Equal("/cases?sort=-number", page.QuerySelector("thead th a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_page_runs_no_script_but_ours_and_opens_no_circuit()
    {
        await using var product = await ProductUnderTest.StartAsync();

        using var answer = await product.Client.GetAsync(new Uri("/cases", UriKind.Relative), Cancellation);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancellation));

        Assert.All(page.Scripts, script => Assert.Contains($"'nonce-{script.GetAttribute("nonce")}'", policy, StringComparison.Ordinal));
        Assert.DoesNotContain(page.Scripts, script => script.Source?.Contains("blazor", StringComparison.Ordinal) is true);
        Assert.Empty(page.QuerySelectorAll("[style], [onclick], [accesskey]"));
        Assert.Equal("list", page.QuerySelector("a.skip")!.GetAttribute("href")!.Split('#')[1]);
        Assert.NotNull(page.GetElementById("list"));
    }

    [Theory]
    [InlineData("/drill/nonsense", "query.no-such-figure")]
    [InlineData("/drill/received.week", "query.no-such-figure")]
    [InlineData("/drill/received.today?scope=nowhere", "scope.unknown")]
    public async Task What_is_no_figure_leads_nowhere(string path, string code)
    {
        await using var product = await ProductUnderTest.StartAsync();

        using var answer = await product.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(code, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public void Every_text_is_there_in_both_languages() => Assert.All(DrillTexts.Keys, key =>
    {
        Assert.NotEmpty(DrillTexts.Of(key, WallLanguage.Zh));
        Assert.NotEmpty(DrillTexts.Of(key, WallLanguage.En));
    });

    [Fact]
    public void Every_fault_that_a_list_can_have_has_its_words()
    {
        var sources = s_sources.Select(file => File.ReadAllText(RepositoryRoot.Combine("src", "CommandCenter.Web", "Reading", file)));
        var codes = sources.SelectMany(source => System.Text.RegularExpressions.Regex.Matches(source, "Bad\\(\"([a-z]+)\"").Select(match => "query.bad-" + match.Groups[1].Value)
            .Concat(System.Text.RegularExpressions.Regex.Matches(source, "\"((?:query|scope|case)\\.[a-z]+(?:-[a-z]+)*)\"").Select(match => match.Groups[1].Value))).ToHashSet();

        Assert.InRange(codes.Count, 15, 40);
        Assert.All(codes, code => Assert.NotNull(DrillTexts.Find("fault." + code, WallLanguage.Zh)));
    }

    // ---- a small city of today

    private const int CaseCount = 9;

    private static async Task<ProductUnderTest> CityAsync()
    {
        var product = await ProductUnderTest.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        var lines = new List<string>();
        for (var number = 1; number <= CaseCount; number++)
        {
            // One is open for too long; the others are of the last two months.
            var at = number == 5 ? now.AddDays(-300) : now.AddDays(-7 * (number - 1));
            lines.Add(Line("case.filed", number, at, new
            {
                kind = "执",
                cause = "买卖合同纠纷",
                claimFen = 1_000_00L * number,
                basis = "民事判决书",
                applicants = s_person,
                debtors = s_company,
            }));
        }

        lines.Add(Line("funds.received", 1, now, new { amountFen = 12_345_678L, serial = "S1-1", payer = "李四光" }));
        lines.Add(Line("funds.disbursed", 1, now, new { amountFen = 345_67L, serial = "S1-2", payee = "张三丰" }));
        lines.Add(Line("funds.received", 2, now.AddDays(-6), new { amountFen = 99L, serial = "S2-1", payer = "李四光" }));
        lines.Add(Line("case.closed", 3, now, new { way = "WB" }));
        lines.Add(Line("case.closed", 6, now.AddDays(-3), new { way = "ZB" }));
        lines.Add(Line("case.closed", 8, now, new { way = "ZB" }));
        var answer = await product.SendAsync([.. lines]);
        Assert.Equal(lines.Count, answer.Accepted);
        await product.Grains.SettleAsync(Cancellation);
        await product.PaymentsReadAsync();
        return product;
    }

    private static string CourtOf(int number) => number % 3 == 0 ? Xuhui : Pudong;

    private static string Number(int number) => $"(2026){CourtOf(number)}执{number}号";

    private static string Line(string type, int number, DateTimeOffset at, object data) => JsonSerializer.Serialize(
        new { id = $"{type}-{number}-{at.UtcTicks}", type, at = at.ToOffset(TimeSpan.FromHours(8)), court = CourtOf(number), @case = Number(number), by = "test", data },
        s_json);

    private static async Task<long> CountAsync(ProductUnderTest product, string figure, string scope, string language, string attribute = "data-count")
    {
        var page = await PageAsync(product, $"/drill/{figure}?scope={scope}{language}");
        return long.Parse(page.QuerySelector("h1 .count")!.GetAttribute(attribute)!, CultureInfo.InvariantCulture);
    }

    private static async Task<IDocument> PageAsync(ProductUnderTest product, string path)
    {
        using var answer = await product.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static long Long(JsonElement figures, string name) => figures.GetProperty(name).GetInt64();

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
