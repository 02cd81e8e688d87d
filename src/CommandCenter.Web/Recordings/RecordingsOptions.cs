using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Recordings;

/// <summary>What is recorded, for how long it is kept, and how much of it may be asked for at a time. The section <c>Recordings</c> of the configuration.</summary>
internal sealed class RecordingsOptions
{
    public const string Section = "Recordings";

    /// <summary>Whether this server records at all; default true. What was recorded can be seen all the same.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Folder of all recordings; <c>recordings</c> of the data directory without it.</summary>
    public string? Directory { get; set; }

    /// <summary>Which stream of each camera is recorded as long as it comes: <c>sub</c>, the default, or <c>main</c>.</summary>
    public string Stream { get; set; } = "sub";

    /// <summary>A file ends with the first key picture behind each multiple of this; 2 s to 1 h, default 1 min.</summary>
    public TimeSpan SegmentLength { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Days after which what is not held is removed; 1 to 3,650, default 90.</summary>
    public int RetentionDays { get; set; } = 90;

    /// <summary>Most bytes of all recordings; 1 MiB or more, default 1 TiB. Beyond, the oldest that are not held go.</summary>
    public long QuotaBytes { get; set; } = 1L << 40;

    /// <summary>Bytes that stay free on the disk; 1 MiB or more, default 1 GiB.</summary>
    public long FreeBytesMin { get; set; } = 1L << 30;

    /// <summary>Longest range that is played at once; 1 min to 1 h, default 10 min.</summary>
    public TimeSpan PlayMax { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest range of a pack of evidence; 1 min to 1 d, default 2 h.</summary>
    public TimeSpan EvidenceMax { get; set; } = TimeSpan.FromHours(2);

    /// <summary>For how long a main stream is recorded on demand; 1 min to 4 h, default 15 min.</summary>
    public TimeSpan DemandLength { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Main streams that are recorded on demand at a time; 0 to 100, default 8.</summary>
    public int DemandsMax { get; set; } = 8;
}

/// <summary>Names every fault of the options.</summary>
internal sealed class RecordingsOptionsValidator : IValidateOptions<RecordingsOptions>
{
    public ValidateOptionsResult Validate(string? name, RecordingsOptions options)
    {
        List<string> faults = [];
        if (options.Stream is not ("sub" or "main"))
        {
            faults.Add($"{RecordingsOptions.Section}:{nameof(options.Stream)} is {options.Stream}; it must be sub or main.");
        }

        Check(nameof(options.SegmentLength), options.SegmentLength, TimeSpan.FromSeconds(2), TimeSpan.FromHours(1));
        Check(nameof(options.RetentionDays), options.RetentionDays, 1, 3_650);
        Check(nameof(options.QuotaBytes), options.QuotaBytes, 1L << 20, long.MaxValue);
        Check(nameof(options.FreeBytesMin), options.FreeBytesMin, 1L << 20, long.MaxValue);
        Check(nameof(options.PlayMax), options.PlayMax, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        Check(nameof(options.EvidenceMax), options.EvidenceMax, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        Check(nameof(options.DemandLength), options.DemandLength, TimeSpan.FromMinutes(1), TimeSpan.FromHours(4));
        Check(nameof(options.DemandsMax), options.DemandsMax, 0, 100);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check<T>(string key, T value, T min, T max) where T : IComparable<T>
        {
            if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            {
                faults.Add(FormattableString.Invariant($"{RecordingsOptions.Section}:{key} is {value}; it must be {min} to {max}."));
            }
        }
    }
}
