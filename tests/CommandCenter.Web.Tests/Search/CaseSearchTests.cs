using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Search;
using CommandCenter.Web.Tests.Access;
using CommandCenter.Web.Tests.Grains;
using CommandCenter.Web.Tests.Reading;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Search;

public sealed class CaseSearchTests
{
    private const string Pudong = ShippedConfig.Pudong;
    private const string Huangpu = ShippedConfig.Huangpu;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_best_answer_comes_first_and_the_newest_of_equal_ones()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 2);
        await FileAsync(lab, 1, Day(0), "甲", "张三");
        await FileAsync(lab, 2, Day(1), "甲", "张三丰");
        await FileAsync(lab, 3, Day(2), "甲", "老张三");
        await FileAsync(lab, 4, Day(3), "甲", "张三");
        await FileAsync(lab, 5, Day(4), "甲", "李四", "张三");

        var page = await SearchAsync(lab, "张三");

        Assert.Equal([5, 4, 1, 2, 3], page.Items.Select(NumberOf));
        Assert.Equal((5L, true, null), (page.Total, page.IsTotalExact, page.NextPage));
        Assert.Equal([5], (await SearchAsync(lab, "5")).Items.Select(NumberOf));
        Assert.Equal([5, 4, 3, 2, 1], (await SearchAsync(lab, "2017沪0115执")).Items.Select(NumberOf));
        Assert.Equal([5, 4, 3, 2, 1], (await SearchAsync(lab, "zs")).Items.Select(NumberOf));
    }

    [Fact]
    public async Task An_answer_shows_where_it_was_found_and_no_name_of_a_person()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        await FileAsync(lab, 1, Day(0), "甲", "张三", "上海浦江（集团）有限公司");
        await lab.AcceptedAsync(NewCase.Number(1), new AssignCase("王法官", Day(1)));

        await MatchAsync("浦江(集", new SearchMatch("party", "上海浦江（集团）有限公司", 2, 4));
        await MatchAsync("pjjt", new SearchMatch("party", "上海浦江（集团）有限公司", 2, 5));
        await MatchAsync("张三", new SearchMatch("party", "张**", null, null));
        await MatchAsync("张", new SearchMatch("party", "张**", 0, 1));
        await MatchAsync("zs", new SearchMatch("party", "张**", null, null));
        await MatchAsync("法官", new SearchMatch("handler", "王法官", 1, 2));
        await MatchAsync("0115执1", new SearchMatch("number", "(2017)沪0115执1号", 7, 6));

        async Task MatchAsync(string text, SearchMatch expected)
        {
            var item = Assert.Single((await SearchAsync(lab, text)).Items);
            Assert.Equal(expected, item.Matched);
            Assert.Equal(["甲**", "张**", "上海浦江（集团）有限公司"], item.Parties);
            Assert.Equal(("(2017)沪0115执1号", Pudong, "open", "王法官", "民间借贷纠纷"), (item.Number, item.Court, item.Status, item.Handler, item.Cause));
        }
    }

    [Fact]
    public async Task Nothing_outside_the_scope_is_found_or_counted()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 3);
        await FileAsync(lab, 1, Day(0), "甲", "张三");
        await FileAsync(lab, 2, Day(1), "甲", "张三");
        await FileInAsync(lab, 3, Day(2), "甲", ["张三"], Huangpu);
        await lab.AcceptedAsync(NewCase.Number(1), new AssignCase("王法官", Day(1)));

        Assert.Equal((3L, 3), await CountAsync(scope: null, handler: null));
        Assert.Equal((2L, 2), await CountAsync(Pudong, handler: null));
        Assert.Equal((1L, 1), await CountAsync(Huangpu, handler: null));
        Assert.Equal((0L, 0), await CountAsync("沪0104", handler: null));
        Assert.Equal((1L, 1), await CountAsync(Pudong, "王法官"));
        Assert.Equal((0L, 0), await CountAsync(Huangpu, "王法官"));
        Assert.Equal((0L, 0), await CountAsync(scope: null, "李法官"));

        async Task<(long Total, int Items)> CountAsync(string? scope, string? handler)
        {
            var all = new SearchScope([.. lab.Host.Courts.Courts.Select(_ => true)], handler);
            var (page, fault) = await new CaseSearch(lab.Host, lab.Time).FindAsync(new SearchParameters { Query = "张三", Scope = scope }, all, Cancellation);
            Assert.Null(fault);
            return (page!.Total, page.Items.Count);
        }
    }

    [Fact]
    public async Task What_somebody_may_see_narrows_what_he_asks_for_and_never_widens_it()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 3);
        await FileAsync(lab, 1, Day(0), "甲", "张三");
        await FileInAsync(lab, 3, Day(2), "甲", ["张三"], Huangpu);

        Assert.Equal(1, await CountAsync(asked: null, Pudong));
        Assert.Equal(1, await CountAsync(Pudong, Pudong));
        Assert.Equal(0, await CountAsync(Huangpu, Pudong));
        Assert.Equal(0, await CountAsync(asked: null));
        var one = new SearchScope([true, false], "甲");
        Assert.Equal("甲", one.Within(new SearchScope([true, true])).Handler);
        Assert.Equal("甲", new SearchScope([true, true]).Within(one).Handler);
        Assert.Equal([true, false], new SearchScope([true, true]).Within(one).Courts);
        Assert.Equal([false, false], one.Within(new SearchScope([true, true], "乙")).Courts);

        async Task<long> CountAsync(string? asked, params string[] allowed)
        {
            var limit = new SearchScope([.. lab.Host.Courts.Courts.Select(court => allowed.Contains(court.Mark))]);
            var (page, _) = await new CaseSearch(lab.Host, lab.Time).FindAsync(new SearchParameters { Query = "zs", Scope = asked }, limit, Cancellation);
            return page!.Total;
        }
    }

    [Fact]
    public async Task A_case_that_moves_is_found_by_the_court_that_has_it()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 4);
        await FileAsync(lab, 1, Day(0), "甲", "张三");
        await lab.AcceptedAsync(NewCase.Number(1), new TransferCase(Huangpu, Day(2)));
        await lab.SettleAsync();

        Assert.Equal((0L, 1L), ((await SearchAsync(lab, "张三", Pudong)).Total, (await SearchAsync(lab, "张三", Huangpu)).Total));
        Assert.Equal(Huangpu, Assert.Single((await SearchAsync(lab, "张三")).Items).Court);
    }

    [Fact]
    public async Task A_party_is_found_by_his_former_names_wherever_the_case_lies()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 4);
        await FileAsync(lab, 1, Day(0), "甲", "张三");
        await lab.AcceptedAsync(NewCase.Number(1), new RenameParty("张三", "李肆", Day(1)));
        await lab.AcceptedAsync(NewCase.Number(1), new RenameParty("王五爷", "张三", Day(2)));
        await CheckAsync();
        await lab.AcceptedAsync(NewCase.Number(1), new TransferCase(Huangpu, Day(3)));
        await lab.SettleAsync();
        await CheckAsync();
        await lab.AcceptedAsync(NewCase.Number(1), new RenameParty("李肆", "赵六", Day(4)), Huangpu);
        await lab.AcceptedAsync(NewCase.Number(1), new TransferCase(Pudong, Day(5)), Huangpu);
        await lab.SettleAsync();
        Assert.Equal(new SearchMatch("party", "赵**", null, null), Assert.Single((await SearchAsync(lab, "赵六", Pudong)).Items).Matched);
        await lab.RestartAsync();
        await CheckFormerAsync("李肆");
        await lab.RebuildAsync();
        await CheckFormerAsync("李肆");

        async Task CheckAsync()
        {
            Assert.Equal(new SearchMatch("party", "李**", null, null), Assert.Single((await SearchAsync(lab, "李肆")).Items).Matched);
            await CheckFormerAsync("张三");
            await CheckFormerAsync("王五");
            await CheckFormerAsync("wwy");
        }

        async Task CheckFormerAsync(string text)
        {
            var item = Assert.Single((await SearchAsync(lab, text)).Items);
            Assert.Equal(("formerName", 1L), (item.Matched.Field, (await SearchAsync(lab, text)).Total));
            Assert.Equal(2, item.Parties.Count);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restart_finds_what_was_found_before(bool fromJournals)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 2);
        var run = new CityRun(71, lab);
        await run.TellAsync(300);
        var before = await AllAsync(lab);
        if (fromJournals)
        {
            await lab.RebuildAsync();
        }
        else
        {
            await lab.RestartAsync();
        }

        Assert.Equal(before, await AllAsync(lab));
        Assert.NotEmpty(before);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat_while_cases_come()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 2);
        for (var number = 1; number <= 23; number++)
        {
            await FileInAsync(lab, number, Day(number), "甲", [number % 2 == 0 ? "张三" : "张三丰"], number % 3 == 0 ? Huangpu : Pudong);
        }

        var seen = new List<int>();
        string? next = null;
        do
        {
            var page = await SearchAsync(lab, "张三", size: "5", page: next);
            seen.AddRange(page.Items.Select(NumberOf));
            next = page.NextPage;
            await FileAsync(lab, 100 + seen.Count, Day(100), "甲", "张三");
        }
        while (next is not null);

        Assert.Equal([22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3, 1], seen);
    }

    [Theory]
    [InlineData("张三")]
    [InlineData("zs")]
    [InlineData("执2")]
    [InlineData("王法官")]
    [InlineData("丰")]
    public async Task A_list_with_a_text_finds_the_same_cases(string text)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 2);
        foreach (var number in Enumerable.Range(1, 12))
        {
            await FileInAsync(lab, number, Day(number), "甲", [number % 2 == 0 ? "张三" : "丰年"], number % 3 == 0 ? Huangpu : Pudong);
            await lab.AcceptedAsync(
                NewCase.Number(number, court: number % 3 == 0 ? Huangpu : Pudong), new AssignCase(number % 4 == 0 ? "王法官" : "李法官", Day(number)), number % 3 == 0 ? Huangpu : Pudong);
        }

        foreach (var scope in new[] { null, Pudong, Huangpu })
        {
            var list = await new Api(lab).CasesAsync(new CaseParameters { Query = text, Scope = scope });
            var found = await SearchAsync(lab, text, scope, size: "100");

            Assert.Equal(found.Total, list.Total);
            Assert.Equal(found.Items.Select(item => item.Number).Order(), list.Items.Select(item => item.Number).Order());
        }
    }

    [Theory]
    [InlineData(null, null, null, null, "query.bad-q")]
    [InlineData("", null, null, null, "query.bad-q")]
    [InlineData("  ", null, null, null, "query.bad-q")]
    [InlineData("\u200B", null, null, null, "query.bad-q")]
    [InlineData("a\u0007b", null, null, null, "query.bad-q")]
    [InlineData("张三", "沪9999", null, null, "scope.unknown")]
    [InlineData("张三", null, "0", null, "query.bad-size")]
    [InlineData("张三", null, "101", null, "query.bad-size")]
    [InlineData("张三", null, "ten", null, "query.bad-size")]
    [InlineData("张三", null, null, "nonsense", "query.bad-page")]
    [InlineData("张三", null, null, "MSAyIDM", "query.bad-page")]
    public async Task A_bad_question_is_refused_with_a_code(string? text, string? scope, string? size, string? page, string code)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        var asked = new SearchParameters { Query = text, Scope = scope, Size = size, Page = page };

        Assert.Equal(code, Api.CodeOf(await new CaseSearch(lab.Host, lab.Time).GetAsync(Viewers.Command, asked, Cancellation)));
        Assert.Equal("query.bad-q", Api.CodeOf(await new CaseSearch(lab.Host, lab.Time).GetAsync(Viewers.Command, asked with { Query = new string('张', 65), Scope = null }, Cancellation)));
    }

    private static async Task<SearchPage> SearchAsync(GrainLab lab, string text, string? scope = null, string? size = null, string? page = null)
    {
        var (found, fault) = await new CaseSearch(lab.Host, lab.Time).FindAsync(
            new SearchParameters { Query = text, Scope = scope, Size = size, Page = page }, limit: null, Cancellation);
        Assert.Null(fault);
        return found!;
    }

    private static async Task<string> AllAsync(GrainLab lab)
    {
        var parts = new List<string>();
        foreach (var text in new[] { "20", "执", "甲", "j", "公司", "官" })
        {
            var page = await SearchAsync(lab, text, size: "100");
            parts.Add($"{page.Total} {string.Join(' ', page.Items.Select(item => $"{item.Number}{item.Court}{item.Status}{item.Matched}"))}");
        }

        return string.Join('\n', parts);
    }

    private static int NumberOf(SearchItem item) =>
        int.Parse(item.Number.AsSpan(item.Number.LastIndexOf('执') + 1).TrimEnd('号'), System.Globalization.CultureInfo.InvariantCulture);

    private static Task FileAsync(GrainLab lab, int number, DateTimeOffset at, string applicant, params string[] debtors) =>
        FileInAsync(lab, number, at, applicant, debtors, Pudong);

    private static Task FileInAsync(GrainLab lab, int number, DateTimeOffset at, string applicant, string[] debtors, string court)
    {
        var filing = NewCase.Filing(at, number: number) with
        {
            Number = NewCase.Number(number, court: court),
            CourtMark = court,
            Applicants = [applicant],
            Debtors = debtors,
        };
        return lab.AcceptedAsync(filing.Number, filing, court);
    }
}
