using CommandCenter.Domain.Cases;
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
        _ => throw new InvalidOperationException($"{@event.GetType().Name} has no wire name."),
    };

    public static object DataOf(CaseEvent @event, NodeCatalog nodes) => @event switch
    {
        CaseFiled e => new { kind = e.Number.Type.Mark, e.Cause, e.ClaimFen, e.Basis, e.Applicants, e.Debtors, parent = e.Parent?.ToString() },
        CaseAssigned e => new { e.Handler },
        NodeReached e => new { node = nodes[e.Node].Code, phase = e.Phase.ToString().ToLowerInvariant(), e.Occurrence },
        ClaimChanged e => new { e.ClaimFen },
        PartyRenamed e => new { e.Was, e.Now },
        CaseSuspended e => new { e.Ground },
        CaseResumed e => new { e.Ground },
        CaseClosed e => new { way = e.Way.Code() },
        ClosingRevoked e => new { way = e.Way.Code(), e.Reason },
        CaseTransferred e => new { e.ToCourt },
        CaseAdmitted e => new { court = e.CourtMark },
        ReinstatementNoted e => new { child = e.Child.ToString() },
        FundsReceived e => new { e.AmountFen, e.Serial, e.Payer },
        FundsDisbursed e => new { e.AmountFen, e.Serial, e.Payee },
        FundsReversed e => new { e.AmountFen, e.Serial, of = e.Original, direction = e.Direction.ToString().ToLowerInvariant() },
        PropertyControlled e => new { propertyId = e.Property.Id, e.Property.Until, e.Property.AmountFen, e.Property.Rank },
        PropertyRenewed e => new { e.PropertyId, e.Until },
        PropertyReleased e => new { e.PropertyId },
        PetitionReceived e => new { e.PetitionId },
        PetitionAnswered e => new { e.PetitionId },
        _ => throw new InvalidOperationException($"{@event.GetType().Name} has no view."),
    };
}
