using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Media;
using CommandCenter.Cameras.Sources;
using CommandCenter.Testing;

namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>Real streams over RTSP, of cameras in another process.</summary>
[Collection(RealStreams.Name)]
public sealed class RtspPullTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pictures_of_a_real_clip_come_whole_and_in_order_beginning_with_a_key_picture()
    {
        var clip = RepositoryRoot.FindShared("data/video/car-detection_10s.h264");
        Assert.SkipUnless(clip is not null, "../shared/data/video/car-detection_10s.h264 is not there.");
        await using var cameras = await FakeCameras.StartNewAsync($"/car={clip}");
        await using var gateway = new CameraGateway(new GatewayOptions(), TimeProvider.System);
        gateway.Set([cameras.Camera("cam-1", "/other", "/car")]);
        var sink = new CountingSink();
        using var seat = gateway.Find("cam-1", FeedKind.Sub)!.Join(sink);

        await sink.MoreAsync(60);

        var units = sink.Kept;
        Assert.True(units[0].IsKey);
        Assert.Equal([7, 8, 5], TypesOf(units[0]).Where(static type => type is 5 or 7 or 8).Distinct());
        Assert.All(units, static unit => Assert.Equal(VideoCodec.H264, unit.Codec));
        Assert.All(units.Zip(units.Skip(1)), static pair => Assert.InRange(pair.Second.PtsMicroseconds - pair.First.PtsMicroseconds, 1, 400_000));
        Assert.InRange((units[^1].PtsMicroseconds - units[0].PtsMicroseconds) / 1e6 / (units.Length - 1), 0.07, 0.09);
        var status = Assert.Single(gateway.Counts.Feeds, static feed => feed.Kind == FeedKind.Sub);
        Assert.Equal((VideoCodec.H264, null), (status.Codec, status.Reason));
    }

    [Fact]
    public async Task The_device_says_when_a_picture_was_taken()
    {
        await using var cameras = await FakeCameras.StartNewAsync("/sub=small");
        await using var gateway = new CameraGateway(new GatewayOptions(), TimeProvider.System);
        gateway.Set([cameras.Camera("cam-1", "/main", "/sub")]);
        var sink = new CountingSink();
        using var seat = gateway.Find("cam-1", FeedKind.Sub)!.Join(sink);

        // The first report of a sender comes with the stream or some seconds into it (RFC 3550, 6.2).
        await Eventually.TrueAsync("a capture time", TimeSpan.FromSeconds(20), _ => Task.FromResult(sink.Kept.LastOrDefault()?.CapturedAt is not null), Token);

        var unit = sink.Kept[^1];
        Assert.InRange((unit.ArrivedAt - unit.CapturedAt!.Value).TotalSeconds, -0.2, 2);
    }

    [Fact]
    public async Task The_main_stream_is_fetched_while_somebody_joined_it_and_a_little_longer()
    {
        await using var cameras = await FakeCameras.StartNewAsync("/main=large", "/sub=small");
        await using var gateway = new CameraGateway(new GatewayOptions { MainLinger = TimeSpan.FromSeconds(0.5) }, TimeProvider.System);
        gateway.Set([cameras.Camera("cam-1", "/main", "/sub")]);
        var (main, sub) = (gateway.Find("cam-1", FeedKind.Main)!, gateway.Find("cam-1", FeedKind.Sub)!);
        await StateAsync(sub, FeedState.Live);
        Assert.Equal(FeedState.Off, main.State);

        var sink = new CountingSink();
        using (main.Join(sink))
        {
            await sink.MoreAsync(10);
        }

        Assert.Equal(FeedState.Live, main.State);
        await StateAsync(main, FeedState.Off);
        Assert.Equal(FeedState.Live, sub.State);
        Assert.Null(gateway.Find("cam-2", FeedKind.Main));
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_not_tried_again_in_haste()
    {
        await using var cameras = await FakeCameras.StartNewAsync("court", "right \"password\" 密", ["/sub=small"]);
        await using var gateway = new CameraGateway(new GatewayOptions(), TimeProvider.System);
        var camera = cameras.Camera("cam-1", "/main", "/sub") with { User = "court", Password = "wrong" };
        gateway.Set([camera]);
        var feed = gateway.Find("cam-1", FeedKind.Sub)!;
        await Eventually.TrueAsync("the reason", TimeSpan.FromSeconds(10), _ => Task.FromResult(feed.Reason is not null), Token);
        Assert.Equal("video.password", feed.Reason);
        Assert.Equal(1, gateway.Counts.Feeds.Single(static status => status.Kind == FeedKind.Sub).Restarts);

        gateway.Set([camera with { Password = "right \"password\" 密" }]);

        await StateAsync(feed, FeedState.Live);
        Assert.Null(feed.Reason);
    }

    [Fact]
    public async Task A_killed_and_restarted_camera_is_live_again_two_seconds_after()
    {
        await using var cameras = await FakeCameras.StartNewAsync("/sub=small");
        await using var gateway = new CameraGateway(new GatewayOptions(), TimeProvider.System);
        gateway.Set([cameras.Camera("cam-1", "/main", "/sub")]);
        var feed = gateway.Find("cam-1", FeedKind.Sub)!;
        await StateAsync(feed, FeedState.Live);

        await cameras.KillAsync();
        await StateAsync(feed, FeedState.Lost);
        Assert.NotNull(feed.Reason);
        await cameras.StartAsync();
        var began = TimeProvider.System.GetTimestamp();
        await StateAsync(feed, FeedState.Live);

        // Two seconds between attempts at most, one to the next key picture.
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 4);
    }

    [Theory]
    [InlineData(TestPictures.BFrames)]
    [InlineData(TestPictures.H265)]
    public async Task What_browsers_cannot_show_is_refused_or_coded_anew_within_the_budget(string pictures)
    {
        Assert.SkipUnless(TestPictures.MissingOf("x265enc", "avdec_h264", "avdec_h265") is not { } missing, TestPictures.MissingOf("x265enc", "avdec_h264", "avdec_h265") ?? "");
        await using var cameras = await FakeCameras.StartNewAsync($"/sub={pictures}");
        await using var gateway = new CameraGateway(new GatewayOptions { TranscodesMax = 1 }, TimeProvider.System);
        var (refused, anew, beyond) = (cameras.Camera("cam-1", "/main", "/sub"), cameras.Camera("cam-2", "/main", "/sub") with { Transcode = true }, cameras.Camera("cam-3", "/main", "/sub") with { Transcode = true });
        gateway.Set([refused, anew]);
        await ReasonAsync(gateway, "cam-1", "video.codec");
        var sink = new CountingSink();
        using var seat = gateway.Find("cam-2", FeedKind.Sub)!.Join(sink);
        await sink.MoreAsync(40);

        gateway.Set([refused, anew, beyond]);
        await ReasonAsync(gateway, "cam-3", "video.budget");

        Assert.All(sink.Kept[^20..], static unit => Assert.False(PictureKind.Of(unit.Data.Span).HasB));
        var status = gateway.Counts.Feeds.Single(static feed => feed is { CameraId: "cam-2", Kind: FeedKind.Sub });
        Assert.Equal((pictures == TestPictures.H265 ? VideoCodec.H265 : VideoCodec.H264, true), (status.Codec, status.IsTranscoded));
        Assert.Equal(1, gateway.Counts.Transcodes);

        gateway.Set([refused, beyond]);
        await StateAsync(gateway.Find("cam-3", FeedKind.Sub)!, FeedState.Live);
    }

    private static Task ReasonAsync(CameraGateway gateway, string camera, string reason) => Eventually.TrueAsync(
        $"{camera} to be {reason}", TimeSpan.FromSeconds(30), _ => Task.FromResult(gateway.Find(camera, FeedKind.Sub)!.Reason == reason), Token);

    private static Task StateAsync(VideoFeed feed, FeedState state) => Eventually.TrueAsync(
        $"{feed.Name} to be {state}", TimeSpan.FromSeconds(30), _ => Task.FromResult(feed.State == state), Token);

    private static List<int> TypesOf(AccessUnit unit)
    {
        var types = new List<int>();
        foreach (var nal in AnnexB.Units(unit.Data.Span))
        {
            types.Add(nal[0] & 0x1F);
        }

        return types;
    }
}
