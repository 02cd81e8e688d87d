using System.Diagnostics;
using CommandCenter.Cameras.Recording;

namespace CommandCenter.Cameras.Tests.Recording;

public sealed class RoomTests : IDisposable
{
    private readonly TestStore _store = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_older_than_the_retention_is_removed_and_the_chain_says_so()
    {
        await _store.RecordAsync(new TestVideo().Seconds(12));
        await using var store = _store.Open();
        _store.Time.Add(TimeSpan.FromDays(90) + TimeSpan.FromSeconds(6));

        Assert.Equal(1, store.RemoveOld(Cancelled));
        Assert.Equal(["080004.mp4", "080008.mp4"], Names());
        Assert.Equal([("2026-11-23/080000.mp4", "age")], _store.RemovedSegments.Select(removed => (removed.File, removed.Why)));
        Assert.Empty(_store.Verify());
        Assert.Equal(_store.Videos.Sum(SizeOf), store.UsedBytes);
    }

    [Fact]
    public async Task What_is_held_stays_until_it_is_released_also_after_a_restart()
    {
        await _store.RecordAsync(new TestVideo().Seconds(12));
        await using (var store = _store.Open())
        {
            store.Hold(Hold(seconds: 5));
        }

        _store.Time.Add(TimeSpan.FromDays(400));
        await using var again = _store.Open();
        Assert.Equal(2, again.RemoveOld(Cancelled));
        Assert.Equal(["080004.mp4"], Names());
        Assert.Equal("(2026)粤01执1号", Assert.Single(again.Holds(TestStore.Camera)).Why);

        Assert.True(again.Release(TestStore.Camera, "h1", "li.na", "closed"));
        Assert.False(again.Release(TestStore.Camera, "h1", "li.na", "closed"));
        Assert.Equal(1, again.RemoveOld(Cancelled));
        Assert.Empty(_store.Videos);
        Assert.Empty(_store.Verify());
        Assert.Equal(["held", "removed", "removed", "released", "removed"], Chain().Select(line => line.Kind).TakeLast(5));
    }

    [Fact]
    public async Task Beyond_the_quota_the_oldest_of_all_cameras_go_down_to_the_low_water()
    {
        await _store.RecordAsync(new TestVideo().Seconds(8), "gate-2");
        await _store.RecordAsync(new TestVideo(start: TestVideo.Start.AddSeconds(30)).Seconds(8));
        long used;
        await using (var store = _store.Open())
        {
            used = store.UsedBytes;
        }

        _store.Options = _store.Options with { QuotaBytes = 1 << 20, LowWater = 0.9 };
        await _store.RecordAsync(new TestVideo(start: TestVideo.Start.AddMinutes(1)) { KeyBytes = 60_000 }.Seconds(20));

        Assert.InRange(used, 1, 1 << 20);
        Assert.Equal(["gate-2", "gate-2", TestStore.Camera, TestStore.Camera], _store.RemovedSegments.Select(removed => removed.Camera).Take(4));
        Assert.All(_store.RemovedSegments, removed => Assert.Equal("room", removed.Why));
        Assert.Empty(_store.Verify());
        Assert.Empty(_store.Verify("gate-2"));
        await using var again = _store.Open();
        Assert.InRange(again.UsedBytes, 1, (1 << 20) + 200_000);
    }

    [Fact]
    public async Task When_nothing_may_be_removed_recording_stops_with_a_code_and_goes_on_by_itself()
    {
        await using var store = _store.Open();
        await using var recorder = store.Record(TestStore.Camera);
        var video = new TestVideo();
        await TestStore.OfferAsync(recorder, video.Seconds(6));
        store.Hold(Hold(seconds: 0) with { Until = TestVideo.Start.AddDays(1) });
        _store.Disk.FreeBytesLeft = 1_000;
        await TestStore.OfferAsync(recorder, video.Seconds(3));

        Assert.Equal(RecordingException.Full, recorder.Status.Fault);
        Assert.Equal(2, _store.Videos.Length);
        Assert.Empty(_store.RemovedSegments);

        store.Hold(Hold(seconds: 4) with { Until = TestVideo.Start.AddDays(1) }); // The first segment is not held any more.
        _store.Disk.FreeBytesLeft = 1 << 30;
        _store.Time.Add(TimeSpan.FromSeconds(10));
        await TestStore.UntilAsync("the recorder to resume", () => recorder.Status.Fault is null);
        await TestStore.OfferAsync(recorder, video.Seconds(2));
        Assert.Equal(3, _store.Videos.Length);
        Assert.True(recorder.Status.DroppedFaulty > 0);
        await recorder.DisposeAsync();
        Assert.Empty(_store.Verify());
    }

    [Fact]
    public async Task A_hold_that_is_released_lets_a_full_recorder_go_on()
    {
        _store.Options = _store.Options with { QuotaBytes = 1 << 20 };
        await using var store = _store.Open();
        await using var recorder = store.Record(TestStore.Camera);
        store.Hold(Hold(seconds: 0) with { Until = TestVideo.Start.AddDays(1) });
        var video = new TestVideo { KeyBytes = 100_000 };
        await TestStore.OfferAsync(recorder, video.Seconds(16));
        Assert.Equal(RecordingException.Full, recorder.Status.Fault);

        _ = store.Release(TestStore.Camera, "h1", "li.na", "closed");
        await TestStore.UntilAsync("the recorder to resume", () => recorder.Status.Fault is null);
        Assert.NotEmpty(_store.RemovedSegments);
        Assert.Empty(_store.Verify());
    }

