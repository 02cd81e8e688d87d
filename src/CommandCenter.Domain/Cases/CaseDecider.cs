using CommandCenter.Domain.Funds;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Domain.Cases.CaseEvent;
using static CommandCenter.Domain.Cases.CaseState;

namespace CommandCenter.Domain.Cases;

/// <summary>The case grain: what a command does to a case (<see cref="Decide"/>) and what an event makes of it (<see cref="Evolve"/>).</summary>
/// <remarks>
/// A fact from a source is refused only when it is logically impossible; a fact against procedure is recorded with its
/// <see cref="Irregularities"/>. The codes are part of the interface and never change.
/// </remarks>
public static class CaseDecider
{
    /// <summary>Months after filing before which a terminal closing is too early (终本规定1条4项).</summary>
    public const int TerminalEarliestMonths = 3;

    /// <summary>Decides a command.</summary>
    public static Decision<CaseEvent> Decide(CaseState state, CaseCommand command, NodeCatalog nodes) => (state, command) switch
    {
        (NotFiled, FileCase c) => File(c),
        (_, FileCase) => Reject("case.already-filed", "case"),
        (NotFiled or Moved, AdmitCase c) => Accept(new CaseAdmitted(c.File, c.CourtMark, c.At, Irregularities.None)),
        (_, AdmitCase) => Reject("case.already-filed", "case"),
        (NotFiled, _) => Reject("case.unknown", "case"),
        (Moved, _) => Reject("case.transferred-away", "case"),

        (Open s, CloseCase c) => Close(s.File, c),
        (Closed, CloseCase) => Reject("case.already-closed"),
        // Its 执恢 case goes on in its place: open again, one enforcement would be pending twice and leave the terminal stock twice.
        (Closed { ReinstatedAs: not null }, RevokeClosing) => Reject("case.already-reinstated"),
        (Closed s, RevokeClosing c) => c.At < s.File.StatusAt
            ? Reject("case.before-last-change", "at")
            : Accept(new ClosingRevoked(s.Way, c.Reason, c.At, Irregularities.None)),
        (_, RevokeClosing) => Reject("case.not-closed"),
        (Open s, TransferCase c) => Transfer(s.File, c),
        (_, TransferCase) => Reject("case.already-closed"),
        (Open s, SuspendCase c) => Suspend(s.File, c),
        (_, SuspendCase) => Reject("case.already-closed"),
        (Closed, UrgeCase) => Reject("case.already-closed"),
        (_, ResumeCase c) => Resume(state.FileOrNull!, c),
        (Closed { Way: CloseWay.Terminal } s, NoteReinstatement c) => s.ReinstatedAs is null
            ? Accept(new ReinstatementNoted(c.Child, c.At < s.File.StatusAt ? s.File.StatusAt : c.At, Irregularities.None))
            : Accept(),
        (_, NoteReinstatement) => Accept(), // The parent was not terminal: nothing leaves the terminal stock.

        _ => Step(state.FileOrNull!, isClosed: state is Closed, command, nodes),
    };

    /// <summary>Applies an event.</summary>
    /// <exception cref="CorruptJournalException">The event cannot follow this state.</exception>
    public static CaseState Evolve(CaseState state, CaseEvent @event, NodeCatalog nodes) => (state, @event) switch
    {
        (NotFiled, CaseFiled e) => new Open(NewFile(e, nodes)),
        (NotFiled or Moved, CaseAdmitted e) => new Open(e.File with { CourtMark = e.CourtMark, StatusAt = e.At }),
        (Open s, CaseClosed e) => new Closed(Flagged(s.File, e) with { StatusAt = e.At }, e.Way, e.At),
        (Closed { ReinstatedAs: null } s, ClosingRevoked e) when e.Way == s.Way => new Open(Flagged(s.File, e) with { StatusAt = e.At }),
        (Open s, CaseTransferred e) => new Moved(Flagged(s.File, e) with { StatusAt = e.At }, e.ToCourt),
        (Closed { Way: CloseWay.Terminal, ReinstatedAs: null } s, ReinstatementNoted e) => s with { ReinstatedAs = e.Child },
        (Open s, not (CaseFiled or CaseAdmitted or ClosingRevoked or ReinstatementNoted)) => new Open(StepFile(s.File, @event, nodes)),
        (Closed s, not (CaseFiled or CaseAdmitted or CaseClosed or CaseTransferred or CaseSuspended or CaseUrged)) => s with { File = StepFile(s.File, @event, nodes) },

        // Decide wrote every event here, so an impossible pair means a damaged journal, not bad input.
        _ => throw new CorruptJournalException($"{@event.GetType().Name} after {state.GetType().Name}"),
    };

