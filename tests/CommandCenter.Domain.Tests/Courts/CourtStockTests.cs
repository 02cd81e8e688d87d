using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Testing.Cases;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Courts;

public sealed class CourtStockTests
{
    [Theory]
    [InlineData("执", CaseClass.First)]
    [InlineData("执恢", CaseClass.Reinstated)]
    [InlineData("执保", CaseClass.Preservation)]
    [InlineData("执异", CaseClass.Other)]
    [InlineData("委执", CaseClass.Other)]
    public void An_open_case_counts_once_in_its_own_class_and_in_no_other(string type, CaseClass @class)
    {
        var stock = CourtStock.Of(NewCase.FiledOn(Day(0), type).State);

        Assert.All(Enum.GetValues<CaseClass>(), each => Assert.Equal(each == @class ? 1 : 0, stock.Open(each)));
        Assert.Equal(0, stock.Terminal);
    }

    [Theory]
    [InlineData("执", 1)]
    [InlineData("执恢", 1)]
    [InlineData("执保", 0)]
    [InlineData("执异", 0)]
    public void Pending_counts_the_main_classes_only(string type, long pending) =>
        Assert.Equal(pending, CourtStock.Of(NewCase.FiledOn(Day(0), type).State).Pending);

    [Theory]
    [InlineData("执", CloseWay.Terminal, 1)]
    [InlineData("执恢", CloseWay.Terminal, 1)]
    [InlineData("执保", CloseWay.Terminal, 0)]
    [InlineData("执异", CloseWay.Terminal, 0)]
    [InlineData("执", CloseWay.Performed, 0)]
    [InlineData("执", CloseWay.Ended, 0)]
    [InlineData("执", CloseWay.Withdrawn, 0)]
    [InlineData("执", CloseWay.NotEnforced, 0)]
    [InlineData("执", CloseWay.ApplicationRejected, 0)]
    public void A_closed_case_stays_in_the_terminal_stock_only_when_it_is_a_terminal_one_of_the_main_classes(
        string type, CloseWay way, long terminal) =>
        Assert.Equal(new CourtStock(0, 0, 0, 0, terminal), CourtStock.Of(NewCase.FiledOn(Day(0), type).ClosedOn(Day(100), way).State));

    [Fact]
    public void A_terminal_case_leaves_the_terminal_stock_when_it_is_reinstated() =>
        Assert.Equal(default, CourtStock.Of(NewCase.FiledOn(Day(0)).ClosedOn(Day(100), CloseWay.Terminal).ReinstatedOn(Day(200)).State));

    [Fact]
    public void A_case_that_is_not_filed_or_has_moved_counts_for_nothing()
    {
        Assert.Equal(default, CourtStock.Of(NewCase.NotFiled.State));
        Assert.Equal(default, CourtStock.Of(NewCase.FiledOn(Day(0)).TransferredOn(Day(1)).State));
    }

    [Fact]
    public void A_change_of_one_case_takes_away_what_it_was_and_adds_what_it_is()
    {
        var stock = new CourtStock(10, 20, 30, 40, 50);
        var open = NewCase.FiledOn(Day(0));

        Assert.Equal(new CourtStock(11, 20, 30, 40, 50), stock.After(NewCase.NotFiled.State, open.State));
        Assert.Equal(new CourtStock(9, 20, 30, 40, 51), stock.After(open.State, open.ClosedOn(Day(100), CloseWay.Terminal).State));
        Assert.Equal(new CourtStock(9, 20, 30, 40, 50), stock.After(open.State, open.TransferredOn(Day(1)).State));
        Assert.Equal(stock, stock.After(open.State, open.AssignedOn(Day(1)).State));
    }

    [Theory]
    [InlineData("执恢", 10, 21, 30, 40)]
    [InlineData("执保", 10, 20, 31, 40)]
    [InlineData("执异", 10, 20, 30, 41)]
    public void Filing_grows_the_stock_of_its_class(string type, long first, long reinstated, long preservation, long other) =>
        Assert.Equal(
            new CourtStock(first, reinstated, preservation, other, 50),
            new CourtStock(10, 20, 30, 40, 50).After(NewCase.NotFiled.State, NewCase.FiledOn(Day(0), type).State));
}
