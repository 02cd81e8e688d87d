using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Funds;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using static CommandCenter.Domain.Cases.CaseEvent;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Cases;

/// <summary>Decide wrote every event of the journal, so one that cannot follow is damage: it stops, it is never shrugged off.</summary>
public sealed class CaseEvolveTests
{
    private const Irregularities None = Irregularities.None;

    private static readonly CaseBuilder s_open = NewCase.FiledOn(Day(0)).ReceivedOn(Day(1), 500, "S-1").ControlledOn(Day(1))
        .PetitionedOn(Day(1)).SuspendedOn(Day(1), "和解").AssignedOn(Day(1)).UrgedOn(Day(1));

    private static readonly Dictionary<string, CaseEvent> s_events = new CaseEvent[]
    {
        new CaseFiled(NewCase.Number(), ShippedConfig.Pudong, "民间借贷纠纷", 1, "判决", ["甲"], ["乙"], null, Day(101), None),
        new CaseAdmitted(s_open.File, ShippedConfig.Pudong, Day(101), None),
        new CaseAssigned("承办人", Day(101), None),
        new NodeReached(4, NodePhase.Done, 1, Day(101), None),
        new ClaimChanged(7, Day(101), None),
        new PartyRenamed("乙", "新乙", Day(101), None),
        new CaseSuspended("执行异议", Day(101), None),
        new CaseResumed("和解", Day(101), None),
        new CaseClosed(CloseWay.Performed, Day(101), None),
        new ClosingRevoked(CloseWay.Terminal, "错误", Day(101), None),
        new CaseTransferred(ShippedConfig.Huangpu, Day(101), None),
        new ReinstatementNoted(NewCase.Number(9, "执恢"), Day(101), None),
        new FundsReceived(1, "S-2", null, Day(101), None),
        new FundsDisbursed(1, "S-3", null, Day(101), None),
        new FundsReversed(FundsDirection.In, 1, "R-1", "S-1", Day(101), None),
        new PropertyControlled(NewCase.Deposit("P-2"), Day(101), None),
        new PropertyRenewed("P-1", new DateOnly(2019, 1, 1), Day(101), None),
        new PropertyReleased("P-1", Day(101), None),
        new PetitionReceived("X-2", Day(101), None),
        new PetitionAnswered("X-1", Day(101), None),
        new CaseUrged("U-2", UrgeAbout.Control, null, "局长", null, Day(101), None),
        new UrgeAnswered("U-1", "已办", "承办人", Day(101), None),
    }.ToDictionary(@event => @event.GetType().Name);

    /// <summary>Event, then the state after it when the case was not filed, open, closed (终本), moved away; "damaged" where it cannot follow.</summary>
    public static TheoryData<string, string, string, string, string> Followers => new()
    {
        { "CaseFiled", "Open", "damaged", "damaged", "damaged" },
        { "CaseAdmitted", "Open", "damaged", "damaged", "Open" },
        { "CaseAssigned", "damaged", "Open", "Closed", "damaged" },
        { "NodeReached", "damaged", "Open", "Closed", "damaged" },
        { "ClaimChanged", "damaged", "Open", "Closed", "damaged" },
        { "PartyRenamed", "damaged", "Open", "Closed", "damaged" },
        { "CaseSuspended", "damaged", "Open", "damaged", "damaged" },
        { "CaseResumed", "damaged", "Open", "Closed", "damaged" },
        { "CaseClosed", "damaged", "Closed", "damaged", "damaged" },
        { "ClosingRevoked", "damaged", "damaged", "Open", "damaged" },
        { "CaseTransferred", "damaged", "Moved", "damaged", "damaged" },
        { "ReinstatementNoted", "damaged", "damaged", "Closed", "damaged" },
        { "FundsReceived", "damaged", "Open", "Closed", "damaged" },
        { "FundsDisbursed", "damaged", "Open", "Closed", "damaged" },
        { "FundsReversed", "damaged", "Open", "Closed", "damaged" },
        { "PropertyControlled", "damaged", "Open", "Closed", "damaged" },
        { "PropertyRenewed", "damaged", "Open", "Closed", "damaged" },
        { "PropertyReleased", "damaged", "Open", "Closed", "damaged" },
        { "PetitionReceived", "damaged", "Open", "Closed", "damaged" },
        { "CaseUrged", "damaged", "Open", "damaged", "damaged" },
        { "UrgeAnswered", "damaged", "Open", "Closed", "damaged" },
        { "PetitionAnswered", "damaged", "Open", "Closed", "damaged" },
    };

