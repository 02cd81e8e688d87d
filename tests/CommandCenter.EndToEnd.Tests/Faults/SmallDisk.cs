using System.Diagnostics;
using CommandCenter.Testing;

namespace CommandCenter.EndToEnd.Tests.Faults;

/// <summary>A disk of a few MiB, in memory, that can be filled and made read-only. Needs the right to mount.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int SizeMib = 48;
    private readonly TemporaryDirectory _directory = new();

    private SmallDisk()
    {
    }

    public string Path => _directory.Path;

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Mounts a disk, or skips the test with a reason.</summary>
    public static async Task<SmallDisk> MountAsync(CancellationToken cancellationToken)
    {
        var disk = new SmallDisk();
        if (await RunAsync("mount", ["-t", "tmpfs", "-o", $"size={SizeMib}m", "tmpfs", disk.Path], cancellationToken) is { Length: > 0 } refusal)
        {
            disk._directory.Dispose();
            Assert.Skip($"No disk can be mounted here: {refusal}");
        }

        return disk;
    }

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Create);
        var bytes = new byte[64 * 1024];
        try
        {
            for (var i = 0; i < SizeMib * 16; i++)
            {
                filler.Write(bytes);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public async Task MakeReadOnlyAsync(CancellationToken cancellationToken) =>
        Assert.Equal("", await RunAsync("mount", ["-o", "remount,ro", Path], cancellationToken));

    public async ValueTask DisposeAsync()
    {
        _ = await RunAsync("umount", ["--lazy", Path], CancellationToken.None);
        _directory.Dispose();
    }

    private static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{program} could not be started.");
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? "" : $"{program}: {error.Trim()} ({process.ExitCode})";
    }
}
