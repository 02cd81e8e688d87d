using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Funds;
using CommandCenter.Testing.Cases;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Domain.Cases.CaseEvent;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Funds;

public sealed class CaseFundsTests
{
    private static readonly CaseBuilder s_paid = NewCase.FiledOn(Day(0)).ReceivedOn(Day(1), 500, "S-1");

    [Fact]
    public void Money_in_and_out_is_summed_and_the_rest_is_held()
    {
        var funds = NewCase.FiledOn(Day(0)).GivenAccepted(
            new ReceiveFunds(500, "S-1", "乙", Day(1)),
            new ReceiveFunds(70, "S-2", Payer: null, Day(2)),
            new DisburseFunds(200, "S-3", "甲", Day(3))).File.Funds;

        Assert.Equal((570, 200, 370), (funds.InFen, funds.OutFen, funds.HeldFen));
        Assert.Equal(["S-1", "S-2", "S-3"], funds.Entries.Select(entry => entry.Serial));
    }

    [Fact]
    public void An_event_says_who_paid_and_who_was_paid()
    {
        Assert.Equal("乙", Then.Happened<FundsReceived>(s_paid.When(new ReceiveFunds(1, "S-2", "乙", Day(2)))).Payer);
        Assert.Equal("甲", Then.Happened<FundsDisbursed>(s_paid.When(new DisburseFunds(1, "S-2", "甲", Day(2)))).Payee);
    }

    [Fact]
    public void A_bank_serial_is_counted_once_in_its_direction_for_ever()
    {
        Then.Refused("funds.serial-repeated", "data.serial", s_paid.When(new ReceiveFunds(500, "S-1", "乙", Day(2))));
        Then.Refused(
            "funds.serial-repeated", "data.serial",
            s_paid.ReversedOn(Day(2), 500, "R-1", "S-1").When(new ReceiveFunds(500, "S-1", "乙", Day(3))));
        Then.Refused(
            "funds.serial-repeated", "data.serial",
            s_paid.DisbursedOn(Day(2), 100, "S-9").When(new DisburseFunds(100, "S-9", "甲", Day(3))));
    }

    [Fact]
    public void The_same_serial_may_stand_once_for_money_in_and_once_for_money_out() =>
        Then.Happened<FundsDisbursed>(s_paid.When(new DisburseFunds(500, "S-1", "甲", Day(2))));

    [Theory]
    [InlineData(499, Irregularities.None)]
    [InlineData(500, Irregularities.None)]
    [InlineData(501, Irregularities.Overdrawn)]
    public void Paying_out_more_than_the_case_holds_is_recorded_and_flagged(long fen, Irregularities irregular) =>
        Assert.Equal(irregular, Then.Happened<FundsDisbursed>(s_paid.When(new DisburseFunds(fen, "S-2", "甲", Day(2)))).Irregular);

    [Fact]
    public void What_was_paid_out_before_is_not_held_any_more() => Assert.Equal(
        Irregularities.Overdrawn,
        Then.Happened<FundsDisbursed>(s_paid.DisbursedOn(Day(2), 400, "S-2").When(new DisburseFunds(101, "S-3", "甲", Day(3)))).Irregular);

    [Fact]
    public void A_reversal_in_parts_is_possible_up_to_the_whole_and_no_further()
    {
        var given = s_paid.GivenAccepted(new ReverseFunds(200, "R-1", "S-1", Day(2)), new ReverseFunds(300, "R-2", "S-1", Day(3)));

        Assert.Equal(0, given.File.Funds.InFen);
        Then.Refused("funds.reversed-beyond-original", "data.amountFen", given.When(new ReverseFunds(1, "R-3", "S-1", Day(4))));
        Then.Refused("funds.reversed-beyond-original", "data.amountFen", s_paid.When(new ReverseFunds(501, "R-1", "S-1", Day(2))));
    }

