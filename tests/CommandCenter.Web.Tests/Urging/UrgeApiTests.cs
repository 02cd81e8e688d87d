using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Tests.Access;
using CommandCenter.Web.Urging;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Urging;

/// <summary>督促 from the order to the reply: who may, what is refused, and that it is on the disk.</summary>
public sealed class UrgeApiTests(UrgedCourt court) : IClassFixture<UrgedCourt>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chief_urges_the_handler_replies_and_both_stand_in_the_case_with_their_names()
    {
        var number = await court.CaseAsync();

        var (status, _, receipt) = await UrgedCourt.UrgeAsync(court.Chief, number, "order-0001", "money", "请尽快发放", "2030-01-31");
        Assert.Equal((HttpStatusCode.OK, "order-0001", false), (status, receipt.GetProperty("urgeId").GetString(), receipt.GetProperty("repeated").GetBoolean()));
        Assert.Equal(HttpStatusCode.OK, (await UrgedCourt.ReplyAsync(court.Handler, number, "order-0001", "今日发放")).Status);

        var view = await court.Product.CaseAsync(number);
        var urge = Assert.Single(view.GetProperty("urges").EnumerateArray());
        Assert.Equal(("money", "请尽快发放", SignedIn.NameOf(Role.CourtChief), "2030-01-31", "今日发放", SignedIn.NameOf(Role.Handler)), (
            Text(urge, "about"), Text(urge, "text"), Text(urge, "by"), Text(urge, "due"), Text(urge, "reply"), Text(urge, "replyBy")));
        var told = view.GetProperty("timeline").EnumerateArray().TakeLast(2).ToArray();
        Assert.Equal([("case.urged", "desk"), ("case.urgeAnswered", "desk")], told.Select(entry => (Text(entry, "type")!, Text(entry, "source")!)));
        Assert.Equal(SignedIn.NameOf(Role.CourtChief), Text(told[0], "by"));
    }

    [Fact]
    public async Task The_same_order_come_twice_is_one_and_another_under_its_id_is_refused()
    {
        var number = await court.CaseAsync();

        Assert.False((await UrgedCourt.UrgeAsync(court.Chief, number, "order-0002")).Body.GetProperty("repeated").GetBoolean());
        Assert.True((await UrgedCourt.UrgeAsync(court.Chief, number, "order-0002")).Body.GetProperty("repeated").GetBoolean());
        Assert.Equal((HttpStatusCode.Conflict, "case.urged-before"), Refusal(await UrgedCourt.UrgeAsync(court.Chief, number, "order-0002", text: "另一句")));
        Assert.False((await UrgedCourt.ReplyAsync(court.Handler, number, "order-0002")).Body.GetProperty("repeated").GetBoolean());
        Assert.True((await UrgedCourt.ReplyAsync(court.Handler, number, "order-0002")).Body.GetProperty("repeated").GetBoolean());
        Assert.Equal((HttpStatusCode.Conflict, "case.urge-answered"), Refusal(await UrgedCourt.ReplyAsync(court.Handler, number, "order-0002", "另一句")));
    }

    [Fact]
    public async Task What_the_case_cannot_take_is_refused_with_a_stable_code()
    {
        var free = await court.CaseAsync(handler: null);
        var mine = await court.CaseAsync();
        var done = await court.CaseAsync();
        await court.TellAsync(done, "case.closed", """{"way":"WB"}""");

        Assert.Equal((HttpStatusCode.Conflict, "case.no-handler"), Refusal(await UrgedCourt.UrgeAsync(court.Chief, free)));
        Assert.Equal((HttpStatusCode.Conflict, "case.already-closed"), Refusal(await UrgedCourt.UrgeAsync(court.Chief, done)));
        Assert.Equal((HttpStatusCode.Conflict, "case.unknown-urge"), Refusal(await UrgedCourt.ReplyAsync(court.Handler, mine, "no-such-urge")));
        Assert.Equal((HttpStatusCode.BadRequest, "event.bad-value"), Refusal(await UrgedCourt.UrgeAsync(court.Chief, mine, about: "weather")));
        Assert.Equal((HttpStatusCode.BadRequest, "event.bad-value"), Refusal(await UrgedCourt.UrgeAsync(court.Chief, mine, id: "short")));
        Assert.Equal((HttpStatusCode.BadRequest, "event.text-too-long"), Refusal(await UrgedCourt.UrgeAsync(court.Chief, mine, text: new string('长', 257))));
        Assert.Equal((HttpStatusCode.BadRequest, "event.bad-text"), Refusal(await UrgedCourt.UrgeAsync(court.Chief, mine, text: "一\u0007二")));
        Assert.Equal((HttpStatusCode.BadRequest, "event.bad-date"), Refusal(await UrgedCourt.UrgeAsync(court.Chief, mine, due: "tomorrow")));
        Assert.Equal(0, (await court.Product.CaseAsync(mine)).GetProperty("urges").GetArrayLength());
    }

    [Fact]
    public async Task Nobody_urges_beyond_his_scope_and_a_foreign_case_is_answered_as_one_that_does_not_exist()
    {
        var elsewhere = await court.CaseAsync(court: UrgedCourt.Elsewhere);
        var neighbour = await court.CaseAsync(court: UrgedCourt.Neighbour);
        using var area = await court.Product.ClientOfAsync(Role.IntermediateCourt, "沪01");
        using var command = await court.Product.ClientOfAsync(Role.CommandStaff);

        var foreign = await UrgedCourt.UrgeAsync(court.Chief, elsewhere);
        Assert.Equal((HttpStatusCode.NotFound, "case.unknown"), Refusal(foreign));
        Assert.Equal(foreign.Body.GetProperty("detail").GetString(), (await UrgedCourt.UrgeAsync(court.Chief, "(2017)沪0101执987654号")).Body.GetProperty("detail").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await UrgedCourt.UrgeAsync(court.Chief, neighbour)).Status);
        Assert.Equal(HttpStatusCode.OK, (await UrgedCourt.UrgeAsync(area, neighbour)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await UrgedCourt.UrgeAsync(area, elsewhere)).Status);
        Assert.Equal(HttpStatusCode.OK, (await UrgedCourt.UrgeAsync(command, elsewhere)).Status);
    }

    [Fact]
    public async Task Only_the_handler_of_the_case_replies()
    {
        var number = await court.CaseAsync("judge-2");
        _ = await UrgedCourt.UrgeAsync(court.Chief, number, "order-0003");

        Assert.Equal((HttpStatusCode.NotFound, "case.unknown"), Refusal(await UrgedCourt.ReplyAsync(court.Handler, number, "order-0003")));
        Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), Refusal(await UrgedCourt.ReplyAsync(court.Chief, number, "order-0003")));
        Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), Refusal(await UrgedCourt.UrgeAsync(court.Handler, number)));
    }

    [Fact]
    public async Task A_case_that_moved_to_another_court_is_urged_there()
    {
        var number = await court.CaseAsync();
        _ = await UrgedCourt.UrgeAsync(court.Chief, number, "order-0004");
        await court.TellAsync(number, "case.transferred", $$"""{"toCourt":"{{UrgedCourt.Elsewhere}}"}""");
        using var there = await court.Product.ClientOfAsync(Role.CourtChief, UrgedCourt.Elsewhere);

        Assert.Equal((HttpStatusCode.Conflict, "case.transferred-away"), Refusal(await UrgedCourt.UrgeAsync(court.Chief, number)));
        Assert.Equal(HttpStatusCode.OK, (await UrgedCourt.UrgeAsync(there, number, "order-0005")).Status);
        Assert.Equal(["order-0004", "order-0005"], (await court.Product.CaseAsync(number)).GetProperty("urges").EnumerateArray().Select(urge => Text(urge, "urgeId")));
    }

    [Fact]
    public async Task A_source_may_report_an_urge_and_must_say_whose_it_is()
    {
        var number = await court.CaseAsync();
        await court.TellAsync(number, "case.urged", """{"urgeId":"from-elsewhere","about":"other"}""");

        Assert.Equal("officer-17", Text(Assert.Single((await court.Product.CaseAsync(number)).GetProperty("urges").EnumerateArray()), "by"));
        var line = Intake.EventLine.Good("case.urged");
        line["case"] = number;
        _ = line.Remove("by");
        Assert.Equal("event.missing-field", Intake.Parsing.Code(Intake.EventLine.Text(line)));
        line["by"] = " ";
        Assert.Equal("event.bad-value", Intake.Parsing.Code(Intake.EventLine.Text(line)));
    }

    [Fact]
    public async Task The_page_of_the_case_urges_and_replies_by_its_forms_without_a_script()
    {
        var number = await court.CaseAsync();

        var (page, cookies) = await PageAsync(court.Chief, number);
        Assert.Contains("judge-1", page, StringComparison.Ordinal);
        Assert.Equal("recorded", await SubmitAsync(court.Chief, page, cookies, "/urge\"", ("about", "limit"), ("text", "请说明进度")));
        (page, cookies) = await PageAsync(court.Handler, number);
        Assert.Contains("请说明进度", page, StringComparison.Ordinal);
        Assert.Equal("recorded", await SubmitAsync(court.Handler, page, cookies, "/reply\"", ("text", "已约谈")));
        (page, _) = await PageAsync(court.Chief, number);
        Assert.Contains("已约谈", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_another_site_urges_nobody()
    {
        var number = await court.CaseAsync();
        using var content = new FormUrlEncodedContent([new("id", "order-0009"), new("about", "limit")]);
        using var answer = await court.Chief.PostAsync(new Uri($"/cases/{Uri.EscapeDataString(number)}/urge", UriKind.Relative), content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, (await court.Product.CaseAsync(number)).GetProperty("urges").GetArrayLength());
    }

    [Fact]
    public void Both_languages_are_complete() => Assert.All(UrgeTexts.Keys, static key =>
    {
        var (zh, en) = (UrgeTexts.Of(key, WallLanguage.Zh), UrgeTexts.Of(key, WallLanguage.En));
        Assert.NotEqual("", zh.Trim());
        Assert.Equal(zh.Count(static letter => letter == '{'), en.Count(static letter => letter == '{'));
        Assert.DoesNotContain(en, static letter => letter is >= '一' and <= '鿿');
    });

    private static (HttpStatusCode Status, string? Code) Refusal((HttpStatusCode Status, string? Code, JsonElement Body) answer) => (answer.Status, answer.Code);

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private static async Task<(string Page, string Cookies)> PageAsync(HttpClient client, string number)
    {
        using var answer = await client.GetAsync(new Uri($"/cases/{Uri.EscapeDataString(number)}", UriKind.Relative), Token);
        var cookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join("; ", set.Select(static one => one.Split(';')[0])) : "";
        return (WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token)), cookies);
    }

    private static async Task<string?> SubmitAsync(HttpClient client, string page, string cookies, string ending, params (string Name, string Value)[] fields)
    {
        var form = page[page.LastIndexOf("<form method=\"post\"", page.IndexOf(ending, StringComparison.Ordinal), StringComparison.Ordinal)..];
        form = form[..form.IndexOf("</form>", StringComparison.Ordinal)];
        var hidden = System.Text.RegularExpressions.Regex.Matches(form, "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"").Select(static match => new KeyValuePair<string, string>(match.Groups[1].Value, match.Groups[2].Value));
        using var request = new HttpRequestMessage(HttpMethod.Post, System.Text.RegularExpressions.Regex.Match(form, "action=\"([^\"]+)\"").Groups[1].Value)
        {
            Content = new FormUrlEncodedContent([.. hidden, .. fields.Select(static field => new KeyValuePair<string, string>(field.Name, field.Value))]),
        };
        request.Headers.Add("Cookie", client.DefaultRequestHeaders.GetValues("Cookie").Single() + "; " + cookies);
        using var answer = await client.SendAsync(request, Token);
        Assert.True(answer.StatusCode == HttpStatusCode.Found, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Token)}");
        return System.Web.HttpUtility.ParseQueryString(new Uri(new Uri("http://x"), answer.Headers.Location!).Query)["urge"];
    }
}
