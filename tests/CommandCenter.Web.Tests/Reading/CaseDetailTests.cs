using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Tests.Grains;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Reading;

public sealed class CaseDetailTests
{
    private const string From = ShippedConfig.Pudong;
    private static readonly CaseNumber s_number = NewCase.Number();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_timeline_goes_through_all_courts_in_the_order_in_which_things_happened(bool samePartition)
    {
        await using var lab = await GrainLab.OpenAsync();
        var (to, third) = (lab.OtherCourt(From, samePartition), lab.OtherCourt(From, samePartition: false, except: lab.OtherCourt(From, samePartition)));
        await lab.AcceptedAsync(s_number, NewCase.Filing(Day(0)));
        await lab.AcceptedAsync(s_number, new AssignCase("承办人甲", Day(1)));
        await lab.AcceptedAsync(s_number, new ReceiveFunds(100, "S-1", "乙", Day(1)));
        await lab.AcceptedAsync(s_number, new TransferCase(to, Day(2)));
        await lab.AcceptedAsync(s_number, new AssignCase("承办人乙", Day(2)), to);
        await lab.AcceptedAsync(s_number, new ChangeClaim(5, Day(2)), to);
        await lab.AcceptedAsync(s_number, new TransferCase(third, Day(2)), to);
        await lab.AcceptedAsync(s_number, new AssignCase("承办人丙", Day(2)), third);
        await lab.AcceptedAsync(s_number, new ChangeClaim(6, Day(2)), third);
        await lab.AcceptedAsync(s_number, new SuspendCase("和解", Day(2)), third);
        await lab.AcceptedAsync(s_number, new DisburseFunds(40, "S-1", "甲", Day(1.5)), third); // Reported late.

        var view = await new Api(lab).CaseAsync(s_number);

        Assert.Equal(third, view.Court);
        Assert.Equal("suspended", view.Status);
        Assert.Equal(
            [
                "case.filed", "case.assigned", "funds.received", "funds.disbursed", "case.transferred",
                "case.admitted", "case.assigned", "case.claimChanged", "case.transferred",
                "case.admitted", "case.assigned", "case.claimChanged", "case.suspended",
            ],
            view.Timeline.Select(entry => entry.Type));
    }

    [Fact]
    public async Task A_case_between_two_courts_is_still_to_be_found()
    {
        await using var lab = await GrainLab.OpenAsync();
        var to = lab.OtherCourt(From, samePartition: false);
        await lab.AcceptedAsync(s_number, NewCase.Filing(Day(0)));
        Assert.Equal(GrainReply.Accepted, await lab.TellAsync(s_number, new TransferCase(to, Day(2))));
        var api = new Api(lab);

        var between = await api.CaseAsync(s_number);
        await lab.SettleAsync();
        var arrived = await api.CaseAsync(s_number);

        Assert.Equal(("moved", From, 2), (between.Status, between.Court, between.Timeline.Count));
        Assert.Equal(("open", to, 3), (arrived.Status, arrived.Court, arrived.Timeline.Count));
    }

    [Theory]
    [InlineData("1234", "query.bad-case-number")]
    [InlineData("(2017)沪0115执0号", "query.bad-case-number")]
    [InlineData("(2017)沪0115执77号", "case.unknown")]
    [InlineData("(2017)京0105执77号", "case.unknown")]
    public async Task A_case_that_is_not_there_has_a_code(string number, string code)
    {
        await using var lab = await GrainLab.OpenAsync();

        Assert.Equal(code, Api.CodeOf(await new Api(lab).AskCaseAsync(number)));
    }
}
