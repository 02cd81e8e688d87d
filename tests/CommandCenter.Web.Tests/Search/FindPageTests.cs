using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Bunit;
using CommandCenter.Testing;
using CommandCenter.Web.Components;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Search;
using CommandCenter.Web.Tests.Access;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Search;

/// <summary>The page of search and its route, through the real product.</summary>
public sealed class FindPageTests
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] s_bank = ["上海浦江（集团）有限公司"];

    public static TheoryData<string> Corpora => ["blns.json", "xss_sample.txt", "sqli/Auth_Bypass.txt", "sqli/Generic_SQLI.txt"];

    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_shows_what_the_route_answers()
    {
        await using var product = await StartAsync();
        var answer = await product.GetAsync("/api/v1/search?q=zsf");
        var page = await PageAsync(product, "/search?q=zsf");

        Assert.Equal(2, answer.GetProperty("total").GetInt64());
        Assert.True(answer.GetProperty("isTotalExact").GetBoolean());
        Assert.True(answer.GetProperty("tookMs").GetDouble() >= 0);
        Assert.Equal("zsf", answer.GetProperty("q").GetString());
        Assert.Equal("2", page.QuerySelector("[data-count]")!.GetAttribute("data-count"));
        Assert.Equal(
            answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("number").GetString()),
            page.QuerySelectorAll("tbody th a").Select(link => link.TextContent));
        Assert.All(page.QuerySelectorAll("tbody th a"), link => Assert.StartsWith("/cases/", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.DoesNotContain("张三丰", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("张三丰", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_marks_what_was_found_and_leads_on_to_the_next_page()
    {
        await using var product = await StartAsync();
        var page = await PageAsync(product, "/search?q=" + Uri.EscapeDataString("浦江") + "&size=1&lang=en&theme=dark");

        Assert.Equal("浦江", page.QuerySelector("mark")!.TextContent);
        Assert.Equal("浦江", page.QuerySelector("input[name=q]")!.GetAttribute("value"));
        var next = page.QuerySelector("a[rel=next]")!.GetAttribute("href")!;
        Assert.Contains("lang=en", next, StringComparison.Ordinal);
        Assert.Contains("theme=dark", next, StringComparison.Ordinal);
        var second = await PageAsync(product, next);
        Assert.NotEqual(page.QuerySelector("tbody th a")!.TextContent, second.QuerySelector("tbody th a")!.TextContent);
        Assert.NotNull(second.QuerySelector("a[rel=first]"));
    }

    [Theory]
    [InlineData("/search", 200, null)]
    [InlineData("/search?q=%20", 200, null)]
    [InlineData("/search?q=zs", 200, null)]
    [InlineData("/search?q=%E9%BE%98%E9%BE%98", 200, null)]
    [InlineData("/search?q=zs&page=x", 400, "query.bad-page")]
    [InlineData("/search?q=zs&size=x", 400, "query.bad-size")]
    [InlineData("/search?q=zs&scope=x", 404, "scope.unknown")]
    [InlineData("/search?q=%07a", 400, "query.bad-q")]
    public async Task Every_page_has_its_status_its_box_and_its_words(string path, int status, string? code)
    {
        await using var product = await StartAsync();
        foreach (var language in new[] { "zh-CN", "en" })
        {
            using var answer = await product.Client.GetAsync(
                new Uri(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=" + language, UriKind.Relative), Cancellation);
            var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancellation));

            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Single(page.QuerySelectorAll("form[role=search]"));
            Assert.NotNull(page.QuerySelector("form[role=search] label input[name=q]"));
            Assert.NotNull(page.QuerySelector("#found"));
            if (code is not null)
            {
                Assert.Contains(code, page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Corpora))]
    public async Task A_naughty_question_is_answered_or_refused_and_comes_back_as_text(string corpus)
    {
        var file = RepositoryRoot.FindShared("data/conformance/" + corpus);
        Assert.SkipWhen(file is null, $"{corpus} is not beside the repository.");
        var texts = corpus.EndsWith(".json", StringComparison.Ordinal)
            ? JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(file, Cancellation))!
            : await File.ReadAllLinesAsync(file, Cancellation);
        await using var product = await StartAsync();
        foreach (var text in texts)
        {
            var query = "?q=" + Uri.EscapeDataString(text.Length > 80 ? text[..80] : text);
            using var answer = await product.Client.GetAsync(new Uri("/api/v1/search" + query, UriKind.Relative), Cancellation);
            using var list = await product.Client.GetAsync(new Uri("/api/v1/cases" + query, UriKind.Relative), Cancellation);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{text}: {answer.StatusCode}");
            Assert.True(list.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{text}: {list.StatusCode}");
            if (corpus.StartsWith("sqli", StringComparison.Ordinal))
            {
                continue; // Nothing that a browser would run.
            }

            var page = await PageAsync(product, "/search" + query);
            Assert.Equal(2, page.QuerySelectorAll("script").Length);
            Assert.Empty(page.QuerySelectorAll("img, iframe, svg, object, [onload], [onerror], [onclick], [onmouseover]"));
        }
    }

    [Theory]
    [InlineData(WallLanguage.Zh, null)]
    [InlineData(WallLanguage.En, "dark")]
    public async Task Every_desk_page_has_the_box(WallLanguage language, string? theme)
    {
        await using var context = new BunitContext();
        _ = context.Services.AddSingleton<AntiforgeryStateProvider, NoForgery>();
        var look = new PageLook(language, theme);
        var head = context.Render<DeskHead>(parameters => parameters
            .AddCascadingValue<HttpContext>(new DefaultHttpContext { User = Viewers.Command.ToPrincipal("test") }).Add(one => one.Look, look).Add(one => one.Url, other => other.Url("/cases")).Add(one => one.ContentId, "list").Add(one => one.ContentWord, "x"));

        var form = head.Find("form[role=search]");
        Assert.Equal(("post", "/ask/search"), (form.GetAttribute("method"), form.GetAttribute("action")));
        Assert.Equal(SearchTexts.Of("box", language), form.QuerySelector("input[name=q]")!.GetAttribute("aria-label"));
        Assert.Equal(theme, form.QuerySelector("input[name=theme]")?.GetAttribute("value"));
        Assert.Equal(look.IsEnglish ? "en" : null, form.QuerySelector("input[name=lang]")?.GetAttribute("value"));
    }

    [Fact]
    public void Every_text_is_there_in_both_languages() => Assert.All(SearchTexts.Keys, key =>
    {
        Assert.NotEmpty(SearchTexts.Of(key, WallLanguage.Zh));
        Assert.NotEmpty(SearchTexts.Of(key, WallLanguage.En));
    });

    [Fact]
    public async Task A_former_name_is_on_the_page_of_the_case_masked()
    {
        await using var product = await StartAsync();
        var answer = await product.SendAsync(Line("party.renamed", 1, new { was = "张三丰", now = "李四光" }));
        Assert.Equal(1, answer.Accepted);
        var view = await product.CaseAsync(Number(1));
        var page = await PageAsync(product, "/cases/" + Uri.EscapeDataString(Number(1)));

        Assert.Equal(("张**", "李**"), (view.GetProperty("formerNames")[0].GetProperty("was").GetString(), view.GetProperty("formerNames")[0].GetProperty("now").GetString()));
        Assert.Equal(["李**"], view.GetProperty("debtors").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains("李**（曾用名 张**）", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("登记曾用名", page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("张三丰", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("李四光", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Equal("formerName", (await product.GetAsync("/api/v1/search?q=" + Uri.EscapeDataString("张三丰"))).GetProperty("items")[0].GetProperty("matched").GetProperty("field").GetString());
    }

    private static async Task<ProductUnderTest> StartAsync()
    {
        var product = await ProductUnderTest.StartAsync();
        string[] people = ["张三丰", "张三风", "李四"];
        var answer = await product.SendAsync([.. people.Index().Select(person => Line("case.filed", person.Index + 1, new
        {
            kind = "执",
            cause = "买卖合同纠纷",
            claimFen = 100L,
            basis = "判决",
            applicants = s_bank,
            debtors = new[] { person.Item },
        }))]);
        Assert.Equal(people.Length, answer.Accepted);
        return product;
    }

    private static string Number(int number) => $"(2017){ShippedConfig.Pudong}执{number}号";

    private static string Line(string type, int number, object data) => JsonSerializer.Serialize(
        new { id = $"{type}-{number}", type, at = $"2017-09-0{number}T09:30:00+08:00", court = ShippedConfig.Pudong, @case = Number(number), data }, s_json);

    private static async Task<IDocument> PageAsync(ProductUnderTest product, string path)
    {
        using var answer = await product.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Forms in a page that no browser gets.</summary>
    private sealed class NoForgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken GetAntiforgeryToken() => new("token", "__RequestVerificationToken");
    }
}
