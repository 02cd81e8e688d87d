using System.Text.RegularExpressions;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Officers;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Recount;
using static CommandCenter.Domain.Cases.CaseEvent;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Recount;

public sealed partial class NaiveCountTests
{
    private static readonly CaseNumber s_number = NewCase.Number();

    /// <summary>A count that uses the counter's own tools can only agree with it.</summary>
    [Fact]
    public void The_naive_count_shares_nothing_with_the_figures_but_the_types_of_events()
    {
        string[] files = [.. Directory.GetFiles(RepositoryRoot.Combine("src", "CommandCenter.Web", "Recount"), "Naive*.cs")];

        Assert.Equal(3, files.Length);
        foreach (var source in files.Select(File.ReadAllText))
        {
            Assert.DoesNotMatch(Forbidden(), source);
            Assert.All(Using().Matches(source).Select(match => match.Groups[1].Value), name => Assert.Contains(name, s_usings));
        }
    }

    [Fact]
    public void An_event_counts_in_the_five_minutes_and_in_the_day_of_Shanghai_in_which_it_happened()
    {
        var count = new NaiveCount(filedNode: 1, assignedNode: 2);

        count.Take(s_number, Filed(Shanghai(2017, 9, 1, 0, 4, 59)));
        count.Take(s_number, new FundsReceived(700, "S-1", null, Shanghai(2017, 9, 1, 23, 55), Irregularities.None));
        count.Take(s_number, new FundsReceived(1, "S-2", null, Shanghai(2017, 9, 1, 23, 59, 59), Irregularities.None));
        count.Take(s_number, new FundsReceived(9, "S-3", null, Shanghai(2017, 9, 2), Irregularities.None));

        var court = count.CourtOf(s_number.CourtMark);
        Assert.Equal([(Shanghai(2017, 9, 1), 1L)], Cells(court, Counted.Received, days: false));
        Assert.Equal([(Shanghai(2017, 9, 1, 23, 55), 701L), (Shanghai(2017, 9, 2), 9L)], Cells(court, Counted.FundsIn, days: false));
        Assert.Equal([(Shanghai(2017, 9, 1), 701L), (Shanghai(2017, 9, 2), 9L)], Cells(court, Counted.FundsIn, days: true));
    }

    [Fact]
    public void A_case_is_overdue_six_months_after_its_filing_and_not_while_it_is_suspended()
    {
        var count = new NaiveCount(filedNode: 1, assignedNode: 2);
        count.Take(s_number, Filed(Shanghai(2017, 3, 31, 9)));

        Assert.Equal(0, Overdue(count, Shanghai(2017, 10, 1)));
        Assert.Equal(1, Overdue(count, Shanghai(2017, 10, 1, 0, 0, 1)));

        count.Take(s_number, new CaseSuspended("和解", Shanghai(2017, 4, 10), Irregularities.None));
        Assert.Equal(0, Overdue(count, Shanghai(2018, 10, 1)));

        count.Take(s_number, new CaseResumed("和解", Shanghai(2017, 4, 12), Irregularities.None));
        Assert.Equal(0, Overdue(count, Shanghai(2017, 10, 3)));
        Assert.Equal(1, Overdue(count, Shanghai(2017, 10, 3, 0, 0, 1)));
    }

    [Fact]
    public void A_terminal_case_leaves_the_terminal_stock_when_it_is_reinstated_or_its_closing_revoked()
    {
        var count = new NaiveCount(filedNode: 1, assignedNode: 2);
        var other = NewCase.Number(5);
        count.Take(s_number, Filed(Day(0)));
        count.Take(other, Filed(Day(0), other));
        count.Take(s_number, new CaseClosed(CloseWay.Terminal, Day(100), Irregularities.None));
        count.Take(other, new CaseClosed(CloseWay.Terminal, Day(100), Irregularities.None));
        Assert.Equal((0L, 2L), PendingAndTerminal(count));

        count.Take(s_number, new ReinstatementNoted(NewCase.Number(7, "执恢"), Day(101), Irregularities.None));
        Assert.Equal((0L, 1L), PendingAndTerminal(count));

        count.Take(other, new ClosingRevoked(CloseWay.Terminal, "错误", Day(101), Irregularities.None));
        Assert.Equal((1L, 0L), PendingAndTerminal(count));
    }

