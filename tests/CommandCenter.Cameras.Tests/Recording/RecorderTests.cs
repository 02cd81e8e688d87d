using CommandCenter.Cameras.Media;
using CommandCenter.Cameras.Recording;

namespace CommandCenter.Cameras.Tests.Recording;

public sealed class RecorderTests : IDisposable
{
    private readonly TestStore _store = new();

    [Fact]
    public async Task A_recording_is_cut_at_the_first_key_picture_behind_each_multiple_of_its_length()
    {
        var video = new TestVideo(start: TestVideo.Start.AddSeconds(2.5));
        await _store.RecordAsync(video.Seconds(10));

        Assert.Equal(["080002.mp4", "080004.mp4", "080008.mp4"], _store.Videos.Select(path => Path.GetFileName(path)));
        Assert.Equal([30, 60, 60], _store.Videos.Select(path => new StrictMp4(File.ReadAllBytes(path)).Samples.Count));
        Assert.All(_store.Videos, path => Assert.True(new StrictMp4(File.ReadAllBytes(path)).Samples[0].IsKey));
        Assert.Empty(_store.Verify());
    }

    [Fact]
    public async Task The_host_hears_of_each_segment_in_the_order_of_the_chain()
    {
        await _store.RecordAsync(new TestVideo().Seconds(12));
        var chain = RecordLine.DecodeAll(File.ReadAllBytes(Path.Combine(_store.Folder, "2026-11-23.ndjson")), out _);

        Assert.Equal(3, _store.ClosedSegments.Count);
        Assert.Equal(chain.Where(line => line.Kind == "closed").Select(line => (line.Hash, line.Head)), _store.ClosedSegments.Select(closed => (closed.ChainHead, (string?)closed.Head)));
        Assert.All(_store.ClosedSegments, closed => Assert.Equal((60, false), (closed.Pictures, closed.IsRecovered)));
    }

    [Fact]
    public async Task Other_parameter_sets_begin_another_segment()
    {
        var small = new TestVideo();
        var large = new TestVideo { Size = (1280, 720) };
        _ = large.Pictures(30).Last();
        await _store.RecordAsync([.. small.Pictures(30), .. large.Pictures(15)]);

        Assert.Equal([(640, 360), (1280, 720)], _store.Videos.Select(path => new StrictMp4(File.ReadAllBytes(path)).Size));
        Assert.Empty(_store.Verify());
    }

    [Fact]
    public async Task Pictures_shown_in_another_order_than_decoded_keep_both_orders()
    {
        var pictures = new TestVideo { HasBFrames = true }.Pictures(60).ToArray();
        await _store.RecordAsync(pictures);
        var file = new StrictMp4(File.ReadAllBytes(Assert.Single(_store.Videos)));

        Assert.Equal(pictures.Select(picture => picture.PtsMicroseconds), file.Samples.Select(sample => sample.DecodeTime + sample.Offset));
        Assert.All(file.Samples, sample => Assert.InRange(sample.Duration, 66_666u, 66_667u));
    }

    [Fact]
    public async Task Before_the_first_key_picture_nothing_is_written()
    {
        await _store.RecordAsync(new TestVideo().Pictures(40).Skip(7));

        Assert.Equal(40 - 15, new StrictMp4(File.ReadAllBytes(Assert.Single(_store.Videos))).Samples.Count);
    }

    [Fact]
    public async Task Parameter_sets_that_cannot_be_read_cost_pictures_but_not_the_recording()
    {
        var video = new TestVideo();
        var broken = video.Pictures(15).ToArray();
        broken[0] = broken[0] with { Data = TestVideo.AnnexBOf([[0x67, 100, 0, 30], [0x68, 1], [0x65, 1, 2]]) };
        await using var store = _store.Open();
        await using var recorder = store.Record(TestStore.Camera);
        await TestStore.OfferAsync(recorder, [.. broken, .. video.Pictures(15)]);

        Assert.Equal((15, 15, null), (recorder.Status.DroppedBad, recorder.Status.Written, recorder.Status.Fault));
    }

    [Fact]
    public async Task A_clock_of_the_source_that_goes_back_begins_another_segment()
    {
        var first = new TestVideo();
        var again = new TestVideo(start: TestVideo.Start.AddSeconds(2));
        await _store.RecordAsync([.. first.Pictures(30), .. again.Pictures(15)]);

        Assert.Equal(2, _store.Videos.Length);
        Assert.Empty(_store.Verify());
    }

