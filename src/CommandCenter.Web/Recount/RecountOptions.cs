using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Recount;

/// <summary>How often the recount goes round.</summary>
internal sealed class RecountOptions
{
    public const string Section = "Recount";

    /// <summary>Rest between two cycles; a cycle that took longer than this is followed by a rest as long as itself. 100 ms to 1 h; default 10 s.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After this time the count begins again at the first record. 1 min to 30 days; default 1 day.</summary>
    public TimeSpan StartAgainAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Begin paused; somebody has to resume it. Default no.</summary>
    public bool IsPaused { get; set; }
}

internal sealed class RecountOptionsValidator : IValidateOptions<RecountOptions>
{
    public ValidateOptionsResult Validate(string? name, RecountOptions options)
    {
        var faults = new List<string>();
        if (options.Pause < TimeSpan.FromMilliseconds(100) || options.Pause > TimeSpan.FromHours(1))
        {
            faults.Add($"{RecountOptions.Section}:Pause is {options.Pause}; it must be 100 ms to 1 h.");
        }

        if (options.StartAgainAfter < TimeSpan.FromMinutes(1) || options.StartAgainAfter > TimeSpan.FromDays(30))
        {
            faults.Add($"{RecountOptions.Section}:StartAgainAfter is {options.StartAgainAfter}; it must be 1 min to 30 days.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
