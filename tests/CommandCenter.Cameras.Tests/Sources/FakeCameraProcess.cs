using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>The process of <see cref="FakeCameraServer"/>: this program, started once more. It can be frozen, thawed, killed and started again on the same port.</summary>
/// <remarks>Part of the benchmarks too, which know no test runner.</remarks>
internal sealed class FakeCameraProcess(int port, string user, string password, IEnumerable<string> mounts) : IAsyncDisposable
{
    public const string Verb = "fake-cameras";

    private const int SignalStop = 19;
    private const int SignalContinue = 18;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string[] _arguments = [Verb, port.ToString(CultureInfo.InvariantCulture), user, password, .. mounts];
    private Process? _process;

    public int Port => port;

    /// <summary>Its number while it runs.</summary>
    public int Id => _process!.Id;

    /// <summary>This program with other arguments, and pipes for its input and output.</summary>
    public static ProcessStartInfo Again(params string[] arguments) => new(Environment.ProcessPath!, Own(arguments)) { RedirectStandardInput = true, RedirectStandardOutput = true };

    /// <summary>Address of a mount.</summary>
    public string AddressOf(string mount) => $"rtsp://127.0.0.1:{Port}{mount}";

    /// <summary>Returns when they play.</summary>
    /// <exception cref="InvalidOperationException">They do not; the message is what they said instead.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process = Process.Start(Again(_arguments))!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        var said = await _process.StandardOutput.ReadLineAsync(limit.Token);
        if (said != $"port {Port}")
        {
            throw new InvalidOperationException($"The fake cameras said: {said}");
        }
    }

    public void Freeze() => Signal(SignalStop);

    public void Thaw() => Signal(SignalContinue);

    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill(); // SIGKILL ends a frozen one too.
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    // Started as `dotnet x.dll`, or as the executable itself.
    private static string[] Own(string[] arguments) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(FakeCameraProcess).Assembly.Location, .. arguments] : arguments;

    private void Signal(int signal)
    {
        if (Kill(Id, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} did not reach the fake cameras.");
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable SYSLIB1054 // LibraryImport wants unsafe code, which tests do without.
    private static extern int Kill(int process, int signal);
#pragma warning restore SYSLIB1054
}