    [Fact]
    public async Task A_disk_that_fails_otherwise_is_tried_anew()
    {
        await using var store = _store.Open();
        await using var recorder = store.Record(TestStore.Camera);
        var video = new TestVideo();
        await TestStore.OfferAsync(recorder, video.Seconds(2));
        _store.Disk.IsBroken = true;
        await TestStore.OfferAsync(recorder, video.Seconds(2));
        Assert.Equal(RecordingException.NotWritten, recorder.Status.Fault);

        _store.Disk.IsBroken = false;
        _store.Time.Add(TimeSpan.FromSeconds(10));
        await TestStore.UntilAsync("the recorder to resume", () => recorder.Status.Fault is null);
        await TestStore.OfferAsync(recorder, video.Seconds(2));
        Assert.True(_store.ClosedSegments.First().IsRecovered);
        await recorder.DisposeAsync();
        Assert.Empty(_store.Verify());
    }

    [Fact]
    public async Task Holds_that_cannot_be_read_stop_their_camera_rather_than_let_something_of_it_go()
    {
        await _store.RecordAsync(new TestVideo().Seconds(2));
        File.WriteAllText(Path.Combine(_store.Folder, "holds.json"), "[{]");

        await using var store = _store.Open();
        Assert.Equal([TestStore.Camera], store.Damaged.Keys);
        Assert.Equal(RecordingException.Damaged, Assert.Throws<RecordingException>(() => store.Holds(TestStore.Camera)).Code);
        _store.Time.Add(TimeSpan.FromDays(1_000));
        Assert.Equal(0, store.RemoveOld(TestContext.Current.CancellationToken));
        _ = Assert.Single(_store.Videos);
    }

    /// <summary>A real disk of 6 MiB, filled to its last byte by recordings and by somebody else.</summary>
    [Fact]
    public async Task A_real_disk_that_is_full_costs_the_oldest_segments_and_nothing_else()
    {
        using var mount = SmallDisk.TryMount(megabytes: 6);
        Assert.SkipWhen(mount is null, "A small file system cannot be mounted here.");
        var options = _store.Options with { Root = Path.Combine(mount!.Path, "recordings") };
        await using (var store = RecordingStore.Open(options, _store, _store.Time, new Boaster()))
        {
            await using var recorder = store.Record(TestStore.Camera);
            var video = new TestVideo { KeyBytes = 100_000 };
            await TestStore.OfferAsync(recorder, video.Seconds(20));
            mount.Fill();
            await TestStore.OfferAsync(recorder, video.Seconds(60));

            Assert.Null(recorder.Status.Fault);
            Assert.NotEmpty(_store.RemovedSegments);
            Assert.True(recorder.Status.Written > 900, $"{recorder.Status}");
        }

        Assert.Empty(Audit.Evidence.CameraVerifier.Verify(Path.Combine(options.Root, TestStore.Camera), Cancelled).Findings);
        Assert.All(Directory.EnumerateFiles(options.Root, "*.mp4", SearchOption.AllDirectories), path => _ = new StrictMp4(File.ReadAllBytes(path)));
    }

    public void Dispose() => _store.Dispose();

    private static LegalHold Hold(int seconds) =>
        new("h1", TestStore.Camera, TestVideo.Start.AddSeconds(seconds), TestVideo.Start.AddSeconds(seconds + 1), "li.na", "(2026)粤01执1号", TestVideo.Start);

    private static long SizeOf(string path) => new FileInfo(path).Length + new FileInfo(Path.ChangeExtension(path, ".ndjson")).Length;

    private IEnumerable<string> Names() => _store.Videos.Select(path => Path.GetFileName(path));

    private IEnumerable<RecordLine> Chain() => Directory.EnumerateFiles(_store.Folder, "*.ndjson").Order(StringComparer.Ordinal)
        .SelectMany(path => RecordLine.DecodeAll(File.ReadAllBytes(path), out _));

    /// <summary>Says that there is room when there is none, so that only the refused write tells.</summary>
    private sealed class Boaster : RecordingDisk
    {
        public override long FreeBytes(string folder) => long.MaxValue;
    }

    private sealed class SmallDisk(string path) : IDisposable
    {
        public string Path => path;

        public static SmallDisk? TryMount(int megabytes)
        {
            var path = Directory.CreateTempSubdirectory("small-disk-").FullName;
            if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path))
            {
                return new SmallDisk(path);
            }

            Directory.Delete(path);
            return null;
        }

        public void Fill()
        {
            using var file = new FileStream(System.IO.Path.Combine(path, "others"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            try
            {
                while (true)
                {
                    file.Write(new byte[4_096]);
                }
            }
            catch (IOException)
            {
                // Full now.
            }
        }

        public void Dispose()
        {
            _ = Run("umount", path);
            Directory.Delete(path, recursive: true);
        }

        private static bool Run(string program, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
                process.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
