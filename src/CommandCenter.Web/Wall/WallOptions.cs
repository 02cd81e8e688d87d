using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Wall;

/// <summary>How the wall is fed. What a wall shows is in its file under <see cref="Directory"/>.</summary>
internal sealed class WallOptions
{
    public const string Section = "Wall";

    /// <summary>Folder of the wall files, absolute or relative to the content root. Default <c>wallboard-config/walls</c>.</summary>
    public string Directory { get; set; } = "wallboard-config/walls";

    /// <summary>Folders of other files that the pages are drawn from, which the host knows: no key. A page that was drawn from other ones is loaded anew after a restart of the server.</summary>
    internal IList<string> DrawnFrom { get; } = [];

    /// <summary>How often the figures are sampled. 100 ms to 1 s; default 500 ms. Event rate never sets this pace.</summary>
    public TimeSpan SampleInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A frame goes out at least this often, changed or not, so that silence always means trouble. 500 ms to 2 s; default 1 s.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(1);
}

internal sealed class WallOptionsValidator : IValidateOptions<WallOptions>
{
    public ValidateOptionsResult Validate(string? name, WallOptions options)
    {
        var faults = new List<string>();
        if (options.SampleInterval < TimeSpan.FromMilliseconds(100) || options.SampleInterval > TimeSpan.FromSeconds(1))
        {
            faults.Add($"{WallOptions.Section}:SampleInterval is {options.SampleInterval}; it must be 100 ms to 1 s.");
        }

        if (options.HeartbeatInterval < TimeSpan.FromMilliseconds(500) || options.HeartbeatInterval > TimeSpan.FromSeconds(2))
        {
            faults.Add($"{WallOptions.Section}:HeartbeatInterval is {options.HeartbeatInterval}; it must be 500 ms to 2 s.");
        }

        if (string.IsNullOrWhiteSpace(options.Directory))
        {
            faults.Add($"{WallOptions.Section}:Directory is empty; it must name the folder of the wall files.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
