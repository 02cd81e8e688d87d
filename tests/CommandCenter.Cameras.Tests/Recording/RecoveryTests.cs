using System.Text.RegularExpressions;
using CommandCenter.Cameras.Recording;

namespace CommandCenter.Cameras.Tests.Recording;

public sealed class RecoveryTests : IDisposable
{
    private static readonly DateTimeOffset s_end = TestVideo.Start.AddHours(1);

    private readonly TestStore _store = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A power cut can leave any length of the two files: the video at every byte of its last second, with the manifest as it was a second before.</summary>
    [Fact]
    public async Task A_file_torn_at_every_byte_of_its_last_second_keeps_every_second_before()
    {
        await using var store = _store.Open();
        await using var recorder = store.Record(TestStore.Camera);
        await TestStore.OfferAsync(recorder, new TestVideo { KeyBytes = 150, OtherBytes = 20, Rate = 6, KeyEvery = 6 }.Pictures(18));
        using var crashed = _store.Crashed();
        var video = crashed.Videos[^1];
        var manifest = Path.ChangeExtension(video, ".ndjson");
        var chain = Path.Combine(crashed.Folder, "2026-11-23.ndjson");
        var (videoBytes, manifestBytes, chainBytes) = (File.ReadAllBytes(video), File.ReadAllBytes(manifest), File.ReadAllBytes(chain));
        var lines = RecordLine.DecodeAll(manifestBytes, out _);
        Assert.Equal(3, lines.Count); // The beginning and two seconds; the third is not flushed.
        var flushed = (int)(lines[^1].Offset + lines[^1].Bytes)!;
        Assert.InRange(videoBytes.Length - flushed, 500, 5_000);

        for (var length = flushed; length <= videoBytes.Length; length++)
        {
            File.WriteAllBytes(video, videoBytes[..length]);
            File.WriteAllBytes(manifest, manifestBytes);
            File.WriteAllBytes(chain, chainBytes);
            await crashed.Open().DisposeAsync();

            Assert.True(crashed.ClosedSegments.TryDequeue(out var closed) && closed.IsRecovered);
            var file = new StrictMp4(File.ReadAllBytes(video));
            Assert.InRange(file.Samples.Count, 12, 17);
            Assert.Equal(closed.Pictures, file.Samples.Count);
            Assert.Empty(crashed.Verify());
        }
    }

    [Fact]
    public async Task A_manifest_torn_at_every_byte_of_its_last_line_gives_the_second_a_line_that_says_so()
    {
        await using var store = _store.Open();
        await using var recorder = store.Record(TestStore.Camera);
        await TestStore.OfferAsync(recorder, new TestVideo { KeyBytes = 150, OtherBytes = 20 }.Pictures(32));
        using var crashed = _store.Crashed();
        var manifest = Path.ChangeExtension(crashed.Videos[^1], ".ndjson");
        var chain = Path.Combine(crashed.Folder, "2026-11-23.ndjson");
        var (videoBytes, manifestBytes, chainBytes) = (File.ReadAllBytes(crashed.Videos[^1]), File.ReadAllBytes(manifest), File.ReadAllBytes(chain));
        var last = manifestBytes.AsSpan()[..^1].LastIndexOf((byte)'\n') + 1;
        for (var length = last; length < manifestBytes.Length; length++)
        {
            File.WriteAllBytes(crashed.Videos[^1], videoBytes);
            File.WriteAllBytes(manifest, manifestBytes[..length]);
            File.WriteAllBytes(chain, chainBytes);
            await crashed.Open().DisposeAsync();

            Assert.Equal(31, crashed.ClosedSegments.Last().Pictures);
            Assert.Equal([null, null, true, true, true], RecordLine.DecodeAll(File.ReadAllBytes(manifest), out _).Select(line => line.Recovered));
            Assert.Empty(crashed.Verify());
        }
    }

    /// <summary>Every step of the disk fails once, half done, as on a disk that is full for a moment; then the process is killed.</summary>
    [Fact]
    public async Task A_disk_that_fails_at_any_step_leaves_what_can_be_put_in_order()
    {
        long steps;
        using (var whole = new TestStore())
        {
            await whole.RecordAsync(Video().Seconds(6));
            steps = whole.Disk.Steps;
        }

        Assert.InRange(steps, 50, 400);
        for (var step = 1L; step <= steps; step++)
        {
            using var store = new TestStore();
            store.Disk.FailOnceAt(step);
            try
            {
                await store.RecordAsync(Video().Seconds(6));
            }
            catch (IOException)
            {
                // The very beginning: the folder could not be opened.
            }

            using var crashed = store.Crashed();
            await crashed.RecordAsync(new TestVideo(start: TestVideo.Start.AddMinutes(1)).Seconds(2));
            Assert.Empty(crashed.Verify());
            Assert.All(crashed.Videos, path => _ = new StrictMp4(File.ReadAllBytes(path)));
            Assert.Equal(crashed.Videos.Sum(path => new FileInfo(path).Length + new FileInfo(Path.ChangeExtension(path, ".ndjson")).Length), await UsedAsync(crashed));
        }

        static TestVideo Video() => new() { KeyBytes = 200, OtherBytes = 50, Rate = 3, KeyEvery = 3 };

        static async Task<long> UsedAsync(TestStore store)
        {
            await using var opened = store.Open();
            return opened.UsedBytes;
        }
    }

