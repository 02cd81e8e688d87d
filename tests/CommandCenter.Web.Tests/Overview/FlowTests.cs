using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Overview;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Tests.Access;
using CommandCenter.Web.Tests.Grains;
using static CommandCenter.Domain.Cases.CaseCommand;

namespace CommandCenter.Web.Tests.Overview;

/// <summary>The flow of cases through the nodes, on real grains.</summary>
public sealed class FlowTests
{
    private const string Pudong = ShippedConfig.Pudong;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. LongRun.Seeds(500, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_node_of_every_court_area_and_handler_agrees_with_a_naive_recount(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1 + (seed % 4));
        var run = new CityRun(seed, lab);
        await run.TellAsync(400);
        var naive = new NaiveFlow();
        foreach (var (fact, _) in run.Told.Where(static told => told.Reply.Outcome == Outcome.Accepted))
        {
            naive.Take(fact);
        }

        Assert.NotEmpty(naive.Passed);
        for (var turn = 0; turn < 2; turn++)
        {
            foreach (var court in lab.Host.Courts.Courts)
            {
                foreach (var handler in (string?[])[null, .. RandomCity.Handlers])
                {
                    await AssertEqualAsync(lab, naive, new OverviewScope(court, IsAlone: false, handler));
                }

                await AssertEqualAsync(lab, naive, new OverviewScope(court, IsAlone: court.Scope.Count > 1, null));
            }

            await lab.RestartAsync(); // And the same again from snapshots.
        }
    }

    [Fact]
    public async Task A_case_stands_since_it_came_and_passes_when_it_goes_on_or_is_closed()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        var number = NewCase.Number();
        await lab.AcceptedAsync(number, NewCase.Filing(TestCalendar.Day(-20)));
        await lab.AcceptedAsync(number, new AssignCase("甲", TestCalendar.Day(-18.5)));
        await lab.AcceptedAsync(number, new ReachNode(4, NodePhase.Entered, null, TestCalendar.Day(-10)));
        await lab.AcceptedAsync(number, new ReachNode(4, NodePhase.Done, null, TestCalendar.Day(-9)));
        await lab.AcceptedAsync(number, new ReachNode(3, NodePhase.Done, null, TestCalendar.Day(-15))); // Comes late, and says nothing.

        var flow = await FlowAsync(lab, new OverviewScope(GrainLab.Court(Pudong), IsAlone: false, null));

        Assert.Equal(1, flow.Pending);
        Assert.Equal((1L, 10 * 1440, 10 * 1440, 0L), (Node(flow, "TZ").Standing, Node(flow, "TZ").MedianMinutes, Node(flow, "TZ").P90Minutes, Node(flow, "TZ").Passed));
        Assert.Equal((0L, 1L, 36 * 60), (Node(flow, "LA").Standing, Node(flow, "LA").Passed, Node(flow, "LA").PassedMedianMinutes));
        Assert.Equal((1L, (int)(8.5 * 1440)), (Node(flow, "FA").Passed, Node(flow, "FA").PassedMedianMinutes));
        Assert.Equal(0L, Node(flow, "GZ").Passed);

        await lab.AcceptedAsync(number, new CloseCase(CloseWay.Performed, TestCalendar.Day(-5.25)));
        flow = await FlowAsync(lab, new OverviewScope(GrainLab.Court(Pudong), IsAlone: false, null));
        Assert.Equal((0L, 0L, 1L, (int)(4.7 * 1440)), (flow.Pending, Node(flow, "TZ").Standing, Node(flow, "TZ").Passed, Node(flow, "TZ").PassedMedianMinutes));

