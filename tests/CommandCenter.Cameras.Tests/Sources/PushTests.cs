using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Sources;
using CommandCenter.Testing;

namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>Devices that come to us, over SRT, RTSP and RTMP.</summary>
[Collection(RealStreams.Name)]
public sealed class PushTests
{
    private const string Key = "0123456789-abcdef_X";

    private readonly int _port = LoopbackPort.Free();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CameraKind.Srt)]
    [InlineData(CameraKind.RtspPush)]
    [InlineData(CameraKind.Rtmp)]
    public async Task Pictures_come_from_a_device_that_knows_its_key_and_again_after_it_was_away(CameraKind kind)
    {
        await using var gateway = Gateway(kind);
        var sink = new CountingSink();
        using var seat = gateway.Find("cam-7", FeedKind.Sub)!.Join(sink);
        using (Device(kind, Key))
        {
            await sink.MoreAsync(30);
        }

        var began = sink.Kept[0];
        Assert.True(began.IsKey);
        Assert.InRange((sink.Kept[^1].PtsMicroseconds - began.PtsMicroseconds) / 1e6 / (sink.Kept.Length - 1), 0.05, 0.3);
        await Eventually.TrueAsync("the feed to be lost", TimeSpan.FromSeconds(20), _ => Task.FromResult(gateway.Find("cam-7", FeedKind.Sub)!.State == FeedState.Lost), Token);
        using (Device(kind, Key))
        {
            await sink.MoreAsync(10);
        }
    }

    [Theory]
    [InlineData(CameraKind.Srt)]
    [InlineData(CameraKind.RtspPush)]
    [InlineData(CameraKind.Rtmp)]
    public async Task A_device_that_does_not_know_its_key_is_turned_away(CameraKind kind)
    {
        await using var gateway = Gateway(kind);
        using (var device = Device(kind, "0123456789-another"))
        {
            await Eventually.TrueAsync("the device to be turned away", TimeSpan.FromSeconds(30), _ => Task.FromResult(device.TurnedAway >= 3), Token);
        }

        Assert.Equal(0, gateway.Find("cam-7", FeedKind.Sub)!.Counts.Units);
    }

    [Fact]
    public async Task A_kind_without_a_port_is_refused_with_its_reason()
    {
        Assert.SkipUnless(TestPictures.MissingOf() is null, TestPictures.MissingOf() ?? "");
        await using var gateway = new CameraGateway(new GatewayOptions(), TimeProvider.System);
        gateway.Set([new("cam-7", CameraKind.RtspPush, "/main", "/sub") { Password = Key }, new("cam-8", CameraKind.Rtmp, "/main", "/sub") { Password = Key }]);

        await Eventually.TrueAsync("the reasons", TimeSpan.FromSeconds(10), _ => Task.FromResult(
            gateway.Find("cam-7", FeedKind.Sub)!.Reason == "camera.kind" && gateway.Find("cam-8", FeedKind.Sub)!.Reason == "camera.kind"), Token);
    }

    private CameraGateway Gateway(CameraKind kind)
    {
        var missing = TestPictures.MissingOf(kind switch
        {
            CameraKind.Srt => ["x264enc", "srtsrc", "tsdemux", "mpegtsmux"],
            CameraKind.RtspPush => ["x264enc", "rtspclientsink"],
            _ => ["x264enc", "rtmp2src", "flvdemux", "flvmux"],
        }) ?? (kind == CameraKind.Rtmp && !RtmpServer.IsInstalled ? "nginx with libnginx-mod-rtmp is not installed." : null);
        Assert.SkipUnless(missing is null, missing ?? "");
        var gateway = new CameraGateway(
            new GatewayOptions { RtspPushPort = kind == CameraKind.RtspPush ? _port : 0, RtmpPushPort = kind == CameraKind.Rtmp ? _port : 0 }, TimeProvider.System);
        var (main, sub) = kind == CameraKind.Srt ? ($"srt://0.0.0.0:{LoopbackPort.Free()}", $"srt://0.0.0.0:{_port}") : ("/cam-7-main", "/cam-7");
        gateway.Set([new("cam-7", kind, main, sub) { Password = Key }]);
        return gateway;
    }

    private FakeDevice Device(CameraKind kind, string key) => kind switch
    {
        CameraKind.Srt => new("mpegtsmux alignment=7 ! srtsink name=out", ("uri", $"srt://127.0.0.1:{_port}?mode=caller"), ("passphrase", key)),
        CameraKind.RtspPush => new("rtspclientsink name=out protocols=tcp latency=0", ("location", $"rtsp://127.0.0.1:{_port}/cam-7"), ("user-id", "cam-7"), ("user-pw", key)),
        _ => new("flvmux streamable=true ! rtmp2sink name=out", ("location", $"rtmp://127.0.0.1:{_port}/cam-7-{key}/live")),
    };
}
