using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Tests.Grains;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Reading;

public sealed class CaseListTests
{
    private const string Court = ShippedConfig.Pudong;
    private static readonly string[] s_sorts = ["filedAt", "statusAt", "latestAt", "dueAt", "claimFen", "fundsInFen", "number"];

    public static TheoryData<int> Seeds => [.. LongRun.Seeds(200, 6)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_filter_in_every_order_gives_what_a_naive_search_gives(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1 + (seed % 4));
        var run = new CityRun(seed, lab);
        await run.TellAsync(350);
        lab.Time.Advance(TimeSpan.FromDays(250)); // Some limits have passed, some have not.
        var api = new Api(lab);
        var states = await StatesAsync(lab, run.City.Cases);

        foreach (var filter in Filters())
        {
            foreach (var sort in s_sorts.SelectMany(sort => new[] { sort, "-" + sort }))
            {
                var ask = filter with { Sort = sort, Size = "500" };
                var page = await api.CasesAsync(ask);
                var expected = Naive(lab, states, ask);

                Assert.Equal((ask, Numbers(expected)), (ask, string.Join(' ', page.Items.Select(item => item.Number))));
                Assert.Equal((expected.Count, null), (page.Total, page.NextPage));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Paging_visits_each_case_once_while_others_come(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1 + (seed % 4));
        var run = new CityRun(seed, lab);
        await run.TellAsync(150);
        var api = new Api(lab);
        var added = 0;
        foreach (var sort in s_sorts.SelectMany(sort => new[] { sort, "-" + sort }))
        {
            var ask = new CaseParameters { Sort = sort, Size = "7" };
            var there = (await api.CasesAsync(ask with { Size = "500" })).Items.Select(item => item.Number).ToArray();
            var seen = new List<string>();
            string? next = null;
            do
            {
                var page = await api.CasesAsync(ask with { Page = next });
                Assert.InRange(page.Items.Count, 0, 7);
                seen.AddRange(page.Items.Select(item => item.Number));
                next = page.NextPage;
                await AddAsync(lab, ++added);
            }
            while (next is not null);

            Assert.Equal(seen.Distinct().Count(), seen.Count);
            Assert.Equal(there, seen.Where(there.Contains));
        }
    }

    [Fact]
    public async Task A_list_pages_through_all_cases_and_says_where_it_ends()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        foreach (var number in Enumerable.Range(1, 10))
        {
            await FileAsync(lab, number);
        }

        var api = new Api(lab);
        var first = await api.CasesAsync(new CaseParameters { Sort = "number", Size = "5" });
        var second = await api.CasesAsync(new CaseParameters { Sort = "number", Size = "5", Page = first.NextPage });
        var back = await api.CasesAsync(new CaseParameters { Sort = "number", Size = "5", Page = second.PreviousPage });

        Assert.Equal((10L, 5), (first.Total, first.Items.Count));
        Assert.Equal(Enumerable.Range(6, 5).Select(number => $"(2017)沪0115执{number}号"), second.Items.Select(item => item.Number));
        Assert.Equal((10L, 5, null), (second.Total, second.Items.Count, second.NextPage));
        Assert.Null(first.PreviousPage);
        Assert.Equal(first.Items.Select(item => item.Number), back.Items.Select(item => item.Number));
        Assert.Equal((first.NextPage, null), (back.NextPage, back.PreviousPage));
    }

    [Theory]
    [InlineData("浦江", 1)]
    [InlineData("上海浦江（集团）有限公司", 1)]
    [InlineData("上海浦江(集团)有限公司", 1)]
    [InlineData("（集团）", 1)]
    [InlineData("Pujiang (Group)", 1)]
    [InlineData("Pujiang （Group）", 1)]
    [InlineData("（2017）沪0115执1号", 1)]
    [InlineData("(2017)沪0115执1号", 1)]
    [InlineData("（2017）沪0115执", 2)]
    [InlineData("执2号", 1)]
    [InlineData("张三", 2)]
    [InlineData("张", 2)]
    [InlineData("三上", 0)] // The end of one party and the beginning of the next.
    [InlineData("号张", 0)]
    [InlineData("李四", 0)]
    public async Task Text_is_found_in_numbers_and_in_parties_and_never_across_them(string text, int count)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        await lab.AcceptedAsync(NewCase.Number(1), NewCase.Filing(Day(0), number: 1) with { Applicants = ["张三"], Debtors = ["上海浦江（集团）有限公司"] });
        await lab.AcceptedAsync(NewCase.Number(2), NewCase.Filing(Day(0), number: 2) with { Applicants = ["张三"], Debtors = ["Pujiang (Group) Ltd."] });

        var page = await new Api(lab).CasesAsync(new CaseParameters { Query = text });

        Assert.Equal((count, count), (page.Total, page.Items.Count));
    }

