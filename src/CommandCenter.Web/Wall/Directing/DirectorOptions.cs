using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Wall.Directing;

/// <summary>How walls are directed.</summary>
internal sealed class DirectorOptions
{
    public const string Section = "Director";

    /// <summary>Folder that keeps what each wall shows over a restart; <see langword="null"/> keeps nothing. The product sets <c>walls</c> in its data directory.</summary>
    public string? Directory { get; set; }

    /// <summary>How long the heads of a wall get to prepare a scene before they all cut to it. 100 to 250 ms; default 200 ms.</summary>
    public TimeSpan Lead { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often it is asked whether a scene's dwell is over. 50 ms to 1 s; default 100 ms.</summary>
    public TimeSpan TickInterval { get; set; } = TimeSpan.FromMilliseconds(100);
}

internal sealed class DirectorOptionsValidator : IValidateOptions<DirectorOptions>
{
    public ValidateOptionsResult Validate(string? name, DirectorOptions options)
    {
        var faults = new List<string>();
        if (options.Lead < TimeSpan.FromMilliseconds(100) || options.Lead > TimeSpan.FromMilliseconds(250))
        {
            faults.Add($"{DirectorOptions.Section}:Lead is {options.Lead}; it must be 100 to 250 ms.");
        }

        if (options.TickInterval < TimeSpan.FromMilliseconds(50) || options.TickInterval > TimeSpan.FromSeconds(1))
        {
            faults.Add($"{DirectorOptions.Section}:TickInterval is {options.TickInterval}; it must be 50 ms to 1 s.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
