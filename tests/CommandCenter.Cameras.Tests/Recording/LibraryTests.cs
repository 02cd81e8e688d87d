using CommandCenter.Cameras.Recording;

namespace CommandCenter.Cameras.Tests.Recording;

public sealed class LibraryTests : IDisposable
{
    private readonly TestStore _store = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.99, 0)]
    [InlineData(1.0, 15)]
    [InlineData(5.5, 75)]
    [InlineData(8.0, 120)]
    public async Task Reading_begins_at_the_key_picture_at_or_before_the_moment(double seconds, int first)
    {
        var pictures = new TestVideo { SaysCaptured = true }.Seconds(12).ToArray();
        await _store.RecordAsync(pictures);
        var until = TestVideo.Start.AddSeconds(10);
        var read = _store.Library.Read(TestStore.Camera, TestVideo.Start.AddSeconds(seconds), until, Cancelled).ToArray();

        Assert.Equal([true, .. Enumerable.Repeat(false, read.Length - 1)], read.Select(fragment => fragment.IsInit));
        Assert.Equal(pictures[first..151].Select(picture => (picture.ArrivedAt, picture.IsKey)), read[1..].Select(fragment => (fragment.ArrivedAt, fragment.IsKey)));
        Assert.Equal(pictures[first].CapturedAt!.Value.Ticks / 10, read[1].CapturedAt!.Value.Ticks / 10);
    }

    [Fact]
    public async Task Several_files_are_read_as_one_without_a_seam()
    {
        var pictures = new TestVideo { HasBFrames = true }.Seconds(12).ToArray();
        await _store.RecordAsync(pictures);
        var file = new StrictMp4(_store.Copy(TestVideo.Start, TestVideo.Start.AddMinutes(1)));

        Assert.Equal(180, file.Samples.Count);
        Assert.Equal(pictures.Select(picture => picture.DtsMicroseconds), file.Samples.Select(sample => sample.DecodeTime));
        Assert.Equal(pictures.Select(Fmp4WriterTests.SliceOf), file.Samples.Select(sample => sample.Nals[0]));
        Assert.All(file.Samples.Zip(file.Samples.Skip(1)), pair => Assert.Equal(pair.Second.DecodeTime, pair.First.DecodeTime + pair.First.Duration));
    }

    [Fact]
    public async Task A_gap_is_listed_and_stays_as_long_as_it_was()
    {
        var video = new TestVideo();
        var late = TimeSpan.FromSeconds(100);
        await _store.RecordAsync([.. video.Seconds(3), .. Enumerable.Range(0, 30).Select(_ => video.Picture(late)).ToArray()]);
        var file = new StrictMp4(_store.Copy(TestVideo.Start, TestVideo.Start.AddMinutes(5)));

        Assert.Equal(
            [(TestVideo.Start, 2.933), (TestVideo.Start.AddSeconds(103), 1.933)],
            _store.Library.Ranges(TestStore.Camera, TestVideo.Start, TestVideo.Start.AddMinutes(5)).Select(range => (range.From, Math.Round((range.Until - range.From).TotalSeconds, 3))));
        Assert.Equal(103_000_000, file.Samples[45].DecodeTime);
    }

    [Fact]
    public async Task Where_the_parameter_sets_change_a_file_ends_and_says_where_the_next_one_begins()
    {
        var large = new TestVideo { Size = (1280, 720) };
        _ = large.Pictures(30).Last();
        await _store.RecordAsync([.. new TestVideo().Pictures(30), .. large.Pictures(15)]);
        using var output = new MemoryStream();

        Assert.Equal(TestVideo.Start.AddSeconds(2), await _store.Library.CopyAsync(TestStore.Camera, TestVideo.Start, TestVideo.Start.AddMinutes(1), output, Cancelled));
        Assert.Equal(30, new StrictMp4(output.ToArray()).Samples.Count);
        Assert.Equal(2, _store.Library.Read(TestStore.Camera, TestVideo.Start, TestVideo.Start.AddMinutes(1), Cancelled).Count(fragment => fragment.IsInit));
    }

    [Fact]
    public async Task Nothing_is_not_an_empty_file()
    {
        await _store.RecordAsync(new TestVideo().Seconds(3));
        var exception = await Assert.ThrowsAsync<RecordingException>(
            () => _store.Library.CopyAsync(TestStore.Camera, TestVideo.Start.AddHours(1), TestVideo.Start.AddHours(2), Stream.Null, Cancelled));

        Assert.Equal(RecordingException.NotFound, exception.Code);
        Assert.Empty(_store.Library.Ranges("gate-9", TestVideo.Start, TestVideo.Start.AddHours(1)));
        Assert.Equal([TestStore.Camera], _store.Library.Cameras());
    }

    public void Dispose() => _store.Dispose();
}
