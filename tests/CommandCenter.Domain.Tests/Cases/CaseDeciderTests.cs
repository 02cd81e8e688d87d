using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Cases;

/// <summary>Every command against every state: which are accepted and, if not, with which code. The rules behind each have their own tests.</summary>
public sealed class CaseDeciderTests
{
    private static readonly CaseBuilder s_open = NewCase.FiledOn(Day(0)).ReceivedOn(Day(1), 500, "S-1").ControlledOn(Day(1))
        .PetitionedOn(Day(1)).SuspendedOn(Day(1), "和解").AssignedOn(Day(1)).UrgedOn(Day(1));

    private static readonly Dictionary<string, CaseBuilder> s_states = new()
    {
        ["not filed"] = NewCase.NotFiled,
        ["open"] = s_open,
        ["closed"] = s_open.ClosedOn(Day(100), CloseWay.Terminal),
        ["moved"] = s_open.TransferredOn(Day(100)),
    };

    private static readonly Dictionary<string, CaseCommand> s_commands = new CaseCommand[]
    {
        NewCase.Filing(Day(101)),
        new AssignCase("承办人", Day(101)),
        new ReachNode(ShippedConfig.Seq("TZ"), NodePhase.Done, Occurrence: null, Day(101)),
        new ChangeClaim(7, Day(101)),
        new RenameParty("乙", "新乙", Day(101)),
        new SuspendCase("执行异议", Day(101)),
        new ResumeCase("和解", Day(101)),
        new CloseCase(CloseWay.Performed, Day(101)),
        new RevokeClosing("恢复", Day(101)),
        new TransferCase(ShippedConfig.Huangpu, Day(101)),
        new AdmitCase(NewCase.FiledOn(Day(0)).File, ShippedConfig.Pudong, Day(101)),
        new NoteReinstatement(NewCase.Number(9, "执恢"), Day(101)),
        new ReceiveFunds(100, "S-2", "乙", Day(101)),
        new DisburseFunds(100, "S-3", "甲", Day(101)),
        new ReverseFunds(100, "R-1", "S-1", Day(101)),
        new ControlProperty(NewCase.Deposit("P-2"), Day(101)),
        new RenewProperty("P-1", new DateOnly(2019, 9, 1), Day(101)),
        new ReleaseProperty("P-1", Day(101)),
        new ReceivePetition("X-2", Day(101)),
        new AnswerPetition("X-1", Day(101)),
        new UrgeCase("U-2", UrgeAbout.Money, "请尽快发放", "局长", new DateOnly(2018, 1, 1), Day(101)),
        new AnswerUrge("U-1", "已办", "承办人", Day(101)),
    }.ToDictionary(command => command.GetType().Name);

    /// <summary>Command, then the answer before filing, open, closed (终本) and moved away.</summary>
    public static TheoryData<string, string, string, string, string> Answers => new()
    {
        { "FileCase", "CaseFiled", "case.already-filed", "case.already-filed", "case.already-filed" },
        { "AdmitCase", "CaseAdmitted", "case.already-filed", "case.already-filed", "CaseAdmitted" },
        { "AssignCase", "case.unknown", "CaseAssigned", "CaseAssigned", "case.transferred-away" },
        { "ReachNode", "case.unknown", "NodeReached", "NodeReached", "case.transferred-away" },
        { "ChangeClaim", "case.unknown", "ClaimChanged", "ClaimChanged", "case.transferred-away" },
        { "RenameParty", "case.unknown", "PartyRenamed", "PartyRenamed", "case.transferred-away" },
        { "SuspendCase", "case.unknown", "CaseSuspended", "case.already-closed", "case.transferred-away" },
        { "ResumeCase", "case.unknown", "CaseResumed", "CaseResumed", "case.transferred-away" },
        { "CloseCase", "case.unknown", "CaseClosed", "case.already-closed", "case.transferred-away" },
        { "RevokeClosing", "case.unknown", "case.not-closed", "ClosingRevoked", "case.transferred-away" },
        { "TransferCase", "case.unknown", "CaseTransferred", "case.already-closed", "case.transferred-away" },
        { "NoteReinstatement", "case.unknown", "nothing", "ReinstatementNoted", "case.transferred-away" },
        { "ReceiveFunds", "case.unknown", "FundsReceived", "FundsReceived", "case.transferred-away" },
        { "DisburseFunds", "case.unknown", "FundsDisbursed", "FundsDisbursed", "case.transferred-away" },
        { "ReverseFunds", "case.unknown", "FundsReversed", "FundsReversed", "case.transferred-away" },
        { "ControlProperty", "case.unknown", "PropertyControlled", "PropertyControlled", "case.transferred-away" },
        { "RenewProperty", "case.unknown", "PropertyRenewed", "PropertyRenewed", "case.transferred-away" },
        { "ReleaseProperty", "case.unknown", "PropertyReleased", "PropertyReleased", "case.transferred-away" },
        { "ReceivePetition", "case.unknown", "PetitionReceived", "PetitionReceived", "case.transferred-away" },
        { "UrgeCase", "case.unknown", "CaseUrged", "case.already-closed", "case.transferred-away" },
        { "AnswerUrge", "case.unknown", "UrgeAnswered", "UrgeAnswered", "case.transferred-away" },
        { "AnswerPetition", "case.unknown", "PetitionAnswered", "PetitionAnswered", "case.transferred-away" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Every_command_has_its_answer_in_every_state(string command, string notFiled, string open, string closed, string moved)
    {
        Assert.Equal(notFiled, Answer("not filed", command));
        Assert.Equal(open, Answer("open", command));
        Assert.Equal(closed, Answer("closed", command));
        Assert.Equal(moved, Answer("moved", command));
    }

    [Fact]
    public void The_table_above_names_every_command_of_the_family()
    {
        var family = typeof(CaseCommand).GetNestedTypes().Select(type => type.Name).Order();

        Assert.Equal(family, Answers.Select(row => row.Data.Item1).Order());
        Assert.Equal(family, s_commands.Keys.Order());
    }

    [Fact]
    public void An_accepted_event_carries_the_time_of_its_command()
    {
        var accepted = s_states.Values.SelectMany(state => s_commands.Values.Select(state.When))
            .OfType<Decision<CaseEvent>.Accepted>().SelectMany(answer => answer.Events).ToArray();

        Assert.NotEmpty(accepted);
        Assert.All(accepted, @event => Assert.Equal(Day(101), @event.At));
    }

    [Fact]
    public void A_refused_command_leaves_no_trace()
    {
        foreach (var (name, given) in s_states)
        {
            var before = StateText.Of(given.State);
            foreach (var command in s_commands.Values)
            {
                _ = given.When(command);
            }

            Assert.True(before == StateText.Of(given.State), $"Deciding changed a case that is {name}.");
        }
    }

    [Fact]
    public void A_command_of_no_known_kind_is_refused()
    {
        Then.Refused("case.unknown", "case", NewCase.NotFiled.When(new Shelve(Day(1))));
        Then.Refused("case.not-allowed-now", field: null, s_open.When(new Shelve(Day(1))));
    }

    private static string Answer(string state, string command) => s_states[state].When(s_commands[command]) switch
    {
        Decision<CaseEvent>.Accepted { Events: [] } => "nothing",
        Decision<CaseEvent>.Accepted accepted => string.Join(' ', accepted.Events.Select(@event => @event.GetType().Name)),
        Decision<CaseEvent>.Rejected rejected => rejected.Code,
        var other => throw new InvalidOperationException($"{other} is no answer."),
    };

    private sealed record Shelve(DateTimeOffset At) : CaseCommand(At);
}
