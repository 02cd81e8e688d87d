namespace CommandCenter.Audit;

/// <summary>What one act leaves behind: who did what to whom, from where, why, and how it ended. The log adds when.</summary>
/// <remarks>
/// Texts may hold anything that a user can type. What is longer than <see cref="AuditLimits"/> allows is cut, ends with "…" and is
/// named in <see cref="AuditRecord.Cut"/> with the length that it had; nothing is refused for its length. Empty counts as absent.
/// </remarks>
public sealed record AuditEntry
{
    /// <summary>Stable code of the act, words with dots: <c>case.view</c>, <c>account.signed-in</c>, <c>access.denied</c>.</summary>
    public required string Action { get; init; }

    /// <summary>How it ended.</summary>
    public AuditOutcome Outcome { get; init; }

    /// <summary>Id of the account or name of the machine; <see langword="null"/> when nobody is signed in.</summary>
    public string? Actor { get; init; }

    /// <summary>The role that was used.</summary>
    public string? Role { get; init; }

    /// <summary>The session, as an id that opens nothing by itself.</summary>
    public string? Session { get; init; }

    /// <summary>Address that the act came from.</summary>
    public string? From { get; init; }

    /// <summary>What it was done to: number of a case, id of an account, a route.</summary>
    public string? Subject { get; init; }

    /// <summary>Why, in the user's own words.</summary>
    public string? Reason { get; init; }

    /// <summary>What else belongs to it, flat. Written in the order of its keys.</summary>
    public IReadOnlyDictionary<string, string>? Detail { get; init; }
}

/// <summary>How an act ended.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was not allowed.</summary>
    Denied,

    /// <summary>It was allowed and did not succeed.</summary>
    Failed,
}
