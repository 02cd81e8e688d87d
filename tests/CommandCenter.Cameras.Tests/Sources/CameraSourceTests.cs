using CommandCenter.Cameras.Sources;

namespace CommandCenter.Cameras.Tests.Sources;

public sealed class CameraSourceTests
{
    private const string Key = "0123456789-abcdef_X";

    [Theory]
    [InlineData(CameraKind.RtspPull, "rtsp://10.0.0.7/main", null, null)]
    [InlineData(CameraKind.RtspPull, "rtsps://cam.court.example:322/Streaming/Channels/101?transportmode=unicast&profile=Profile_1", "admin", "with spaces, \"quotes\" ! and 密码")]
    [InlineData(CameraKind.RtspPull, "rtsp://[fd00::7]:8554/live", null, null)]
    [InlineData(CameraKind.RtspPush, "/cam-7", null, Key)]
    [InlineData(CameraKind.Srt, "srt://0.0.0.0:9001", null, null)]
    [InlineData(CameraKind.Srt, "srt://10.0.0.7:9001", null, "ten or more")]
    [InlineData(CameraKind.Rtmp, "/cam-7", null, Key)]
    [InlineData(CameraKind.Rtmp, "rtmp://10.0.0.7/live/cam", null, null)]
    public void A_right_source_has_no_fault(CameraKind kind, string address, string? user, string? password) =>
        Assert.Empty(new CameraSource("cam-7", kind, address, null) { User = user, Password = password }.Faults());

    [Theory]
    // What would be syntax of a pipeline, were it ever part of one.
    [InlineData(CameraKind.RtspPull, "rtsp://10.0.0.7/a ! filesink location=/tmp/x", "camera.address")]
    [InlineData(CameraKind.RtspPull, "rtsp://10.0.0.7/a\" ! fakesink name=\"b", "camera.address")]
    [InlineData(CameraKind.RtspPull, "rtsp://10.0.0.7/a\r\nTEARDOWN rtsp://10.0.0.7 RTSP/1.0", "camera.address")]
    [InlineData(CameraKind.RtspPull, "rtsp://10.0.0.7/a\0b", "camera.address")]
    [InlineData(CameraKind.RtspPull, "rtsp://10.0.0.7/a\\b", "camera.address")]
    [InlineData(CameraKind.RtspPull, "rtsp://10.0.0.7/镜头", "camera.address")]
    [InlineData(CameraKind.RtspPull, "rtsp://10.0.0.7/a#b", "camera.address")]
    [InlineData(CameraKind.RtspPull, "rtsp:///main", "camera.address")]
    [InlineData(CameraKind.RtspPull, "10.0.0.7/main", "camera.address")]
    [InlineData(CameraKind.RtspPull, "rtsp:10.0.0.7", "camera.address")]
    [InlineData(CameraKind.RtspPull, "rtsp:/10.0.0.7/main", "camera.address")]
    [InlineData(CameraKind.RtspPull, "", "camera.address")]
    [InlineData(CameraKind.RtspPull, "file:///etc/passwd", "camera.address-scheme")]
    [InlineData(CameraKind.RtspPull, "http://10.0.0.7/main", "camera.address-scheme")]
    [InlineData(CameraKind.RtspPull, "rtsp-sdp://10.0.0.7/main", "camera.address-scheme")]
    [InlineData(CameraKind.RtspPull, "rtspt://10.0.0.7/main", "camera.address-scheme")]
    [InlineData(CameraKind.RtspPull, "srt://10.0.0.7:9001", "camera.address-scheme")]
    [InlineData(CameraKind.RtspPull, "rtsp://admin:secret@10.0.0.7/main", "camera.address-user")]
    [InlineData(CameraKind.RtspPull, "rtsp://@10.0.0.7/main", "camera.address-user")]
    [InlineData(CameraKind.Srt, "srt://0.0.0.0", "camera.address-port")]
    [InlineData(CameraKind.Srt, "srt://0.0.0.0:9001?mode=rendezvous", "camera.address-option")]
    [InlineData(CameraKind.Srt, "srt://0.0.0.0:9001?passphrase=0123456789", "camera.address-option")]
    [InlineData(CameraKind.RtspPush, "/cam-7/../cam-8", "camera.address")]
    [InlineData(CameraKind.RtspPush, "rtsp://10.0.0.7/main", "camera.address")]
    [InlineData(CameraKind.Rtmp, "/cam-7 { live on; }", "camera.address")]
    [InlineData(CameraKind.Rtmp, "/cam-7\n", "camera.address")]
    [InlineData(CameraKind.Gb28181, "rtsp://10.0.0.7/main", "camera.kind")]
    [InlineData((CameraKind)99, "rtsp://10.0.0.7/main", "camera.kind")]
    public void A_wrong_or_hostile_address_is_refused_with_its_code(CameraKind kind, string address, string code)
    {
        var password = kind is CameraKind.RtspPush or CameraKind.Rtmp ? Key : null;

        Assert.Equal([code], new CameraSource("cam-7", kind, address, null) { Password = password }.Faults());
        Assert.Equal([code], new CameraSource("cam-7", kind, Right(kind), address) { Password = password }.Faults());
    }

    [Fact]
    public void All_faults_are_said_at_once()
    {
        var source = new CameraSource("../cam", CameraKind.Srt, "srt://0.0.0.0", "rtsp://10.0.0.7/a") { User = "a:b", Password = "short" };

        Assert.Equal(["camera.address-port", "camera.address-scheme", "camera.id", "camera.password", "camera.user"], source.Faults());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-cam")]
    [InlineData("cam 7")]
    [InlineData("cam/7")]
    [InlineData("cam-7\n")]
    [InlineData("镜头")]
    public void A_mark_is_letters_digits_dashes_and_dots(string id) =>
        Assert.Equal(["camera.id"], new CameraSource(id, CameraKind.RtspPull, "rtsp://10.0.0.7/main", null).Faults());

    [Theory]
    [InlineData(CameraKind.RtspPush, null)]
    [InlineData(CameraKind.RtspPush, "too-short")]
    [InlineData(CameraKind.Rtmp, "0123456789 abcdef; deny")]
    [InlineData(CameraKind.RtspPull, "two\nlines")]
    [InlineData(CameraKind.Srt, "too short")]
    public void A_key_that_cannot_be_one_is_refused(CameraKind kind, string? password) =>
        Assert.Equal(["camera.password"], new CameraSource("cam-7", kind, Right(kind), null) { Password = password }.Faults());

    [Fact]
    public void Main_and_sub_stream_have_two_addresses() =>
        Assert.Equal(["camera.address-twice"], new CameraSource("cam-7", CameraKind.RtspPull, "rtsp://10.0.0.7/a", "rtsp://10.0.0.7/a").Faults());

    [Fact]
    public void What_is_printed_of_a_source_holds_no_secret() =>
        Assert.Equal("cam-7 (RtspPull)", new CameraSource("cam-7", CameraKind.RtspPull, "rtsp://10.0.0.7/a", null) { User = "admin", Password = "secret" }.ToString());

    private static string Right(CameraKind kind) => kind switch
    {
        CameraKind.RtspPush or CameraKind.Rtmp => "/right",
        CameraKind.Srt => "srt://0.0.0.0:9000",
        _ => "rtsp://10.0.0.7/right",
    };
}
