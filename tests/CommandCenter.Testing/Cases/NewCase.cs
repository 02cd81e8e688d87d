using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Funds;
using CommandCenter.Domain.Properties;

namespace CommandCenter.Testing.Cases;

/// <summary>Begins a case for a test: an ordinary 执 case of Pudong about one debt, unless the test says otherwise.</summary>
public static class NewCase
{
    /// <summary>What an ordinary case claims, in fen.</summary>
    public const long ClaimFen = 1_000_000;

    /// <summary>Given nothing: no such case.</summary>
    public static CaseBuilder NotFiled { get; } = new(CaseState.NotFiled.Instance);

    /// <summary>Given a case filed.</summary>
    public static CaseBuilder FiledOn(DateTimeOffset at, string type = "执", CaseNumber? parent = null)
    {
        var c = Filing(at, type, parent);
        return NotFiled.Given(new CaseEvent.CaseFiled(
            c.Number, c.CourtMark, c.Cause, c.ClaimFen, c.Basis, c.Applicants, c.Debtors, c.Parent, c.At, Irregularities.None));
    }

    /// <summary>The command that files an ordinary case.</summary>
    public static CaseCommand.FileCase Filing(DateTimeOffset at, string type = "执", CaseNumber? parent = null, int number = 1234) => new(
        Number(number, type), ShippedConfig.Pudong, "民间借贷纠纷", ClaimFen, "(2017)沪0115民初1号", ["甲"], ["乙"], parent, at);

    /// <summary>A case number of Pudong, 2017.</summary>
    public static CaseNumber Number(int number = 1234, string type = "执", string court = ShippedConfig.Pudong) =>
        new(2017, court, CaseType.TryFind(type, out var found) ? found : throw new ArgumentException($"There is no type {type}.", nameof(type)), number);

    /// <summary>A frozen deposit.</summary>
    public static ControlledProperty Deposit(string id = "P-1", DateOnly? until = null) =>
        new(id, PropertyClass.Deposit, ControlAct.Freeze, until ?? new DateOnly(2018, 9, 1), AmountFen: 50_000, Rank: 1);
}

/// <summary>Given: a case as its events made it. Immutable, so that a test may branch from one past.</summary>
/// <param name="State">The state so far.</param>
public sealed record CaseBuilder(CaseState State)
{
    /// <summary>The file of the case.</summary>
    public CaseFile File => State.FileOrNull ?? throw new InvalidOperationException("The case is not filed.");

    /// <summary>When: what the case answers to a command.</summary>
    public Decision<CaseEvent> When(CaseCommand command) => CaseDecider.Decide(State, command, ShippedConfig.Nodes);

    /// <summary>Given these events, too.</summary>
    public CaseBuilder Given(params IEnumerable<CaseEvent> events) =>
        new(events.Aggregate(State, (state, @event) => CaseDecider.Evolve(state, @event, ShippedConfig.Nodes)));

    /// <summary>Given that the case accepted these commands.</summary>
    /// <exception cref="InvalidOperationException">It refused one of them.</exception>
    public CaseBuilder GivenAccepted(params IEnumerable<CaseCommand> commands) => commands.Aggregate(this, (given, command) =>
        given.When(command) switch
        {
            Decision<CaseEvent>.Accepted accepted => given.Given(accepted.Events),
            var refused => throw new InvalidOperationException($"{command} was answered with {refused}."),
        });

    /// <summary>Given a handler.</summary>
    public CaseBuilder AssignedOn(DateTimeOffset at, string handler = "承办人") => Given(new CaseEvent.CaseAssigned(handler, at, Irregularities.None));

    /// <summary>Given that a party got another name.</summary>
    public CaseBuilder RenamedOn(DateTimeOffset at, string was = "乙", string now = "新乙") =>
        Given(new CaseEvent.PartyRenamed(was, now, at, Irregularities.None));

