using CommandCenter.Domain.Courts;

namespace CommandCenter.Web.Grains;

/// <summary>Which partition holds which court: by a hash of the mark, so that it never depends on the order of the configuration.</summary>
internal sealed class CourtMap
{
    private readonly int[] _partitions;

    public CourtMap(CourtTree courts, int partitionCount)
    {
        PartitionCount = partitionCount;
        _partitions = [.. courts.Courts.Select(court => PartitionOf(court.Mark, partitionCount))];
    }

    public int PartitionCount { get; }

    public int PartitionOf(Court court) => _partitions[court.Index];

    private static int PartitionOf(string mark, int partitionCount) =>
        (int)(StableHash.Finish(StableHash.Add(StableHash.Start, mark)) % (ulong)partitionCount);
}
