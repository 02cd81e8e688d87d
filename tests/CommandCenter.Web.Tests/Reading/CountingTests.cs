using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Indicators;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Tests.Grains;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Reading;

/// <summary>The counting rules one by one: windows of event time, days of Shanghai, and the pitfalls of each figure.</summary>
public sealed class CountingTests : IAsyncLifetime
{
    private const string Court = ShippedConfig.Pudong;
    private static readonly CaseNumber s_number = NewCase.Number();
    private GrainLab _lab = null!;
    private Api _api = null!;

    public async ValueTask InitializeAsync()
    {
        _lab = await GrainLab.OpenAsync(partitions: 2);
        _api = new Api(_lab);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Null(await _lab.CheckAsync());
        await _lab.DisposeAsync();
    }

    [Fact]
    public async Task A_late_event_corrects_its_old_window_and_every_later_pending()
    {
        await FileAsync(1, Shanghai(2017, 9, 1, 9, 2));
        await FileAsync(2, Shanghai(2017, 9, 1, 9, 17));
        Assert.Equal([(9, 0, 1L, 1L), (9, 15, 1L, 2L)], await WindowsAsync());

        await FileAsync(3, Shanghai(2017, 9, 1, 9, 7));
        await FileAsync(4, Shanghai(2017, 9, 1, 9, 4));

        Assert.Equal([(9, 0, 2L, 2L), (9, 5, 1L, 3L), (9, 15, 1L, 4L)], await WindowsAsync());
    }

    [Theory]
    [InlineData(8, 59, 59, 55)]
    [InlineData(9, 0, 0, 0)]
    [InlineData(9, 4, 59, 0)]
    [InlineData(9, 5, 0, 5)]
    public async Task A_window_holds_its_first_moment_and_not_its_last(int hour, int minute, int second, int windowMinute)
    {
        await FileAsync(1, Shanghai(2017, 9, 1, hour, minute, second));

        var point = Assert.Single((await _api.RollupsAsync(Court, "2017-09-01T00:00:00+08:00", "2017-09-02T00:00:00+08:00")).Points);
        Assert.Equal(Shanghai(2017, 9, 1, hour, windowMinute), point.T);
    }

    [Fact]
    public async Task A_day_begins_and_ends_at_midnight_in_Shanghai()
    {
        await FileAsync(1, Shanghai(2017, 8, 31, 23, 59, 59));
        await FileAsync(2, Shanghai(2017, 9, 1));
        await FileAsync(3, Shanghai(2017, 9, 1, 23, 59, 59));
        await FileAsync(4, Shanghai(2017, 9, 2));

        var (before, day, after) = (await DayAsync("2017-08-31"), await DayAsync("2017-09-01"), await DayAsync("2017-09-02"));
        Assert.Equal((1L, 2L, 1L), (before.Received, day.Received, after.Received));
        Assert.Equal((1L, 3L, 4L), (before.Pending, day.Pending, after.Pending));
        Assert.Equal(2, (await _api.TotalsAsync(Court, "2017-09-01")).Month.Received);
        var days = (await _api.RollupsAsync(Court, "2017-08-31T00:00:00+08:00", "2017-09-03T00:00:00+08:00", "1d")).Points;
        Assert.Equal([(Shanghai(2017, 8, 31), 1L), (Shanghai(2017, 9, 1), 2L), (Shanghai(2017, 9, 2), 1L)], days.Select(point => (point.T, point.Received)));
    }

