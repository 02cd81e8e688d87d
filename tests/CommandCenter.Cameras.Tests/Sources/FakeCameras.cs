using System.Diagnostics;
using CommandCenter.Cameras.Sources;
using CommandCenter.Testing;

namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>Cameras in another process, which can be frozen, thawed, killed and started again on the same port.</summary>
internal sealed class FakeCameras : IAsyncDisposable
{
    private readonly FakeCameraProcess _process;

    private FakeCameras(string user, string password, IEnumerable<string> mounts) => _process = new FakeCameraProcess(LoopbackPort.Free(), user, password, mounts);

    public int Port => _process.Port;

    /// <summary>Starts them, or skips the test where GStreamer or its encoders are missing.</summary>
    /// <param name="mounts">Such as <c>/sub=small</c>.</param>
    public static Task<FakeCameras> StartNewAsync(params string[] mounts) => StartNewAsync("", "", mounts);

    public static async Task<FakeCameras> StartNewAsync(string user, string password, string[] mounts)
    {
        var missing = FakeCameraServer.Missing();
        Assert.SkipUnless(missing is null, missing ?? "");
        var cameras = new FakeCameras(user, password, mounts);
        await cameras.StartAsync();
        return cameras;
    }

    /// <summary>What GStreamer says in a process that finds no plug-in.</summary>
    /// <param name="directory">An empty one.</param>
    public static async Task<string?> ReasonAsync(string directory)
    {
        var start = FakeCameraProcess.Again(FakeCameraProcess.Verb, "0", "", "");
        start.Environment["GST_PLUGIN_SYSTEM_PATH_1_0"] = directory;
        start.Environment["GST_REGISTRY_1_0"] = Path.Combine(directory, "registry");
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return said;
    }

    /// <summary>Address of a mount.</summary>
    public string AddressOf(string mount) => _process.AddressOf(mount);

    /// <summary>A camera of it.</summary>
    public CameraSource Camera(string id, string main, string? sub = null) => new(id, CameraKind.RtspPull, AddressOf(main), sub is null ? null : AddressOf(sub));

    public Task StartAsync() => _process.StartAsync(TestContext.Current.CancellationToken);

    public void Freeze() => _process.Freeze();

    public void Thaw() => _process.Thaw();

    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
