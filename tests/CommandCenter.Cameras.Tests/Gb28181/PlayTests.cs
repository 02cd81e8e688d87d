using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using CommandCenter.Cameras.Gb28181;
using CommandCenter.Cameras.Gb28181.Rtp;
using CommandCenter.Cameras.Media;
using CommandCenter.Cameras.Tests.Gb28181.Rtp;

namespace CommandCenter.Cameras.Tests.Gb28181;

public sealed class PlayTests
{
    private readonly ConcurrentQueue<AccessUnit> _units = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(GbTransport.Udp, GbStream.Main)]
    [InlineData(GbTransport.TcpPassive, GbStream.Sub)]
    [InlineData(GbTransport.TcpActive, GbStream.Main)]
    public async Task Every_picture_of_a_stream_arrives_as_it_was_sent(GbTransport transport, GbStream stream)
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();
        var pictures = TestVideo.Synthetic(1, 40);

        await using var streamer = await StartAsync(host, camera, transport, stream);
        await streamer.SendAsync(pictures, host.Server, (_, packet) => [packet]);

        Assert.Equal(pictures.Select(picture => Convert.ToHexString(picture.Data)), _units.Select(unit => Convert.ToHexString(unit.Data.Span)));
        Assert.Equal(0, host.Server.Counters.Lost);
        Assert.Equal(40, host.Server.Counters.Units);
        var offer = streamer.Invite;
        Assert.Contains(transport == GbTransport.Udp ? "RTP/AVP 96 97 98\r\n" : "TCP/RTP/AVP 96 97 98\r\n", offer, StringComparison.Ordinal);
        Assert.Equal(stream == GbStream.Sub, offer.Contains("a=streamnumber:1\r\n", StringComparison.Ordinal));
        Assert.Equal($"{camera.Id}:{streamer.Session.Ssrc},{FakeHost.ServerId}:0", FakeCamera.Header(offer, "Subject"));
        Assert.Matches("^02000[0-9]{5}$", streamer.Session.Ssrc);

        await streamer.Session.DisposeAsync();
        var bye = await camera.RequestAsync("BYE");
        Assert.Contains("tag=camera", FakeCamera.Header(bye, "To"), StringComparison.Ordinal);
        Assert.Equal("2 BYE", FakeCamera.Header(bye, "CSeq"));
        Assert.Equal(GbException.Closed, await streamer.Session.Ended);
        Assert.Empty(host.Server.Sessions);
    }

    [Fact]
    public async Task A_real_film_with_two_packets_of_a_hundred_lost_goes_on_with_whole_pictures()
    {
        var pictures = TestVideo.Read(SharedFiles.Read("video/car-detection_10s.h264"));
        await LosesAsync(pictures, seed: 1);
    }

    [Fact]
    public async Task A_stream_with_two_packets_of_a_hundred_lost_goes_on_with_whole_pictures() => await LosesAsync(TestVideo.Synthetic(2, 120), seed: 2);

    [Fact]
    public async Task Packets_that_overtake_each_other_are_put_right()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();
        await using var streamer = await StartAsync(host, camera, GbTransport.Udp, GbStream.Main);
        byte[]? late = null;

        await streamer.SendAsync(TestVideo.Synthetic(3, 30), host.Server, (number, packet) =>
        {
            if (number % 7 == 3)
            {
                late = packet;
                return [];
            }

            byte[][] sent = late is null ? [packet] : [packet, late];
            late = null;
            return sent;
        });

        Assert.True(host.Server.Counters.Reordered > 10);
        Assert.Equal(0, host.Server.Counters.Lost);
        Assert.True(_units.Count >= 29); // The very last packet may be one that was kept back.
    }

    [Fact]
    public async Task Packets_of_another_stream_and_of_another_sender_are_left_out()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();
        await using var streamer = await StartAsync(host, camera, GbTransport.Udp, GbStream.Main);
        await streamer.SendAsync(TestVideo.Synthetic(4, 3), host.Server, (_, packet) => [packet]);
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        await streamer.SendAsync(TestVideo.Synthetic(4, 3), host.Server, (_, packet) =>
        {
            _ = stranger.SendTo(packet, streamer.Target); // The right name, from elsewhere.
            packet[11] ^= 1; // The right sender, with another name.
            return [packet];
        }, isTaken: false);

        await CommandCenter.Testing.Eventually.TrueAsync(
            "strangers to be counted", FakeHost.Patience, _ => Task.FromResult(host.Server.Counters.Strangers > 10), Cancel);
        Assert.Equal(3, _units.Count);
    }

    [Fact]
    public async Task A_real_camera_that_names_no_ssrc_in_its_answer_plays()
    {
        var real = Encoding.Latin1.GetString(SharedFiles.Read("gb28181/messages/01715_192-168-28-110_SIP2.0_200.sip"));
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();

        await using var streamer = await StartAsync(
            host, camera, GbTransport.Udp, GbStream.Main, FakeCamera.Body(real).Replace("192.168.28.110", "127.0.0.1", StringComparison.Ordinal));
        await streamer.SendAsync(TestVideo.Synthetic(5, 3), host.Server, (_, packet) => [packet]);

        Assert.Equal(3, _units.Count);
    }

    [Theory]
    [InlineData("486 Busy Here", GbException.Busy)]
    [InlineData("404 Not Found", GbException.NoChannel)]
    [InlineData("480 Temporarily Unavailable", GbException.Unavailable)]
    [InlineData("488 Not Acceptable Here", GbException.MediaRefused)]
    [InlineData("400 Bad Request", GbException.Refused)]
    [InlineData("500 Server Internal Error", GbException.DeviceError)]
    public async Task A_refusal_is_acknowledged_and_becomes_a_code(string status, string code)
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        camera.Answering = request => request.StartsWith("INVITE", StringComparison.Ordinal) ? FakeCamera.Answer(request, status) : null;
        _ = await camera.RegisterAsync();

        var refused = await Assert.ThrowsAsync<GbException>(() => PlayAsync(host, camera));

        Assert.Equal(code, refused.Code);
        var (invite, ack) = (await camera.RequestAsync("INVITE"), await camera.RequestAsync("ACK"));
        Assert.Equal(FakeCamera.Header(invite, "Via"), FakeCamera.Header(ack, "Via"));
        Assert.Contains("tag=camera", FakeCamera.Header(ack, "To"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=0\r\nc=IN IP4 127.0.0.1\r\nm=video 9 RTP/AVP 98\r\na=rtpmap:98 H264/90000\r\n")]
    [InlineData("v=0\r\nc=IN IP4 127.0.0.1\r\nm=video 9 TCP/RTP/AVP 96\r\na=rtpmap:96 PS/90000\r\n")]
    [InlineData("v=0\r\nm=video 9 RTP/AVP 96\r\n")]
    [InlineData("v=0\r\nc=IN IP6 ::1\r\nm=video 9 RTP/AVP 96\r\n")]
    [InlineData("nonsense")]
    public async Task An_answer_with_other_media_is_acknowledged_and_ended(string sdp)
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        camera.Answering = request => request.StartsWith("INVITE", StringComparison.Ordinal) ? FakeCamera.Answer(request, "200 OK", sdp) : null;
        _ = await camera.RegisterAsync();

        var refused = await Assert.ThrowsAsync<GbException>(() => PlayAsync(host, camera));

        Assert.Equal(GbException.MediaRefused, refused.Code);
        _ = await camera.RequestAsync("ACK");
        _ = await camera.RequestAsync("BYE");
        Assert.Empty(host.Server.Sessions);
    }

    [Fact]
    public async Task A_200_that_is_repeated_is_acknowledged_again()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();
        await using var streamer = await StartAsync(host, camera, GbTransport.Udp, GbStream.Main);
        var first = await camera.RequestAsync("ACK");

        await camera.SendAsync(streamer.Answer);

        Assert.Equal(first, await camera.RequestAsync("ACK"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_question_that_is_taken_back_is_cancelled_and_a_stream_that_comes_all_the_same_is_ended(bool comesAllTheSame)
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        camera.Answering = request => request.StartsWith("INVITE", StringComparison.Ordinal) ? FakeCamera.Answer(request, "100 Trying") : null;
        _ = await camera.RegisterAsync();
        using var giveUp = new CancellationTokenSource();

        var playing = PlayAsync(host, camera, giveUp.Token);
        var invite = await camera.RequestAsync("INVITE");
        await giveUp.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => playing);
        var cancel = await camera.RequestAsync("CANCEL");
        Assert.Equal(FakeCamera.Header(invite, "Via"), FakeCamera.Header(cancel, "Via"));
        await camera.SendAsync(FakeCamera.Answer(cancel, "200 OK"));
        await camera.SendAsync(FakeCamera.Answer(invite, comesAllTheSame ? "200 OK" : "487 Request Terminated"));

        _ = await camera.RequestAsync("ACK");
        if (comesAllTheSame)
        {
            _ = await camera.RequestAsync("BYE");
        }
    }

    [Fact]
    public async Task A_device_that_says_bye_or_goes_offline_ends_its_session()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();

        await using var first = await StartAsync(host, camera, GbTransport.Udp, GbStream.Main);
        Assert.StartsWith("SIP/2.0 200 ", await camera.AskAsync(camera.Make("BYE", callId: FakeCamera.Header(first.Invite, "Call-ID"))), StringComparison.Ordinal);
        Assert.Equal(GbException.EndedByDevice, await first.Session.Ended.WaitAsync(FakeHost.Patience, Cancel));
        Assert.Equal(GbSessionState.Ended, first.Session.State);

        await using var second = await StartAsync(host, camera, GbTransport.TcpPassive, GbStream.Main);
        _ = await camera.RegisterAsync(expires: 0);
        Assert.Equal(GbException.Offline, await second.Session.Ended.WaitAsync(FakeHost.Patience, Cancel));
        Assert.Equal(GbException.Offline, (await Assert.ThrowsAsync<GbException>(() => PlayAsync(host, camera))).Code);
    }

    [Fact]
    public async Task A_session_without_a_picture_for_ten_seconds_is_ended_and_the_device_told()
    {
        var time = new TurnedTime(new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
        await using var host = await FakeHost.StartAsync(time);
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();
        await using var streamer = await StartAsync(host, camera, GbTransport.TcpPassive, GbStream.Main);

        time.Add(TimeSpan.FromSeconds(11));

        Assert.Equal(GbException.NoMedia, await streamer.Session.Ended.WaitAsync(FakeHost.Patience, Cancel));
        _ = await camera.RequestAsync("BYE");
    }

    [Fact]
    public async Task A_device_that_never_answers_an_invitation_times_out_after_32_s()
    {
        var time = new TurnedTime(new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
        await using var host = await FakeHost.StartAsync(time, options => options with { KeepaliveInterval = TimeSpan.FromHours(1) });
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();

        var playing = PlayAsync(host, camera);
        var invite = await camera.RequestAsync("INVITE");
        time.Add(TimeSpan.FromSeconds(32));

        Assert.Equal(GbException.Timeout, (await Assert.ThrowsAsync<GbException>(() => playing)).Code);
        await camera.SendAsync(FakeCamera.Answer(invite, "200 OK")); // Too late: it is acknowledged and ended.
        _ = await camera.RequestAsync("ACK");
        _ = await camera.RequestAsync("BYE");
    }

    [Fact]
    public async Task A_session_of_another_codec_is_ended()
    {
        var time = new TurnedTime(new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
        await using var host = await FakeHost.StartAsync(time);
        await using var camera = await FakeCamera.OverTcpAsync(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();
        await using var streamer = await StartAsync(host, camera, GbTransport.TcpPassive, GbStream.Main);

        await streamer.SendAsync(TestVideo.Synthetic(7, 1), host.Server, (_, packet) => [packet], streamType: 0x10);
        time.Add(TimeSpan.FromSeconds(1));

        Assert.Equal(GbException.MediaRefused, await streamer.Session.Ended.WaitAsync(FakeHost.Patience, Cancel));
        _ = await camera.RequestAsync("BYE");
    }

    [Fact]
    public async Task No_more_sessions_run_than_are_allowed_and_each_gives_its_place_back()
    {
        await using var host = await FakeHost.StartAsync(change: options => options with { SessionCountMax = 1 });
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();

        for (var times = 0; times < 3; times++)
        {
            await using var streamer = await StartAsync(host, camera, GbTransport.Udp, GbStream.Main);
            Assert.Equal(GbException.TooMany, (await Assert.ThrowsAsync<GbException>(() => PlayAsync(host, camera))).Code);
        }
    }

    [Fact]
    public async Task A_sink_that_throws_ends_its_own_session_alone()
    {
        var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();
        await using var streamer = await StartAsync(host, camera, GbTransport.Udp, GbStream.Main, sink: _ => throw new InvalidOperationException("full"));

        await streamer.SendAsync(TestVideo.Synthetic(6, 1), host.Server, (_, packet) => [packet]);

        Assert.Equal(GbException.DeviceError, await streamer.Session.Ended.WaitAsync(FakeHost.Patience, Cancel));
        Assert.Equal("full", Assert.Single(host.Failures).Message);
        Assert.StartsWith("SIP/2.0 200 ", await camera.KeepaliveAsync(), StringComparison.Ordinal);
        await host.Server.DisposeAsync();
    }

    [Fact]
    public void The_answer_of_a_real_camera_is_read()
    {
        var real = Encoding.Latin1.GetString(SharedFiles.Read("gb28181/messages/01715_192-168-28-110_SIP2.0_200.sip"));

        Assert.Equal(new SdpAnswer(IPAddress.Parse("192.168.28.110"), 9708, IsTcp: false, 96, Ssrc: null), Sdp.ReadAnswer(Encoding.Latin1.GetBytes(FakeCamera.Body(real))));
    }

    private async Task LosesAsync(IReadOnlyList<TestPicture> pictures, int seed)
    {
        var random = new Random(seed);
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();
        await using var streamer = await StartAsync(host, camera, GbTransport.Udp, GbStream.Main);

        await streamer.SendAsync(pictures, host.Server, (_, packet) => random.NextDouble() < 0.02 ? [] : [packet]);

        var order = pictures.Select((picture, index) => (Key: Convert.ToHexString(picture.Data), index)).DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.index);
        var got = _units.Select(unit => order[Convert.ToHexString(unit.Data.Span)]).ToArray(); // Throws for a picture that is not whole.
        var before = -1;
        foreach (var index in got)
        {
            Assert.True(index == before + 1 || pictures[index].IsKey, $"Picture {index} came after {before}.");
            before = index;
        }

        var counters = host.Server.Counters;
        TestContext.Current.SendDiagnosticMessage($"{pictures.Count} pictures, 2 % lost: {counters}.");
        Assert.True(counters.Lost > 0 && counters.Dropped > 0);
        Assert.NotEmpty(got);
    }

    private Task<GbSession> PlayAsync(FakeHost host, FakeCamera camera, CancellationToken? cancellationToken = null) =>
        host.Server.PlayAsync(camera.Id, camera.Id, GbStream.Main, GbTransport.Udp, _units.Enqueue, cancellationToken ?? Cancel);

    private async Task<FakeStreamer> StartAsync(
        FakeHost host, FakeCamera camera, GbTransport transport, GbStream stream, string? sdp = null, Action<AccessUnit>? sink = null)
    {
        TcpListener? listener = null;
        if (transport == GbTransport.TcpActive)
        {
            listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
        }

        var playing = host.Server.PlayAsync(camera.Id, camera.Id, stream, transport, sink ?? _units.Enqueue, Cancel);
        var invite = await camera.RequestAsync("INVITE");
        var ssrc = Regex.Match(invite, "\ny=([0-9]{10})\r").Groups[1].Value;
        var port = transport == GbTransport.TcpActive ? ((IPEndPoint)listener!.LocalEndpoint).Port : 9;
        sdp ??= $"v=0\r\no={camera.Id} 0 0 IN IP4 127.0.0.1\r\ns=Play\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video {port} {(transport == GbTransport.Udp ? "" : "TCP/")}RTP/AVP 96\r\n"
            + $"a=sendonly\r\na=rtpmap:96 PS/90000\r\ny={ssrc}\r\n";
        var answer = FakeCamera.Answer(invite, "200 OK", sdp);
        await camera.SendAsync(answer);
        var session = await playing;
        var target = new IPEndPoint(IPAddress.Loopback, int.Parse(Regex.Match(invite, "m=video ([0-9]+) ").Groups[1].Value, CultureInfo.InvariantCulture));
        var socket = transport switch
        {
            GbTransport.Udp => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp),
            GbTransport.TcpPassive => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp),
            _ => await listener!.AcceptSocketAsync(Cancel),
        };
        listener?.Dispose();
        if (transport != GbTransport.TcpActive)
        {
            await socket.ConnectAsync(target, Cancel);
        }

        return new FakeStreamer(session, invite, answer, target, socket, uint.Parse(ssrc, CultureInfo.InvariantCulture));
    }
}
