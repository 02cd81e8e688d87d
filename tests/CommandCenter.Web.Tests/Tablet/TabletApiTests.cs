using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Domain;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Tablet;
using CommandCenter.Web.Tests.Access;
using CommandCenter.Web.Tests.Urging;
using CommandCenter.Web.Tests.Wall;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Tablet;

/// <summary>What a tablet is given: cut to who holds it, in words, and without a name in the open.</summary>
public sealed class TabletApiTests(UrgedCourt court) : IClassFixture<UrgedCourt>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chief_sees_what_lapses_waits_and_is_late_in_his_court_and_nothing_of_another()
    {
        var now = TimeProvider.System.GetUtcNow();
        var today = ShanghaiTime.DayOf(now);
        var late = await court.CaseAsync("judge-late", UrgedCourt.Neighbour, filed: now.AddMonths(-7));
        var control = await court.CaseAsync("judge-control", UrgedCourt.Neighbour);
        await court.TellAsync(control, "property.controlled", $$"""{"propertyId":"F-1","class":"deposit","act":"freeze","until":"{{today:yyyy-MM-dd}}"}""");
        var money = await court.CaseAsync("judge-money", UrgedCourt.Neighbour);
        await court.TellAsync(money, "funds.received", """{"amountFen":1234500,"serial":"S-1","payer":"李四"}""", now.AddDays(-9));
        _ = await court.CaseAsync("judge-far", UrgedCourt.Elsewhere, now.AddMonths(-7));
        using var chief = await court.Product.ClientOfAsync(Role.CourtChief, UrgedCourt.Neighbour);
        using var other = await court.Product.ClientOfAsync(Role.CourtChief, UrgedCourt.Elsewhere);

        // A board is counted at most once in twenty seconds; no other test looks at this court.
        var view = await UrgedCourt.TabletAsync(chief);

        Assert.Equal([control, late], view.GetProperty("things").EnumerateArray().Select(static thing => Text(thing, "number")));
        Assert.Equal(["存款冻结到期", "六个月办案期限已过"], view.GetProperty("things").EnumerateArray().Select(static thing => Text(thing, "what")));
        Assert.Equal("judge-late", Text(Assert.Single(view.GetProperty("late").EnumerateArray()), "what"));
        var waits = Assert.Single(view.GetProperty("waiting").EnumerateArray());
        Assert.Equal((money, "张**", "money"), (Text(waits, "number"), Text(waits, "what"), Text(waits, "about")));
        Assert.Equal(["0", "1", "1", "1", "1"], Lapses(view, 0));
        Assert.Equal(["1", "0", "0", "0", "0"], Lapses(view, 1));
        Assert.DoesNotContain("张三", view.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("judge-far", view.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("judge-far", Text(Assert.Single((await UrgedCourt.TabletAsync(other)).GetProperty("late").EnumerateArray()), "what"));

        using var handler = await court.Product.ClientOfAsync(Role.Handler, UrgedCourt.Neighbour, "judge-control");
        var own = await UrgedCourt.TabletAsync(handler, "?lang=en");
        Assert.Equal(control, Text(Assert.Single(own.GetProperty("things").EnumerateArray()), "number"));
        Assert.Equal(JsonValueKind.Null, own.GetProperty("things")[0].GetProperty("about").ValueKind);
        Assert.DoesNotContain(own.GetProperty("late").EnumerateArray(), static row => Text(row, "what") == "judge-late");
        Assert.Equal("1", Figure(own, "pending"));
        using var nobody = await court.Product.ClientOfAsync(Role.Handler, UrgedCourt.Neighbour, "judge-nobody");
        Assert.Equal("0", Figure(await UrgedCourt.TabletAsync(nobody), "pending"));
    }

    [Fact]
    public async Task The_figures_that_are_counted_twice_carry_the_mark_of_the_recount()
    {
        _ = await court.Product.Recount.CycleAsync(Token);
        await court.Product.Services.GetRequiredService<FigureSource>().RefreshAsync(Token);
        using var chief = await court.Product.ClientOfAsync(Role.CourtChief, "沪0106");

        var figures = (await UrgedCourt.TabletAsync(chief)).GetProperty("pulse").GetProperty("figures").EnumerateArray()
            .Select(static figure => (Text(figure, "key"), figure.GetProperty("proof") is { ValueKind: JsonValueKind.Object } proof ? Text(proof, "state") : null));

        Assert.Equal(
            [
                ("pending", "proved"), ("received", "proved"), ("closed", "proved"), ("overdue", "proved"), ("in", "proved"), ("out", "proved"), ("controls", null),
                ("limits", null),
            ],
            figures);
    }

    [Fact]
    public async Task An_urge_is_on_both_tablets_at_once_and_so_is_the_reply()
    {
        using var handler = await court.Product.ClientOfAsync(Role.Handler, ShippedConfig.Pudong, "judge-urged");
        using var colleague = await court.Product.ClientOfAsync(Role.Handler, ShippedConfig.Pudong, "judge-2");
        var number = await court.CaseAsync("judge-urged");
        _ = await UrgedCourt.TabletAsync(handler);
        _ = await UrgedCourt.UrgeAsync(court.Chief, number, "order-1001", text: "请说明进度");

        var waiting = (await UrgedCourt.TabletAsync(handler)).GetProperty("urges").EnumerateArray().Single(static urge => Text(urge, "urgeId") == "order-1001");
        Assert.True(waiting.GetProperty("mayReply").GetBoolean());
        Assert.Equal((number, "请说明进度", SignedIn.NameOf(Role.CourtChief)), (Text(waiting, "number"), Text(waiting, "text"), Text(waiting, "by")));
        Assert.Empty((await UrgedCourt.TabletAsync(colleague)).GetProperty("urges").EnumerateArray());
        _ = await UrgedCourt.ReplyAsync(handler, number, "order-1001", "明日办结");

        var seen = (await UrgedCourt.TabletAsync(court.Chief)).GetProperty("urges").EnumerateArray().Single(static urge => Text(urge, "urgeId") == "order-1001");
        Assert.Equal(("明日办结", false), (Text(seen, "reply"), seen.GetProperty("mayReply").GetBoolean()));
        await court.TellAsync(number, "case.closed", """{"way":"WB"}""");
        Assert.DoesNotContain((await UrgedCourt.TabletAsync(handler)).GetProperty("urges").EnumerateArray(), static urge => Text(urge, "urgeId") == "order-1001");
    }

    [Fact]
    public async Task The_pulse_holds_no_case_and_tells_when_the_cases_changed()
    {
        var number = await court.CaseAsync("judge-pulse");
        var pulse = await court.Chief.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/tablet/pulse", UriKind.Relative), Token);
        _ = await UrgedCourt.UrgeAsync(court.Chief, number);
        var after = await court.Chief.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/tablet/pulse", UriKind.Relative), Token);

        Assert.DoesNotContain("执", pulse.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("judge-", pulse.GetRawText(), StringComparison.Ordinal);
        Assert.NotEqual(Text(pulse, "cases"), Text(after, "cases"));
        Assert.Equal(3_600, pulse.GetProperty("keepSeconds").GetInt32());
    }

    [Fact]
    public async Task Only_what_shows_cases_leaves_a_trace()
    {
        using var chief = await court.Product.ClientOfAsync(Role.CourtChief, ShippedConfig.Pudong);
        using var auditor = await court.Product.ClientOfAsync(Role.Auditor);
        _ = await chief.GetStringAsync(new Uri("/tablet", UriKind.Relative), Token);
        _ = await chief.GetStringAsync(new Uri("/api/v1/tablet/pulse", UriKind.Relative), Token);
        var before = await CountAsync();
        _ = await UrgedCourt.TabletAsync(chief);

        Assert.Equal(before + 1, await CountAsync());

        async Task<int> CountAsync() =>
            (await auditor.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/trail?action=tablet.&size=500", UriKind.Relative), Token)).GetProperty("items").GetArrayLength();
    }

    [Theory]
    [InlineData("", "今日三件事", "/tablet.webmanifest")]
    [InlineData("?lang=en", "Three things today", "/tablet.en.webmanifest")]
    public async Task The_document_that_a_tablet_keeps_holds_words_and_not_one_figure_case_or_name(string query, string title, string manifest)
    {
        _ = await court.CaseAsync("judge-shell", filed: TimeProvider.System.GetUtcNow().AddMonths(-8));
        var page = WebUtility.HtmlDecode(await court.Chief.GetStringAsync(new Uri("/tablet" + query, UriKind.Relative), Token));

        Assert.Contains(title, page, StringComparison.Ordinal);
        Assert.Contains(manifest, page, StringComparison.Ordinal);
        Assert.DoesNotContain("judge-", page, StringComparison.Ordinal);
        Assert.DoesNotContain(SignedIn.NameOf(Role.CourtChief), page, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\(20\d\d\)沪", page);
        using var app = JsonDocument.Parse(await court.Chief.GetStringAsync(new Uri(manifest, UriKind.Relative), Token));
        Assert.Equal("standalone", app.RootElement.GetProperty("display").GetString());
        Assert.StartsWith("/tablet", app.RootElement.GetProperty("start_url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_languages_are_complete() => Assert.All(TabletTexts.Keys, static key =>
    {
        var (zh, en) = (TabletTexts.Of(key, WallLanguage.Zh), TabletTexts.Of(key, WallLanguage.En));
        Assert.NotEqual("", zh.Trim());
        Assert.Equal(Places(zh), Places(en));
        Assert.DoesNotContain(System.Text.RegularExpressions.Regex.Replace(en, @"\([^)]*\)", ""), static letter => letter is >= '一' and <= '鿿');
    });

    [Fact]
    public async Task The_script_says_how_old_it_is_and_when_it_must_be_silent() =>
        Assert.InRange(await NodeTest.RunAsync(Path.Combine("..", "Tablet", "tablet-words.test.mjs"), "tablet-words"), 5, 100);

    private static string[] Places(string text) =>
        [.. System.Text.RegularExpressions.Regex.Matches(text, @"\{\d\}").Select(static match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    private static string[] Lapses(JsonElement view, int row)
    {
        var lapse = view.GetProperty("pulse").GetProperty("lapses")[row];
        return [Text(lapse, "past"), .. lapse.GetProperty("within").EnumerateArray().Select(static count => count.GetString()!)];
    }

    private static string Figure(JsonElement view, string key) =>
        Text(view.GetProperty("pulse").GetProperty("figures").EnumerateArray().Single(figure => Text(figure, "key") == key), "value");

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
