using System.CommandLine;
using CommandCenter.Web.Hosting.Https;

namespace CommandCenter.Web.Hosting;

/// <summary>The verb <c>ready</c>: asks a server over https whether it takes events, for scripts that have no other program that can.</summary>
internal sealed class ReadyCommand
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Option<string> _server = new("--server") { HelpName = "URL", Description = "Root address of the server.", DefaultValueFactory = static _ => "http://127.0.0.1:8080" };
    private readonly Option<string?> _certificate = new("--certificate") { HelpName = "FILE", Description = "The certificate that the server made itself, keys/https.crt of the data directory." };

    /// <summary>The command, ready to hang under the root.</summary>
    public Command Build()
    {
        var command = new Command("ready", "Ask a server whether it is ready. Exit codes: 0 it is, 2 bad usage, 3 it is not, or is not there.") { _server, _certificate };
        command.SetAction((arguments, cancellationToken) => VerbErrors.CatchAsync(arguments, _ => AskAsync(arguments, cancellationToken)));
        return command;
    }

    private async Task<int> AskAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(arguments.GetRequiredValue(_server).TrimEnd('/') + "/health/ready", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new ConfigurationException($"--server is \"{arguments.GetValue(_server)}\"; it must be an address such as https://127.0.0.1:8443.", null);
        }

        // Written by the start that is waited for, so it may not be there yet.
        var certificate = arguments.GetValue(_certificate) is { } file && File.Exists(file) ? file : null;
        using var client = new HttpClient(KnownServer.Handler(certificate)) { Timeout = s_patience };
        try
        {
            using var answer = await client.GetAsync(address, cancellationToken);
            return answer.IsSuccessStatusCode ? ExitCodes.Done : ExitCodes.Environment;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Environment;
        }
    }
}
