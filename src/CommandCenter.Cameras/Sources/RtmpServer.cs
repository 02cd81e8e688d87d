using System.Diagnostics;
using System.Net;
using CommandCenter.Cameras.Native;

namespace CommandCenter.Cameras.Sources;

/// <summary>
/// The distribution's nginx with its RTMP module, as a process of ours with a configuration of its own. Each camera has an application whose name
/// is its path and its key: <c>rtmp://HOST:PORT/cam-7-KEY/live</c>. Whoever does not know the name is turned away at the door.
/// </summary>
/// <remarks>Thread-safe. It begins with the first camera. Another set of cameras starts it anew, and all its devices must come again: live streams do not move from one nginx to the next.</remarks>
internal sealed class RtmpServer(string address, int port) : IDisposable
{
    private const string Nginx = "/usr/sbin/nginx";
    private const string Module = "/usr/lib/nginx/modules/ngx_rtmp_module.so";
    private const int EndMilliseconds = 3000;

    private readonly Lock _lock = new();
    private string[] _wanted = [];
    private string[] _served = [];
    private string? _directory;
    private Process? _process;

    /// <summary>Whether it is installed.</summary>
    public static bool IsInstalled => File.Exists(Nginx) && File.Exists(Module);

    /// <summary>The application of a stream.</summary>
    public static string ApplicationOf(string path, string key) => $"{path[1..]}-{key}";

    /// <summary>Says which cameras there are. Waits for nothing.</summary>
    public void Want(IEnumerable<string> applications)
    {
        lock (_lock)
        {
            _wanted = [.. applications.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Starts it where it does not run with the wanted cameras.</summary>
    /// <returns>Address of the application for ourselves.</returns>
    /// <exception cref="GstException">It is not installed, or does not start.</exception>
    public string Open(string application)
    {
        lock (_lock)
        {
            if (!IsInstalled)
            {
                throw new GstException("video.plugin", "nginx with RTMP is missing (packages nginx, libnginx-mod-rtmp).");
            }

            if (_process is null || _process.HasExited || !_served.SequenceEqual(_wanted))
            {
                Start();
            }
        }

        return $"rtmp://{OwnAddress()}:{port}/{application}/live";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            Stop();
            if (_directory is not null)
            {
                Directory.Delete(_directory, recursive: true);
            }
        }
    }

    private string OwnAddress() => IPAddress.Parse(address) is var ip && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)) ? "127.0.0.1" : address;

    private void Start()
    {
        Stop();
        _directory ??= Directory.CreateTempSubdirectory("commandcenter-rtmp-").FullName; // For its owner alone: keys stand in it.
        var file = Path.Combine(_directory, "nginx.conf");
        File.WriteAllText(file, Configuration());
        try
        {
            _process = Process.Start(new ProcessStartInfo(Nginx, ["-p", _directory, "-c", file, "-e", "stderr"]));
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new GstException("video.failed", exception.Message);
        }

        _served = _wanted;
    }

    private void Stop()
    {
        if (_process is not { } process)
        {
            return;
        }

        // The first process of nginx ends its workers; killed, it would leave them with the port.
        Posix.AskToEnd(process.Id);
        if (!process.WaitForExit(EndMilliseconds))
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
        _process = null;
    }

    // Applications are letters, digits, - and _ (CameraSource checks it): nothing in them is syntax.
    private string Configuration() =>
        $$"""
        load_module {{Module}};
        daemon off;
        worker_processes 1;
        pid nginx.pid;
        error_log stderr emerg;
        events { worker_connections 1024; }
        rtmp {
          max_message 4M;
          server {
            listen {{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}}:{{port}};
            chunk_size 4096;
        {{string.Concat(_wanted.Select(application => $"    application {application} {{ live on; wait_key on; allow play 127.0.0.1; allow play {OwnAddress()}; deny play all; }}\n"))}}
          }
        }

        """;
}
