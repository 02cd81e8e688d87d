using System.Diagnostics;
using System.Net;
using CommandCenter.Testing;
using CommandCenter.TimeSeries.Influx;

namespace CommandCenter.Benchmarks.Series;

/// <summary>The distribution's InfluxDB on free loopback ports and a directory of its own.</summary>
internal sealed class InfluxProcess : IAsyncDisposable
{
    private const string Executable = "/usr/bin/influxd";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _http = new();
    private readonly int _port = LoopbackPort.Free();
    private Process? _process;

    public InfluxOptions Options => new() { Address = new Uri($"http://127.0.0.1:{_port}"), Database = "bench" };

    public long SizeBytes => Directory.EnumerateFiles(_directory.Path, "*", SearchOption.AllDirectories).Sum(static file => new FileInfo(file).Length);

    /// <summary><see langword="null"/> where it is not installed.</summary>
    public static async Task<InfluxProcess?> TryStartAsync()
    {
        if (!File.Exists(Executable))
        {
            return null;
        }

        var server = new InfluxProcess();
        await server.StartAsync();
        using var created = await server._http.PostAsync(new Uri(server.Options.Address, "query?q=CREATE%20DATABASE%20bench"), null);
        _ = created.EnsureSuccessStatusCode();
        return server;
    }

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
            query-log-enabled = false
            [monitor]
            store-enabled = false
            [http]
            bind-address = "127.0.0.1:{_port}"
            log-enabled = false
            [logging]
            level = "error"
            """);
        _process = Process.Start(new ProcessStartInfo(Executable, ["-config", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync("influxd to answer /ping", s_patience, async token =>
        {
            try
            {
                using var response = await _http.GetAsync(new Uri(Options.Address, "ping"), token);
                return response.StatusCode == HttpStatusCode.NoContent;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, CancellationToken.None);
    }

    /// <summary>Ends it in good order, so that what is on disk is what it keeps.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process!.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _http.Dispose();
        _directory.Dispose();
    }
}
