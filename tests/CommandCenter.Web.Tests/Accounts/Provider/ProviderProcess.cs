using System.Diagnostics;
using CommandCenter.Testing;

namespace CommandCenter.Web.Tests.Accounts.Provider;

/// <summary>A real OpenID provider in a process of its own: provider.mjs, which runs npm's oidc-provider in node.</summary>
internal sealed class ProviderProcess : IAsyncDisposable
{
    private static readonly string s_folder = RepositoryRoot.Combine("tests", "CommandCenter.Web.Tests", "Accounts", "Provider");

    private readonly Process _process;

    private ProviderProcess(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Why it cannot be started here; <see langword="null"/> when it can.</summary>
    public static string? Missing =>
        !Directory.Exists(Path.Combine(s_folder, "node_modules", "oidc-provider")) ? "npm's oidc-provider is not there; ./test.sh fetches it where it can be had."
        : !Array.Exists((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), static folder => File.Exists(Path.Combine(folder, "node"))) ? "There is no node." : null;

    public Uri Address { get; }

    public static async Task<ProviderProcess> StartAsync(int port, string client, string secret, string redirect, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", ["provider.mjs", $"{port}", client, secret, redirect]) { WorkingDirectory = s_folder, RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line == "ready")
            {
                return new ProviderProcess(process, new Uri($"http://127.0.0.1:{port}"));
            }
        }

        throw new InvalidOperationException("The provider ended before it was ready.");
    }

    /// <summary>Lets it spoil every id_token from now on, by one of the lies of provider.mjs; none with <see langword="null"/>.</summary>
    public Task LieAsync(string? lie, CancellationToken cancellationToken) => AskAsync($"/lie?as={lie}", cancellationToken);

    /// <summary>What it sends when somebody signed out there.</summary>
    public Task<string> LogoutTokenAsync(string person, CancellationToken cancellationToken) => AskAsync($"/logout-token?as={person}", cancellationToken);

    /// <summary>Ends it in the middle of everything.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task<string> AskAsync(string path, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Address };
        return await client.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken);
    }
}