    private static Decision<CaseEvent> File(FileCase c)
    {
        if (c.Number.CourtMark != c.CourtMark)
        {
            return Reject("case.number-of-other-court", "case");
        }

        if (c.Parent == c.Number)
        {
            return Reject("case.own-parent", "data.parent");
        }

        var irregular = c.Number.Type.Class == CaseClass.Reinstated && c.Parent is null ? Irregularities.NoParent : Irregularities.None;
        return Accept(new CaseFiled(c.Number, c.CourtMark, c.Cause, c.ClaimFen, c.Basis, c.Applicants, c.Debtors, c.Parent, c.At, irregular));
    }

    private static Decision<CaseEvent> Close(CaseFile file, CloseCase c)
    {
        if (c.At < file.StatusAt)
        {
            return Reject("case.before-last-change", "at");
        }

        var tooEarly = c.Way == CloseWay.Terminal
            && ShanghaiTime.DayOf(c.At) < ShanghaiTime.DayOf(file.FiledAt).AddMonths(TerminalEarliestMonths);
        return Accept(new CaseClosed(c.Way, c.At, tooEarly ? Irregularities.TerminalTooEarly : Irregularities.None));
    }

    private static Decision<CaseEvent> Transfer(CaseFile file, TransferCase c)
    {
        if (c.ToCourt == file.CourtMark)
        {
            return Reject("case.transfer-to-itself", "data.toCourt");
        }

        return c.At < file.StatusAt
            ? Reject("case.before-last-change", "at")
            : Accept(new CaseTransferred(c.ToCourt, c.At, Irregularities.None));
    }

    private static Decision<CaseEvent> Suspend(CaseFile file, SuspendCase c) =>
        file.Suspensions.Any(suspension => suspension.Ground == c.Ground)
            ? Reject("case.already-suspended", "data.ground")
            : Accept(new CaseSuspended(c.Ground, c.At, BeforeFiling(file, c)));

    private static Decision<CaseEvent> Resume(CaseFile file, ResumeCase c)
    {
        var suspension = file.Suspensions.FirstOrDefault(suspension => suspension.Ground == c.Ground);
        if (suspension is null)
        {
            return Reject("case.not-suspended", "data.ground");
        }

        return c.At < suspension.Since
            ? Reject("case.before-last-change", "at")
            : Accept(new CaseResumed(c.Ground, c.At, BeforeFiling(file, c)));
    }

    private static Decision<CaseEvent> Step(CaseFile file, bool isClosed, CaseCommand command, NodeCatalog nodes)
    {
        var early = BeforeFiling(file, command);
        return command switch
        {
            AssignCase c => Accept(new CaseAssigned(c.Handler, c.At, early)),
            ReachNode c => Reach(file, isClosed, c, early, nodes),
            ChangeClaim c => Accept(new ClaimChanged(c.ClaimFen, c.At, early)),
            RenameParty c => Rename(file, c, early),
            ReceiveFunds c => Receive(file, c, early),
            DisburseFunds c => Disburse(file, c, early),
            ReverseFunds c => Reverse(file, c, early),
            ControlProperty c => file.Properties.Any(property => property.Id == c.Property.Id)
                ? Reject("property.already-controlled", "data.propertyId")
                : Accept(new PropertyControlled(c.Property, c.At, early)),
            RenewProperty c => file.Properties.Any(property => property.Id == c.PropertyId)
                ? Accept(new PropertyRenewed(c.PropertyId, c.Until, c.At, early))
                : Reject("property.unknown", "data.propertyId"),
            ReleaseProperty c => file.Properties.Any(property => property.Id == c.PropertyId)
                ? Accept(new PropertyReleased(c.PropertyId, c.At, early))
                : Reject("property.unknown", "data.propertyId"),
            ReceivePetition c => file.OpenPetitions.Contains(c.PetitionId) || file.AnsweredPetitions.Contains(c.PetitionId)
                ? Reject("petition.already-received", "data.petitionId")
                : Accept(new PetitionReceived(c.PetitionId, c.At, early)),
            AnswerPetition c => file.OpenPetitions.Contains(c.PetitionId)
                ? Accept(new PetitionAnswered(c.PetitionId, c.At, early))
                : Reject("petition.unknown", "data.petitionId"),
            UrgeCase c => UrgeHandler(file, c, early),
            AnswerUrge c => Reply(file, c, early),
            _ => Reject("case.not-allowed-now"),
        };
    }