    /// <summary>Given a node entered or done.</summary>
    public CaseBuilder ReachedOn(DateTimeOffset at, string code, NodePhase phase = NodePhase.Done, int occurrence = 1) =>
        Given(new CaseEvent.NodeReached(ShippedConfig.Seq(code), phase, occurrence, at, Irregularities.None));

    /// <summary>Given a ground that stops the clocks.</summary>
    public CaseBuilder SuspendedOn(DateTimeOffset at, string ground) => Given(new CaseEvent.CaseSuspended(ground, at, Irregularities.None));

    /// <summary>Given that the ground ended.</summary>
    public CaseBuilder ResumedOn(DateTimeOffset at, string ground) => Given(new CaseEvent.CaseResumed(ground, at, Irregularities.None));

    /// <summary>Given a closing.</summary>
    public CaseBuilder ClosedOn(DateTimeOffset at, CloseWay way = CloseWay.Performed) => Given(new CaseEvent.CaseClosed(way, at, Irregularities.None));

    /// <summary>Given that the closing was undone.</summary>
    public CaseBuilder RevokedOn(DateTimeOffset at) =>
        Given(new CaseEvent.ClosingRevoked(((CaseState.Closed)State).Way, "撤销", at, Irregularities.None));

    /// <summary>Given that a 执恢 case was filed for this terminal one.</summary>
    public CaseBuilder ReinstatedOn(DateTimeOffset at) =>
        Given(new CaseEvent.ReinstatementNoted(NewCase.Number(9, "执恢"), at, Irregularities.None));

    /// <summary>Given that the case went to another court.</summary>
    public CaseBuilder TransferredOn(DateTimeOffset at, string toCourt = ShippedConfig.Huangpu) =>
        Given(new CaseEvent.CaseTransferred(toCourt, at, Irregularities.None));

    /// <summary>Given money in.</summary>
    public CaseBuilder ReceivedOn(DateTimeOffset at, long fen, string serial) =>
        Given(new CaseEvent.FundsReceived(fen, serial, Payer: "乙", at, Irregularities.None));

    /// <summary>Given money out.</summary>
    public CaseBuilder DisbursedOn(DateTimeOffset at, long fen, string serial) =>
        Given(new CaseEvent.FundsDisbursed(fen, serial, Payee: "甲", at, Irregularities.None));

    /// <summary>Given a counter-entry.</summary>
    public CaseBuilder ReversedOn(DateTimeOffset at, long fen, string serial, string original, FundsDirection direction = FundsDirection.In) =>
        Given(new CaseEvent.FundsReversed(direction, fen, serial, original, at, Irregularities.None));

    /// <summary>Given a property under control.</summary>
    public CaseBuilder ControlledOn(DateTimeOffset at, string id = "P-1") =>
        Given(new CaseEvent.PropertyControlled(NewCase.Deposit(id), at, Irregularities.None));

    /// <summary>Given that it was released.</summary>
    public CaseBuilder ReleasedOn(DateTimeOffset at, string id = "P-1") => Given(new CaseEvent.PropertyReleased(id, at, Irregularities.None));

    /// <summary>Given a petition.</summary>
    public CaseBuilder PetitionedOn(DateTimeOffset at, string id = "X-1") => Given(new CaseEvent.PetitionReceived(id, at, Irregularities.None));

    /// <summary>Given an urge.</summary>
    public CaseBuilder UrgedOn(DateTimeOffset at, string id = "U-1") =>
        Given(new CaseEvent.CaseUrged(id, UrgeAbout.Limit, Text: null, "局长", Due: null, at, Irregularities.None));

    /// <summary>Given the reply to it.</summary>
    public CaseBuilder RepliedOn(DateTimeOffset at, string id = "U-1") => Given(new CaseEvent.UrgeAnswered(id, "已办", "承办人", at, Irregularities.None));

    /// <summary>Given its answer.</summary>
    public CaseBuilder AnsweredOn(DateTimeOffset at, string id = "X-1") => Given(new CaseEvent.PetitionAnswered(id, at, Irregularities.None));
}
