namespace CommandCenter.Cameras.Recording;

/// <summary>Where and for how long recordings are kept.</summary>
public sealed record RecordingOptions
{
    /// <summary>Folder of all recordings; made where it is missing, for its owner alone.</summary>
    public required string Root { get; init; }

    /// <summary>A segment ends with the first key picture behind each multiple of this. 2 seconds to an hour; default a minute.</summary>
    public TimeSpan SegmentLength { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Days after which a segment that is not held is removed. 1 to 3,650; default 90.</summary>
    public int RetentionDays { get; init; } = 90;

    /// <summary>Most bytes of all segments together; beyond, the oldest that are not held go. At least 1 MiB; default 1 TiB.</summary>
    public long QuotaBytes { get; init; } = 1L << 40;

    /// <summary>Bytes that stay free on the disk; with less, the oldest segments that are not held go. At least 1 MiB; default 1 GiB.</summary>
    public long FreeBytesMin { get; init; } = 1L << 30;

    /// <summary>How far the removal goes on once it began: a ratio of the quota, 0.5 to 1; default 0.95.</summary>
    public double LowWater { get; init; } = 0.95;

    /// <summary>Pictures that wait for the disk, for each camera; beyond, pictures are dropped up to the next key picture. 8 to 1,024; default 128.</summary>
    public int QueueLengthMax { get; init; } = 128;

    /// <summary>Bytes that wait for the disk, for each camera. 64 KiB to 1 GiB; default 16 MiB.</summary>
    public long QueueBytesMax { get; init; } = 16L << 20;

    /// <summary>All that is wrong, each as a sentence that begins with the key.</summary>
    public IReadOnlyList<string> Faults()
    {
        const long Mebibyte = 1L << 20;
        var faults = new List<string>();
        Check(Root.Length > 0, "Root is empty.");
        Check(SegmentLength >= TimeSpan.FromSeconds(2) && SegmentLength <= TimeSpan.FromHours(1), $"SegmentLength is {SegmentLength}; it must be 2 seconds to an hour.");
        Check(RetentionDays is >= 1 and <= 3_650, $"RetentionDays is {RetentionDays}; it must be 1 to 3650.");
        Check(QuotaBytes >= Mebibyte, $"QuotaBytes is {QuotaBytes}; it must be at least {Mebibyte}.");
        Check(FreeBytesMin >= Mebibyte, $"FreeBytesMin is {FreeBytesMin}; it must be at least {Mebibyte}.");
        Check(LowWater is >= 0.5 and <= 1, $"LowWater is {LowWater}; it must be 0.5 to 1.");
        Check(QueueLengthMax is >= 8 and <= 1_024, $"QueueLengthMax is {QueueLengthMax}; it must be 8 to 1024.");
        Check(QueueBytesMax is >= 64 * 1024 and <= 1L << 30, $"QueueBytesMax is {QueueBytesMax}; it must be 65536 to {1L << 30}.");
        return faults;

        void Check(bool isGood, string fault)
        {
            if (!isGood)
            {
                faults.Add(fault);
            }
        }
    }
}
