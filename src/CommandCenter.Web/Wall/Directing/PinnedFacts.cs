namespace CommandCenter.Web.Wall.Directing;

/// <summary>What is known of something pinned, as numbers and times; words come when a page of a language asks.</summary>
internal abstract record PinnedFacts
{
    /// <summary>A court, with the figures of its row.</summary>
    internal sealed record OfCourt(CourtFigures Figures) : PinnedFacts;

    /// <summary>A case.</summary>
    /// <param name="Status">open, suspended, closed or moved.</param>
    /// <param name="CourtMark">The court that holds it.</param>
    /// <param name="NodeZh">Where it stands; <see langword="null"/> before its first node.</param>
    /// <param name="NodeEn">The same in English.</param>
    /// <param name="Handler">承办人.</param>
    /// <param name="ClaimFen">执行标的额.</param>
    /// <param name="InFen">Money received.</param>
    /// <param name="OutFen">Money paid out.</param>
    /// <param name="DueAt">When it must be closed, if its clock runs on.</param>
    /// <param name="IsOverdue">Open beyond that.</param>
    internal sealed record OfCase(
        string Status, string CourtMark, string? NodeZh, string? NodeEn, string? Handler, long ClaimFen, long InFen, long OutFen, DateTimeOffset DueAt,
        bool IsOverdue) : PinnedFacts;

    /// <summary>An officer.</summary>
    /// <param name="CourtMark">His court.</param>
    /// <param name="IsOnDuty">Whether on duty.</param>
    /// <param name="DutyAt">Since when.</param>
    /// <param name="ReportedAt">His last position report; <see langword="null"/>: none yet.</param>
    internal sealed record OfOfficer(string CourtMark, bool IsOnDuty, DateTimeOffset DutyAt, DateTimeOffset? ReportedAt) : PinnedFacts;
}