    [Fact]
    public void A_reversal_is_linked_to_its_original_which_stays_as_it_was()
    {
        var entry = Assert.Single(s_paid.GivenAccepted(new ReverseFunds(200, "R-1", "S-1", Day(2))).File.Funds.Entries);

        Assert.Equal(("S-1", 500, 200), (entry.Serial, entry.AmountFen, entry.ReversedFen));
        Assert.Equal(["R-1"], entry.Reversals);
    }

    [Fact]
    public void Money_out_is_reversed_as_money_out()
    {
        var given = s_paid.DisbursedOn(Day(2), 300, "S-2");

        var reversed = Then.Happened<FundsReversed>(given.When(new ReverseFunds(100, "R-1", "S-2", Day(3))));

        Assert.Equal(FundsDirection.Out, reversed.Direction);
        var funds = given.Given(reversed).File.Funds;
        Assert.Equal((500, 200, 300), (funds.InFen, funds.OutFen, funds.HeldFen));
    }

    [Fact]
    public void A_reversal_of_a_serial_that_went_both_ways_means_the_money_in()
    {
        var given = s_paid.DisbursedOn(Day(2), 300, "S-1");

        var funds = given.GivenAccepted(new ReverseFunds(100, "R-1", "S-1", Day(3))).File.Funds;

        Assert.Equal((400, 300), (funds.InFen, funds.OutFen));
        Assert.Equal(0, funds.Find("S-1", FundsDirection.Out)!.ReversedFen);
    }

    [Fact]
    public void A_reversal_of_an_unknown_movement_is_refused() =>
        Then.Refused("funds.unknown-original", "data.of", s_paid.When(new ReverseFunds(1, "R-1", "S-9", Day(2))));

    [Fact]
    public void A_reversal_cannot_itself_be_reversed() => Then.Refused(
        "funds.unknown-original", "data.of", s_paid.ReversedOn(Day(2), 100, "R-1", "S-1").When(new ReverseFunds(100, "R-2", "R-1", Day(3))));

    [Fact]
    public void A_reversal_is_counted_once_by_its_own_serial()
    {
        var given = s_paid.ReceivedOn(Day(1), 900, "S-2").ReversedOn(Day(2), 100, "R-1", "S-1");

        Then.Refused("funds.serial-repeated", "data.serial", given.When(new ReverseFunds(100, "R-1", "S-1", Day(3))));
        Then.Refused("funds.serial-repeated", "data.serial", given.When(new ReverseFunds(100, "R-1", "S-2", Day(3))));
    }

    [Fact]
    public void A_movement_of_nothing_is_a_movement_with_a_serial()
    {
        var given = NewCase.FiledOn(Day(0)).GivenAccepted(new ReceiveFunds(0, "S-1", "乙", Day(1)));

        Assert.Equal(0, given.File.Funds.InFen);
        Then.Refused("funds.serial-repeated", "data.serial", given.When(new ReceiveFunds(5, "S-1", "乙", Day(2))));
    }

    /// <summary>Each amount was in range, and the thousandth of them would have stopped the whole court by overflow.</summary>
    [Fact]
    public void The_sum_of_a_case_is_exact_up_to_the_greatest_integer_that_every_reader_of_JSON_keeps_and_goes_no_further()
    {
        var full = NewCase.FiledOn(Day(0)).GivenAccepted(
            new ReceiveFunds(CaseFunds.AmountFenMax - 1, "S-1", "乙", Day(1)), new ReceiveFunds(1, "S-2", "乙", Day(1)),
            new DisburseFunds(CaseFunds.AmountFenMax - 1, "S-1", "甲", Day(2)), new DisburseFunds(1, "S-2", "甲", Day(2)));

        Assert.Equal((9_007_199_254_740_991, 9_007_199_254_740_991), (full.File.Funds.InFen, full.File.Funds.OutFen));
        Then.Refused("funds.beyond-limit", "data.amountFen", full.When(new ReceiveFunds(1, "S-3", "乙", Day(3))));
        Then.Refused("funds.beyond-limit", "data.amountFen", full.When(new DisburseFunds(1, "S-3", "甲", Day(3))));
    }
}