    [Fact]
    public async Task A_list_shows_a_case_with_all_that_it_promises()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        var number = NewCase.Number(1);
        await lab.AcceptedAsync(number, NewCase.Filing(Day(0), number: 1));
        await lab.AcceptedAsync(number, new AssignCase("承办人甲", Day(1)));
        await lab.AcceptedAsync(number, new ReceiveFunds(500, "S-1", "乙", Day(2)));
        await lab.AcceptedAsync(number, new DisburseFunds(800, "S-1", "甲", Day(3)));
        await lab.AcceptedAsync(number, new CloseCase(CloseWay.Terminal, Day(20)));

        var item = Assert.Single((await new Api(lab).CasesAsync(new CaseParameters())).Items);

        Assert.Equal(
            ("(2017)沪0115执1号", Court, "closed", "ZB", "承办人甲", "民间借贷纠纷", "FA"),
            (item.Number, item.Court, item.Status, item.Way, item.Handler, item.Cause, item.Node));
        Assert.Equal((1_000_000L, 500L, 800L), (item.ClaimFen, item.FundsInFen, item.FundsOutFen));
        Assert.Equal((Day(0), Day(20), Shanghai(2018, 3, 2), false), (item.FiledAt, item.ClosedAt, item.DueAt, item.Overdue));
        Assert.Equal(["terminalTooEarly", "overdrawn"], item.Irregular);
        Assert.Equal(["甲**", "乙**"], item.Parties);
    }

    [Fact]
    public async Task A_case_is_overdue_six_months_after_filing_unless_it_was_suspended()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        await FileAsync(lab, 1);
        await FileAsync(lab, 2);
        await FileAsync(lab, 3);
        await lab.AcceptedAsync(NewCase.Number(2), new SuspendCase("和解", Day(10)));
        await lab.AcceptedAsync(NewCase.Number(2), new ResumeCase("和解", Day(12)));
        await lab.AcceptedAsync(NewCase.Number(3), new SuspendCase("和解", Day(10)));
        var api = new Api(lab);

        lab.Time.Advance(Shanghai(2018, 3, 2) - lab.Time.GetUtcNow());
        Assert.Empty((await api.CasesAsync(new CaseParameters { Status = "overdue" })).Items);

        lab.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("(2017)沪0115执1号", Assert.Single((await api.CasesAsync(new CaseParameters { Status = "overdue" })).Items).Number);

        lab.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(2, (await api.CasesAsync(new CaseParameters { Status = "overdue" })).Total);
    }

    public static TheoryData<string, string> BadQuestions => new()
    {
        { "scope", "沪9999" },
        { "status", "waiting" },
        { "status", "" },
        { "status", "1" },
        { "status", "+1" },
        { "status", "-1" },
        { "status", "open,suspended" },
        { "status", " open" },
        { "kind", "执异" },
        { "kind", "" },
        { "filed", "yesterday" },
        { "filed", "2017-02-29" },
        { "filed", "1991-12-31" },
        { "filed", "2017-09-01T00:00:00" },
        { "filed", "" },
        { "filed order", "2017-09-02" },
        { "closed", "2017-9-1" },
        { "closed", "9999-01-01" },
        { "overdue", "false" },
        { "overdue", "" },
        { "terminal", "1" },
        { "way", "WW" },
        { "way", "wb" },
        { "node", "nowhere" },
        { "q", new string('甲', 65) },
        { "q", "甲\u001F乙" },
        { "q", "甲\n" },
        { "sort", "name" },
        { "sort", "--number" },
        { "sort", "" },
        { "page", "2" },
        { "page", "!" },
        { "page", "MTIz" },
        { "page", new string('A', 300) },
        { "size", "0" },
        { "size", "501" },
        { "size", "-1" },
        { "size", "many" },
        { "size", "99999999999" },
        { "size", "" },
    };

    [Theory]
    [MemberData(nameof(BadQuestions))]
    public async Task A_bad_parameter_is_named_by_its_code(string name, string value)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        var ask = name switch
        {
            "scope" => new CaseParameters { Scope = value },
            "status" => new CaseParameters { Status = value },
            "kind" => new CaseParameters { Kind = value },
            "filed" => new CaseParameters { FiledFrom = value },
            "filed order" => new CaseParameters { FiledFrom = value, FiledTo = "2017-09-01" },
            "closed" => new CaseParameters { ClosedTo = value },
            "overdue" => new CaseParameters { Overdue = value },
            "terminal" => new CaseParameters { Terminal = value },
            "way" => new CaseParameters { Way = value },
            "node" => new CaseParameters { Node = value },
            "q" => new CaseParameters { Query = value },
            "sort" => new CaseParameters { Sort = value },
            "page" => new CaseParameters { Page = value },
            _ => new CaseParameters { Size = value },
        };

        Assert.Equal(name == "scope" ? "scope.unknown" : $"query.bad-{name.Split(' ')[0]}", Api.CodeOf(await new Api(lab).AskCasesAsync(ask)));
    }

    private static IEnumerable<CaseParameters> Filters()
    {
        yield return new CaseParameters();
        yield return new CaseParameters { Scope = "沪01" };
        yield return new CaseParameters { Scope = Court };
        foreach (var status in new[] { "open", "suspended", "pending", "closed", "moved", "overdue" })
        {
            yield return new CaseParameters { Status = status };
        }

        yield return new CaseParameters { Way = "ZB" };
        yield return new CaseParameters { Node = "LA" };
        yield return new CaseParameters { Node = "FA", Status = "open" };
        yield return new CaseParameters { Handler = RandomCity.Handlers[0] };
        yield return new CaseParameters { Handler = "nobody" };
        yield return new CaseParameters { Cause = RandomCity.Causes[1] };
        yield return new CaseParameters { Query = "张三" };
        yield return new CaseParameters { Query = "（集团）" };
        yield return new CaseParameters { Query = "（2017）沪0115执" };
        yield return new CaseParameters { Query = "李四", Scope = "沪02", Cause = RandomCity.Causes[0] };
    }

    private static async Task<IReadOnlyList<CaseState>> StatesAsync(GrainLab lab, IEnumerable<CaseNumber> numbers)
    {
        var states = new List<CaseState>();
        foreach (var number in numbers)
        {
            // In each partition that knows the case: a case that moved has left its record behind.
            for (var partition = 0; partition < lab.Host.PartitionCount; partition++)
            {
                if (await lab.Host.AskAsync(partition, model => model.Look(number), TestContext.Current.CancellationToken) is { } state)
                {
                    states.Add(state);
                }
            }
        }

        return states;
    }

    private static List<CaseState> Naive(GrainLab lab, IReadOnlyList<CaseState> states, CaseParameters ask)
    {
        var scope = GrainLab.Court(ask.Scope ?? "沪").Scope.Select(court => court.Mark).ToHashSet();
        var now = lab.Time.GetUtcNow();
        var found = states.Where(state =>
            state.FileOrNull is { } file
            && scope.Contains(file.CourtMark)
            && (ask.Status switch
            {
                null => state is not CaseState.Moved,
                "open" => state is CaseState.Open && file.Suspensions.Count == 0,
                "suspended" => state is CaseState.Open && file.Suspensions.Count > 0,
                "pending" => state is CaseState.Open,
                "closed" => state is CaseState.Closed,
                "moved" => state is CaseState.Moved,
                _ => state is CaseState.Open && file.Suspensions.Count == 0 && now > DueAt(file),
            })
            && (ask.Way is null || (state is CaseState.Closed closed && closed.Way.Code() == ask.Way))
            && (ask.Node is null || (file.Flow.Latest != 0 && ShippedConfig.Nodes[file.Flow.Latest].Code == ask.Node))
            && (ask.Handler is null || file.Handler == ask.Handler)
            && (ask.Cause is null || file.Cause == ask.Cause)
            && (ask.Query is null || new[] { file.Number.ToString() }.Concat(file.Applicants).Concat(file.Debtors)
                .Concat(file.FormerNames.SelectMany(former => new[] { former.Was, former.Now }))
                .Any(text => Plain(text).Contains(Plain(ask.Query), StringComparison.Ordinal))));
        var sort = ask.Sort!.TrimStart('-');
        IOrderedEnumerable<CaseState> ordered = found
            .OrderBy(state => KeyOf(state.FileOrNull!, sort))
            .ThenBy(state => state.FileOrNull!.Number.Year)
            .ThenBy(state => state.FileOrNull!.Number.CourtMark, StringComparer.Ordinal)
            .ThenBy(state => state.FileOrNull!.Number.Type.Index)
            .ThenBy(state => state.FileOrNull!.Number.Number);
        return ask.Sort.StartsWith('-') ? [.. ordered.Reverse()] : [.. ordered];
    }

    private static long KeyOf(CaseFile file, string sort) => sort switch
    {
        "filedAt" => file.FiledAt.UtcTicks,
        "statusAt" => file.StatusAt.UtcTicks,
        "latestAt" => Math.Max(file.StatusAt.UtcTicks, file.Flow.LatestAt.UtcTicks),
        "dueAt" => DueAt(file).UtcTicks,
        "claimFen" => file.ClaimFen,
        "fundsInFen" => file.Funds.InFen,
        _ => 0,
    };

    private static DateTimeOffset DueAt(CaseFile file)
    {
        var filed = file.FiledAt.ToOffset(TimeSpan.FromHours(8));
        return new DateTimeOffset(filed.Date.AddMonths(6).AddDays(1), TimeSpan.FromHours(8)) + file.SuspendedFor;
    }

    private static string Plain(string text) => text.Replace('（', '(').Replace('）', ')');

    private static string Numbers(IEnumerable<CaseState> states) => string.Join(' ', states.Select(state => state.FileOrNull!.Number));

    private static Task FileAsync(GrainLab lab, int number) => lab.AcceptedAsync(NewCase.Number(number), NewCase.Filing(Day(0), number: number));

    // At both ends of every order.
    private static async Task AddAsync(GrainLab lab, int number)
    {
        var (first, last) = (new CaseNumber(2001, "沪", CaseType.First, number), new CaseNumber(2099, "沪0151", CaseType.First, number));
        await lab.AcceptedAsync(first, NewCase.Filing(Day(-3_000)) with { Number = first, CourtMark = "沪", ClaimFen = 0 });
        await lab.AcceptedAsync(last, NewCase.Filing(Day(3_000)) with { Number = last, CourtMark = "沪0151", ClaimFen = 9_000_000 });
        await lab.AcceptedAsync(last, new ReceiveFunds(9_000_000, "S-1", "乙", Day(3_000)));
    }
}
