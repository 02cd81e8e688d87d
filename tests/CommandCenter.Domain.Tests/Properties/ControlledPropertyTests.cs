using CommandCenter.Testing.Cases;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Properties;

public sealed class ControlledPropertyTests
{
    private static readonly DateOnly s_later = new(2020, 9, 1);

    private static readonly CaseBuilder s_controlled = NewCase.FiledOn(Day(0)).ControlledOn(Day(1)).ControlledOn(Day(1), "P-2");

    [Fact]
    public void A_property_is_under_control_as_it_was_reported() =>
        Assert.Equal([NewCase.Deposit()], NewCase.FiledOn(Day(0)).GivenAccepted(new ControlProperty(NewCase.Deposit(), Day(1))).File.Properties);

    [Fact]
    public void A_renewal_moves_the_last_day_of_its_property_and_of_no_other()
    {
        var properties = s_controlled.GivenAccepted(new RenewProperty("P-1", s_later, Day(2))).File.Properties;

        Assert.Equal([NewCase.Deposit("P-1", s_later), NewCase.Deposit("P-2")], properties);
    }

    [Fact]
    public void A_release_ends_its_control_and_no_other() =>
        Assert.Equal([NewCase.Deposit("P-2")], s_controlled.GivenAccepted(new ReleaseProperty("P-1", Day(2))).File.Properties);

    [Fact]
    public void A_property_cannot_be_put_under_control_twice() =>
        Then.Refused("property.already-controlled", "data.propertyId", s_controlled.When(new ControlProperty(NewCase.Deposit(until: s_later), Day(2))));

    [Fact]
    public void A_released_property_can_come_under_control_again() => Assert.Equal(
        ["P-2", "P-1"],
        s_controlled.ReleasedOn(Day(2)).GivenAccepted(new ControlProperty(NewCase.Deposit(), Day(3))).File.Properties.Select(property => property.Id));

    [Fact]
    public void An_unknown_or_released_property_cannot_be_renewed_or_released()
    {
        var given = s_controlled.ReleasedOn(Day(2));

        Then.Refused("property.unknown", "data.propertyId", given.When(new RenewProperty("P-1", s_later, Day(3))));
        Then.Refused("property.unknown", "data.propertyId", given.When(new ReleaseProperty("P-1", Day(3))));
        Then.Refused("property.unknown", "data.propertyId", given.When(new RenewProperty("P-9", s_later, Day(3))));
        Then.Refused("property.unknown", "data.propertyId", given.When(new ReleaseProperty("P-9", Day(3))));
    }
}
