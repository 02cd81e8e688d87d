using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Replay;

/// <summary>How long what was shown is kept. Bound from the section <c>Replay</c>, for example the variable <c>Replay__DaysMax</c>.</summary>
internal sealed class ReplayOptions
{
    public const string Section = "Replay";

    /// <summary>Days for which pictures are kept, 1 to 36,600; default 400.</summary>
    public int DaysMax { get; set; } = 400;

    /// <summary>MiB that the recording may take on disk, 16 to 1,048,576; default 4,096. What comes first of both limits holds.</summary>
    public int MebibytesMax { get; set; } = 4_096;

    /// <summary>Pictures are written this often; a kill loses as many seconds at most. 1 s to 60 s; default 5 s.</summary>
    public TimeSpan CommitInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>MiB of pictures that may wait in memory while the disk takes nothing, 1 to 1,024; default 4, some hours of an ordinary day.</summary>
    public int WaitingMebibytesMax { get; set; } = 4;

    /// <summary>The most replays that run at a time, 1 to 1,000; default 32.</summary>
    public int ReplaysMax { get; set; } = 32;
}

/// <summary>Names every fault by its key.</summary>
internal sealed class ReplayOptionsValidator : IValidateOptions<ReplayOptions>
{
    public ValidateOptionsResult Validate(string? name, ReplayOptions options)
    {
        var faults = new List<string>();
        Check(options.DaysMax is >= 1 and <= 36_600, "DaysMax", options.DaysMax, "1 to 36,600 days");
        Check(options.MebibytesMax is >= 16 and <= 1_048_576, "MebibytesMax", options.MebibytesMax, "16 to 1,048,576 MiB");
        Check(options.CommitInterval >= TimeSpan.FromSeconds(1) && options.CommitInterval <= TimeSpan.FromSeconds(60), "CommitInterval", options.CommitInterval, "1 s to 60 s");
        Check(options.WaitingMebibytesMax is >= 1 and <= 1_024, "WaitingMebibytesMax", options.WaitingMebibytesMax, "1 to 1,024 MiB");
        Check(options.ReplaysMax is >= 1 and <= 1_000, "ReplaysMax", options.ReplaysMax, "1 to 1,000");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check(bool holds, string key, object value, string wanted)
        {
            if (!holds)
            {
                faults.Add(FormattableString.Invariant($"{ReplayOptions.Section}:{key} is {value}; it must be {wanted}."));
            }
        }
    }
}
