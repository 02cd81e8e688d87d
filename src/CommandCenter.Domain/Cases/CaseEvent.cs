using CommandCenter.Domain.Properties;

namespace CommandCenter.Domain.Cases;

/// <summary>What happened to a case. A closed family; what the journal holds.</summary>
/// <param name="At">When it happened, in UTC.</param>
/// <param name="Irregular">What is against procedure in it.</param>
public abstract record CaseEvent(DateTimeOffset At, Irregularities Irregular)
{
    /// <summary>新收.</summary>
    public sealed record CaseFiled(
        CaseNumber Number, string CourtMark, string Cause, long ClaimFen, string Basis,
        IReadOnlyList<string> Applicants, IReadOnlyList<string> Debtors, CaseNumber? Parent, DateTimeOffset At, Irregularities Irregular)
        : CaseEvent(At, Irregular);

    /// <summary>The handler was named.</summary>
    public sealed record CaseAssigned(string Handler, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>A node was entered or done.</summary>
    public sealed record NodeReached(int Node, NodePhase Phase, int Occurrence, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>The claim changed to this total, in fen.</summary>
    public sealed record ClaimChanged(long ClaimFen, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>A party got another name, or it was learnt what he was called before.</summary>
    public sealed record PartyRenamed(string Was, string Now, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>A ground began to stop the clocks.</summary>
    public sealed record CaseSuspended(string Ground, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>The ground ended.</summary>
    public sealed record CaseResumed(string Ground, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>结案.</summary>
    public sealed record CaseClosed(CloseWay Way, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>The closing of this way was undone.</summary>
    public sealed record ClosingRevoked(CloseWay Way, string Reason, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>The case left for another court.</summary>
    public sealed record CaseTransferred(string ToCourt, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>The case came from another court with everything it was.</summary>
    public sealed record CaseAdmitted(CaseFile File, string CourtMark, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>A reinstated case was filed for this terminal one; it leaves the terminal stock.</summary>
    public sealed record ReinstatementNoted(CaseNumber Child, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>Money came in.</summary>
    public sealed record FundsReceived(long AmountFen, string Serial, string? Payer, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>Money went out.</summary>
    public sealed record FundsDisbursed(long AmountFen, string Serial, string? Payee, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>A movement was reversed, wholly or in part.</summary>
    public sealed record FundsReversed(
        Funds.FundsDirection Direction, long AmountFen, string Serial, string Original, DateTimeOffset At, Irregularities Irregular)
        : CaseEvent(At, Irregular);

    /// <summary>A property came under control.</summary>
    public sealed record PropertyControlled(ControlledProperty Property, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>A control was renewed.</summary>
    public sealed record PropertyRenewed(string PropertyId, DateOnly Until, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>A control was released.</summary>
    public sealed record PropertyReleased(string PropertyId, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>A petition came in.</summary>
    public sealed record PetitionReceived(string PetitionId, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>A petition was answered.</summary>
    public sealed record PetitionAnswered(string PetitionId, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);

    /// <summary>The handler was urged.</summary>
    public sealed record CaseUrged(string UrgeId, UrgeAbout About, string? Text, string By, DateOnly? Due, DateTimeOffset At, Irregularities Irregular)
        : CaseEvent(At, Irregular);

    /// <summary>An urge was replied to.</summary>
    public sealed record UrgeAnswered(string UrgeId, string Text, string By, DateTimeOffset At, Irregularities Irregular) : CaseEvent(At, Irregular);
}