        await lab.AcceptedAsync(number, new RevokeClosing("误", TestCalendar.Day(-1)));
        flow = await FlowAsync(lab, new OverviewScope(GrainLab.Court(Pudong), IsAlone: false, null));
        Assert.Equal((1L, 24 * 60, 1L), (Node(flow, "TZ").Standing, Node(flow, "TZ").MedianMinutes, Node(flow, "TZ").Passed));
        Assert.Equal(0, (await FlowAsync(lab, new OverviewScope(GrainLab.Court(Pudong), IsAlone: false, null), year: 2016)).Nodes.Sum(static node => node.Passed));
    }

    [Fact]
    public async Task Who_asks_within_seconds_gets_the_same_count()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        var reading = new FlowReading(lab.Host, lab.Time);
        var scope = new OverviewScope(GrainLab.Court(Pudong), IsAlone: false, null);
        var first = await reading.ReadAsync(scope, null, Token);
        await lab.AcceptedAsync(NewCase.Number(), NewCase.Filing(TestCalendar.Day(-1)));

        Assert.Same(first, await reading.ReadAsync(scope, null, Token));
        lab.Time.Advance(FlowReading.Age);
        Assert.Equal(1, (await reading.ReadAsync(scope, null, Token)).Pending);
    }

    [Theory]
    [InlineData("nowhere", null, null, "scope.unknown")]
    [InlineData(null, null, "12", "query.bad-year")]
    [InlineData(null, null, "-017", "query.bad-year")]
    public async Task A_question_that_cannot_be_answered_says_why(string? scope, string? handler, string? year, string code)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);

        Assert.Equal(code, Reading.Api.CodeOf(await new FlowReading(lab.Host, lab.Time).GetAsync(Viewers.Command, scope, handler, year, Token)));
    }

    private static FlowNode Node(FlowAnswer flow, string code) => flow.Nodes.Single(node => node.Code == code);

    private static Task<FlowAnswer> FlowAsync(GrainLab lab, OverviewScope scope, int? year = null) => new FlowReading(lab.Host, lab.Time).ReadAsync(scope, year, Token);

    private static async Task AssertEqualAsync(GrainLab lab, NaiveFlow naive, OverviewScope scope)
    {
        var flow = await FlowAsync(lab, scope);
        var marks = scope.Courts.Select(static court => court.Mark).ToHashSet();
        var now = NaiveFlow.Minute(lab.Time.GetUtcNow());
        var pending = naive.Pending.Where(stand => marks.Contains(stand.Court) && (scope.Handler is null || stand.Handler == scope.Handler)).ToLookup(static stand => stand.Node);
        var passed = naive.Passed.Where(one => marks.Contains(one.Court) && one.Year == flow.Year).ToLookup(static one => one.Node, static one => one.Minutes);
        Assert.Equal(lab.Time.GetUtcNow().Year, flow.Year);
        foreach (var node in flow.Nodes)
        {
            var times = pending[node.Seq].Select(stand => now - stand.Since).ToArray();
            var left = passed[node.Seq].ToArray();
            Assert.Equal(
                (node.Code, times.LongLength, pending[node.Seq].LongCount(static stand => stand.Grounds.Count > 0), NaiveFlow.Quantile(times, 0.5), NaiveFlow.Quantile(times, 0.9)),
                (node.Code, node.Standing, node.Suspended, node.MedianMinutes, node.P90Minutes));
            if (scope.Handler is null)
            {
                Assert.Equal((node.Code, (long?)left.Length, NaiveFlow.Quantile(left, 0.5), NaiveFlow.Quantile(left, 0.9)), (node.Code, node.Passed, node.PassedMedianMinutes, node.PassedP90Minutes));
            }
            else
            {
                Assert.Null(node.Passed);
            }
        }

        if (scope.Handler is null)
        {
            var overdue = await lab.Host.AskScopeAsync(scope.Court, model => PartitionFigures.Overdue(model, lab.Host, lab.Time.GetUtcNow()), Token);
            var stocks = await lab.Host.AskScopeAsync(scope.Court, model => model.Courts.Where(grain => marks.Contains(grain.Court.Mark)).Sum(static grain => grain.Stock.Pending), Token);
            Assert.Equal(stocks.Sum(), flow.Pending);
            Assert.Equal(scope.Courts.Sum(court => overdue.Sum(part => part[court.Index])), flow.Nodes.Sum(static node => node.Overdue));
        }
    }
}