    [Theory]
    [InlineData("1h", 9, 10)]
    [InlineData("1d", 0, 24)]
    public async Task A_window_is_whole_however_the_question_cuts_it(string step, int from, int to)
    {
        await FileAsync(1, Shanghai(2017, 9, 1, 9, 2));
        await FileAsync(2, Shanghai(2017, 9, 1, 9, 32));
        await FileAsync(3, Shanghai(2017, 9, 1, 9, 58));

        var whole = Assert.Single((await _api.RollupsAsync(Court, "2017-09-01T00:00:00+08:00", "2017-09-02T00:00:00+08:00", step)).Points);
        var cut = Assert.Single((await _api.RollupsAsync(Court, "2017-09-01T09:30:00+08:00", "2017-09-01T09:35:00+08:00", step)).Points);

        Assert.Equal((3L, Shanghai(2017, 9, 1).AddHours(from)), (whole.Received, whole.T));
        Assert.Equal(whole, cut);
        Assert.Empty((await _api.RollupsAsync(
            Court, $"{Shanghai(2017, 9, 1).AddHours(to):yyyy-MM-ddTHH:mm:ssZ}", "2017-09-03T00:00:00+08:00", step)).Points);
    }

    [Fact]
    public async Task Received_before_the_period_and_closed_in_it_counts_as_closed_in_it()
    {
        await FileAsync(1, Shanghai(2017, 8, 20));
        await _lab.AcceptedAsync(NewCase.Number(1), new CloseCase(CloseWay.Performed, Shanghai(2017, 9, 5)));

        var september = (await _api.TotalsAsync(Court, "2017-09-30")).Month;

        Assert.Equal((0L, 1L, 1L, 0L), (september.Received, september.Closed, september.PendingBefore, september.Pending));
    }

    [Fact]
    public async Task Closed_and_reopened_in_one_month_counts_as_nothing_closed()
    {
        await FileAsync(1, Shanghai(2017, 9, 1));
        await _lab.AcceptedAsync(NewCase.Number(1), new CloseCase(CloseWay.Performed, Shanghai(2017, 9, 5)));
        await _lab.AcceptedAsync(NewCase.Number(1), new RevokeClosing("撤销", Shanghai(2017, 9, 20)));

        Assert.Equal((1L, 0L), ((await DayAsync("2017-09-05")).Closed, (await DayAsync("2017-09-05")).Pending));
        Assert.Equal((-1L, 1L, 1L), ((await DayAsync("2017-09-20")).Closed, (await DayAsync("2017-09-20")).Revoked, (await DayAsync("2017-09-20")).Pending));
        var september = (await _api.TotalsAsync(Court, "2017-09-30")).Month;
        Assert.Equal((0L, 1L, 1L, 0L), (september.Closed, september.Revoked, september.Pending, september.ClosedByWay["WB"]));
    }

    [Fact]
    public async Task A_closing_undone_later_stays_counted_in_its_own_month()
    {
        await FileAsync(1, Shanghai(2017, 8, 1));
        await _lab.AcceptedAsync(NewCase.Number(1), new CloseCase(CloseWay.Terminal, Shanghai(2017, 8, 20)));
        await _lab.AcceptedAsync(NewCase.Number(1), new RevokeClosing("撤销", Shanghai(2017, 9, 20)));

        var (august, september) = ((await _api.TotalsAsync(Court, "2017-08-31")).Month, (await _api.TotalsAsync(Court, "2017-09-30")).Month);

        Assert.Equal((1L, 0L, 1L), (august.Closed, august.Pending, august.TerminalStock));
        Assert.Equal((-1L, 1L, 0L), (september.Closed, september.Pending, september.TerminalStock));
    }

    [Fact]
    public async Task A_reversal_counts_in_its_own_window_and_leaves_the_old_one_as_it_was()
    {
        await FileAsync(1, Shanghai(2017, 9, 1));
        await _lab.AcceptedAsync(NewCase.Number(1), new ReceiveFunds(500, "S-1", "乙", Shanghai(2017, 9, 5, 10)));
        await _lab.AcceptedAsync(NewCase.Number(1), new DisburseFunds(200, "S-2", "甲", Shanghai(2017, 9, 5, 11)));
        await _lab.AcceptedAsync(NewCase.Number(1), new ReverseFunds(120, "R-1", "S-1", Shanghai(2017, 9, 7)));
        await _lab.AcceptedAsync(NewCase.Number(1), new ReverseFunds(30, "R-2", "S-2", Shanghai(2017, 9, 8)));

        Assert.Equal((500L, 200L), await FundsAsync("2017-09-05"));
        Assert.Equal((-120L, 0L), await FundsAsync("2017-09-07"));
        Assert.Equal((0L, -30L), await FundsAsync("2017-09-08"));
        Assert.Equal((380L, 170L), ((await _api.TotalsAsync(Court, "2017-09-30")).Month.FundsInFen, (await _api.TotalsAsync(Court, "2017-09-30")).Month.FundsOutFen));
    }

