using CommandCenter.Testing.Cases;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Cases;

public sealed class CasePetitionTests
{
    private static readonly CaseBuilder s_petitioned = NewCase.FiledOn(Day(0)).PetitionedOn(Day(1)).PetitionedOn(Day(1), "X-2");

    [Fact]
    public void A_petition_waits_until_it_is_answered()
    {
        var file = s_petitioned.GivenAccepted(new AnswerPetition("X-1", Day(2))).File;

        Assert.Equal(["X-2"], file.OpenPetitions);
        Assert.Equal(["X-1"], file.AnsweredPetitions);
    }

    [Fact]
    public void A_petition_is_registered_once_for_ever()
    {
        Then.Refused("petition.already-received", "data.petitionId", s_petitioned.When(new ReceivePetition("X-1", Day(2))));
        Then.Refused("petition.already-received", "data.petitionId", s_petitioned.AnsweredOn(Day(2)).When(new ReceivePetition("X-1", Day(3))));
    }

    [Fact]
    public void Only_a_petition_that_waits_can_be_answered()
    {
        Then.Refused("petition.unknown", "data.petitionId", s_petitioned.When(new AnswerPetition("X-9", Day(2))));
        Then.Refused("petition.unknown", "data.petitionId", s_petitioned.AnsweredOn(Day(2)).When(new AnswerPetition("X-1", Day(3))));
    }
}
