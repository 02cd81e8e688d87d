using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Hosting.Limits;

/// <summary>How much one person, one session and all together may ask of the server. The section <c>Limits</c> of the configuration.</summary>
internal sealed class ServerLimits
{
    public const string Section = "Limits";

    /// <summary>Interactive pages open at a time, of all; 10 to 5,000, default 600. Each holds about 1 MiB.</summary>
    public int CircuitsMax { get; set; } = 600;

    /// <summary>Interactive pages open at a time, of one session; 1 to 5,000, default 8.</summary>
    public int CircuitsPerSessionMax { get; set; } = 8;

    /// <summary>Pages whose connection broke that are kept for their return; 0 to 1,000, default 100.</summary>
    public int DisconnectedCircuitsMax { get; set; } = 100;

    /// <summary>For how long; 5 s to 10 min, default 1 min.</summary>
    public TimeSpan DisconnectedCircuitLife { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Requests a second that one account, or one address of nobody, may go on with; 10 to 100,000, default 100. Machines with a key are not counted.</summary>
    public int RequestsPerSecondMax { get; set; } = 100;

    /// <summary>Requests that may come at once before that counts; 50 to 1,000,000, default 1,000.</summary>
    public int RequestsAtOnceMax { get; set; } = 1_000;

    /// <summary>Searches and exports of one account that are worked on at a time; 1 to 100, default 4. A few more wait.</summary>
    public int HeavyAtOnceMax { get; set; } = 4;
}

/// <summary>Names every fault of the limits.</summary>
internal sealed class ServerLimitsValidator : IValidateOptions<ServerLimits>
{
    public ValidateOptionsResult Validate(string? name, ServerLimits options)
    {
        List<string> faults = [];
        Check(nameof(options.CircuitsMax), options.CircuitsMax, 10, 5_000);
        Check(nameof(options.CircuitsPerSessionMax), options.CircuitsPerSessionMax, 1, 5_000);
        Check(nameof(options.DisconnectedCircuitsMax), options.DisconnectedCircuitsMax, 0, 1_000);
        Check(nameof(options.DisconnectedCircuitLife), options.DisconnectedCircuitLife, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));
        Check(nameof(options.RequestsPerSecondMax), options.RequestsPerSecondMax, 10, 100_000);
        Check(nameof(options.RequestsAtOnceMax), options.RequestsAtOnceMax, 50, 1_000_000);
        Check(nameof(options.HeavyAtOnceMax), options.HeavyAtOnceMax, 1, 100);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check<T>(string key, T value, T min, T max) where T : IComparable<T>
        {
            if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            {
                faults.Add(FormattableString.Invariant($"{ServerLimits.Section}:{key} is {value}; it must be {min} to {max}."));
            }
        }
    }
}
