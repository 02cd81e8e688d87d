using CommandCenter.Domain.Cases;
using CommandCenter.Testing.Cases;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Cases;

public sealed class CaseUrgeTests
{
    private static readonly CaseBuilder s_assigned = NewCase.FiledOn(Day(0)).AssignedOn(Day(1));

    private static UrgeCase Urging(string id = "U-1") => new(id, UrgeAbout.Money, "请尽快发放", "局长", new DateOnly(2017, 10, 1), Day(2));

    [Fact]
    public void An_urge_waits_until_it_is_replied_to_and_keeps_who_said_what()
    {
        var urged = s_assigned.GivenAccepted(Urging());
        var urge = Assert.Single(urged.File.Urges);

        Assert.Equal(new Urge("U-1", UrgeAbout.Money, "请尽快发放", "局长", Day(2), new DateOnly(2017, 10, 1)), urge);
        Assert.Equal(
            urge with { Answer = new UrgeAnswer("今日发放", "承办人", Day(3)) },
            Assert.Single(urged.GivenAccepted(new AnswerUrge("U-1", "今日发放", "承办人", Day(3))).File.Urges));
    }

    [Fact]
    public void Nobody_can_be_urged_where_nobody_has_the_case() =>
        Then.Refused("case.no-handler", "case", NewCase.FiledOn(Day(0)).When(Urging()));

    [Fact]
    public void A_case_that_is_done_is_not_urged_but_an_old_urge_is_still_replied_to()
    {
        var closed = s_assigned.UrgedOn(Day(2)).ClosedOn(Day(100));

        Then.Refused("case.already-closed", null, closed.When(Urging("U-2")));
        Assert.NotNull(Assert.Single(closed.GivenAccepted(new AnswerUrge("U-1", "已结", "承办人", Day(101))).File.Urges).Answer);
    }

    [Fact]
    public void An_urge_is_recorded_once_and_replied_to_once()
    {
        var urged = s_assigned.UrgedOn(Day(2));

        Then.Refused("case.urged-before", "data.urgeId", urged.When(Urging()));
        Then.Refused("case.unknown-urge", "data.urgeId", urged.When(new AnswerUrge("U-9", "已办", "承办人", Day(3))));
        Then.Refused("case.urge-answered", "data.urgeId", urged.RepliedOn(Day(3)).When(new AnswerUrge("U-1", "又办", "承办人", Day(4))));
    }

    [Fact]
    public void A_case_keeps_a_limited_number_of_urges()
    {
        var full = s_assigned.GivenAccepted(Enumerable.Range(0, Urge.CountMax).Select(i => Urging($"U-{i}")));

        Then.Refused("case.too-many-urges", null, full.When(Urging("one-more")));
    }

    [Fact]
    public void Urges_go_with_the_case_to_another_court()
    {
        var here = s_assigned.UrgedOn(Day(2));
        var there = NewCase.NotFiled.GivenAccepted(new AdmitCase(here.TransferredOn(Day(3)).File, "沪0101", Day(3)));

        Assert.Equal(here.File.Urges, there.File.Urges);
    }
}
