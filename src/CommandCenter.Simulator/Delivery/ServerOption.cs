using System.CommandLine;

namespace CommandCenter.Simulator.Delivery;

/// <summary>The address of the running product on the command line.</summary>
internal static class ServerOption
{
    /// <summary>Makes the option.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="default">The address when it is not given; <see langword="null"/> when it must be.</param>
    public static Option<Uri> Create(string name, string? @default)
    {
        var option = new Option<Uri>(name)
        {
            Description = "Root address of the running product.",
            HelpName = "URL",
            Required = @default is null,
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
                if (Root(text) is { } server)
                {
                    return server;
                }

                result.AddError($"{name} '{text}' is no http or https address.");
                return null;
            },
        };
        if (@default is not null)
        {
            option.DefaultValueFactory = _ => Root(@default)!;
        }

        return option;
    }

    // A root without its slash would lose its last segment when a path is put after it.
    private static Uri? Root(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var server) && server.Scheme is "http" or "https" ? server : null;
}
