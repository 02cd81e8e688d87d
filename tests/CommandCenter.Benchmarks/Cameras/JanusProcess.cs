using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Cameras;

/// <summary>
/// Janus of the distribution as a gateway of the same cameras: its streaming plugin reads each by RTSP and sends it by WebRTC to whoever watches. A process
/// and a folder of its own on loopback; nothing of the distribution's own configuration, with its rooms and cameras for show, is read.
/// </summary>
internal sealed class JanusProcess : IAsyncDisposable
{
    private const string Executable = "/usr/bin/janus";
    private const string Plugin = "libjanus_streaming.so";
    private const string Transport = "libjanus_websockets.so";
    private const int FirstMediaPort = 20_000;
    private const int OutputCharsMax = 16_384;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryDirectory _directory = new();
    private readonly StringBuilder _output = new();
    private readonly int _port = LoopbackPort.Free();
    private Process? _process;

    public static bool IsInstalled => File.Exists(Executable) && ModulesOf("plugins", Plugin) is not null && ModulesOf("transports", Transport) is not null;

    /// <summary>Where it listens for the messages of its clients.</summary>
    public string Address => $"ws://127.0.0.1:{_port}/";

    public int Id => _process!.Id;

    /// <param name="cameras">Addresses; the first is stream 1.</param>
    public static async Task<JanusProcess> StartAsync(IEnumerable<string> cameras)
    {
        var janus = new JanusProcess();
        try
        {
            await janus.ConfigureAsync(cameras);
            janus.Start();
            await Eventually.TrueAsync("Janus to listen", s_patience, janus.IsListeningAsync, CancellationToken.None);
            return janus;
        }
        catch
        {
            await janus.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _directory.Dispose();
    }

    // A package for another processor keeps them in another folder.
    private static string? ModulesOf(string kind, string module) =>
        Directory.Exists("/usr/lib") ? Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu*").Select(folder => Path.Combine(folder, "janus", kind)).FirstOrDefault(folder => File.Exists(Path.Combine(folder, module))) : null;

    private async Task ConfigureAsync(IEnumerable<string> cameras)
    {
        var (plugins, transports) = (ModulesOf("plugins", Plugin)!, ModulesOf("transports", Transport)!);
        await WriteAsync("janus", $$"""
            general: {
              configs_folder = "{{_directory.Path}}"
              plugins_folder = "{{plugins}}"
              transports_folder = "{{transports}}"
              events_folder = "{{_directory.Path}}"
              loggers_folder = "{{_directory.Path}}"
              debug_level = 3
              debug_colors = false
            }
            media: { rtp_port_range = "{{FirstMediaPort}}-{{FirstMediaPort + 9_999}}" }
            nat: { ignore_mdns = true }
            plugins: { disable = "{{OthersThan(plugins, Plugin)}}" }
            transports: { disable = "{{OthersThan(transports, Transport)}}" }
            """);
        await WriteAsync("janus.transport.websockets", $$"""
            general: { ws = true, ws_ip = "127.0.0.1", ws_port = {{_port}}, wss = false }
            admin: { admin_ws = false }
            """);
        var streams = cameras.Select(static (address, i) => string.Create(CultureInfo.InvariantCulture, $$"""
            camera-{{i + 1}}: { type = "rtsp", id = {{i + 1}}, url = "{{address}}", audio = false, video = true }
            """));
        await WriteAsync("janus.plugin.streaming", string.Join(Environment.NewLine, streams));
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_directory.Path, name + ".jcfg"), text);

    private static string OthersThan(string folder, string module) =>
        string.Join(',', Directory.EnumerateFiles(folder, "*.so").Select(Path.GetFileName).Where(name => name != module));

    private void Start()
    {
        _process = Process.Start(new ProcessStartInfo(Executable, ["--configs-folder", _directory.Path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    // It reads all cameras first, and leaves out those that it cannot read.
    private async Task<bool> IsListeningAsync(CancellationToken cancellationToken)
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException($"Janus ended with exit code {_process.ExitCode}: {_output}");
        }

        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", _port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

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
}
