using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CommandCenter.Testing;
using Npgsql;

namespace CommandCenter.Benchmarks.Race;

/// <summary>A PostgreSQL 15 cluster of its own: made for one run, on a free port of loopback, ended by its process id and deleted.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private const string Superuser = "race";
    private static readonly TimeSpan s_readyLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromMinutes(2);

    private readonly string _directory;
    private readonly string _password;
    private readonly int _port;
    private Process? _process;

    private PostgresCluster(string directory, string password, int port)
    {
        _directory = directory;
        _password = password;
        _port = port;
    }

    /// <summary>What a good administrator sets on this machine; everything that makes an answer durable stays on.</summary>
    public static IReadOnlyList<string> Settings { get; } =
    [
        "fsync=on", "synchronous_commit=on", "full_page_writes=on", "wal_compression=lz4", "wal_buffers=64MB", "wal_level=minimal", "max_wal_senders=0",
        "max_wal_size=16GB", "checkpoint_timeout=15min", "checkpoint_completion_target=0.9", $"shared_buffers={MemoryMib / 4}MB",
        $"effective_cache_size={MemoryMib / 2}MB", "work_mem=64MB", "maintenance_work_mem=512MB", "random_page_cost=1.1", "jit=off", "autovacuum=on",
    ];

    public static bool IsInstalled => File.Exists(Path.Combine(Binaries, "postgres")) && File.Exists(Path.Combine(Binaries, "initdb"));

    /// <summary>Bytes of the write-ahead log, which PostgreSQL keeps up to <c>max_wal_size</c> and reuses.</summary>
    public long WalBytes => Directory.GetFiles(Path.Combine(_directory, "cluster", "pg_wal")).Sum(static file => new FileInfo(file).Length);

    /// <summary>Processor time of all its processes since the start, those that ended included.</summary>
    public TimeSpan ProcessorTime => PostgresProcesses.ProcessorTimeOf(_process!.Id);

    /// <exception cref="InvalidOperationException">A program of PostgreSQL failed; the message holds what it said.</exception>
    public static async Task<PostgresCluster> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("commandcenter-race-").FullName;
        var cluster = new PostgresCluster(directory, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), LoopbackPort.Free());
        try
        {
            await cluster.InitializeAsync();
            await cluster.ServeAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a connection; without a pool, so that a closed one is gone.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = _port,
            Username = Superuser,
            Password = _password,
            Database = database,
            Pooling = false,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            CommandTimeout = 0,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            // SIGINT, fast shutdown: sessions are cut off, what is committed is on disk.
            _ = await RunAsync("/bin/sh", ["-c", $"kill -INT {_process.Id}"]);
            using var limit = new CancellationTokenSource(s_stopLimit);
            await _process.WaitForExitAsync(limit.Token);
        }

        _process?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static long MemoryMib => Reporting.Machine.Kilobytes("/proc/meminfo", "MemTotal") / 1024;

    // The server refuses to run as root; Debian's package brings a user for it.
    private static (string Program, string[] Before) AsServer(string program) => Environment.IsPrivilegedProcess
        ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", Path.Combine(Binaries, program)])
        : (Path.Combine(Binaries, program), []);

    private async Task InitializeAsync()
    {
        var passwordFile = Path.Combine(_directory, "password");
        await File.WriteAllTextAsync(passwordFile, _password);
        if (Environment.IsPrivilegedProcess)
        {
            Require("chown", await RunAsync("chown", ["-R", "postgres", _directory]));
        }

        var (program, before) = AsServer("initdb");
        Require("initdb", await RunAsync(program,
        [
            .. before, "--pgdata", Path.Combine(_directory, "cluster"), "--username", Superuser, "--pwfile", passwordFile, "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C", "--no-instructions",
        ]));
    }

    private async Task ServeAsync()
    {
        var (program, before) = AsServer("postgres");
        var start = new ProcessStartInfo(program, [.. before, "-D", Path.Combine(_directory, "cluster"), "-p", _port.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = _directory,
            RedirectStandardError = true,
        };
        foreach (var setting in Settings.Concat(["listen_addresses=127.0.0.1", $"unix_socket_directories={_directory}", "max_connections=20"]))
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(setting);
        }

        var log = new List<string>();
        _process = Process.Start(start) ?? throw new InvalidOperationException("PostgreSQL could not be started.");
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (log)
            {
                if (line.Data is not null && log.Count < 100)
                {
                    log.Add(line.Data);
                }
            }
        };
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync("PostgreSQL to answer", s_readyLimit, IsReadyAsync, CancellationToken.None);

        async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"PostgreSQL ended with exit code {_process.ExitCode}: {string.Join('\n', log)}");
            }

            try
            {
                await using var connection = await ConnectAsync("postgres");
                return true;
            }
            catch (NpgsqlException)
            {
                return false; // Not listening yet, or still starting up.
            }
        }
    }

    private static void Require(string what, (int ExitCode, string Said) run)
    {
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"{what} ended with exit code {run.ExitCode}: {run.Said}");
        }
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        }) ?? throw new InvalidOperationException($"{program} could not be started.");
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said).Trim());
    }
}
