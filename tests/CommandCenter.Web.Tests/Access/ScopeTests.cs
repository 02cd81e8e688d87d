using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Access;

namespace CommandCenter.Web.Tests.Access;

/// <summary>What is behind a route is cut to whoever asks: courts, areas, a handler's own cases.</summary>
public sealed class ScopeTests : IAsyncLifetime
{
    private const string Area = "沪01";
    private const string Own = ShippedConfig.Pudong;
    private const string Neighbour = "沪0104"; // Of the same area.
    private const string Elsewhere = "沪0101"; // Of another.
    private const string NoCourt = "沪9999";

    private static readonly string[] s_asked = ["99号", "1号", "2号", Neighbour, Elsewhere];

    private ProductUnderTest _product = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> ScopedRoutes => new(
        "/api/v1/totals?", "/api/v1/rollups?", "/api/v1/series?", "/api/v1/recount?", "/api/v1/cases?", "/api/v1/search?q=1&", "/search?q=1&", "/api/v1/funds?direction=in&", "/api/v1/flow?", "/cases?", "/funds?direction=in&");

    public async ValueTask InitializeAsync()
    {
        _product = await ProductUnderTest.StartAsync();
        var answer = await _product.SendAsync(
            Filed("a", Own, 1), Filed("b", Own, 2), Filed("c", Neighbour, 1), Filed("d", Elsewhere, 1),
            Assigned("e", Own, 1, "judge-1"), Assigned("f", Own, 2, "judge-2"), Assigned("g", Neighbour, 1, "judge-1"), Assigned("h", Elsewhere, 1, "judge-1"));
        Assert.Equal(8, answer.Accepted);
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Theory]
    [MemberData(nameof(ScopedRoutes))]
    public async Task A_chief_sees_his_court_and_another_court_is_answered_as_one_that_does_not_exist(string route)
    {
        using var chief = await _product.ClientOfAsync(Role.CourtChief, Own);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(chief, route, Own)).Status);
        var (status, other) = await AskAsync(chief, route, Neighbour);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal((status, other), await AskAsync(chief, route, NoCourt));
        Assert.Equal((status, other), await AskAsync(chief, route, "沪"));
    }

    [Theory]
    [MemberData(nameof(ScopedRoutes))]
    public async Task An_intermediate_court_sees_its_area_and_no_other(string route)
    {
        using var area = await _product.ClientOfAsync(Role.IntermediateCourt, Area);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(area, route, Area)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(area, route, Neighbour)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(area, route, Elsewhere)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(area, route, "沪")).Status);
    }

    [Theory]
    [MemberData(nameof(ScopedRoutes))]
    public async Task Who_sees_the_city_is_told_that_a_court_does_not_exist(string route)
    {
        using var command = await _product.ClientOfAsync(Role.CommandStaff);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(command, route, Elsewhere)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(command, route, NoCourt)).Status);
    }

    [Theory]
    [InlineData("/cases")]
    [InlineData("/funds?direction=in")]
    [InlineData("/search")]
    public async Task A_page_offers_the_courts_of_its_viewer_and_no_others(string page)
    {
        using var chief = await _product.ClientOfAsync(Role.CourtChief, Own);
        using var command = await _product.ClientOfAsync(Role.CommandStaff);

        var own = WebUtility.HtmlDecode(await chief.GetStringAsync(new Uri(page, UriKind.Relative), Token));
        var all = WebUtility.HtmlDecode(await command.GetStringAsync(new Uri(page, UriKind.Relative), Token));

        Assert.Contains(Option(Own), own, StringComparison.Ordinal);
        Assert.DoesNotContain(Option(Neighbour), own, StringComparison.Ordinal);
        Assert.Contains(Option(Neighbour), all, StringComparison.Ordinal);

        static string Option(string mark) => $"<option value=\"{mark}\"";
    }

    [Fact]
    public async Task Without_a_scope_everybody_gets_his_own()
    {
        Assert.Equal(4, await CountAsync(Role.CommandStaff, null, null));
        Assert.Equal(3, await CountAsync(Role.IntermediateCourt, Area, null));
        Assert.Equal(2, await CountAsync(Role.CourtChief, Own, null));
        Assert.Equal(1, await CountAsync(Role.Handler, Own, "judge-1"));
    }

    [Theory]
    [InlineData("&handler=judge-2")]
    [InlineData("&handler=")]
    [InlineData("&handler=%00")]
    public async Task A_handler_cannot_ask_for_the_cases_of_another(string query)
    {
        using var handler = await _product.ClientOfAsync(Role.Handler, Own, "judge-1");

        var page = await handler.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/cases?size=50" + query, UriKind.Relative), Token);

        Assert.All(page.GetProperty("items").EnumerateArray(), item => Assert.Equal("judge-1", item.GetProperty("handler").GetString()));
        Assert.True(page.GetProperty("total").GetInt64() <= 1);
    }

    [Fact]
    public async Task A_handler_without_a_name_in_cases_sees_none() => Assert.Equal(0, await CountAsync(Role.Handler, Own, null));

    [Fact]
    public async Task Somebody_of_a_court_that_is_not_in_the_tree_sees_nothing()
    {
        using var chief = await _product.ClientOfAsync(Role.CourtChief, NoCourt);

        Assert.Equal(HttpStatusCode.Forbidden, (await chief.GetAsync(new Uri("/api/v1/cases", UriKind.Relative), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await chief.GetAsync(CaseRoute("/api/v1/cases/", Own, 1), Token)).StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/cases/")]
    [InlineData("/cases/")]
    public async Task A_case_of_others_and_no_case_are_answered_alike(string route)
    {
        using var chief = await _product.ClientOfAsync(Role.CourtChief, Own);
        using var handler = await _product.ClientOfAsync(Role.Handler, Own, "judge-1");

        Assert.Equal(HttpStatusCode.OK, (await chief.GetAsync(CaseRoute(route, Own, 2), Token)).StatusCode);
        Assert.Equal(await BodyAsync(chief, CaseRoute(route, Own, 99)), await BodyAsync(chief, CaseRoute(route, Elsewhere, 1)));
        Assert.Equal(HttpStatusCode.OK, (await handler.GetAsync(CaseRoute(route, Own, 1), Token)).StatusCode);
        Assert.Equal(await BodyAsync(handler, CaseRoute(route, Own, 99)), await BodyAsync(handler, CaseRoute(route, Own, 2)));
        Assert.Equal(await BodyAsync(handler, CaseRoute(route, Own, 99)), await BodyAsync(handler, CaseRoute(route, Neighbour, 1)));
    }

    [Fact]
    public async Task A_case_that_moved_is_seen_by_the_court_that_filed_it_and_by_the_one_that_has_it()
    {
        _ = await _product.SendAsync(
            $$$"""{"id":"m","type":"case.transferred","at":"2026-01-07T09:00:00+08:00","court":"{{{Own}}}","case":"(2026){{{Own}}}执2号","by":"x","data":{"toCourt":"{{{Elsewhere}}}"}}""");
        using var from = await _product.ClientOfAsync(Role.CourtChief, Own);
        using var to = await _product.ClientOfAsync(Role.CourtChief, Elsewhere);
        using var other = await _product.ClientOfAsync(Role.CourtChief, Neighbour);
        var route = CaseRoute("/api/v1/cases/", Own, 2);

        await Eventually.TrueAsync("the case to arrive", TimeSpan.FromSeconds(20), async token => (await to.GetAsync(route, token)).StatusCode == HttpStatusCode.OK, Token);
        Assert.Equal(HttpStatusCode.OK, (await from.GetAsync(route, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(route, Token)).StatusCode);
    }

    [Fact]
    public async Task Another_sites_page_sends_nothing_with_our_cookies()
    {
        using var command = await _product.ClientOfAsync(Role.CommandStaff);
        using var forged = new HttpRequestMessage(HttpMethod.Post, "/api/v1/walls/main/director");
        forged.Headers.Add("Origin", "https://evil.example");
        using var own = new HttpRequestMessage(HttpMethod.Post, "/api/v1/walls/main/director");
        own.Headers.Add("Origin", _product.Address.GetLeftPart(UriPartial.Authority));

        using var refused = await command.SendAsync(forged, Token);
        using var taken = await command.SendAsync(own, Token);

        Assert.Equal("access.foreign-origin", (await refused.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, taken.StatusCode); // Nothing was ordered, but it was read.
    }

    private static string Filed(string id, string court, int number) =>
        $$$"""{"id":"{{{id}}}","type":"case.filed","at":"2026-01-05T09:00:00+08:00","court":"{{{court}}}","case":"(2026){{{court}}}执{{{number}}}号","by":"x","data":{"kind":"执","cause":"买卖合同纠纷","claimFen":100,"basis":"b","applicants":["甲"],"debtors":["乙"]}}""";

    private static string Assigned(string id, string court, int number, string handler) =>
        $$$"""{"id":"{{{id}}}","type":"case.assigned","at":"2026-01-06T09:00:00+08:00","court":"{{{court}}}","case":"(2026){{{court}}}执{{{number}}}号","by":"x","data":{"handler":"{{{handler}}}"}}""";

    private static Uri CaseRoute(string route, string court, int number) => new(route + Uri.EscapeDataString($"(2026){court}执{number}号"), UriKind.Relative);

    private static async Task<(HttpStatusCode Status, string Code)> AskAsync(HttpClient client, string route, string scope)
    {
        var url = new Uri($"{route}scope={Uri.EscapeDataString(scope)}", UriKind.Relative);
        using var first = await client.GetAsync(url, Token);

        // A page takes a text that was typed out of its URL first.
        using var answer = await client.GetAsync(first.StatusCode == HttpStatusCode.Redirect ? first.Headers.Location : url, Token);
        var body = await answer.Content.ReadAsStringAsync(Token);
        var at = body.IndexOf("scope.", StringComparison.Ordinal);
        return (answer.StatusCode, at < 0 || answer.StatusCode == HttpStatusCode.OK ? "" : body[at..Math.Min(body.Length, at + 15)]);
    }

    private static async Task<(HttpStatusCode Status, string Body)> BodyAsync(HttpClient client, Uri route)
    {
        using var answer = await client.GetAsync(route, Token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var body = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token));

        // What a page or a trace repeats of the question is not of the case.
        foreach (var part in s_asked)
        {
            body = body.Replace(part, "…", StringComparison.Ordinal).Replace(Uri.EscapeDataString(part), "…", StringComparison.Ordinal);
        }

        body = System.Text.RegularExpressions.Regex.Replace(body, "\"traceId\":\"[^\"]*\"|<!--Blazor[^>]*-->|nonce=\"[^\"]*\"|RequestVerificationToken\" value=\"[^\"]*\"", "");
        return (answer.StatusCode, body.Replace(Own, "…", StringComparison.Ordinal).Replace(Uri.EscapeDataString(Own), "…", StringComparison.Ordinal));
    }

    private async Task<long> CountAsync(Role role, string? court, string? handler)
    {
        using var client = await _product.ClientOfAsync(role, court, handler);
        return (await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/cases", UriKind.Relative), Token)).GetProperty("total").GetInt64();
    }
}
