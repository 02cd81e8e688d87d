namespace CommandCenter.Web.Recount;

/// <summary>A cell in which what is shown and what was counted differ.</summary>
/// <param name="Court">The court's mark.</param>
/// <param name="T">When the window or day begins; <see langword="null"/> for a stock.</param>
/// <param name="Step"><see cref="Window"/>, <see cref="Day"/> or <see cref="Now"/>.</param>
/// <param name="Figure">As <see cref="CellTable"/> names it.</param>
/// <param name="Shown">What the product shows; cases or fen.</param>
/// <param name="Counted">What the journal says.</param>
internal sealed record RecountDifference(string Court, DateTimeOffset? T, string Step, string Figure, long Shown, long Counted)
{
    public const string Window = "5m";
    public const string Day = "1d";
    public const string Now = "now";

    /// <summary>Whether the other one is the same cell.</summary>
    public bool IsSameCell(RecountDifference other) =>
        Court == other.Court && T == other.T && Step == other.Step && Figure == other.Figure;
}

/// <summary>What the words of the recount are, everywhere.</summary>
internal static class RecountState
{
    /// <summary>Every cell was equal when it was last counted.</summary>
    public const string Proved = "proved";

    /// <summary>The journal is being read from its beginning; nothing is known yet.</summary>
    public const string Recounting = "recounting";

    /// <summary>A cell differs.</summary>
    public const string Differs = "differs";

    /// <summary>It cannot be told: the partition is stopped, or its journal cannot be read.</summary>
    public const string Unknown = "unknown";

    /// <summary>Somebody has paused the recount. Marks keep what was known.</summary>
    public const string Paused = "paused";

    private static readonly string[] s_worstFirst = [Differs, Unknown, Paused, Recounting, Proved];

    /// <summary>What several states come to: one bad apple is what must be said.</summary>
    public static string Worst(IEnumerable<string> states) =>
        s_worstFirst[states.Select(state => Array.IndexOf(s_worstFirst, state)).DefaultIfEmpty(s_worstFirst.Length - 1).Min()];
}

/// <summary>One court after a comparison.</summary>
/// <param name="Mark">The court.</param>
/// <param name="Cells">Cells compared.</param>
/// <param name="Differing">Cells that differ.</param>
/// <param name="Differences">The first of them.</param>
internal sealed record CourtProof(string Mark, long Cells, long Differing, IReadOnlyList<RecountDifference> Differences);

/// <summary>What is known of one partition. Immutable.</summary>
/// <param name="Index">The partition.</param>
/// <param name="Marks">Its courts.</param>
/// <param name="State">One of <see cref="RecountState"/>.</param>
/// <param name="ProvedAt">When its courts were last compared to the end.</param>
/// <param name="Position">The last record that was counted when they were.</param>
/// <param name="RecordsRead">Records counted so far.</param>
/// <param name="RecordsToRead">Records of the journal.</param>
/// <param name="Duration">How long the last comparison took, reading included.</param>
/// <param name="Courts">What was found.</param>
/// <param name="Fault">Why nothing can be told.</param>
internal sealed record PartitionProof(
    int Index, IReadOnlyList<string> Marks, string State, DateTimeOffset? ProvedAt, long Position, long RecordsRead, long RecordsToRead,
    TimeSpan Duration, IReadOnlyList<CourtProof> Courts, string? Fault);

/// <summary>What the recount knows, at one instant. Immutable.</summary>
internal sealed record RecountReport(bool IsPaused, long Cycles, IReadOnlyList<PartitionProof> Partitions)
{
    /// <summary>Nothing counts: no mark says more than that it is unknown.</summary>
    public static RecountReport None { get; } = new(IsPaused: false, 0, []);

    public IEnumerable<RecountDifference> Differences => Partitions.SelectMany(partition => partition.Courts).SelectMany(court => court.Differences);
}
