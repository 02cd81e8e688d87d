using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Product;

/// <summary>The real server in a process of its own, on loopback, seen from outside: when it is ready, what it holds and what it burns.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int OutputCharsMax = 64 * 1024;
    private const int ClockTicksPerSecond = 100; // USER_HZ, the same on every Linux that .NET runs on.
    private static readonly TimeSpan s_readyLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromMinutes(2);

    // A session outlives its server: a second server on the same data knows it, but prints no password any more.
    private static readonly ConcurrentDictionary<string, FirstAccounts> s_accounts = new(StringComparer.Ordinal);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ServerProcess(Process process, string dataDirectory, Uri address)
    {
        _process = process;
        DataDirectory = dataDirectory;
        Address = address;
    }

    public string DataDirectory { get; }

    public Uri Address { get; }

    public string Key => File.ReadAllText(Path.Combine(DataDirectory, "keys", "intake.key")).Trim();

    /// <summary>The key of wall computers.</summary>
    public string WallKey => File.ReadAllText(Path.Combine(DataDirectory, "keys", "wall.key")).Trim();

    /// <summary>The key of scripts that run the system.</summary>
    public string OperateKey => File.ReadAllText(Path.Combine(DataDirectory, "keys", "operate.key")).Trim();

    /// <summary>From the start of the process to the first good answer of <c>/health/ready</c>.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Resident memory.</summary>
    public long ResidentBytes => Machine.Kilobytes($"/proc/{_process.Id}/status", "VmRSS") * 1024;

    public int Threads => Directory.GetDirectories($"/proc/{_process.Id}/task").Length;

    /// <summary>Open files and sockets.</summary>
    public int Handles => Directory.GetFiles($"/proc/{_process.Id}/fd").Length;

    /// <summary>Processor time of all threads since the start.</summary>
    public int Id => _process.Id;

    public TimeSpan ProcessorTime => ProcessorTimeOf(_process.Id);

    /// <param name="dataDirectory">Where its data lie.</param>
    /// <param name="settings">What else than the defaults it runs with, as environment variables.</param>
    public static async Task<ServerProcess> StartAsync(string dataDirectory, params (string Key, string Value)[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/");
        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(Dotnet, [Web, "serve", "--data", dataDirectory, "--urls", address.GetLeftPart(UriPartial.Authority)])
        {
            RedirectStandardOutput = true,

            // One account asks for all here; how fast the server answers is measured, not when it has had enough.
            Environment = { ["Limits__RequestsPerSecondMax"] = "100000", ["Limits__RequestsAtOnceMax"] = "1000000", ["Limits__HeavyAtOnceMax"] = "100", ["Limits__CircuitsPerSessionMax"] = "5000" },
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("The server could not be started.");
        var server = new ServerProcess(process, dataDirectory, address);
        process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        process.BeginOutputReadLine(); // A full pipe would stop it. Its errors go to our own.
        try
        {
            using var client = new HttpClient { BaseAddress = address };
            await Eventually.TrueAsync("the server to be ready", s_readyLimit, server.IsReadyAsync(client), CancellationToken.None);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        server.ReadyAfter = Stopwatch.GetElapsedTime(started);
        return server;
    }

    /// <summary>The first accounts; made when they are first asked for.</summary>
    public async Task<FirstAccounts> AccountsAsync()
    {
        if (!s_accounts.TryGetValue(DataDirectory, out var accounts))
        {
            string output;
            lock (_output)
            {
                output = _output.ToString();
            }

            accounts = s_accounts[DataDirectory] = await FirstAccounts.MakeAsync(Address, output, CancellationToken.None);
        }

        return accounts;
    }

    /// <summary>A client signed in as command staff.</summary>
    public async Task<HttpClient> SignInAsync()
    {
        var accounts = await AccountsAsync();

        // By hand: the container would read its cookies anew for each of a million requests.
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("Cookie", accounts.Command.GetCookieHeader(Address));
        return client;
    }

    public static TimeSpan ProcessorTimeOf(int process)
    {
        // The name in brackets may hold spaces; the fields after it do not.
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds((double)ticks / ClockTicksPerSecond);
    }

    /// <summary>SIGTERM: it finishes what it accepted and takes a snapshot.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(s_stopLimit);
        await _process.WaitForExitAsync(limit.Token);
        if (_process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The server ended with exit code {_process.ExitCode}.");
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    // The first lines say how to get in; the rest is its log.
    private void Keep(string? line)
    {
        lock (_output)
        {
            if (_output.Length < OutputCharsMax)
            {
                _ = _output.AppendLine(line);
            }
        }
    }

    private static string Dotnet =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    // The product's own output, not the copy beside this program: only there the static files of the site are complete.
    private static string Web => RepositoryRoot.Combine(
        "artifacts", "bin", "CommandCenter.Web", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "CommandCenter.Web.dll");

    private Func<CancellationToken, Task<bool>> IsReadyAsync(HttpClient client) => async cancellationToken =>
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"The server ended with exit code {_process.ExitCode} before it was ready.");
        }

        try
        {
            using var response = await client.GetAsync(new Uri("health/ready", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // Not listening yet.
        }
    };
}