    [Fact]
    public async Task Two_segments_of_one_second_have_two_names()
    {
        await _store.RecordAsync([.. new TestVideo().Pictures(3), .. new TestVideo().Pictures(3)]);

        Assert.Equal(["080000-02.mp4", "080000.mp4"], _store.Videos.Select(path => Path.GetFileName(path)));
        Assert.Empty(_store.Verify());
    }

    [Fact]
    public async Task A_slow_disk_costs_pictures_up_to_the_next_key_picture_and_they_are_counted()
    {
        _store.Options = _store.Options with { QueueLengthMax = 20 };
        await using var store = _store.Open();
        var recorder = store.Record(TestStore.Camera);
        var video = new TestVideo();
        await TestStore.OfferAsync(recorder, video.Pictures(5));
        _store.Disk.Hang();
        _ = recorder.Offer(video.Picture());
        _store.Disk.IsHeldUp.Wait(TestContext.Current.CancellationToken);
        var taken = video.Pictures(54).Count(recorder.Offer); // Up to the picture before a key picture.
        _store.Disk.GoOn();
        await TestStore.IdleAsync(recorder);
        Assert.False(recorder.Offer(new TestVideo().Pictures(2).Last()));
        Assert.True(recorder.Offer(video.Picture()));
        await recorder.DisposeAsync();

        Assert.Equal(20, taken);
        Assert.Equal((54 - 20 + 1, 0), (recorder.Status.DroppedSlow, recorder.Status.DroppedBad));
        Assert.Equal(5 + 1 + 20 + 1, recorder.Status.Written);
        Assert.Empty(_store.Verify());
    }

    [Fact]
    public async Task A_camera_that_falls_silent_has_its_last_picture_on_the_disk_after_a_second()
    {
        await using var store = _store.Open();
        await using var recorder = store.Record(TestStore.Camera);
        await TestStore.OfferAsync(recorder, new TestVideo().Pictures(10));
        Assert.Null(recorder.Status.FlushedUntil);
        _store.Time.Add(TimeSpan.FromSeconds(1));
        await TestStore.UntilAsync("the flush", () => recorder.Status.FlushedUntil is not null);

        using var crashed = _store.Crashed();
        Assert.Equal(10, crashed.Library.Read(TestStore.Camera, TestVideo.Start, TestVideo.Start.AddSeconds(5), TestContext.Current.CancellationToken).Count(fragment => !fragment.IsInit));
    }

    [Fact]
    public async Task A_gap_ends_a_segment_so_that_a_list_of_segments_says_what_is_there()
    {
        var video = new TestVideo();
        await _store.RecordAsync([.. video.Pictures(15), .. Enumerable.Range(0, 15).Select(_ => video.Picture(late: TimeSpan.FromMinutes(2)))]);

        Assert.Equal(2, _store.Library.Ranges(TestStore.Camera, TestVideo.Start, TestVideo.Start.AddHours(1)).Count);
    }

    [Fact]
    public async Task One_folder_has_one_recorder()
    {
        await using var store = _store.Open();
        await using var recorder = store.Record(TestStore.Camera);

        Assert.Equal(RecordingException.InUse, Assert.Throws<RecordingException>(() => store.Record(TestStore.Camera)).Code);
        Assert.Equal(RecordingException.InUse, Assert.Throws<RecordingException>(() => _store.Open()).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("摄像机")]
    public async Task A_camera_cannot_be_named_out_of_the_folder(string name)
    {
        await using var store = _store.Open();

        Assert.Throws<ArgumentException>(() => store.Record(name));
        Assert.Throws<ArgumentException>(() => _store.Library.Segments(name, TestVideo.Start, TestVideo.Start));
    }

    [Fact]
    public void Every_wrong_option_is_named()
    {
        var options = new RecordingOptions { Root = "", SegmentLength = TimeSpan.Zero, RetentionDays = 0, QuotaBytes = 0, FreeBytesMin = 0, LowWater = 2, QueueLengthMax = 1, QueueBytesMax = 1 };

        Assert.Equal(8, options.Faults().Count);
        Assert.Throws<ArgumentException>(() => RecordingStore.Open(options, _store, TimeProvider.System));
    }

    public void Dispose() => _store.Dispose();
}
