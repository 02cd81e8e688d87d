using CommandCenter.Domain.Cases;
using CommandCenter.Web.PersonalData;
using static CommandCenter.Domain.Cases.CaseEvent;

namespace CommandCenter.Web.Reading;

/// <summary>Events as the API shows them: the wire name and the fields of the intake.</summary>
internal static class EventViews
{
    public static string TypeOf(CaseEvent @event) => @event switch
    {
        CaseFiled => "case.filed",
        CaseAssigned => "case.assigned",
        NodeReached => "case.node",
        ClaimChanged => "case.claimChanged",
        PartyRenamed => "party.renamed",
        CaseSuspended => "case.suspended",
        CaseResumed => "case.resumed",
        CaseClosed => "case.closed",
        ClosingRevoked => "case.closingRevoked",
        CaseTransferred => "case.transferred",
        CaseAdmitted => "case.admitted",
        ReinstatementNoted => "case.reinstatementNoted",
        FundsReceived => "funds.received",
        FundsDisbursed => "funds.disbursed",
        FundsReversed => "funds.reversed",
        PropertyControlled => "property.controlled",
        PropertyRenewed => "property.renewed",
        PropertyReleased => "property.released",
        PetitionReceived => "petition.received",
        PetitionAnswered => "petition.answered",
        CaseUrged => "case.urged",
        UrgeAnswered => "case.urgeAnswered",
        _ => throw new InvalidOperationException($"{@event.GetType().Name} has no wire name."),
    };

    /// <param name="event">What happened.</param>
    /// <param name="nodes">The nodes by number.</param>
    /// <param name="mask">Names, accounts and telephones go through it.</param>
    public static object DataOf(CaseEvent @event, NodeCatalog nodes, PersonMask mask) => @event switch
    {
        CaseFiled e => new
        {
            kind = e.Number.Type.Mark,
            cause = mask.Text(e.Cause),
            e.ClaimFen,
            basis = mask.Text(e.Basis),
            applicants = mask.Names(e.Applicants),
            debtors = mask.Names(e.Debtors),
            parent = e.Parent?.ToString(),
        },
        CaseAssigned e => new { e.Handler },
        NodeReached e => new { node = nodes[e.Node].Code, phase = e.Phase.ToString().ToLowerInvariant(), e.Occurrence },
        ClaimChanged e => new { e.ClaimFen },
        PartyRenamed e => new { was = mask.Name(e.Was), now = mask.Name(e.Now) },
        CaseSuspended e => new { ground = mask.Text(e.Ground) },
        CaseResumed e => new { ground = mask.Text(e.Ground) },
        CaseClosed e => new { way = e.Way.Code() },
        ClosingRevoked e => new { way = e.Way.Code(), reason = mask.Text(e.Reason) },
        CaseTransferred e => new { e.ToCourt },
        CaseAdmitted e => new { court = e.CourtMark },
        ReinstatementNoted e => new { child = e.Child.ToString() },
        FundsReceived e => new { e.AmountFen, serial = mask.Reference(e.Serial), payer = e.Payer is null ? null : mask.Name(e.Payer) },
        FundsDisbursed e => new { e.AmountFen, serial = mask.Reference(e.Serial), payee = e.Payee is null ? null : mask.Name(e.Payee) },
        FundsReversed e => new { e.AmountFen, serial = mask.Reference(e.Serial), of = mask.Reference(e.Original), direction = e.Direction.ToString().ToLowerInvariant() },
        PropertyControlled e => new { propertyId = mask.Reference(e.Property.Id), e.Property.Until, e.Property.AmountFen, e.Property.Rank },
        PropertyRenewed e => new { propertyId = mask.Reference(e.PropertyId), e.Until },
        PropertyReleased e => new { propertyId = mask.Reference(e.PropertyId) },
        PetitionReceived e => new { petitionId = mask.Reference(e.PetitionId) },
        PetitionAnswered e => new { petitionId = mask.Reference(e.PetitionId) },
        CaseUrged e => new { e.UrgeId, about = e.About.ToString().ToLowerInvariant(), text = e.Text is null ? null : mask.Text(e.Text), e.Due },
        UrgeAnswered e => new { e.UrgeId, text = mask.Text(e.Text) },
        _ => throw new InvalidOperationException($"{@event.GetType().Name} has no view."),
    };
}
