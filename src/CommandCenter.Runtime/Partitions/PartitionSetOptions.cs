namespace CommandCenter.Runtime.Partitions;

/// <summary>Where a set of partitions keeps its data, and its limits.</summary>
public sealed record PartitionSetOptions
{
    /// <summary>Partitions of a new directory when none are asked for.</summary>
    public const int DefaultPartitionCount = 4;

    /// <summary>Folder of manifest, lock, journals and snapshots; created when missing.</summary>
    public string DataDirectory { get; init; } = "";

    /// <summary>
    /// Number of partitions, 1 to 64; fixed for ever by the first start. Null takes what the directory has, 4 when it is new.
    /// Asking an existing directory for another count is refused, because a command's partition follows from the count.
    /// </summary>
    public int? PartitionCount { get; init; }

    /// <summary>Version of the model's snapshot format; snapshots of another version are ignored and the journal is replayed. At least 0; default 1.</summary>
    public int ModelVersion { get; init; } = 1;

    /// <summary>Commands that may wait per partition, 1 to 16,777,216; default 65,536. More are not taken.</summary>
    public int QueueLengthMax { get; init; } = 65_536;

    /// <summary>Commands decided before one commit, 1 to 1,048,576; default 4,096. Only a batch that is larger by itself exceeds it.</summary>
    public int GroupSizeMax { get; init; } = 4_096;

    /// <summary>Bytes of records after which a group takes no further batch, 4 KiB to 64 MiB; default 4 MiB.</summary>
    public int GroupBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>Records after which a snapshot is taken, at least 1; default 1,000,000. One more is taken by a drain.</summary>
    public long SnapshotEvery { get; init; } = 1_000_000;

    /// <summary>Every fault of these options, each naming its key; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(DataDirectory))
        {
            faults.Add($"{nameof(DataDirectory)} is empty; it must name a folder.");
        }

        Check(nameof(PartitionCount), PartitionCount ?? DefaultPartitionCount, 1, 64);
        Check(nameof(ModelVersion), ModelVersion, 0, int.MaxValue);
        Check(nameof(QueueLengthMax), QueueLengthMax, 1, 16_777_216);
        Check(nameof(GroupSizeMax), GroupSizeMax, 1, 1_048_576);
        Check(nameof(GroupBytesMax), GroupBytesMax, 4_096, 64 * 1024 * 1024);
        Check(nameof(SnapshotEvery), SnapshotEvery, 1, long.MaxValue);
        return faults;

        void Check(string key, long value, long min, long max)
        {
            if (value < min || value > max)
            {
                faults.Add($"{key} is {value}; it must be {min} to {max}.");
            }
        }
    }
}
