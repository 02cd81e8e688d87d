using CommandCenter.Domain.Properties;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Tablet;

namespace CommandCenter.Web.Tests.Tablet;

public sealed class ThingsTodayTests
{
    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, "ControlNow")]
    [InlineData(1, "ControlNow")]
    [InlineData(2, "ControlSoon")]
    [InlineData(7, "ControlSoon")]
    [InlineData(8, "ControlLater")]
    public void A_control_is_as_urgent_as_its_last_day_is_near(int days, string? kind) => Assert.Equal(kind, ThingsToday.OfControl(days)?.ToString());

    [Theory]
    [InlineData(-1, "Overdue")]
    [InlineData(0, "LimitNow")]
    [InlineData(7, "LimitSoon")]
    [InlineData(30, "LimitLater")]
    public void A_limit_that_is_past_is_overdue(int days, string kind) => Assert.Equal(kind, ThingsToday.OfLimit(days).ToString());

    [Theory]
    [InlineData(null, null)]
    [InlineData(15, null)]
    [InlineData(16, "MoneySoon")]
    [InlineData(30, "MoneySoon")]
    [InlineData(31, "MoneyLong")]
    public void Money_of_unknown_age_is_no_alarm(int? days, string? kind) => Assert.Equal(kind, ThingsToday.OfMoney(days)?.ToString());

    [Fact]
    public void Every_kind_has_a_turn_before_one_has_a_second()
    {
        (ThingKind Kind, int Id)[] candidates = [(ThingKind.Overdue, 1), (ThingKind.ControlNow, 2), (ThingKind.ControlNow, 3), (ThingKind.ControlNow, 4), (ThingKind.MoneyLong, 5)];

        Assert.Equal([2, 5, 1], ThingsToday.Pick(candidates, static one => one.Kind).Select(static one => one.Id));
        Assert.Equal([2, 5, 3], ThingsToday.Pick(candidates.Where(static one => one.Kind != ThingKind.Overdue), static one => one.Kind).Select(static one => one.Id));
        Assert.Equal([2, 3, 4], ThingsToday.Pick(candidates.Where(static one => one.Kind == ThingKind.ControlNow), static one => one.Kind).Select(static one => one.Id));
        Assert.Empty(ThingsToday.Pick<(ThingKind Kind, int Id)>([], static one => one.Kind));
    }

    [Fact]
    public void A_board_counts_everything_and_keeps_the_most_urgent()
    {
        var board = new HandlerBoard("judge-1");
        foreach (var days in Enumerable.Range(-20, 51).Reverse())
        {
            board.Add(new LimitItem(0, NewCase.Number(days + 100), "judge-1", days));
            board.Add(new ControlItem(0, NewCase.Number(days + 100), "judge-1", "P-1", PropertyClass.Deposit, ControlAct.Freeze, days));
            board.Add(new MoneyItem(0, NewCase.Number(days + 100), "judge-1", "甲", 100, days < 0 ? null : days + 20));
        }

        Assert.Equal((20, 20), (board.Overdue, board.Lapsed));
        Assert.Equal([2L, 8, 16, 31], board.LimitsWithin);
        Assert.Equal([2L, 8, 16, 31], board.ControlsWithin);
        Assert.Equal(((51, 5_100), (20, 2_000), 20), (board.Waiting, board.WaitingLong, board.WaitingUndated));
        Assert.Equal(Enumerable.Range(-20, HandlerBoard.FirstMax), board.Limits.Select(static item => item.Days));
        Assert.Equal(Enumerable.Range(0, HandlerBoard.FirstMax), board.Controls.Select(static item => item.Days));
        Assert.Equal(Enumerable.Range(39, HandlerBoard.FirstMax).Reverse().Select(static days => (int?)days), board.Money.Select(static item => item.Days));
    }
}
