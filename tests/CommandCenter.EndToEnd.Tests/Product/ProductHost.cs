using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CommandCenter.Testing;
using Microsoft.Playwright;
using Cookie = Microsoft.Playwright.Cookie;

namespace CommandCenter.EndToEnd.Tests.Product;

/// <summary>The real server process on a loopback port, with a data directory of its own.</summary>
internal sealed class ProductHost : IAsyncDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(30);

    // By directory: a second server on the same data knows the session, but prints no password any more.
    private static readonly ConcurrentDictionary<string, FirstAccounts> s_accounts = new(StringComparer.Ordinal);

    private readonly TemporaryDirectory _directory = new();
    private readonly bool _demonstration;
    private ChildProcess _process;
    private string? _firstOutput; // With the one-time password.

    private ProductHost(int port, bool demonstration, string? dataDirectory)
    {
        _demonstration = demonstration;
        DataDirectory = dataDirectory ?? Path.Combine(_directory.Path, "data");
        Address = new Uri($"http://127.0.0.1:{port}/");
        Client = new HttpClient(new AsWhoeverMay(this)) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        _process = Launch();
    }

    public Uri Address { get; }

    /// <summary>Speaks to the server; a request that brings no key goes as somebody who may read.</summary>
    public HttpClient Client { get; }

    public string DataDirectory { get; }

    public string KeyFile => Path.Combine(DataDirectory, "keys", "intake.key");

    /// <summary>What the running process printed.</summary>
    public string Output => _process.Output;

    /// <summary>The cookies of a session of the command staff, whose account is made when it is first asked for.</summary>
    public async Task<CookieContainer> CommandAsync(CancellationToken cancellationToken) => (await AccountsAsync(cancellationToken)).Command;

    /// <summary>Lets a browser in as a wall computer.</summary>
    public async Task LetInAsync(IPage page, CancellationToken cancellationToken)
    {
        var key = (await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(KeyFile)!, "wall.key"), cancellationToken)).Trim();
        var answer = await page.Context.APIRequest.PostAsync(new Uri(Address, "device").ToString(), new APIRequestContextOptions { DataString = key });
        Assert.True(answer.Ok, await answer.TextAsync());
    }

    /// <summary>Signs a browser in as command staff.</summary>
    public async Task SignInAsync(IPage page, CancellationToken cancellationToken) =>
        await page.Context.AddCookiesAsync((await CommandAsync(cancellationToken)).GetCookies(Address)
            .Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = Address.ToString() }));

    /// <summary>Signs a browser in as security administrator.</summary>
    public async Task SignInAsSecurityAsync(IPage page, CancellationToken cancellationToken) =>
        await page.Context.AddCookiesAsync((await AccountsAsync(cancellationToken)).Security.GetCookies(Address)
            .Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = Address.ToString() }));

    private async Task<FirstAccounts> AccountsAsync(CancellationToken cancellationToken) =>
        s_accounts.TryGetValue(DataDirectory, out var accounts)
            ? accounts
            : s_accounts[DataDirectory] = await FirstAccounts.MakeAsync(Address, _firstOutput ?? Output, cancellationToken);

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="demonstration">Tells the pages that what they show is made up; feeds nothing by itself.</param>
    /// <param name="cancellationToken">The test's own token.</param>
    public static Task<ProductHost> StartAsync(bool demonstration, CancellationToken cancellationToken) =>
        StartAsync(demonstration, dataDirectory: null, cancellationToken);

    /// <summary>Starts a server on a data directory that exists and outlives it.</summary>
    public static Task<ProductHost> StartOnAsync(string dataDirectory, CancellationToken cancellationToken) =>
        StartAsync(demonstration: false, dataDirectory, cancellationToken);

    /// <summary>Ends the process without any chance to finish: power cut, out of memory.</summary>
    public Task Kill9Async(CancellationToken cancellationToken) => _process.KillAsync(cancellationToken);

    /// <summary>SIGSTOP: the process stands still and holds everything that it has.</summary>
    public Task FreezeAsync(CancellationToken cancellationToken) => _process.SignalAsync("STOP", cancellationToken);

    /// <summary>SIGCONT.</summary>
    public Task ThawAsync(CancellationToken cancellationToken) => _process.SignalAsync("CONT", cancellationToken);

    /// <summary>SIGTERM; the server drains and ends by itself.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopGracefullyAsync(CancellationToken cancellationToken) => _process.TerminateAsync(s_stopLimit, cancellationToken);

    /// <summary>Starts again on the same port and data after the process has ended.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        if (!_process.HasExited)
        {
            throw new InvalidOperationException("The server still runs; stop or kill it first.");
        }

        _firstOutput ??= Output;
        await _process.DisposeAsync();
        _process = Launch();
        await BecomesReadyAsync(cancellationToken);
    }

    /// <summary>Whether it says that it takes events.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Client.GetAsync(new Uri("health/ready", UriKind.Relative), cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false; // Not listening yet, or standing still.
        }
    }

    /// <summary>Registers the camera <c>cam-1</c> of an officer of Pudong, of which no picture ever comes.</summary>
    public async Task RegisterCameraAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Address, "api/v1/cameras/devices/cam-1"));
        request.Headers.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(DataDirectory, "keys", "operate.key"), cancellationToken)).Trim());
        request.Content = JsonContent.Create(new { court = ShippedConfig.Pudong, officer = "officer-1", name = "胸针 1", kind = "rtsp-pull", main = "rtsp://127.0.0.1:9/main", enabled = true, clearSecret = false });
        using var answer = await Client.SendAsync(request, cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Posts events with the key of the first start and requires that every one of them is accepted.</summary>
    public async Task PostAsync(IReadOnlyCollection<string> events, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/events")
        {
            Content = new StringContent(string.Join('\n', events) + "\n", Encoding.UTF8, "application/x-ndjson"),
        };
        request.Headers.Authorization = await KeyAsync(cancellationToken);

        using var response = await Client.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);

        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode}: {answer}");
        using var json = JsonDocument.Parse(answer);
        Assert.True(json.RootElement.GetProperty("accepted").GetInt32() == events.Count, answer);
    }

    /// <summary>A director's command to the main wall, after the state that it has now; it must be done.</summary>
    public async Task DirectAsync(string command, string? scene, CancellationToken cancellationToken, object? message = null)
    {
        var route = new Uri("api/v1/walls/main/director", UriKind.Relative);
        using var present = JsonDocument.Parse(await Client.GetStringAsync(route, cancellationToken));
        var words = new Dictionary<string, object> { ["command"] = command, ["revision"] = present.RootElement.GetProperty("revision").GetInt64() };
        if (scene is not null)
        {
            words["scene"] = scene;
        }

        if (message is not null)
        {
            words["message"] = message;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, route)
        {
            Content = new StringContent(JsonSerializer.Serialize(words), Encoding.UTF8, "application/json"),
        };
        using var response = await Client.SendAsync(request, cancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }

    /// <summary>A second process on the same data directory and another port; the caller ends it.</summary>
    public ChildProcess LaunchAnotherOnTheSameData() => Launch(new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/"));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
        _directory.Dispose();
    }

    private static async Task<ProductHost> StartAsync(bool demonstration, string? dataDirectory, CancellationToken cancellationToken)
    {
        var host = new ProductHost(LoopbackPort.Free(), demonstration, dataDirectory);
        try
        {
            await host.BecomesReadyAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    // The working directory is not the repository: an installed server may not depend on where it was started.
    private ChildProcess Launch(Uri? address = null) => ChildProcess.Start(
        ProductFiles.Dotnet,
        [
            ProductFiles.Web, "serve", "--data", DataDirectory, "--urls", (address ?? Address).GetLeftPart(UriPartial.Authority),

            // One account and one address ask for all.
            "--settings", RepositoryRoot.Combine("tests", "CommandCenter.Web.Tests", "Hosting", "Limits", "without-limits.json"),
            .. _demonstration ? ["--demonstration"] : Array.Empty<string>(),
        ],
        _directory.Path);

    private async Task<AuthenticationHeaderValue> KeyAsync(CancellationToken cancellationToken) =>
        new("Bearer", (await File.ReadAllTextAsync(KeyFile, cancellationToken)).Trim());

    private Task BecomesReadyAsync(CancellationToken cancellationToken) => Eventually.TrueAsync(
        $"the server at {Address} to be ready",
        s_startLimit,
        async token => !_process.HasExited
            ? await IsReadyAsync(token)
            : throw new InvalidOperationException($"The server ended with exit code {_process.ExitCode}. It printed:\n{Output}"),
        cancellationToken);
}
