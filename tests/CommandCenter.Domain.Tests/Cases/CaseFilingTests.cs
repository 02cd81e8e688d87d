using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Domain.Cases.CaseEvent;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Cases;

public sealed class CaseFilingTests
{
    [Fact]
    public void A_filed_case_is_what_its_filing_said()
    {
        var parent = NewCase.Number(7);
        var file = NewCase.NotFiled.GivenAccepted(NewCase.Filing(Day(0), "执恢", parent)).File;

        Assert.Equal(NewCase.Number(type: "执恢"), file.Number);
        Assert.Equal(ShippedConfig.Pudong, file.CourtMark);
        Assert.Equal("民间借贷纠纷", file.Cause);
        Assert.Equal("(2017)沪0115民初1号", file.Basis);
        Assert.Equal(NewCase.ClaimFen, file.ClaimFen);
        Assert.Equal(["甲"], file.Applicants);
        Assert.Equal(["乙"], file.Debtors);
        Assert.Equal(parent, file.Parent);
        Assert.Equal(Day(0), file.FiledAt);
        Assert.Equal(Day(0), file.StatusAt);
        Assert.Null(file.Handler);
        Assert.Equal(Irregularities.None, file.Irregular);
    }

    [Fact]
    public void Filing_reaches_the_first_node_by_itself()
    {
        var flow = NewCase.FiledOn(Day(0)).File.Flow;

        Assert.Equal(1UL << ShippedConfig.Seq("LA"), flow.Reached);
        Assert.Equal(ShippedConfig.Seq("LA"), flow.Latest);
        Assert.Equal(Day(0), flow.LatestAt);
        Assert.Equal(0, flow.OccurrencesOf(ShippedConfig.Seq("LA")));
    }

    [Fact]
    public void A_number_of_another_court_is_refused() =>
        Then.Refused("case.number-of-other-court", "case", NewCase.NotFiled.When(NewCase.Filing(Day(0)) with { CourtMark = ShippedConfig.Huangpu }));

    [Fact]
    public void A_case_cannot_be_its_own_parent() =>
        Then.Refused("case.own-parent", "data.parent", NewCase.NotFiled.When(NewCase.Filing(Day(0), parent: NewCase.Number())));

    [Theory]
    [InlineData("执恢", false, Irregularities.NoParent)]
    [InlineData("执恢", true, Irregularities.None)]
    [InlineData("执", false, Irregularities.None)]
    [InlineData("执保", false, Irregularities.None)]
    [InlineData("执异", false, Irregularities.None)]
    public void Only_a_reinstated_case_that_names_no_parent_is_flagged(string type, bool hasParent, Irregularities irregular)
    {
        CaseNumber? parent = hasParent ? NewCase.Number(7) : null;

        var filed = Then.Happened<CaseFiled>(NewCase.NotFiled.When(NewCase.Filing(Day(0), type, parent)));

        Assert.Equal(irregular, filed.Irregular);
        Assert.Equal(irregular, NewCase.NotFiled.Given(filed).File.Irregular);
    }

    [Fact]
    public void Assigning_names_the_handler_and_reaches_its_node()
    {
        var given = NewCase.FiledOn(Day(0)).GivenAccepted(new AssignCase("承办人甲", Day(1)));

        Assert.Equal("承办人甲", given.File.Handler);
        Assert.Equal(ShippedConfig.Seq("FA"), given.File.Flow.Latest);
        Assert.NotEqual(0UL, given.File.Flow.Reached & (1UL << ShippedConfig.Seq("FA")));
    }

    [Fact]
    public void Another_handler_replaces_the_first() =>
        Assert.Equal("乙法官", NewCase.FiledOn(Day(0)).AssignedOn(Day(1), "甲法官").GivenAccepted(new AssignCase("乙法官", Day(2))).File.Handler);

    [Fact]
    public void A_changed_claim_is_the_new_total() =>
        Assert.Equal(7, NewCase.FiledOn(Day(0)).GivenAccepted(new ChangeClaim(7, Day(1))).File.ClaimFen);

    [Fact]
    public void Whatever_is_dated_before_the_filing_is_recorded_and_flagged()
    {
        var given = NewCase.FiledOn(Day(0)).ReceivedOn(Day(1), 10, "S-1").ControlledOn(Day(1)).PetitionedOn(Day(1));
        CaseCommand[] early =
        [
            new AssignCase("承办人", Day(-1)),
            new ReachNode(ShippedConfig.Seq("YY"), NodePhase.Done, Occurrence: null, Day(-1)),
            new ChangeClaim(7, Day(-1)),
            new SuspendCase("和解", Day(-1)),
            new ReceiveFunds(10, "S-2", "乙", Day(-1)),
            new DisburseFunds(10, "S-3", "甲", Day(-1)),
            new ReverseFunds(10, "R-1", "S-1", Day(-1)),
            new ControlProperty(NewCase.Deposit("P-2"), Day(-1)),
            new RenewProperty("P-1", new DateOnly(2019, 1, 1), Day(-1)),
            new ReleaseProperty("P-1", Day(-1)),
            new ReceivePetition("X-2", Day(-1)),
            new AnswerPetition("X-1", Day(-1)),
        ];

        Assert.All(early, command =>
        {
            var accepted = Assert.IsType<Decision<CaseEvent>.Accepted>(given.When(command));
            Assert.Equal(Irregularities.BeforeFiling, Assert.Single(accepted.Events).Irregular);
            Assert.Equal(Irregularities.BeforeFiling, given.Given(accepted.Events).File.Irregular);
        });
    }

    [Fact]
    public void What_happens_at_the_moment_of_filing_is_not_early() =>
        Assert.Equal(Irregularities.None, Then.Happened<CaseAssigned>(NewCase.FiledOn(Day(0)).When(new AssignCase("承办人", Day(0)))).Irregular);

    [Fact]
    public void The_flags_of_a_case_add_up()
    {
        var file = NewCase.FiledOn(Day(0)).GivenAccepted(
            new ChangeClaim(7, Day(-1)),
            new DisburseFunds(10, "S-1", "甲", Day(1)),
            new ChangeClaim(8, Day(2))).File;

        Assert.Equal(Irregularities.BeforeFiling | Irregularities.Overdrawn, file.Irregular);
    }
}
