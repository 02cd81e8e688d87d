using CommandCenter.Domain.Funds;
using CommandCenter.Domain.Properties;

namespace CommandCenter.Domain.Cases;

/// <summary>A ground that stops the clocks, and since when.</summary>
public sealed record Suspension(string Ground, DateTimeOffset Since);

/// <summary>曾用名: what a party was called before.</summary>
/// <param name="Was">The former name.</param>
/// <param name="Now">The name that came after it.</param>
/// <param name="At">When it was learnt, in UTC.</param>
public sealed record FormerName(string Was, string Now, DateTimeOffset At);

/// <summary>Everything about a case that is the same question whether it is open or closed.</summary>
public sealed record CaseFile
{
    /// <summary>The most former names that a case keeps.</summary>
    public const int FormerNamesMax = 64;

    /// <summary>案号.</summary>
    public required CaseNumber Number { get; init; }

    /// <summary>The court that holds the case now; differs from the number's mark after a transfer.</summary>
    public required string CourtMark { get; init; }

    /// <summary>案由.</summary>
    public required string Cause { get; init; }

    /// <summary>执行依据.</summary>
    public required string Basis { get; init; }

    /// <summary>执行标的额, in fen.</summary>
    public required long ClaimFen { get; init; }

    /// <summary>Since when the claim is this; a report that is dated earlier and comes later does not change it back.</summary>
    public DateTimeOffset ClaimAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>申请执行人.</summary>
    public required IReadOnlyList<string> Applicants { get; init; }

    /// <summary>被执行人.</summary>
    public required IReadOnlyList<string> Debtors { get; init; }

    /// <summary>What the parties were called before, in the order in which it was learnt. Kept for ever: accounts stand under old names.</summary>
    public IReadOnlyList<FormerName> FormerNames { get; init; } = [];

    /// <summary>The case that this one reinstates or reviews.</summary>
    public CaseNumber? Parent { get; init; }

    /// <summary>收案时间, in UTC.</summary>
    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>承办人.</summary>
    public string? Handler { get; init; }

    /// <summary>Since when the handler is this one.</summary>
    public DateTimeOffset HandlerAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Way through the nodes.</summary>
    public required NodeFlow Flow { get; init; }

    /// <summary>Money.</summary>
    public CaseFunds Funds { get; init; } = CaseFunds.None;

    /// <summary>Properties under control.</summary>
    public IReadOnlyList<ControlledProperty> Properties { get; init; } = [];

    /// <summary>Grounds that stop the clocks now.</summary>
    public IReadOnlyList<Suspension> Suspensions { get; init; } = [];

    /// <summary>How long the clocks stood still up to the last resumption.</summary>
    public TimeSpan SuspendedFor { get; init; }

    /// <summary>Up to when <see cref="SuspendedFor"/> has counted; a ground that is reported again for the same time adds nothing.</summary>
    public DateTimeOffset SuspendedUntil { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Petitions that wait for an answer.</summary>
    public IReadOnlyList<string> OpenPetitions { get; init; } = [];

    /// <summary>Petitions answered; an id is registered once for ever.</summary>
    public IReadOnlyList<string> AnsweredPetitions { get; init; } = [];

    /// <summary>督促 of this case, answered or not, in the order in which they were given; at most <see cref="Urge.CountMax"/>.</summary>
    public IReadOnlyList<Urge> Urges { get; init; } = [];

    /// <summary>When the case was last filed, closed, re-opened or taken over. Nothing of that kind can be dated before it.</summary>
    public required DateTimeOffset StatusAt { get; init; }

    /// <summary>All that was irregular in the reports of this case.</summary>
    public Irregularities Irregular { get; init; }
}

/// <summary>The state of one case grain: not filed, open, closed, or moved to another court.</summary>
public abstract record CaseState
{
    private CaseState()
    {
    }

    /// <summary>No such case yet.</summary>
    public sealed record NotFiled : CaseState
    {
        /// <summary>The one instance.</summary>
        public static readonly NotFiled Instance = new();
    }

    /// <summary>未结.</summary>
    public sealed record Open(CaseFile File) : CaseState;

    /// <summary>已结.</summary>
    /// <param name="File">The case.</param>
    /// <param name="Way">结案方式.</param>
    /// <param name="ClosedAt">结案时间, in UTC.</param>
    /// <param name="ReinstatedAs">The 执恢 case filed for a terminal one: it has left the terminal stock.</param>
    public sealed record Closed(CaseFile File, CloseWay Way, DateTimeOffset ClosedAt, CaseNumber? ReinstatedAs = null) : CaseState;

    /// <summary>移送: another court holds it now.</summary>
    /// <param name="File">The case as it was when it left, for the courts' own record.</param>
    /// <param name="ToCourt">Who holds it.</param>
    public sealed record Moved(CaseFile File, string ToCourt) : CaseState;

    /// <summary>The file, or <see langword="null"/> before filing.</summary>
    public CaseFile? FileOrNull => this switch
    {
        Open s => s.File,
        Closed s => s.File,
        Moved s => s.File,
        _ => null,
    };
}