    [Fact]
    public async Task A_recovery_that_is_broken_off_goes_on_where_it_was()
    {
        await using var store = _store.Open();
        await using var recorder = store.Record(TestStore.Camera);
        await TestStore.OfferAsync(recorder, new TestVideo().Pictures(40));
        for (var step = 1; step <= 12; step++)
        {
            using var crashed = _store.Crashed();
            crashed.Disk.FailOnceAt(step);
            try
            {
                await crashed.Open().DisposeAsync();
            }
            catch (IOException)
            {
                // Killed a second time.
            }

            using var again = crashed.Crashed();
            await again.Open().DisposeAsync();
            Assert.Empty(again.Verify());
            Assert.Equal(39, new StrictMp4(File.ReadAllBytes(Assert.Single(again.Videos))).Samples.Count);
        }
    }

    [Fact]
    public async Task The_chain_goes_on_behind_what_was_recovered()
    {
        using var crashed = await CrashAsync();
        await crashed.RecordAsync(new TestVideo(start: TestVideo.Start.AddMinutes(1)).Seconds(3));

        Assert.Equal([true, false], crashed.ClosedSegments.Select(closed => closed.IsRecovered));
        Assert.Empty(crashed.Verify());
        Assert.Equal(2, crashed.Library.Ranges(TestStore.Camera, TestVideo.Start, s_end).Count);
    }

    [Fact]
    public async Task A_chain_whose_lines_were_changed_is_not_cut_and_sets_its_camera_aside_until_it_is_mended()
    {
        using var crashed = await CrashAsync();
        await crashed.RecordAsync(new TestVideo().Seconds(3), "gate-2");
        var chain = Path.Combine(crashed.Folder, "2026-11-23.ndjson");
        var before = File.ReadAllText(chain);
        var changed = before.Replace("080000", "080001", StringComparison.Ordinal);
        File.WriteAllText(chain, changed);
        var opened = crashed.ClosedSegments.Count;

        await using var store = crashed.Open();
        var used = store.UsedBytes;
        Assert.Equal([TestStore.Camera], store.Damaged.Keys);
        Assert.Equal(RecordingException.Damaged, Assert.Throws<RecordingException>(() => store.Record(TestStore.Camera)).Code);
        Assert.Equal(changed, File.ReadAllText(chain));
        await using (var other = store.Record("gate-2")) // The others go on.
        {
            await TestStore.OfferAsync(other, new TestVideo(start: TestVideo.Start.AddMinutes(1)).Seconds(3));
        }

        Assert.Equal(opened + 1, crashed.ClosedSegments.Count);
        Assert.Empty(crashed.Verify("gate-2"));
        used = store.UsedBytes;
        File.WriteAllText(chain, before);
        await store.Record(TestStore.Camera).DisposeAsync(); // And this one too, once somebody brought its chain back.
        Assert.Empty(store.Damaged);
        Assert.InRange(store.UsedBytes, used - 65_536, used + 65_536); // Counted once, cut behind its last whole fragment.
        Assert.Empty(crashed.Verify());
    }

    [Fact]
    public async Task The_head_of_a_chain_is_the_line_that_was_told_last_and_every_line_told_before_is_in_it()
    {
        using var crashed = await CrashAsync();
        await using var store = crashed.Open();

        Assert.Equal(crashed.ClosedSegments.Last().ChainHead, store.ChainHead(TestStore.Camera));
        store.Hold(new LegalHold("h-1", TestStore.Camera, TestVideo.Start, s_end, "judge", "case 1", TestVideo.Start));
        Assert.NotEqual(crashed.ClosedSegments.Last().ChainHead, store.ChainHead(TestStore.Camera));
        Assert.All(crashed.ClosedSegments, closed => Assert.True(store.HasLine(TestStore.Camera, closed.ChainHead)));
        Assert.False(store.HasLine(TestStore.Camera, new string('a', 64)));
        Assert.Equal(new string('0', 64), store.ChainHead("gate-9"));
    }

    [Fact]
    public async Task What_is_open_can_be_read_up_to_its_last_flushed_second()
    {
        await using var store = _store.Open();
        await using var recorder = store.Record(TestStore.Camera);
        await TestStore.OfferAsync(recorder, new TestVideo().Pictures(47));

        var segment = Assert.Single(_store.Library.Segments(TestStore.Camera, TestVideo.Start, s_end));
        Assert.True(segment.IsOpen);
        Assert.Equal(45, _store.Library.Read(TestStore.Camera, TestVideo.Start, s_end, Cancelled).Count(fragment => !fragment.IsInit));
        Assert.Empty(_store.Verify());
    }

    public void Dispose() => _store.Dispose();

    private async Task<TestStore> CrashAsync()
    {
        await using var store = _store.Open();
        await using var recorder = store.Record(TestStore.Camera);
        await TestStore.OfferAsync(recorder, new TestVideo().Pictures(40));
        return _store.Crashed();
    }
}
