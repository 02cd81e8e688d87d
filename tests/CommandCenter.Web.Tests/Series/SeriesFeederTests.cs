using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Officers;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.TimeSeries;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Series;
using CommandCenter.Web.Tests.Grains;
using CommandCenter.Web.Tests.Reading;

namespace CommandCenter.Web.Tests.Series;

public sealed class SeriesFeederTests
{
    private const string Court = ShippedConfig.Pudong;

    private static readonly string[] s_ways = ["wb", "zb", "zj", "xa", "by", "bh"];

    public static TheoryData<int> Seeds => [.. LongRun.Seeds(300, 5)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// Random facts, a third of them late by up to two months, with turns, restarts and kills of either side in between. In the end every window,
    /// hour and day of every court and area is what the read API counts from the grains, and of every court alone what a naive count says.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_point_of_every_court_and_area_is_what_the_grains_count(int seed)
    {
        await using var lab = await SeriesLab.OpenAsync(partitions: 1 + (seed % 4));
        var random = new Random(seed);
        var run = new CityRun(seed, lab.Grains);
        for (var part = 0; part < 8; part++)
        {
            await run.TellAsync(40);
            switch (random.Next(5))
            {
                case 0:
                    await lab.Grains.KillAsync();
                    lab.Reopen();
                    break;
                case 1:
                    await lab.Grains.RestartAsync();
                    lab.Reopen();
                    break;
                case 2:
                    lab.Reopen();
                    break;
                default:
                    _ = await lab.TurnAsync();
                    break;
            }
        }

        _ = await lab.TurnAsync();

        Assert.False(lab.Feeder.State.IsCatchingUp);
        Assert.Equal(0, await lab.Feeder.TurnAsync(Token));
        await AssertEqualAsync(run.Naive, lab);
    }

    [Fact]
    public async Task A_late_event_is_copied_with_every_stock_after_it()
    {
        await using var lab = await SeriesLab.OpenAsync(partitions: 2);
        await FileAsync(lab, 1, TestCalendar.Shanghai(2017, 8, 20, 9));
        await FileAsync(lab, 2, TestCalendar.Shanghai(2017, 8, 25, 9));
        _ = await lab.TurnAsync();

        await FileAsync(lab, 3, TestCalendar.Shanghai(2017, 8, 22, 9));
        Assert.Equal(2 * 3, await lab.TurnAsync()); // Two points each for the court, its area and the city.

        Assert.Equal([(1, 1), (1, 2), (1, 3)], lab.Counted(SeriesStep.Day, Court).Select(point => ((int)Of(point, "received"), (int)Of(point, "pending"))));
        Assert.Equal(3, Of(lab.Counted(SeriesStep.FiveMinutes, "沪")[^1], "pending"));
    }

    [Fact]
    public async Task Old_corrections_wait_for_one_another_and_new_figures_do_not_wait_for_them()
    {
        await using var lab = await SeriesLab.OpenAsync(partitions: 2);
        var now = lab.Grains.Time.GetUtcNow();
        await FileAsync(lab, 1, now.AddDays(-9));
        _ = await lab.TurnAsync();

        await FileAsync(lab, 2, now.AddDays(-8));
        await FileAsync(lab, 3, now);
        Assert.NotEqual(0, await lab.Feeder.TurnAsync(Token));

        Assert.True(lab.Feeder.State.IsCatchingUp);
        Assert.Equal(3, Of(lab.Counted(SeriesStep.Day, Court)[^1], "pending"));
        Assert.Equal(2, lab.Counted(SeriesStep.Day, Court).Count);
        _ = await lab.TurnAsync();
        Assert.Equal(3, lab.Counted(SeriesStep.Day, Court).Count);
        Assert.False(lab.Feeder.State.IsCatchingUp);
    }

    [Fact]
    public async Task After_a_clean_end_nothing_is_compared_and_after_a_kill_everything_is()
    {
        await using var lab = await SeriesLab.OpenAsync(partitions: 2);
        await FileAsync(lab, 1, TestCalendar.Shanghai(2017, 8, 20, 9));
        _ = await lab.TurnAsync();
        var right = lab.Counted(SeriesStep.Day, Court).Single();
        await SpoilAsync();
        await lab.Grains.RestartAsync();
        lab.Reopen();

        Assert.Equal(0, await lab.TurnAsync());
        Assert.Equal(77, Of(lab.Counted(SeriesStep.Day, Court).Single(), "received"));

        await FileAsync(lab, 2, lab.Grains.Time.GetUtcNow()); // Nobody copied it before the end.
        await lab.Grains.KillAsync();
        lab.Reopen();
        _ = await lab.TurnAsync();
        Assert.Equal(right.Values, lab.Counted(SeriesStep.Day, Court)[0].Values);

        Task SpoilAsync()
        {
            var values = new long?[KpiFields.Schema.Count];
            values[0] = 77;
            var window = Domain.ShanghaiTime.WindowOf(TestCalendar.Shanghai(2017, 8, 20, 9));
            _ = lab.Store.Write(KpiCalendar.DayOf(window), [new SeriesRows(Court, [new SeriesPoint(KpiCalendar.StartOf(window), values)])]);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_store_that_is_ahead_of_its_journal_is_thrown_away()
    {
        await using var lab = await SeriesLab.OpenAsync(partitions: 2);
        await FileAsync(lab, 1, TestCalendar.Shanghai(2017, 8, 20, 9));
        _ = await lab.TurnAsync();
        var window = Domain.ShanghaiTime.WindowOf(TestCalendar.Shanghai(2017, 8, 21, 9));
        _ = lab.Store.Write(KpiCalendar.DayOf(window), [new SeriesRows(Court, [new SeriesPoint(KpiCalendar.StartOf(window), lab.Counted(SeriesStep.Day, Court)[0].Values)])]);
        lab.Store.WriteNote("positions", "1000000 1000000");
        lab.Reopen();

        _ = await lab.TurnAsync();

        Assert.Equal(TestCalendar.Shanghai(2017, 8, 20).ToUnixTimeSeconds(), lab.Counted(SeriesStep.Day, Court).Single().T);
    }

    [Fact]
    public async Task Samples_stand_in_the_window_in_which_they_were_taken_and_unknown_is_not_zero()
    {
        await using var lab = await SeriesLab.OpenAsync(partitions: 2);
        var sampledAt = lab.Grains.Time.GetUtcNow().AddMinutes(2);
        await FileAsync(lab, 1, TestCalendar.Shanghai(2017, 8, 20, 9));
        await DutyAsync(lab, "officer-1", Court, isOn: true);
        await DutyAsync(lab, "officer-2", Court, isOn: true);
        await DutyAsync(lab, "officer-3", "沪0104", isOn: false);
        lab.Overdue[Court] = 5;

        _ = await lab.TurnAsync();

        var point = lab.Points(SeriesStep.FiveMinutes, Court)[^1];
        Assert.Equal(KpiCalendar.StartOf(Domain.ShanghaiTime.WindowOf(sampledAt)), point.T);
        Assert.Equal((5, 2, 0, null), (point.Values[At("overdue")], point.Values[At("officers_on_duty")], point.Values[At("controls_lapsing")], point.Values[At("received")]));
        Assert.Null(lab.Points(SeriesStep.FiveMinutes, Court)[0].Values[At("overdue")]);
        Assert.Equal(0, lab.Points(SeriesStep.FiveMinutes, "沪0104")[^1].Values[At("officers_on_duty")]);
        Assert.Null(lab.Points(SeriesStep.FiveMinutes, "沪0101")[^1].Values[At("officers_on_duty")]); // No officer there was ever heard of.
        Assert.Equal(2, lab.Points(SeriesStep.FiveMinutes, "沪")[^1].Values[At("officers_on_duty")]);
        Assert.Null(lab.Points(SeriesStep.FiveMinutes, "沪")[^1].Values[At("overdue")]); // Known of one court only.

        // What was sampled once stays when the window is copied again.
        lab.Overdue.Clear();
        await FileAsync(lab, 2, sampledAt);
        await lab.Grains.KillAsync();
        lab.Reopen();
        _ = await lab.TurnAsync();
        point = lab.Points(SeriesStep.FiveMinutes, Court).Single(other => other.T == point.T);
        Assert.Equal((5, 1), (point.Values[At("overdue")], point.Values[At("received")]));
    }

    [Fact]
    public async Task A_control_is_about_to_lapse_from_30_days_before_its_last_day_as_long_as_its_case_is_open()
    {
        await using var lab = await SeriesLab.OpenAsync(partitions: 2);
        var now = lab.Grains.Time.GetUtcNow();
        var today = new DateOnly(2017, 9, 1);
        foreach (var number in new[] { 1, 2, 3 })
        {
            await FileAsync(lab, number, now.AddDays(-20));
        }

        await ControlAsync(1, "yesterday", today.AddDays(-1));
        await ControlAsync(1, "today", today);
        await ControlAsync(1, "last", today.AddDays(30));
        await ControlAsync(1, "later", today.AddDays(31));
        await ControlAsync(2, "released", today.AddDays(5));
        await lab.Grains.AcceptedAsync(NewCase.Number(2), new CaseCommand.ReleaseProperty("released", now.AddDays(-8)));
        await ControlAsync(3, "closed", today.AddDays(5));
        await lab.Grains.AcceptedAsync(NewCase.Number(3), new CaseCommand.CloseCase(CloseWay.Performed, now.AddDays(-8)));

        _ = await lab.TurnAsync();

        Assert.Equal(2, lab.Points(SeriesStep.FiveMinutes, Court)[^1].Values[At("controls_lapsing")]);
        Assert.Equal(2, lab.Points(SeriesStep.FiveMinutes, "沪")[^1].Values[At("controls_lapsing")]);
        Assert.Equal(0, lab.Points(SeriesStep.FiveMinutes, "沪0101")[^1].Values[At("controls_lapsing")]);

        Task ControlAsync(int number, string id, DateOnly until) =>
            lab.Grains.AcceptedAsync(NewCase.Number(number), new CaseCommand.ControlProperty(NewCase.Deposit(id, until), now.AddDays(-10)));
    }

    private static int At(string field) => KpiFields.Schema.IndexOf(field);

    private static long Of(SeriesPoint point, string field) => point.Values[At(field)]!.Value;

    private static Task FileAsync(SeriesLab lab, int number, DateTimeOffset at) =>
        lab.Grains.AcceptedAsync(NewCase.Number(number), NewCase.Filing(at, number: number));

    private static async Task DutyAsync(SeriesLab lab, string officer, string court, bool isOn) => Assert.Equal(
        GrainReply.Accepted, await lab.Grains.TellAsync(lab.Grains.Fact(officer, court, new OfficerCommand.SetDuty(isOn, null, TestCalendar.Day(0)))));

    private static async Task AssertEqualAsync(NaiveCity naive, SeriesLab lab)
    {
        var api = new Api(lab.Grains);
        foreach (var court in lab.Grains.Host.Courts.Courts)
        {
            foreach (var (name, step) in new[] { ("5m", SeriesStep.FiveMinutes), ("1h", SeriesStep.Hour), ("1d", SeriesStep.Day) })
            {
                var counted = (await api.RollupsAsync(court.Mark, "2000-01-01T00:00:00+08:00", "2030-01-01T00:00:00+08:00", name)).Points;
                Assert.Equal(counted, lab.Counted(step, court.Mark).Select(Rollup));
            }

            if (court.Scope.Count > 1)
            {
                Assert.All(lab.Counted(SeriesStep.Day, court.Mark + KpiScopes.OwnSuffix), point =>
                {
                    var day = naive.Sum([court.Mark], DateTimeOffset.FromUnixTimeSeconds(point.T), DateTimeOffset.FromUnixTimeSeconds(point.T).AddDays(1));
                    Assert.Equal(
                        (day.Received, day.Closed, day.Pending, day.FundsInFen, day.TerminalStock),
                        (Of(point, "received"), Of(point, "closed"), Of(point, "pending"), Of(point, "funds_in_fen"), Of(point, "terminal")));
                });
            }
        }

        Assert.All(lab.Counted(SeriesStep.FiveMinutes, "沪"), point => Assert.Equal(
            Of(point, "closed"), s_ways.Sum(way => Of(point, "closed_" + way))));
    }

    private static RollupPoint Rollup(SeriesPoint point) => new(
        DateTimeOffset.FromUnixTimeSeconds(point.T), Of(point, "received"), Of(point, "closed"), Of(point, "pending"), Of(point, "funds_in_fen"),
        Of(point, "funds_out_fen"), Of(point, "transferred_in"), Of(point, "transferred_out"), Of(point, "terminal"));
}