    [Fact]
    public async Task The_types_stand_apart_and_only_执_and_执恢_make_the_main_figures()
    {
        await FileAsync(1, Day(0));
        await FileAsync(2, Day(0), "执恢");
        await FileAsync(3, Day(0), "执保");
        await FileAsync(4, Day(0), "执异");
        await _lab.AcceptedAsync(NewCase.Number(3, "执保"), new CloseCase(CloseWay.Ended, Day(1)));

        var all = (await _api.TotalsAsync(Court, "2017-09-30")).All;

        Assert.Equal((2L, 0L, 2L), (all.Received, all.Closed, all.Pending));
        Assert.Equal(0, all.ClosedByWay.Values.Sum());
        Assert.Equal(
            [("执", new KindTotals(1, 0, 1)), ("执恢", new KindTotals(1, 0, 1)), ("执保", new KindTotals(1, 1, 0)), ("other", new KindTotals(1, 0, 1))],
            all.ByKind.Select(kind => (kind.Key, kind.Value)));
    }

    [Fact]
    public async Task Terminal_counts_as_closed_and_is_shown_apart()
    {
        await FileAsync(1, Day(0));
        await FileAsync(2, Day(0), "执保");
        await _lab.AcceptedAsync(NewCase.Number(1), new CloseCase(CloseWay.Terminal, Day(100)));
        await _lab.AcceptedAsync(NewCase.Number(2, "执保"), new CloseCase(CloseWay.Terminal, Day(100)));

        var all = (await _api.TotalsAsync(Court, "2018-01-01")).All;

        Assert.Equal((1L, 0L, 1L, 1L), (all.Closed, all.Pending, all.TerminalStock, all.ClosedByWay["ZB"]));
    }

    [Fact]
    public async Task A_reinstated_case_never_takes_back_the_old_closing()
    {
        await FileAsync(1, Shanghai(2017, 1, 2));
        await _lab.AcceptedAsync(NewCase.Number(1), new CloseCase(CloseWay.Terminal, Shanghai(2017, 6, 1)));
        await _lab.AcceptedAsync(NewCase.Number(2, "执恢"), NewCase.Filing(Shanghai(2017, 9, 1), "执恢", NewCase.Number(1), number: 2));

        var (june, september) = ((await _api.TotalsAsync(Court, "2017-06-30")).Month, (await _api.TotalsAsync(Court, "2017-09-30")).Month);

        Assert.Equal((1L, 1L, 0L), (june.Closed, june.TerminalStock, june.Pending));
        Assert.Equal((0L, 0L, 1L, 1L), (september.Closed, september.TerminalStock, september.Received, september.Pending));
        Assert.Equal(1, (await _api.TotalsAsync(Court, "2017-09-30")).All.Closed);
    }

    [Fact]
    public async Task Irregular_facts_are_counted()
    {
        await FileAsync(1, Day(0));
        await _lab.AcceptedAsync(NewCase.Number(1), new DisburseFunds(100, "S-1", "甲", Day(1)));

        Assert.Equal(1, (await _api.TotalsAsync(Court, "2017-09-30")).All.Irregular);
    }