    private static Decision<CaseEvent> Reach(CaseFile file, bool isClosed, ReachNode c, Irregularities early, NodeCatalog nodes)
    {
        var node = nodes[c.Node];
        var occurrence = c.Occurrence ?? file.Flow.OccurrenceFor(c.Node, c.Phase);
        if (occurrence > NodeFlow.OccurrenceMax)
        {
            return Reject("case.too-many-occurrences", "data.occurrence");
        }

        var irregular = early | file.Flow.IrregularitiesOf(node, c.Phase, occurrence, nodes);
        if (isClosed && c.At > file.StatusAt && node.Code is not ("JA" or "GD"))
        {
            irregular |= Irregularities.AfterClosing;
        }

        return Accept(new NodeReached(c.Node, c.Phase, occurrence, c.At, irregular));
    }

    // Either name may be the one that the case was filed under: a new name is reported, or an old one is found out.
    private static Decision<CaseEvent> Rename(CaseFile file, RenameParty c, Irregularities early)
    {
        if (c.Was == c.Now)
        {
            return Reject("party.same-name", "data.now");
        }

        if (file.FormerNames.Any(former => former.Was == c.Was && former.Now == c.Now))
        {
            return Reject("party.already-renamed", "data.was");
        }

        if (!IsKnown(file, c.Was) && !IsKnown(file, c.Now))
        {
            return Reject("party.unknown", "data.was");
        }

        return file.FormerNames.Count >= CaseFile.FormerNamesMax
            ? Reject("party.too-many-names")
            : Accept(new PartyRenamed(c.Was, c.Now, c.At, early));
    }

    // Former names count: what came before a former name is a former name, too.
    private static bool IsKnown(CaseFile file, string name) =>
        file.Applicants.Contains(name) || file.Debtors.Contains(name) || file.FormerNames.Any(former => former.Was == name);

    private static Decision<CaseEvent> Receive(CaseFile file, ReceiveFunds c, Irregularities early)
    {
        if (file.Funds.Find(c.Serial, FundsDirection.In) is not null)
        {
            return Reject("funds.serial-repeated", "data.serial");
        }

        if (file.Funds.Entries.Count >= CaseFunds.EntriesMax)
        {
            return Reject("funds.too-many");
        }

        return c.AmountFen > CaseFunds.AmountFenMax - file.Funds.InFen
            ? Reject("funds.beyond-limit", "data.amountFen")
            : Accept(new FundsReceived(c.AmountFen, c.Serial, c.Payer, c.At, early));
    }

    private static Decision<CaseEvent> Disburse(CaseFile file, DisburseFunds c, Irregularities early)
    {
        if (file.Funds.Find(c.Serial, FundsDirection.Out) is not null)
        {
            return Reject("funds.serial-repeated", "data.serial");
        }

        if (file.Funds.Entries.Count >= CaseFunds.EntriesMax)
        {
            return Reject("funds.too-many");
        }

        if (c.AmountFen > CaseFunds.AmountFenMax - file.Funds.OutFen)
        {
            return Reject("funds.beyond-limit", "data.amountFen");
        }

        var irregular = c.AmountFen > file.Funds.HeldFen ? early | Irregularities.Overdrawn : early;
        return Accept(new FundsDisbursed(c.AmountFen, c.Serial, c.Payee, c.At, irregular));
    }

