using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Domain.Cases.CaseEvent;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Cases;

public sealed class CaseTransferTests
{
    private static readonly CaseBuilder s_rich = NewCase.FiledOn(Day(0)).AssignedOn(Day(1)).ReachedOn(Day(2), "TZ")
        .ReachedOn(Day(3), "CX", NodePhase.Entered).ReceivedOn(Day(4), 500, "S-1").DisbursedOn(Day(5), 200, "S-2")
        .ReversedOn(Day(6), 100, "R-1", "S-1").ControlledOn(Day(6)).PetitionedOn(Day(7)).PetitionedOn(Day(7), "X-2").AnsweredOn(Day(8), "X-2")
        .SuspendedOn(Day(9), "和解").ResumedOn(Day(10), "和解").SuspendedOn(Day(11), "执行异议");

    [Fact]
    public void A_transferred_case_is_held_by_the_other_court()
    {
        var moved = Assert.IsType<CaseState.Moved>(s_rich.GivenAccepted(new TransferCase(ShippedConfig.Huangpu, Day(20))).State);

        Assert.Equal(ShippedConfig.Huangpu, moved.ToCourt);
        Assert.Equal(Day(20), moved.File.StatusAt);
    }

    [Fact]
    public void The_file_that_is_admitted_is_the_file_that_left()
    {
        var left = s_rich.GivenAccepted(new TransferCase(ShippedConfig.Huangpu, Day(20))).File;

        var admitted = NewCase.NotFiled.GivenAccepted(new AdmitCase(left, ShippedConfig.Huangpu, Day(21))).File;

        Assert.Equal(ShippedConfig.Huangpu, admitted.CourtMark);
        Assert.Equal(Day(21), admitted.StatusAt);
        Assert.Equal(
            StateText.Of(s_rich.File),
            StateText.Of(admitted with { CourtMark = s_rich.File.CourtMark, StatusAt = s_rich.File.StatusAt }));
    }

    [Fact]
    public void A_case_can_go_there_and_come_back_with_what_happened_there()
    {
        var away = s_rich.GivenAccepted(new TransferCase(ShippedConfig.Huangpu, Day(20)));
        var there = NewCase.NotFiled.GivenAccepted(
            new AdmitCase(away.File, ShippedConfig.Huangpu, Day(20)),
            new ReceiveFunds(50, "S-9", "乙", Day(21)),
            new TransferCase(ShippedConfig.Pudong, Day(22)));

        var back = away.GivenAccepted(new AdmitCase(there.File, ShippedConfig.Pudong, Day(22)));

        Assert.IsType<CaseState.Open>(back.State);
        Assert.IsType<CaseState.Moved>(there.State);
        Assert.Equal(ShippedConfig.Pudong, back.File.CourtMark);
        Assert.Equal(s_rich.File.Funds.InFen + 50, back.File.Funds.InFen);
        Then.Happened<CaseClosed>(back.When(new CloseCase(CloseWay.Performed, Day(100))));
    }

    [Fact]
    public void The_court_that_took_over_remembers_every_bank_serial_and_petition()
    {
        var there = NewCase.NotFiled.GivenAccepted(
            new AdmitCase(s_rich.GivenAccepted(new TransferCase(ShippedConfig.Huangpu, Day(20))).File, ShippedConfig.Huangpu, Day(20)));

        Then.Refused("funds.serial-repeated", "data.serial", there.When(new ReceiveFunds(500, "S-1", "乙", Day(21))));
        Then.Refused("funds.serial-repeated", "data.serial", there.When(new ReverseFunds(1, "R-1", "S-1", Day(21))));
        Then.Refused("petition.already-received", "data.petitionId", there.When(new ReceivePetition("X-2", Day(21))));
        Then.Happened<CaseResumed>(there.When(new ResumeCase("执行异议", Day(21))));
    }

    [Fact]
    public void A_case_cannot_be_transferred_to_the_court_that_holds_it()
    {
        Then.Refused("case.transfer-to-itself", "data.toCourt", s_rich.When(new TransferCase(ShippedConfig.Pudong, Day(20))));

        // Who holds it counts, not whose mark its number bears.
        var there = NewCase.NotFiled.GivenAccepted(new AdmitCase(s_rich.File, ShippedConfig.Huangpu, Day(20)));
        Then.Refused("case.transfer-to-itself", "data.toCourt", there.When(new TransferCase(ShippedConfig.Huangpu, Day(21))));
        Then.Happened<CaseTransferred>(there.When(new TransferCase(ShippedConfig.Pudong, Day(21))));
    }

    [Fact]
    public void A_case_cannot_leave_before_it_came()
    {
        Then.Refused("case.before-last-change", "at", s_rich.When(new TransferCase(ShippedConfig.Huangpu, Day(-1))));

        var there = NewCase.NotFiled.GivenAccepted(new AdmitCase(s_rich.File, ShippedConfig.Huangpu, Day(20)));
        Then.Refused("case.before-last-change", "at", there.When(new TransferCase(ShippedConfig.Pudong, Day(19))));
        Then.Refused("case.before-last-change", "at", there.When(new CloseCase(CloseWay.Performed, Day(19))));
    }

    [Fact]
    public void A_case_that_was_admitted_keeps_its_filing_date_for_its_limits()
    {
        var there = NewCase.NotFiled.GivenAccepted(new AdmitCase(s_rich.File, ShippedConfig.Huangpu, Day(80)));

        Assert.Equal(Day(0), there.File.FiledAt);
        Assert.Equal(Irregularities.None, Then.Happened<CaseClosed>(there.When(new CloseCase(CloseWay.Terminal, Day(100)))).Irregular);
    }
}
