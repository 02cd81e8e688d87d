using System.Diagnostics;
using CommandCenter.Cameras.Gb28181;

namespace CommandCenter.Cameras.Tests.Gb28181;

public sealed class RegistrationTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("MD5", true)]
    [InlineData("MD5", false)]
    [InlineData("SHA-256", true)]
    public async Task A_device_registers_with_each_way_of_digesting_its_password(string hash, bool withQop)
    {
        var time = new TurnedTime(s_start);
        await using var host = await FakeHost.StartAsync(time);
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));

        var answer = await camera.RegisterAsync(hash: hash, withQop: withQop);

        Assert.StartsWith("SIP/2.0 200 ", answer, StringComparison.Ordinal);
        Assert.Equal("2026-03-02T09:00:00.000", FakeCamera.Header(answer, "Date"));
        Assert.Equal("3600", FakeCamera.Header(answer, "Expires"));
        Assert.Contains($"rport={camera.Port};received=127.0.0.1", FakeCamera.Header(answer, "Via"), StringComparison.Ordinal);
        await host.HearAsync($"online {camera.Id}");
        var device = Assert.Single(host.Server.Devices);
        Assert.True(device.IsOnline);
        Assert.Equal(s_start.AddHours(1), device.ExpiresAt);
        Assert.Equal("fake", device.UserAgent);
    }

    [Fact]
    public async Task A_device_registers_over_tcp_with_several_messages_in_one_piece()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = await FakeCamera.OverTcpAsync(host.Address, FakeHost.IdOf(1));

        Assert.StartsWith("SIP/2.0 200 ", await camera.RegisterAsync(), StringComparison.Ordinal);
        var keepalive = camera.Notify("Keepalive", "<Status>OK</Status>");
        var two = camera.Make("MESSAGE", keepalive) + "\r\n\r\n" + camera.Make("MESSAGE", keepalive);
        await camera.SendAsync(two[..100]);
        await camera.SendAsync(two[100..]);

        Assert.StartsWith("SIP/2.0 200 ", await camera.ResponseAsync(), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 200 ", await camera.ResponseAsync(), StringComparison.Ordinal);
        Assert.Equal("TCP", Assert.Single(host.Server.Devices).Transport);
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_device_and_one_that_is_not_allowed_hear_the_same()
    {
        await using var host = await FakeHost.StartAsync();
        host.Known[FakeHost.IdOf(2)] = new GbDeviceEntry(FakeHost.Password, IsAllowed: false);
        await using var wrong = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        await using var barred = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(2));
        await using var unknown = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(999));
        wrong.Password = "wrong";

        foreach (var camera in (FakeCamera[])[wrong, barred, unknown])
        {
            Assert.StartsWith("SIP/2.0 403 Forbidden\r\n", await camera.RegisterAsync(), StringComparison.Ordinal);
        }

        Assert.Empty(host.Server.Devices);
        Assert.Equal(3, host.Server.Counters.Refused);
    }

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_is_locked_out_for_ten_minutes()
    {
        var time = new TurnedTime(s_start);
        await using var host = await FakeHost.StartAsync(time);
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        await using var neighbour = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(2));
        camera.Password = "wrong";
        for (var tries = 0; tries < 5; tries++)
        {
            Assert.StartsWith("SIP/2.0 403 ", await camera.RegisterAsync(), StringComparison.Ordinal);
        }

        camera.Password = FakeHost.Password;

        Assert.StartsWith("SIP/2.0 403 ", await camera.RegisterAsync(), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 200 ", await neighbour.RegisterAsync(), StringComparison.Ordinal);
        time.Add(TimeSpan.FromMinutes(10));
        Assert.StartsWith("SIP/2.0 200 ", await camera.RegisterAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_played_again_or_comes_late_is_stale()
    {
        var time = new TurnedTime(s_start);
        await using var host = await FakeHost.StartAsync(time);
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        var challenge = FakeCamera.Header(await camera.AskAsync(camera.Make("REGISTER")), "WWW-Authenticate");
        string Credentials(string nc) => $"Authorization: {FakeCamera.Digest(challenge, camera.Id, FakeHost.Password, "REGISTER", "sip:x", nc)}\r\n";

        Assert.StartsWith("SIP/2.0 200 ", await camera.AskAsync(camera.Make("REGISTER", extra: Credentials("00000001"))), StringComparison.Ordinal);
        Assert.Contains("stale=true", await camera.AskAsync(camera.Make("REGISTER", extra: Credentials("00000001"))), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 200 ", await camera.AskAsync(camera.Make("REGISTER", extra: Credentials("00000002"))), StringComparison.Ordinal);
        time.Add(TimeSpan.FromMinutes(6));
        Assert.Contains("stale=true", await camera.AskAsync(camera.Make("REGISTER", extra: Credentials("00000003"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_challenge_of_one_device_is_none_for_another()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        await using var other = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(2));
        var challenge = FakeCamera.Header(await camera.AskAsync(camera.Make("REGISTER")), "WWW-Authenticate");

        var credentials = FakeCamera.Digest(challenge, other.Id, FakeHost.Password, "REGISTER", "sip:x");
        var answer = await other.AskAsync(other.Make("REGISTER", extra: $"Authorization: {credentials}\r\n"));

        Assert.StartsWith("SIP/2.0 401 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_repeated_gets_the_same_bytes_and_is_done_once()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        var request = camera.Make("REGISTER");

        var first = await camera.AskAsync(request);
        var second = await camera.AskAsync(request);

        Assert.Equal(first, second);
        Assert.Equal(1, host.Server.Counters.Repeated);
    }

    [Fact]
    public async Task A_device_that_unregisters_is_offline_and_may_not_speak()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();

        Assert.StartsWith("SIP/2.0 200 ", await camera.RegisterAsync(expires: 0), StringComparison.Ordinal);

        await host.HearAsync($"offline {camera.Id} Unregistered");
        Assert.Empty(host.Server.Devices);
        Assert.StartsWith("SIP/2.0 403 ", await camera.KeepaliveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registration_that_would_be_too_brief_is_told_how_long_it_must_be()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));

        var answer = await camera.RegisterAsync(expires: 5);

        Assert.StartsWith("SIP/2.0 423 ", answer, StringComparison.Ordinal);
        Assert.Equal("60", FakeCamera.Header(answer, "Min-Expires"));
    }

    [Fact]
    public async Task A_silent_device_goes_offline_after_three_keepalives_and_comes_back_with_the_next()
    {
        var time = new TurnedTime(s_start);
        await using var host = await FakeHost.StartAsync(time);
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();
        time.Add(TimeSpan.FromSeconds(170));
        Assert.StartsWith("SIP/2.0 200 ", await camera.KeepaliveAsync(), StringComparison.Ordinal);

        time.Add(TimeSpan.FromSeconds(179));
        Assert.True(Assert.Single(host.Server.Devices).IsOnline);
        time.Add(TimeSpan.FromSeconds(2));

        await host.HearAsync($"offline {camera.Id} Silent");
        Assert.False(Assert.Single(host.Server.Devices).IsOnline);
        Assert.StartsWith("SIP/2.0 200 ", await camera.KeepaliveAsync(), StringComparison.Ordinal);
        await host.HearAsync($"online {camera.Id}");
    }

    [Fact]
    public async Task A_device_that_does_not_renew_expires_however_much_it_says()
    {
        var time = new TurnedTime(s_start);
        await using var host = await FakeHost.StartAsync(time);
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync(expires: 120);
        time.Add(TimeSpan.FromSeconds(100));
        _ = await camera.KeepaliveAsync();

        time.Add(TimeSpan.FromSeconds(21));

        await host.HearAsync($"offline {camera.Id} Expired");
        Assert.StartsWith("SIP/2.0 403 ", await camera.KeepaliveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_hundred_devices_register_at_once()
    {
        await using var host = await FakeHost.StartAsync();
        var cameras = Enumerable.Range(1, 300).Select(number => FakeCamera.OverUdp(host.Address, FakeHost.IdOf(number))).ToArray();
        var watch = Stopwatch.StartNew();

        var answers = await Task.WhenAll(cameras.Select(camera => camera.RegisterAsync()));

        TestContext.Current.SendDiagnosticMessage($"300 devices registered in {watch.ElapsedMilliseconds} ms.");
        Assert.All(answers, answer => Assert.StartsWith("SIP/2.0 200 ", answer, StringComparison.Ordinal));
        Assert.Equal(300, host.Server.Devices.Count(device => device.IsOnline));
        foreach (var camera in cameras)
        {
            await camera.DisposeAsync();
        }
    }
}
