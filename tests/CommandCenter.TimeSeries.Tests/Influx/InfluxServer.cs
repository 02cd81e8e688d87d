using System.Diagnostics;
using System.Net;
using CommandCenter.Testing;
using CommandCenter.TimeSeries.Influx;

namespace CommandCenter.TimeSeries.Tests.Influx;

/// <summary>The distribution's InfluxDB 1.6 with a configuration and a directory of its own, on free loopback ports.</summary>
internal sealed class InfluxServer : IAsyncDisposable
{
    public const string Database = "commandcenter";
    public const string User = "cc";
    public const string Password = "s3cret of a test";

    private const string Executable = "/usr/bin/influxd";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _http = new();
    private readonly int _port = LoopbackPort.Free();
    private Process? _process;

    public static bool IsInstalled => File.Exists(Executable);

    public Uri Address => new($"http://127.0.0.1:{_port}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts a new server with one user and one database, or skips the test.</summary>
    public static async Task<InfluxServer> StartNewAsync()
    {
        Assert.SkipUnless(IsInstalled, $"{Executable} is not installed (package influxdb).");
        var server = new InfluxServer();
        try
        {
            await server.StartAsync();
            await server.AskAsync($"CREATE USER \"{User}\" WITH PASSWORD '{Password}' WITH ALL PRIVILEGES");
            await server.AskAsync($"CREATE DATABASE \"{Database}\"");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public InfluxOptions Options => new() { Address = Address, Database = Database, User = User, Password = Password };

    public async Task StartAsync()
    {
        var file = Path.Combine(_directory.Path, "influxdb.conf");
        await File.WriteAllTextAsync(file, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{LoopbackPort.Free()}"
            [meta]
            dir = "{_directory.Path}/meta"
            [data]
            dir = "{_directory.Path}/data"
            wal-dir = "{_directory.Path}/wal"
            [monitor]
            store-enabled = false
            [http]
            bind-address = "127.0.0.1:{_port}"
            auth-enabled = true
            log-enabled = false
            max-body-size = 1500
            [ifql]
            enabled = false
            [flux]
            enabled = false
            """, Token);
        _process = Process.Start(new ProcessStartInfo(Executable, ["-config", file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _directory.Path,
        })!;
        var output = new Queue<string>();
        DataReceivedEventHandler keep = (_, line) =>
        {
            lock (output)
            {
                output.Enqueue(line.Data ?? "");
                while (output.Count > 20)
                {
                    _ = output.Dequeue();
                }
            }
        };
        _process.OutputDataReceived += keep;
        _process.ErrorDataReceived += keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync("influxd to answer /ping", s_patience, async token =>
        {
            Assert.False(_process.HasExited, string.Join('\n', output));
            try
            {
                using var response = await _http.GetAsync(new Uri(Address, "ping"), token);
                return response.StatusCode == HttpStatusCode.NoContent;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, Token);
    }

    /// <summary>SIGKILL: the server finishes nothing.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    /// <summary>A statement as the administrator.</summary>
    public async Task AskAsync(string statement)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "query?q=" + Uri.EscapeDataString(statement)));
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{User}:{Password}")));
        using var response = await _http.SendAsync(request, Token);
        var body = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode && !body.Contains("\"error\"", StringComparison.Ordinal), $"{statement}: {body}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _http.Dispose();
        _directory.Dispose();
    }
}