    private static Decision<CaseEvent> Reverse(CaseFile file, ReverseFunds c, Irregularities early)
    {
        if (file.Funds.HasReversal(c.Serial))
        {
            return Reject("funds.serial-repeated", "data.serial");
        }

        if (file.Funds.FindOriginal(c.Original) is not { } original)
        {
            return Reject("funds.unknown-original", "data.of");
        }

        return c.AmountFen > original.AmountFen - original.ReversedFen
            ? Reject("funds.reversed-beyond-original", "data.amountFen")
            : Accept(new FundsReversed(original.Direction, c.AmountFen, c.Serial, c.Original, c.At, early));
    }

    // An order to nobody is none; the same order given twice would be answered once and wait for ever.
    private static Decision<CaseEvent> UrgeHandler(CaseFile file, UrgeCase c, Irregularities early)
    {
        if (file.Handler is null)
        {
            return Reject("case.no-handler", "case");
        }

        if (file.Urges.Any(urge => urge.Id == c.UrgeId))
        {
            return Reject("case.urged-before", "data.urgeId");
        }

        return file.Urges.Count >= Urge.CountMax
            ? Reject("case.too-many-urges")
            : Accept(new CaseUrged(c.UrgeId, c.About, c.Text, c.By, c.Due, c.At, early));
    }

    private static Decision<CaseEvent> Reply(CaseFile file, AnswerUrge c, Irregularities early) =>
        file.Urges.FirstOrDefault(urge => urge.Id == c.UrgeId) switch
        {
            null => Reject("case.unknown-urge", "data.urgeId"),
            { Answer: not null } => Reject("case.urge-answered", "data.urgeId"),
            _ => Accept(new UrgeAnswered(c.UrgeId, c.Text, c.By, c.At, early)),
        };

    private static CaseFile NewFile(CaseFiled e, NodeCatalog nodes) => new()
    {
        Number = e.Number,
        CourtMark = e.CourtMark,
        Cause = e.Cause,
        Basis = e.Basis,
        ClaimFen = e.ClaimFen,
        Applicants = e.Applicants,
        Debtors = e.Debtors,
        Parent = e.Parent,
        FiledAt = e.At,
        StatusAt = e.At,
        Flow = NodeFlow.None.Implied(nodes.FiledSeq, e.At),
        Irregular = e.Irregular,
    };

