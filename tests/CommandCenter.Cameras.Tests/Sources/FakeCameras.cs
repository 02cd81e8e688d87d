using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using CommandCenter.Cameras.Sources;
using CommandCenter.Testing;

namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>Cameras in another process, which can be frozen, thawed, killed and started again on the same port.</summary>
internal sealed class FakeCameras : IAsyncDisposable
{
    public const string Verb = "fake-cameras";

    private const int SignalStop = 19;
    private const int SignalContinue = 18;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string[] _arguments;
    private Process? _process;

    private FakeCameras(int port, string user, string password, IEnumerable<string> mounts)
    {
        Port = port;
        _arguments = [Verb, port.ToString(CultureInfo.InvariantCulture), user, password, .. mounts];
    }

    public int Port { get; }

    /// <summary>Starts them, or skips the test where GStreamer or its encoders are missing.</summary>
    /// <param name="mounts">Such as <c>/sub=small</c>.</param>
    public static Task<FakeCameras> StartNewAsync(params string[] mounts) => StartNewAsync("", "", mounts);

    public static async Task<FakeCameras> StartNewAsync(string user, string password, string[] mounts)
    {
        var missing = TestPictures.MissingOf("x264enc", "rtph264pay") ?? (RtspServer() ? null : "libgstrtspserver-1.0 is missing.");
        Assert.SkipUnless(missing is null, missing ?? "");
        var cameras = new FakeCameras(LoopbackPort.Free(), user, password, mounts);
        await cameras.StartAsync();
        return cameras;

        static bool RtspServer() => Native.RtspServer.IsInstalled;
    }

    /// <summary>What GStreamer says in a process that finds no plug-in.</summary>
    /// <param name="directory">An empty one.</param>
    public static async Task<string?> ReasonAsync(string directory)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, Own([Verb, "0", "", ""])) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["GST_PLUGIN_SYSTEM_PATH_1_0"] = directory;
        start.Environment["GST_REGISTRY_1_0"] = Path.Combine(directory, "registry");
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return said;
    }

    /// <summary>Address of a mount.</summary>
    public string AddressOf(string mount) => $"rtsp://127.0.0.1:{Port}{mount}";

    /// <summary>A camera of it.</summary>
    public CameraSource Camera(string id, string main, string? sub = null) => new(id, CameraKind.RtspPull, AddressOf(main), sub is null ? null : AddressOf(sub));

    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Own(_arguments)) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_patience);
        Assert.Equal($"port {Port}", await _process.StandardOutput.ReadLineAsync(limit.Token));
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
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(FakeCameras).Assembly.Location, .. arguments] : arguments;

    private void Signal(int signal) => Assert.Equal(0, Kill(_process!.Id, signal));

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable SYSLIB1054 // LibraryImport wants unsafe code, which tests do without.
    private static extern int Kill(int process, int signal);
#pragma warning restore SYSLIB1054
}
