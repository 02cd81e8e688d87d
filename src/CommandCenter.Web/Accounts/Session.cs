namespace CommandCenter.Web.Accounts;

/// <summary>A sign-in from its beginning to its end, as it is kept.</summary>
internal sealed class Session
{
    /// <summary>Random; stands in the cookie.</summary>
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long StartedAt { get; init; }

    /// <summary>The network address it came from.</summary>
    public required string From { get; init; }

    /// <summary>What the browser says it is; cut.</summary>
    public required string Browser { get; init; }

    /// <summary>UTC ticks; <see langword="null"/> while it lasts.</summary>
    public long? EndedAt { get; set; }

    /// <summary>Why it ended.</summary>
    public string? EndedBy { get; set; }
}