    private static CaseFile StepFile(CaseFile file, CaseEvent @event, NodeCatalog nodes) => @event switch
    {
        // A counter-entry without its original would move money that no movement explains.
        FundsReversed e when file.Funds.Find(e.Original, e.Direction) is null => throw Unexplained(e, e.Original),
        PropertyRenewed e when file.Properties.All(property => property.Id != e.PropertyId) => throw Unexplained(e, e.PropertyId),
        PropertyReleased e when file.Properties.All(property => property.Id != e.PropertyId) => throw Unexplained(e, e.PropertyId),
        PartyRenamed e when !IsKnown(file, e.Was) && !IsKnown(file, e.Now) => throw Unexplained(e, e.Was),
        PetitionAnswered e when !file.OpenPetitions.Contains(e.PetitionId) => throw Unexplained(e, e.PetitionId),
        UrgeAnswered e when !file.Urges.Any(urge => urge.Id == e.UrgeId && urge.Answer is null) => throw Unexplained(e, e.UrgeId),

        CaseAssigned e when e.At < file.HandlerAt => Flagged(file, e),
        CaseAssigned e => Flagged(file, e) with { Handler = e.Handler, HandlerAt = e.At, Flow = file.Flow.Implied(nodes.AssignedSeq, e.At) },
        NodeReached e => Flagged(file, e) with { Flow = file.Flow.After(e.Node, e.Phase, e.Occurrence, e.At) },
        ClaimChanged e when e.At < file.ClaimAt => Flagged(file, e),
        ClaimChanged e => Flagged(file, e) with { ClaimFen = e.ClaimFen, ClaimAt = e.At },
        PartyRenamed e => Flagged(file, e) with
        {
            Applicants = Renamed(file.Applicants, e),
            Debtors = Renamed(file.Debtors, e),
            FormerNames = [.. file.FormerNames, new FormerName(e.Was, e.Now, e.At)],
        },
        CaseSuspended e => Flagged(file, e) with { Suspensions = [.. file.Suspensions, new Suspension(e.Ground, e.At)] },
        CaseResumed e => Resumed(Flagged(file, e), e),
        FundsReceived e => Flagged(file, e) with { Funds = file.Funds.After(e.Serial, FundsDirection.In, e.AmountFen) },
        FundsDisbursed e => Flagged(file, e) with { Funds = file.Funds.After(e.Serial, FundsDirection.Out, e.AmountFen) },
        FundsReversed e => Flagged(file, e) with { Funds = file.Funds.AfterReversal(e.Serial, e.Original, e.Direction, e.AmountFen) },
        PropertyControlled e => Flagged(file, e) with { Properties = [.. file.Properties, e.Property] },
        PropertyRenewed e => Flagged(file, e) with
        {
            Properties = [.. file.Properties.Select(property => property.Id == e.PropertyId ? property with { Until = e.Until } : property)],
        },
        PropertyReleased e => Flagged(file, e) with { Properties = [.. file.Properties.Where(property => property.Id != e.PropertyId)] },
        PetitionReceived e => Flagged(file, e) with { OpenPetitions = [.. file.OpenPetitions, e.PetitionId] },
        PetitionAnswered e => Flagged(file, e) with
        {
            OpenPetitions = [.. file.OpenPetitions.Where(id => id != e.PetitionId)],
            AnsweredPetitions = [.. file.AnsweredPetitions, e.PetitionId],
        },
        CaseUrged e => Flagged(file, e) with { Urges = [.. file.Urges, new Urge(e.UrgeId, e.About, e.Text, e.By, e.At, e.Due)] },
        UrgeAnswered e => Flagged(file, e) with
        {
            Urges = [.. file.Urges.Select(urge => urge.Id == e.UrgeId ? urge with { Answer = new UrgeAnswer(e.Text, e.By, e.At) } : urge)],
        },
        _ => throw new CorruptJournalException($"{@event.GetType().Name} is not a step of a case"),
    };

    // Who stood there under both names stands there once.
    private static IReadOnlyList<string> Renamed(IReadOnlyList<string> names, PartyRenamed e) =>
        names.Contains(e.Was) ? [.. names.Select(name => name == e.Was ? e.Now : name).Distinct()] : names;

    // The clocks stand still while any ground holds, and overlapping grounds do not count twice: the ground that ends adds
    // its time up to where a ground that still holds began; that one will add the rest.
    private static CaseFile Resumed(CaseFile file, CaseResumed e)
    {
        var ended = file.Suspensions.FirstOrDefault(suspension => suspension.Ground == e.Ground)
            ?? throw Unexplained(e, e.Ground);
        Suspension[] left = [.. file.Suspensions.Where(suspension => suspension != ended)];
        var until = left.Select(suspension => suspension.Since).Append(e.At).Min();

        // Only time since filing and not yet counted: the sum can never pass the age of the case.
        var since = new[] { ended.Since, file.FiledAt, file.SuspendedUntil }.Max();
        return until > since
            ? file with { Suspensions = left, SuspendedFor = file.SuspendedFor + (until - since), SuspendedUntil = until }
            : file with { Suspensions = left };
    }

    private static CorruptJournalException Unexplained(CaseEvent @event, string of) =>
        new($"{@event.GetType().Name} of {of}, which the case does not have");

    private static CaseFile Flagged(CaseFile file, CaseEvent @event) =>
        @event.Irregular == Irregularities.None ? file : file with { Irregular = file.Irregular | @event.Irregular };

    private static Irregularities BeforeFiling(CaseFile file, CaseCommand command) =>
        command.At < file.FiledAt ? Irregularities.BeforeFiling : Irregularities.None;

    private static Decision<CaseEvent>.Accepted Accept(params CaseEvent[] events) => new(events);

    private static Decision<CaseEvent>.Rejected Reject(string code, string? field = null) => new(code, field);
}
