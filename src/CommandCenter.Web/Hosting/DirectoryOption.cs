using System.CommandLine;

namespace CommandCenter.Web.Hosting;

/// <summary>Options that name a directory. An empty name, as a shell makes of a variable that is not set, is bad usage.</summary>
internal static class DirectoryOption
{
    /// <summary><c>--data</c>, by default the folder <c>data</c> of the working directory.</summary>
    public static Option<string> Data(string description = "The data directory.") =>
        NotEmpty(new Option<string>("--data") { Description = description, HelpName = "DIR", DefaultValueFactory = _ => "data" });

    /// <summary><c>--config</c>; where it is not given <see cref="ConfigDirectory.Find"/> looks for it.</summary>
    public static Option<string?> Config() => NotEmpty(new Option<string?>("--config") { Description = "The configuration directory.", HelpName = "DIR" });

    /// <summary>One that has to be given.</summary>
    public static Option<string> Required(string name, string description) =>
        NotEmpty(new Option<string>(name) { Description = description, HelpName = "DIR", Required = true });

    private static Option<T> NotEmpty<T>(Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(static token => string.IsNullOrWhiteSpace(token.Value)))
            {
                result.AddError($"{option.Name} is empty; it names a directory.");
            }
        });
        return option;
    }
}
