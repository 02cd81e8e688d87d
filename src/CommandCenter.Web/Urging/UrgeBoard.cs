using CommandCenter.Domain.Cases;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Urging;

/// <summary>An urge and where it belongs.</summary>
/// <param name="Number">The case.</param>
/// <param name="Court">The index of the court where it lies.</param>
/// <param name="Handler">Who has it now.</param>
/// <param name="Urge">The urge.</param>
internal sealed record UrgeItem(CaseNumber Number, int Court, string? Handler, Urge Urge);

/// <summary>The urges of all pending cases. A partition is asked for them only when one of them changed, however many look.</summary>
internal sealed class UrgeBoard(GrainHost grains)
{
    private readonly Known?[] _known = new Known?[grains.PartitionCount];

    /// <summary>The urges in a scope, in no order. A stopped partition keeps what was known of it.</summary>
    public async Task<IReadOnlyList<UrgeItem>> ReadAsync(ViewScope scope, CancellationToken cancellationToken)
    {
        var courts = scope.Courts.Select(static court => court.Index).ToHashSet();
        var partitions = scope.Courts.Select(grains.Map.PartitionOf).Distinct().ToArray();
        var parts = await Task.WhenAll(partitions.Select(partition => ReadAsync(partition, cancellationToken)));
        return [.. parts.SelectMany(static part => part).Where(item => courts.Contains(item.Court) && (scope.Handler is null || (scope.Handler.Length > 0 && item.Handler == scope.Handler)))];
    }

    private async Task<UrgeItem[]> ReadAsync(int partition, CancellationToken cancellationToken)
    {
        var before = Volatile.Read(ref _known[partition]);
        try
        {
            // Two who ask at once may both read; the answers are the same.
            var now = await grains.AskAsync(partition, model => ReferenceEquals(model.UrgedStamp, before?.Stamp) ? before! : Read(model), cancellationToken);
            Volatile.Write(ref _known[partition], now);
            return now.Items;
        }
        catch (PartitionUnavailableException)
        {
            return before?.Items ?? [];
        }
    }

    private static Known Read(GrainModel model)
    {
        var items = new List<UrgeItem>();
        foreach (var place in model.Urged)
        {
            ref readonly var row = ref model.Cases[place];
            if (row.Court < 0 || row.Status is not (CaseStatus.Open or CaseStatus.Suspended))
            {
                continue; // Nobody is urged about a case that is done; its timeline keeps what was said.
            }

            var (number, court) = (row.Number, row.Court);
            if (model.Look(number)?.FileOrNull is { } file)
            {
                items.AddRange(file.Urges.Select(urge => new UrgeItem(number, court, file.Handler, urge)));
            }
        }

        return new Known(model.UrgedStamp, [.. items]);
    }

    private sealed record Known(object Stamp, UrgeItem[] Items);
}