    [Theory]
    [InlineData(Flows.Received, "pending")]
    [InlineData(Flows.Closed + 1, "pending")]
    [InlineData(Flows.ClosedBy + (int)CloseWay.Terminal, "terminal")]
    public async Task A_planted_fault_is_found_and_said_in_every_answer(int column, string figure)
    {
        await using var lab = await GrainLab.OpenAsync();
        await lab.AcceptedAsync(s_number, NewCase.Filing(Day(0)));
        _ = await lab.AskAsync(Court, model =>
        {
            var grain = model.CourtAt(GrainLab.Court(Court).Index);
            grain.Windows.Add(5_000_000, column, 1);
            grain.Days.Add(17_361, column, 1);
            return 0;
        });

        var fault = await lab.CheckAsync();
        var api = new Api(lab);

        Assert.Equal((Court, figure), (fault?.CourtMark, fault?.Figure));
        Assert.Equal(fault!.ToString(), (await api.TotalsAsync("沪", "2017-09-01")).Identity);
        Assert.Equal(fault.ToString(), (await api.RollupsAsync("沪01", "2017-09-01T00:00:00Z", "2017-09-02T00:00:00Z")).Identity);
        Assert.Equal("holds", (await api.TotalsAsync("沪02", "2017-09-01")).Identity);
    }

    [Fact]
    public async Task A_fen_that_is_in_the_windows_and_not_in_the_days_is_found()
    {
        await using var lab = await GrainLab.OpenAsync();
        await lab.AcceptedAsync(s_number, NewCase.Filing(Day(0)));
        _ = await lab.AskAsync(Court, model =>
        {
            model.CourtAt(GrainLab.Court(Court).Index).Windows.Add(5_000_000, Flows.FundsIn, 1);
            return 0;
        });

        Assert.Equal($"days of column {Flows.FundsIn}", (await lab.CheckAsync())?.Figure);
    }

    [Theory]
    [InlineData("沪9999", null, "scope.unknown")]
    [InlineData("", null, "scope.unknown")]
    [InlineData(Court, "2017-9-1", "query.bad-date")]
    [InlineData(Court, "2017-02-30", "query.bad-date")]
    [InlineData(Court, "today", "query.bad-date")]
    public async Task Totals_say_what_is_wrong_with_a_question(string scope, string? date, string code) =>
        Assert.Equal(code, Api.CodeOf(await _api.AskTotalsAsync(scope, date)));

    [Theory]
    [InlineData("沪9999", null, null, null, "scope.unknown")]
    [InlineData(Court, "2017-09-01", null, null, "query.bad-from")]
    [InlineData(Court, "2017-09-01T00:00:00", null, null, "query.bad-from")]
    [InlineData(Court, null, "now", null, "query.bad-to")]
    [InlineData(Court, "2017-09-02T00:00:00Z", "2017-09-01T00:00:00Z", null, "query.bad-from")]
    [InlineData(Court, null, null, "2h", "query.bad-step")]
    public async Task Rollups_say_what_is_wrong_with_a_question(string scope, string? from, string? to, string? step, string code) =>
        Assert.Equal(code, Api.CodeOf(await _api.AskRollupsAsync(scope, from, to, step)));

    private Task FileAsync(int number, DateTimeOffset at, string type = "执") =>
        _lab.AcceptedAsync(NewCase.Number(number, type), NewCase.Filing(at, type, number: number));

    private async Task<PeriodTotals> DayAsync(string date) => (await _api.TotalsAsync(Court, date)).Day;

    private async Task<(long In, long Out)> FundsAsync(string date)
    {
        var day = await DayAsync(date);
        return (day.FundsInFen, day.FundsOutFen);
    }

    private async Task<(int Hour, int Minute, long Received, long Pending)[]> WindowsAsync() =>
        [.. (await _api.RollupsAsync(Court, "2017-09-01T00:00:00+08:00", "2017-09-02T00:00:00+08:00")).Points
            .Select(point => (point.T.ToOffset(TimeSpan.FromHours(8)).Hour, point.T.Minute, point.Received, point.Pending))];
}
