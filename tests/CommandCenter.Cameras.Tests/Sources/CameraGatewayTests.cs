using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Sources;
using CommandCenter.Testing;

namespace CommandCenter.Cameras.Tests.Sources;

[Collection(RealStreams.Name)]
public sealed class CameraGatewayTests
{
    private static readonly CameraSource s_camera = new("cam-1", CameraKind.RtspPull, "rtsp://127.0.0.1:1/main", "rtsp://127.0.0.1:1/sub");

    [Fact]
    public async Task A_set_with_a_fault_changes_nothing()
    {
        await using var gateway = new CameraGateway(new GatewayOptions { SourcesMax = 2 }, TimeProvider.System);
        gateway.Set([s_camera]);

        var fault = Assert.Throws<ArgumentException>(() => gateway.Set([s_camera with { Main = "file:///etc/passwd" }, s_camera]));
        Assert.Contains("cam-1: camera.address-scheme, cam-1: camera.id-twice", fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<ArgumentException>(() => gateway.Set([s_camera, s_camera, s_camera]));
        Assert.Contains("camera.too-many", fault.Message, StringComparison.Ordinal);

        Assert.Equal([FeedKind.Main, FeedKind.Sub], gateway.Counts.Feeds.Select(static feed => feed.Kind));
    }

    [Theory]
    [InlineData(CameraKind.RtspPush, "/cam-1", "/cam-1", "0123456789-abcdef")]
    [InlineData(CameraKind.Srt, "srt://0.0.0.0:9001", "srt://[::]:9001/", "0123456789-abcdef")]
    [InlineData(CameraKind.Rtmp, "/cam", "/cam-0", "0-0123456789-abcdef")]
    public async Task Two_cameras_cannot_push_to_one_place(CameraKind kind, string one, string other, string key)
    {
        await using var gateway = new CameraGateway(new GatewayOptions(), TimeProvider.System);
        var first = new CameraSource("cam-1", kind, one, null) { Password = key };
        var second = new CameraSource("cam-2", kind, other, null) { Password = kind == CameraKind.Rtmp ? key[2..] : key };

        var fault = Assert.Throws<ArgumentException>(() => gateway.Set([first, second]));

        Assert.Contains("cam-1 and cam-2: camera.address-taken", fault.Message, StringComparison.Ordinal);
        Assert.Empty(gateway.Counts.Feeds);
    }

    [Fact]
    public async Task A_feed_stays_the_same_while_its_camera_has_the_stream()
    {
        await using var gateway = new CameraGateway(new GatewayOptions(), TimeProvider.System);
        gateway.Set([s_camera]);
        var (main, sub) = (gateway.Find("cam-1", FeedKind.Main), gateway.Find("cam-1", FeedKind.Sub));

        gateway.Set([s_camera with { Sub = "rtsp://127.0.0.1:1/other" }]);
        Assert.Same(sub, gateway.Find("cam-1", FeedKind.Sub));
        gateway.Set([s_camera with { Sub = null }]);

        Assert.Same(main, gateway.Find("cam-1", FeedKind.Main));
        Assert.Null(gateway.Find("cam-1", FeedKind.Sub));
        Assert.Equal(FeedState.Off, sub!.State);
    }

    [Fact]
    public async Task Options_out_of_range_are_named_all_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => new CameraGateway(new GatewayOptions { SourcesMax = 0, PushAddress = "everywhere" }, TimeProvider.System));

        Assert.Contains("SourcesMax: it must be 1 to 1,000. PushAddress: it must be an IP address", fault.Message, StringComparison.Ordinal);
        await Task.CompletedTask;
    }

    /// <summary>In another process, which is told to look for plug-ins where there are none.</summary>
    [Fact]
    public async Task Without_its_plug_ins_GStreamer_is_off_and_says_what_is_missing()
    {
        Assert.SkipUnless(TestPictures.MissingOf() is null, TestPictures.MissingOf() ?? "");
        using var directory = new TemporaryDirectory();

        var said = await FakeCameras.ReasonAsync(directory.Path);

        Assert.StartsWith("video.off: appsink, rtspsrc, rtph264depay, rtpjitterbuffer, h264parse of GStreamer missing (packages gstreamer1.0-plugins-base, ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_said_to_be_unreachable()
    {
        Assert.SkipUnless(TestPictures.MissingOf() is null, TestPictures.MissingOf() ?? "");
        await using var gateway = new CameraGateway(new GatewayOptions(), TimeProvider.System);
        Assert.True(gateway.IsOn);
        gateway.Set([s_camera]);

        await Eventually.TrueAsync("the reason", TimeSpan.FromSeconds(20), _ => Task.FromResult(gateway.Find("cam-1", FeedKind.Sub)!.Reason is not null), TestContext.Current.CancellationToken);

        Assert.Equal("video.unreachable", gateway.Find("cam-1", FeedKind.Sub)!.Reason);
    }
}
