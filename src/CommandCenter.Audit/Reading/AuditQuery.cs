namespace CommandCenter.Audit.Reading;

/// <summary>Which records. What is not set does not matter; all that is set has to hold.</summary>
public sealed record AuditQuery
{
    /// <summary>Most records of a page.</summary>
    public const int SizeMax = 500;

    /// <summary>Not before this moment.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Exactly this actor.</summary>
    public string? Actor { get; init; }

    /// <summary>Actions that begin so: <c>case.</c> finds views and exports of cases.</summary>
    public string? ActionPrefix { get; init; }

    /// <summary>Exactly this subject.</summary>
    public string? Subject { get; init; }

    /// <summary>Only this outcome.</summary>
    public AuditOutcome? Outcome { get; init; }

    /// <summary>Oldest first instead of newest first.</summary>
    public bool IsOldestFirst { get; init; }

    /// <summary>Goes on behind this record, in the order asked for: <see cref="AuditPage.Next"/> of the page before.</summary>
    public long? After { get; init; }

    /// <summary>Records of a page, 1 to 500; default 50.</summary>
    public int Size { get; init; } = 50;
}

/// <summary>A page of records.</summary>
/// <param name="Records">In the order asked for; fewer than asked for, even none, where they lie far apart.</param>
/// <param name="Next">For <see cref="AuditQuery.After"/> of the next page; <see langword="null"/> when nothing is left.</param>
/// <param name="UnreadableCount">Lines in between that are damaged. The verifier names them.</param>
public sealed record AuditPage(IReadOnlyList<AuditRecord> Records, long? Next, int UnreadableCount);
