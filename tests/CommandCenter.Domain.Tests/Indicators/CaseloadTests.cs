using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Indicators;

namespace CommandCenter.Domain.Tests.Indicators;

public sealed class CaseloadTests
{
    [Fact]
    public void Received_and_closed_count_the_main_classes_and_never_preservation_or_review()
    {
        var load = Of((Flows.Received + 0, 10), (Flows.Received + 1, 200), (Flows.Received + 2, 3_000), (Flows.Received + 3, 40_000),
            (Flows.Closed + 0, 5), (Flows.Closed + 1, 60), (Flows.Closed + 2, 700), (Flows.Closed + 3, 8_000));

        Assert.Equal((210, 65), (load.Received, load.Closed));
        Assert.Equal([10, 200, 3_000, 40_000], Enum.GetValues<CaseClass>().Select(load.ReceivedOf));
        Assert.Equal([5, 60, 700, 8_000], Enum.GetValues<CaseClass>().Select(load.ClosedOf));
        Assert.Equal(145, load.PendingGrowth);
    }

    [Fact]
    public void A_closing_undone_is_no_closing()
    {
        var load = Of((Flows.Closed, 5), (Flows.Revoked, 2), (Flows.ClosedBy, 4), (Flows.RevokedBy, 1), (Flows.ClosedBy + 1, 3), (Flows.RevokedBy + 1, 2));

        Assert.Equal(3, load.Closed);
        Assert.Equal(3, load.ClosedByWay(CloseWay.Performed));
        Assert.Equal(1, load.ClosedByWay(CloseWay.Terminal));
        Assert.Equal(-3, load.PendingGrowth);
    }

    [Fact]
    public void A_terminal_closing_counts_as_closed_and_grows_the_terminal_stock_until_it_is_reinstated()
    {
        var load = Of((Flows.Closed, 3), (Flows.ClosedBy + (int)CloseWay.Terminal, 3), (Flows.Reinstated, 1));

        Assert.Equal(3, load.Closed);
        Assert.Equal(2, load.TerminalGrowth);
        Assert.Equal(3, load.ClosedByWay(CloseWay.Terminal));
    }

    [Fact]
    public void Pending_grows_by_what_is_received_or_taken_over_and_shrinks_by_what_is_closed_or_given_away()
    {
        foreach (var @class in Enum.GetValues<CaseClass>())
        {
            var load = Of((Flows.Received + (int)@class, 100), (Flows.TransferredIn + (int)@class, 20),
                (Flows.Closed + (int)@class, 30), (Flows.Revoked + (int)@class, 4), (Flows.TransferredOut + (int)@class, 5));

            Assert.Equal(100 + 20 - (30 - 4) - 5, load.PendingGrowthOf(@class));
            Assert.All(Enum.GetValues<CaseClass>().Where(other => other != @class), other => Assert.Equal(0, load.PendingGrowthOf(other)));
        }
    }

    [Fact]
    public void Transfers_count_the_main_classes_only()
    {
        var load = Of((Flows.TransferredIn, 1), (Flows.TransferredIn + 1, 20), (Flows.TransferredIn + 2, 300), (Flows.TransferredIn + 3, 4_000),
            (Flows.TransferredOut, 5), (Flows.TransferredOut + 1, 60), (Flows.TransferredOut + 2, 700), (Flows.TransferredOut + 3, 8_000));

        Assert.Equal((21, 65), (load.TransferredIn, load.TransferredOut));
    }

    [Fact]
    public void Money_is_net_of_counter_entries_and_the_rest_stands_for_itself()
    {
        var load = Of((Flows.FundsIn, 1_000), (Flows.FundsInReversed, 1), (Flows.FundsOut, 500), (Flows.FundsOutReversed, 20),
            (Flows.PetitionsReceived, 7), (Flows.PetitionsAnswered, 6), (Flows.Irregular, 9));

        Assert.Equal((999, 480), (load.FundsInFen, load.FundsOutFen));
        Assert.Equal((7, 6, 9), (load.PetitionsReceived, load.PetitionsAnswered, load.Irregular));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Flows.ColumnCount - 1)]
    [InlineData(Flows.ColumnCount + 1)]
    public void Another_number_of_columns_is_refused(int count) => Assert.Throws<ArgumentException>(() => new Caseload(new long[count]));

    private static Caseload Of(params (int Column, long Sum)[] sums)
    {
        var columns = new long[Flows.ColumnCount];
        foreach (var (column, sum) in sums)
        {
            columns[column] = sum;
        }

        return new Caseload(columns);
    }
}
