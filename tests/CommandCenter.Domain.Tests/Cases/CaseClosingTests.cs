using CommandCenter.Domain.Cases;
using CommandCenter.Testing.Cases;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Domain.Cases.CaseEvent;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Cases;

public sealed class CaseClosingTests
{
    public static TheoryData<CloseWay> Ways => [.. Enum.GetValues<CloseWay>()];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_case_can_be_closed_each_of_the_six_ways(CloseWay way)
    {
        var closed = Assert.IsType<CaseState.Closed>(NewCase.FiledOn(Day(0)).GivenAccepted(new CloseCase(way, Day(100))).State);

        Assert.Equal(way, closed.Way);
        Assert.Equal(Day(100), closed.ClosedAt);
        Assert.Equal(Day(100), closed.File.StatusAt);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_closed_case_cannot_be_closed_again_not_even_the_same_way(CloseWay way) => Then.Refused(
        "case.already-closed", field: null,
        NewCase.FiledOn(Day(0)).ClosedOn(Day(100), CloseWay.Performed).When(new CloseCase(way, Day(101))));

    [Fact]
    public void A_case_cannot_be_closed_before_it_was_filed() =>
        Then.Refused("case.before-last-change", "at", NewCase.FiledOn(Day(0)).When(new CloseCase(CloseWay.Performed, Day(-1))));

    [Fact]
    public void A_case_can_be_closed_at_the_moment_of_its_filing() =>
        Then.Happened<CaseClosed>(NewCase.FiledOn(Day(0)).When(new CloseCase(CloseWay.Withdrawn, Day(0))));

    [Theory]
    [InlineData(2017, 12, 1, 0, false)] // three months to the day
    [InlineData(2017, 11, 30, 23, true)]
    [InlineData(2017, 9, 1, 10, true)]
    public void A_terminal_closing_earlier_than_three_calendar_months_is_flagged(int year, int month, int day, int hour, bool tooEarly)
    {
        var closed = Then.Happened<CaseClosed>(
            NewCase.FiledOn(Shanghai(2017, 9, 1, 9)).When(new CloseCase(CloseWay.Terminal, Shanghai(year, month, day, hour))));

        Assert.Equal(tooEarly ? Irregularities.TerminalTooEarly : Irregularities.None, closed.Irregular);
    }

    [Theory]
    [InlineData(27, true)]
    [InlineData(28, false)] // November has a 30th, February has not
    public void Three_months_end_with_a_shorter_month(int dayOfFebruary, bool tooEarly)
    {
        var closed = Then.Happened<CaseClosed>(
            NewCase.FiledOn(Shanghai(2017, 11, 30)).When(new CloseCase(CloseWay.Terminal, Shanghai(2018, 2, dayOfFebruary))));

        Assert.Equal(tooEarly, closed.Irregular == Irregularities.TerminalTooEarly);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Only_the_terminal_way_can_be_too_early(CloseWay way)
    {
        var given = NewCase.FiledOn(Day(0));
        var closed = Then.Happened<CaseClosed>(given.When(new CloseCase(way, Day(1))));

        Assert.Equal(way == CloseWay.Terminal ? Irregularities.TerminalTooEarly : Irregularities.None, closed.Irregular);
        Assert.Equal(closed.Irregular, given.Given(closed).File.Irregular);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_undone_closing_names_the_way_that_it_undoes(CloseWay way)
    {
        var given = NewCase.FiledOn(Day(0)).ClosedOn(Day(100), way);

        var revoked = Then.Happened<ClosingRevoked>(given.When(new RevokeClosing("款项退回", Day(110))));

        Assert.Equal(way, revoked.Way);
        Assert.Equal("款项退回", revoked.Reason);
        var open = Assert.IsType<CaseState.Open>(given.Given(revoked).State);
        Assert.Equal(Day(110), open.File.StatusAt);
    }

    [Fact]
    public void A_closing_cannot_be_undone_before_it_was_made() => Then.Refused(
        "case.before-last-change", "at", NewCase.FiledOn(Day(0)).ClosedOn(Day(100)).When(new RevokeClosing("错误", Day(99))));

    [Fact]
    public void A_closing_cannot_be_undone_twice() => Then.Refused(
        "case.not-closed", field: null, NewCase.FiledOn(Day(0)).ClosedOn(Day(100)).RevokedOn(Day(101)).When(new RevokeClosing("错误", Day(102))));

    [Fact]
    public void A_case_that_was_opened_again_can_be_closed_again_but_not_before()
    {
        var given = NewCase.FiledOn(Day(0)).ClosedOn(Day(100)).RevokedOn(Day(110));

        Then.Refused("case.before-last-change", "at", given.When(new CloseCase(CloseWay.Ended, Day(109))));
        Assert.Equal(CloseWay.Ended, Then.Happened<CaseClosed>(given.When(new CloseCase(CloseWay.Ended, Day(110)))).Way);
    }

    [Fact]
    public void A_closed_case_still_takes_money_petitions_and_releases()
    {
        var file = NewCase.FiledOn(Day(0)).ControlledOn(Day(1)).PetitionedOn(Day(1)).ClosedOn(Day(100)).GivenAccepted(
            new ReceiveFunds(10, "S-1", "乙", Day(101)),
            new ReleaseProperty("P-1", Day(101)),
            new AnswerPetition("X-1", Day(101))).File;

        Assert.Equal(10, file.Funds.InFen);
        Assert.Empty(file.Properties);
        Assert.Empty(file.OpenPetitions);
    }

    [Fact]
    public void What_happens_to_a_closed_case_does_not_open_it_or_move_its_closing()
    {
        var closed = Assert.IsType<CaseState.Closed>(NewCase.FiledOn(Day(0)).ClosedOn(Day(100), CloseWay.Ended)
            .GivenAccepted(new ReceiveFunds(10, "S-1", "乙", Day(101)), new ChangeClaim(7, Day(102))).State);

        Assert.Equal(CloseWay.Ended, closed.Way);
        Assert.Equal(Day(100), closed.ClosedAt);
        Assert.Equal(Day(100), closed.File.StatusAt);
    }

    [Fact]
    public void A_terminal_case_notes_its_reinstatement_once()
    {
        var given = NewCase.FiledOn(Day(0)).ClosedOn(Day(100), CloseWay.Terminal);
        var child = NewCase.Number(9, "执恢");

        var noted = Then.Happened<ReinstatementNoted>(given.When(new NoteReinstatement(child, Day(200))));

        var after = given.Given(noted);
        Assert.Equal(child, Assert.IsType<CaseState.Closed>(after.State).ReinstatedAs);
        Then.NothingHappened(after.When(new NoteReinstatement(child, Day(200))));
        Then.NothingHappened(after.When(new NoteReinstatement(NewCase.Number(10, "执恢"), Day(201))));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Only_a_terminal_case_notes_its_reinstatement(CloseWay way)
    {
        var answer = NewCase.FiledOn(Day(0)).ClosedOn(Day(100), way).When(new NoteReinstatement(NewCase.Number(9, "执恢"), Day(200)));

        Assert.Equal(way == CloseWay.Terminal ? 1 : 0, Assert.IsType<Decision<CaseEvent>.Accepted>(answer).Events.Count);
    }

    /// <summary>Found by seeds: open again, the case left the terminal stock twice, and its figure went below zero.</summary>
    [Fact]
    public void The_closing_of_a_case_that_was_reinstated_cannot_be_undone() => Then.Refused(
        "case.already-reinstated", field: null,
        NewCase.FiledOn(Day(0)).ClosedOn(Day(100), CloseWay.Terminal).ReinstatedOn(Day(200)).When(new RevokeClosing("错误", Day(201))));

    [Fact]
    public void A_reinstated_case_stays_closed_when_money_comes_in() =>
        Assert.NotNull(Assert.IsType<CaseState.Closed>(NewCase.FiledOn(Day(0)).ClosedOn(Day(100), CloseWay.Terminal).ReinstatedOn(Day(200))
            .ReceivedOn(Day(201), 10, "S-1").State).ReinstatedAs);
}