    [Theory]
    [MemberData(nameof(Followers))]
    public void Every_event_follows_where_it_can_and_stops_where_it_cannot(string name, string notFiled, string open, string closed, string moved)
    {
        Assert.Equal(notFiled, After(NewCase.NotFiled, s_events[name]));
        Assert.Equal(open, After(s_open, s_events[name]));
        Assert.Equal(closed, After(s_open.ClosedOn(Day(100), CloseWay.Terminal), s_events[name]));
        Assert.Equal(moved, After(s_open.TransferredOn(Day(100)), s_events[name]));
    }

    [Fact]
    public void The_table_above_names_every_event_of_the_family()
    {
        var family = typeof(CaseEvent).GetNestedTypes().Select(type => type.Name).Order();

        Assert.Equal(family, Followers.Select(row => row.Data.Item1).Order());
        Assert.Equal(family, s_events.Keys.Order());
    }

    public static TheoryData<CaseEvent> Strangers =>
    [
        new CaseResumed("执行异议", Day(101), None),
        new FundsReversed(FundsDirection.In, 1, "R-1", "S-9", Day(101), None),
        new FundsReversed(FundsDirection.Out, 1, "R-1", "S-1", Day(101), None),
        new PropertyRenewed("P-9", new DateOnly(2019, 1, 1), Day(101), None),
        new PropertyReleased("P-9", Day(101), None),
        new PetitionAnswered("X-9", Day(101), None),
        new UrgeAnswered("U-9", "已办", "承办人", Day(101), None),
    ];

    [Theory]
    [MemberData(nameof(Strangers))]
    public void An_event_about_something_that_the_case_does_not_have_is_a_damaged_journal(CaseEvent @event)
    {
        Assert.Equal("damaged", After(s_open, @event));
        Assert.Equal("damaged", After(s_open.ClosedOn(Day(100)), @event));
    }

    [Fact]
    public void A_closing_of_another_way_than_the_one_made_is_a_damaged_journal() =>
        Assert.Equal("damaged", After(s_open.ClosedOn(Day(100), CloseWay.Ended), s_events["ClosingRevoked"]));

    [Fact]
    public void Only_a_terminal_case_is_reinstated_and_only_once_and_for_good()
    {
        var reinstated = s_open.ClosedOn(Day(100), CloseWay.Terminal).ReinstatedOn(Day(101));

        Assert.Equal("damaged", After(s_open.ClosedOn(Day(100)), s_events["ReinstatementNoted"]));
        Assert.Equal("damaged", After(reinstated, s_events["ReinstatementNoted"]));
        Assert.Equal("damaged", After(reinstated, s_events["ClosingRevoked"]));
    }

    [Fact]
    public void The_alarm_says_which_event_met_which_state()
    {
        var exception = Assert.Throws<CorruptJournalException>(() => NewCase.NotFiled.Given(s_events["CaseClosed"]));

        Assert.Equal("CaseClosed after NotFiled", exception.Message);
    }

    [Fact]
    public void An_event_of_no_known_kind_is_a_damaged_journal()
    {
        Assert.Equal("damaged", After(s_open, new Shelved(Day(1))));
        Assert.Equal("damaged", After(s_open.ClosedOn(Day(100)), new Shelved(Day(101))));
    }

    private static string After(CaseBuilder given, CaseEvent @event)
    {
        try
        {
            return given.Given(@event).State.GetType().Name;
        }
        catch (CorruptJournalException)
        {
            return "damaged";
        }
    }

    private sealed record Shelved(DateTimeOffset At) : CaseEvent(At, None);
}
