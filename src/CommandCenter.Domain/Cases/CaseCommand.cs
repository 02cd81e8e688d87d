using CommandCenter.Domain.Properties;

namespace CommandCenter.Domain.Cases;

/// <summary>What a case is told. A closed family.</summary>
/// <param name="At">When it happened, in UTC.</param>
public abstract record CaseCommand(DateTimeOffset At)
{
    /// <summary>立案: opens the case.</summary>
    /// <param name="Number">案号.</param>
    /// <param name="CourtMark">The court that files it.</param>
    /// <param name="Cause">案由.</param>
    /// <param name="ClaimFen">执行标的额, in fen.</param>
    /// <param name="Basis">执行依据.</param>
    /// <param name="Applicants">申请执行人.</param>
    /// <param name="Debtors">被执行人.</param>
    /// <param name="Parent">The case that this one reinstates or reviews.</param>
    /// <param name="At">收案时间.</param>
    public sealed record FileCase(
        CaseNumber Number, string CourtMark, string Cause, long ClaimFen, string Basis,
        IReadOnlyList<string> Applicants, IReadOnlyList<string> Debtors, CaseNumber? Parent, DateTimeOffset At)
        : CaseCommand(At);

    /// <summary>分案: names the handler (承办人).</summary>
    public sealed record AssignCase(string Handler, DateTimeOffset At) : CaseCommand(At);

    /// <summary>A node is entered or done. Without an occurrence it means the unfinished one, or the next.</summary>
    public sealed record ReachNode(int Node, NodePhase Phase, int? Occurrence, DateTimeOffset At) : CaseCommand(At);

    /// <summary>The claim is now this much, in fen.</summary>
    public sealed record ChangeClaim(long ClaimFen, DateTimeOffset At) : CaseCommand(At);

    /// <summary>曾用名: a party is called otherwise now, or was called otherwise before.</summary>
    /// <param name="Was">The former name.</param>
    /// <param name="Now">The name since then.</param>
    /// <param name="At">When it was learnt.</param>
    public sealed record RenameParty(string Was, string Now, DateTimeOffset At) : CaseCommand(At);

    /// <summary>中止或暂缓: a ground stops the clocks.</summary>
    public sealed record SuspendCase(string Ground, DateTimeOffset At) : CaseCommand(At);

    /// <summary>The ground has ended.</summary>
    public sealed record ResumeCase(string Ground, DateTimeOffset At) : CaseCommand(At);

    /// <summary>结案.</summary>
    public sealed record CloseCase(CloseWay Way, DateTimeOffset At) : CaseCommand(At);

    /// <summary>Undoes a closing as of its date: the case is open again.</summary>
    public sealed record RevokeClosing(string Reason, DateTimeOffset At) : CaseCommand(At);

    /// <summary>移送: gives the case to another court.</summary>
    public sealed record TransferCase(string ToCourt, DateTimeOffset At) : CaseCommand(At);

    /// <summary>Takes a case over from another court; comes out of that court's outbox, never from a source.</summary>
    public sealed record AdmitCase(CaseFile File, string CourtMark, DateTimeOffset At) : CaseCommand(At);

    /// <summary>Notes that a reinstated case (执恢) was filed for this terminal one.</summary>
    public sealed record NoteReinstatement(CaseNumber Child, DateTimeOffset At) : CaseCommand(At);

    /// <summary>案款到账.</summary>
    public sealed record ReceiveFunds(long AmountFen, string Serial, string? Payer, DateTimeOffset At) : CaseCommand(At);

    /// <summary>案款发放.</summary>
    public sealed record DisburseFunds(long AmountFen, string Serial, string? Payee, DateTimeOffset At) : CaseCommand(At);

    /// <summary>冲正: a counter-entry to an earlier movement, wholly or in part.</summary>
    public sealed record ReverseFunds(long AmountFen, string Serial, string Original, DateTimeOffset At) : CaseCommand(At);

    /// <summary>查封、扣押或冻结 a property.</summary>
    public sealed record ControlProperty(ControlledProperty Property, DateTimeOffset At) : CaseCommand(At);

    /// <summary>续封、续冻.</summary>
    public sealed record RenewProperty(string PropertyId, DateOnly Until, DateTimeOffset At) : CaseCommand(At);

    /// <summary>解除控制.</summary>
    public sealed record ReleaseProperty(string PropertyId, DateTimeOffset At) : CaseCommand(At);

    /// <summary>信访登记.</summary>
    public sealed record ReceivePetition(string PetitionId, DateTimeOffset At) : CaseCommand(At);

    /// <summary>信访答复.</summary>
    public sealed record AnswerPetition(string PetitionId, DateTimeOffset At) : CaseCommand(At);

    /// <summary>督促: tells the handler to see to something.</summary>
    /// <param name="UrgeId">Its id; once in a case.</param>
    /// <param name="About">About what.</param>
    /// <param name="Text">What is added, if anything.</param>
    /// <param name="By">Who urges, by name.</param>
    /// <param name="Due">The day by which a reply is asked for.</param>
    /// <param name="At">When.</param>
    public sealed record UrgeCase(string UrgeId, UrgeAbout About, string? Text, string By, DateOnly? Due, DateTimeOffset At) : CaseCommand(At);

    /// <summary>The reply to an urge.</summary>
    public sealed record AnswerUrge(string UrgeId, string Text, string By, DateTimeOffset At) : CaseCommand(At);
}
