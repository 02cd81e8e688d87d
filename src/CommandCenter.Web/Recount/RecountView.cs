using CommandCenter.Domain.Courts;

namespace CommandCenter.Web.Recount;

/// <summary>How far the recount of one partition is.</summary>
internal sealed record RecountPosition(
    int Partition, string State, long Position, long RecordsRead, long RecordsToRead, DateTimeOffset? ProvedAt, double DurationMs, string? Fault);

/// <summary>What the recount says of a scope.</summary>
/// <param name="Scope">The court whose scope it is.</param>
/// <param name="State">proved, recounting, differs, unknown or paused.</param>
/// <param name="AsOf">When the last of its partitions was compared; <see langword="null"/> before the first time.</param>
/// <param name="Position">For each partition up to which record it is proved, and how far it has read.</param>
/// <param name="Cells">Cells compared: courts × windows, days and stocks × figures, as far as anything is in them.</param>
/// <param name="DifferenceCount">Cells that differ.</param>
/// <param name="Differences">The first of them, at most 1,000 for each court.</param>
/// <param name="DurationMs">How long the last cycle took for these partitions.</param>
/// <param name="Cycles">Cycles ended since the start.</param>
internal sealed record RecountView(
    string Scope, string State, DateTimeOffset? AsOf, IReadOnlyList<RecountPosition> Position, long Cells, long DifferenceCount,
    IReadOnlyList<RecountDifference> Differences, double DurationMs, long Cycles)
{
    /// <summary>What a report says of a scope.</summary>
    public static RecountView Of(Court scope, RecountReport report)
    {
        var marks = scope.Scope.Select(inferior => inferior.Mark).ToHashSet(StringComparer.Ordinal);
        var partitions = report.Partitions.Where(partition => partition.Marks.Any(marks.Contains)).ToArray();
        var courts = partitions.SelectMany(partition => partition.Courts).Where(proof => marks.Contains(proof.Mark)).ToArray();
        return new RecountView(
            scope.Mark,
            StateOf(report, partitions, courts),
            partitions.Min(partition => partition.ProvedAt),
            [.. partitions.Select(PositionOf)],
            courts.Sum(proof => proof.Cells),
            courts.Sum(proof => proof.Differing),
            [.. courts.SelectMany(proof => proof.Differences)],
            partitions.Sum(partition => partition.Duration.TotalMilliseconds),
            report.Cycles);
    }

    // A partition that differs in a court outside the scope is as good as proved for this one.
    private static string StateOf(RecountReport report, PartitionProof[] partitions, CourtProof[] courts)
    {
        var states = partitions.Select(partition => partition.State == RecountState.Differs ? RecountState.Proved : partition.State)
            .Concat(courts.Where(proof => proof.Differing > 0).Select(_ => RecountState.Differs));
        return RecountState.Worst(report.IsPaused ? states.Append(RecountState.Paused) : states);
    }

    private static RecountPosition PositionOf(PartitionProof partition) => new(
        partition.Index, partition.State, partition.Position, partition.RecordsRead, partition.RecordsToRead, partition.ProvedAt,
        partition.Duration.TotalMilliseconds, partition.Fault);
}
