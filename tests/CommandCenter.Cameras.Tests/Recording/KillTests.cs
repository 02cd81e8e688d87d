using System.Diagnostics;
using System.Globalization;
using CommandCenter.Audit.Evidence;
using CommandCenter.Cameras.Recording;
using CommandCenter.Testing;

namespace CommandCenter.Cameras.Tests.Recording;

public sealed class KillTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TestStore _store = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Sixteen streams in one process, killed at a random moment; twenty times in a long run, three otherwise.</summary>
    [Fact]
    public async Task A_process_killed_at_any_moment_loses_no_second_that_was_flushed()
    {
        var random = new Random(20261123);
        for (var life = 0; life < (LongRun.IsOn ? 20 : 3); life++)
        {
            var flushed = await RecordAndKillAsync(life * 10, random.Next(1, 600));
            await RecordingStore.Open(KilledRecorder.OptionsOf(_store.Options.Root), _store, TimeProvider.System).DisposeAsync();

            Assert.NotEmpty(flushed);
            foreach (var (camera, until) in flushed)
            {
                Assert.Empty(CameraVerifier.Verify(Path.Combine(_store.Options.Root, camera), Cancelled).Findings);
                var begun = TestVideo.Start.AddMinutes(life * 10);
                var ranges = _store.Library.Ranges(camera, begun, begun.AddMinutes(9));
                Assert.True(Assert.Single(ranges).Until >= until, $"Life {life}, {camera}: flushed until {until:O}, there until {ranges[0].Until:O}.");
                var arrived = _store.Library.Read(camera, begun, until, Cancelled).Where(fragment => !fragment.IsInit).Select(fragment => fragment.ArrivedAt).ToArray();
                Assert.Equal(Enumerable.Range(0, arrived.Length).Select(number => begun.AddTicks(number * 1_000_000L / 15 * 10)), arrived);
                Assert.Equal(until, arrived[^1]);
            }
        }

        foreach (var path in Directory.EnumerateFiles(_store.Options.Root, "*.mp4", SearchOption.AllDirectories))
        {
            _ = new StrictMp4(await File.ReadAllBytesAsync(path, Cancelled));
        }
    }

    public void Dispose() => _store.Dispose();

    private async Task<Dictionary<string, DateTimeOffset>> RecordAndKillAsync(int minutes, int afterLines)
    {
        var executable = Path.ChangeExtension(typeof(KillTests).Assembly.Location, null);
        using var process = Process.Start(new ProcessStartInfo(executable, [KilledRecorder.Verb, _store.Options.Root, minutes.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        var flushed = new Dictionary<string, DateTimeOffset>();
        var lines = 0;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            patience.CancelAfter(s_patience);
            // After the kill the pipe still holds answers that were given; they count too.
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line && line.EndsWith('.'))
            {
                var parts = line.Split(' ');
                flushed[parts[0]] = new DateTimeOffset(long.Parse(parts[1][..^1], CultureInfo.InvariantCulture), TimeSpan.Zero);
                if (++lines == afterLines)
                {
                    process.Kill(); // SIGKILL: no handler, no finally, no flush.
                }
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Cancelled);
        }

        Assert.True(lines >= afterLines, $"The recorder ended by itself after {lines} answers.");
        return flushed;
    }
}