    [Fact]
    public void A_control_of_an_open_case_counts_by_the_days_left_and_goes_with_its_case()
    {
        var count = new NaiveCount(filedNode: 1, assignedNode: 2);
        var today = new DateOnly(2017, 9, 1);
        count.Take(s_number, Filed(Day(0)));
        foreach (var days in new[] { -1, 0, 1, 30 })
        {
            count.Take(s_number, new PropertyControlled(NewCase.Deposit($"P{days}", today.AddDays(days)), Day(0), Irregularities.None));
        }

        Assert.Equal([1, 2, 2, 2, 2, 3, 3], Controls());

        count.Take(s_number, new PropertyRenewed("P-1", today.AddDays(7), Day(1), Irregularities.None));
        count.Take(s_number, new PropertyReleased("P0", Day(1), Irregularities.None));
        Assert.Equal([0, 1, 1, 2, 2, 3, 3], Controls());

        count.Take(s_number, new CaseClosed(CloseWay.Performed, Day(2), Irregularities.None));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0], Controls());
        count.Take(s_number, new ClosingRevoked(CloseWay.Performed, "错误", Day(2), Irregularities.None));
        Assert.Equal([0, 1, 1, 2, 2, 3, 3], Controls());

        long[] Controls() => count.Stocks(Shanghai(2017, 9, 1, 23, 59))[s_number.CourtMark][(int)CountedStock.ControlsLapsed..(int)CountedStock.OfficersOnDuty];
    }

    [Fact]
    public void An_officer_is_on_duty_as_the_report_of_the_latest_moment_says()
    {
        var count = new NaiveCount(filedNode: 1, assignedNode: 2);
        count.Take("沪0115", "甲", new OfficerEvent.DutyChanged(true, null, Day(2)));
        count.Take("沪0115", "乙", new OfficerEvent.DutyChanged(true, null, Day(2)));
        count.Take("沪0115", "甲", new OfficerEvent.DutyChanged(false, null, Day(1)));
        Assert.Equal(2, OnDuty());

        count.Take("沪0115", "甲", new OfficerEvent.DutyChanged(false, null, Day(2)));
        Assert.Equal(1, OnDuty());

        long OnDuty() => count.Stocks(Day(3))["沪0115"][(int)CountedStock.OfficersOnDuty];
    }

    [Fact]
    public void A_case_counts_at_its_latest_node_and_with_the_handler_that_it_has_now()
    {
        var count = new NaiveCount(filedNode: 1, assignedNode: 2);
        var (now, court) = (Shanghai(2017, 9, 20, 10), s_number.CourtMark);
        count.Take(s_number, Filed(Shanghai(2017, 9, 1, 9)));
        count.Take(s_number, new CaseAssigned("甲", Shanghai(2017, 9, 2), Irregularities.None));
        count.Take(s_number, new NodeReached(6, NodePhase.Done, 1, Shanghai(2017, 9, 4), Irregularities.None));
        count.Take(s_number, new NodeReached(5, NodePhase.Done, 1, Shanghai(2017, 9, 3), Irregularities.None)); // Late: it stood there before.
        count.Take(s_number, new FundsReceived(900, "S-1", null, Shanghai(2017, 9, 5), Irregularities.None));
        count.Take(s_number, new FundsDisbursed(200, "S-2", null, Shanghai(2017, 9, 6), Irregularities.None));
        Assert.Equal(["Held.甲 700", "Pending.甲 1", "ReceivedMonth.甲 1", "ReceivedYear.甲 1", "Standing.6 1"], Parts());

        count.Take(s_number, new CaseAssigned("乙", Shanghai(2017, 9, 19), Irregularities.None));
        count.Take(s_number, new CaseAssigned("丙", Shanghai(2017, 9, 18), Irregularities.None)); // Late: he had it before.
        count.Take(s_number, new CaseSuspended("和解", Shanghai(2017, 9, 19), Irregularities.None));
        Assert.Equal(["Held.乙 700", "Pending.乙 1", "ReceivedMonth.乙 1", "ReceivedYear.乙 1", "Standing.2 1", "Suspended.乙 1"], Parts());

        count.Take(s_number, new CaseResumed("和解", Shanghai(2017, 9, 20), Irregularities.None));
        count.Take(s_number, new CaseClosed(CloseWay.Terminal, Shanghai(2017, 9, 20, 0, 1), Irregularities.None));
        Assert.Equal(
            ["ClosedMonth.乙 1", "ClosedToday.乙 1", "ClosedYear.乙 1", "Held.乙 700", "ReceivedMonth.乙 1", "ReceivedYear.乙 1", "Terminal.乙 1"], Parts());

        string[] Parts() => [.. count.Parts(now)[court].Select(static part => $"{part.Key.Figure}.{part.Key.Of} {part.Value}").Order(StringComparer.Ordinal)];
    }

    private static readonly string[] s_usings = ["System.Globalization", "CommandCenter.Domain.Cases", "CommandCenter.Domain.Funds", "CommandCenter.Domain.Officers"];

    private static CaseFiled Filed(DateTimeOffset at, CaseNumber? number = null) => new(
        number ?? s_number, s_number.CourtMark, "民间借贷纠纷", 100, "", [], [], null, at, Irregularities.None);

    private static (DateTimeOffset, long)[] Cells(NaiveCourt court, Counted figure, bool days) =>
        [.. court.Of((int)figure, days).Select(cell => (CellTable.StartOf(cell.Key, days), cell.Value))];

    private static long Overdue(NaiveCount count, DateTimeOffset now) => count.Stocks(now)[s_number.CourtMark][(int)CountedStock.Overdue];

    private static (long Pending, long Terminal) PendingAndTerminal(NaiveCount count)
    {
        var stock = count.Stocks(Day(0))[s_number.CourtMark];
        return (stock[(int)CountedStock.Pending], stock[(int)CountedStock.Terminal]);
    }

    [GeneratedRegex(@"(?<!File\.)\b(Flows?|FlowCount|HandlerCount|CourtGrain|GrainModel|Caseload|CourtStock|WindowSeries|CaseDecider|CaseState|CaseTable|CaseRow|ShanghaiTime|CellTable)\b")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
