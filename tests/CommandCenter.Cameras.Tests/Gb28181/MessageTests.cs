using CommandCenter.Cameras.Gb28181;

namespace CommandCenter.Cameras.Tests.Gb28181;

public sealed class MessageTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_position_reaches_the_host_and_one_out_of_range_is_counted()
    {
        await using var host = await FakeHost.StartAsync(new TurnedTime(s_start));
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();

        _ = await camera.AskAsync(camera.Make("MESSAGE", Position(camera, "NaN")));
        var answer = await camera.AskAsync(camera.Make("MESSAGE", Position(camera, "121.47")));

        Assert.StartsWith("SIP/2.0 200 ", answer, StringComparison.Ordinal);
        await host.HearAsync($"position {camera.Id}");
        Assert.Equal(new GbPosition(camera.Id, s_start, 121.47, 31.23, 36.5, 90, null), Assert.Single(host.Positions));
        Assert.Equal(1, host.Server.Counters.Malformed);
    }

    [Fact]
    public async Task A_subscription_to_positions_is_renewed_and_ended()
    {
        var time = new TurnedTime(s_start);
        await using var host = await FakeHost.StartAsync(time);
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        camera.Answering = request => request.StartsWith("SUBSCRIBE", StringComparison.Ordinal) ? FakeCamera.Answer(request, "200 OK") : null;
        _ = await camera.RegisterAsync();

        await host.Server.SubscribePositionsAsync(camera.Id, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        var first = await camera.RequestAsync("SUBSCRIBE");
        Assert.Equal("presence", FakeCamera.Header(first, "Event"));
        Assert.Contains("<Interval>5</Interval>", first, StringComparison.Ordinal);
        var callId = FakeCamera.Header(first, "Call-ID");
        Assert.StartsWith("SIP/2.0 200 ", await camera.AskAsync(camera.Make("NOTIFY", Position(camera, "121.47"), "Event: presence\r\n", callId)), StringComparison.Ordinal);
        await host.HearAsync($"position {camera.Id}");
        Assert.StartsWith("SIP/2.0 481 ", await camera.AskAsync(camera.Make("NOTIFY", Position(camera, "121.47"), "Event: presence\r\n")), StringComparison.Ordinal);

        for (var minutes = 0; minutes < 8; minutes++)
        {
            _ = await camera.KeepaliveAsync();
            time.Add(TimeSpan.FromMinutes(1));
        }

        time.Add(TimeSpan.FromSeconds(1));
        var renewed = await camera.RequestAsync("SUBSCRIBE");
        Assert.Equal(callId, FakeCamera.Header(renewed, "Call-ID"));
        Assert.Contains("tag=camera", FakeCamera.Header(renewed, "To"), StringComparison.Ordinal);

        await host.Server.UnsubscribePositionsAsync(camera.Id, TestContext.Current.CancellationToken);
        while (FakeCamera.Header(await camera.RequestAsync("SUBSCRIBE"), "Expires") != "0")
        {
            // The renewal, repeated: the clock was turned before its answer was read.
        }
    }

    [Fact]
    public async Task An_alarm_reaches_the_host_and_the_device_hears_that_it_has()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        camera.Answering = request => FakeCamera.Answer(request, "200 OK");
        _ = await camera.RegisterAsync();
        var body = camera.Notify(
            "Alarm",
            "<AlarmPriority>1</AlarmPriority><AlarmMethod>5</AlarmMethod><AlarmTime>2026-03-02T09:00:00</AlarmTime><AlarmDescription>大门有人闯入</AlarmDescription>",
            number: 17);

        Assert.StartsWith("SIP/2.0 200 ", await camera.AskAsync(camera.Make("MESSAGE", body)), StringComparison.Ordinal);

        await host.HearAsync($"alarm {camera.Id}");
        Assert.Equal(new GbAlarm(camera.Id, 1, 5, 0, s_start, "大门有人闯入"), Assert.Single(host.Alarms));
        var response = await camera.RequestAsync("MESSAGE");
        Assert.Contains("<CmdType>Alarm</CmdType>\r\n<SN>17</SN>", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_catalog_of_several_messages_in_another_charset_comes_whole()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        camera.Answering = request => FakeCamera.Answer(request, "200 OK");
        _ = await camera.RegisterAsync();

        var asking = host.Server.QueryCatalogAsync(camera.Id, TestContext.Current.CancellationToken);
        var number = SerialNumberOf(await camera.RequestAsync("MESSAGE"));
        for (var channel = 1; channel <= 3; channel++)
        {
            var item = $"<SumNum>3</SumNum>\r\n<DeviceList Num=\"1\"><Item><DeviceID>{FakeHost.IdOf(channel)}</DeviceID><Name>第{channel}审判庭</Name><Status>ON</Status></Item></DeviceList>";
            Assert.StartsWith("SIP/2.0 200 ", await camera.AskAsync(camera.Make("MESSAGE", camera.Notify("Catalog", item, "GB2312", number, "Response"))), StringComparison.Ordinal);
        }

        Assert.Equal(["第1审判庭", "第2审判庭", "第3审判庭"], (await asking).Select(channel => channel.Name));
    }

    [Fact]
    public async Task A_device_says_what_it_is_and_how_it_does()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        camera.Answering = request => FakeCamera.Answer(request, "200 OK");
        _ = await camera.RegisterAsync();

        var info = host.Server.QueryInfoAsync(camera.Id, TestContext.Current.CancellationToken);
        var number = SerialNumberOf(await camera.RequestAsync("MESSAGE"));
        _ = await camera.AskAsync(camera.Make("MESSAGE", camera.Notify("DeviceInfo", "<Manufacturer>M</Manufacturer><Channel>4</Channel>", "UTF-8", number, "Response")));
        var status = host.Server.QueryStatusAsync(camera.Id, TestContext.Current.CancellationToken);
        number = SerialNumberOf(await camera.RequestAsync("MESSAGE"));
        _ = await camera.AskAsync(camera.Make("MESSAGE", camera.Notify("DeviceStatus", "<Online>ONLINE</Online><Status>ERROR</Status><Record>ON</Record>", "UTF-8", number, "Response")));

        Assert.Equal(new GbDeviceInfo(null, "M", null, null, 4), await info);
        Assert.Equal(new GbDeviceStatus(true, false, true, null), await status);
    }

    [Fact]
    public async Task A_query_that_is_repeated_over_udp_and_never_answered_times_out_after_32_s()
    {
        var time = new TurnedTime(s_start);
        await using var host = await FakeHost.StartAsync(time, options => options with { KeepaliveInterval = TimeSpan.FromHours(1) });
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();

        var asking = host.Server.QueryInfoAsync(camera.Id, TestContext.Current.CancellationToken);
        var first = await camera.RequestAsync("MESSAGE");
        time.Add(TimeSpan.FromMilliseconds(500));
        Assert.Equal(first, await camera.RequestAsync("MESSAGE"));
        time.Add(TimeSpan.FromSeconds(1));
        Assert.Equal(first, await camera.RequestAsync("MESSAGE"));
        time.Add(TimeSpan.FromSeconds(32));

        Assert.Equal(GbException.Timeout, (await Assert.ThrowsAsync<GbException>(() => asking)).Code);
    }

    [Fact]
    public async Task A_device_that_is_not_there_cannot_be_asked()
    {
        await using var host = await FakeHost.StartAsync();

        var refused = await Assert.ThrowsAsync<GbException>(() => host.Server.QueryCatalogAsync(FakeHost.IdOf(1), TestContext.Current.CancellationToken));

        Assert.Equal(GbException.Offline, refused.Code);
    }

    [Fact]
    public async Task Hostile_xml_is_refused_and_the_device_goes_on()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        _ = await camera.RegisterAsync();

        var answer = await camera.AskAsync(camera.Make("MESSAGE", "<!DOCTYPE n [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><Notify>&a;</Notify>"));

        Assert.StartsWith("SIP/2.0 400 ", answer, StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 200 ", await camera.KeepaliveAsync(), StringComparison.Ordinal);
    }

    private static string Position(FakeCamera camera, string longitude) => camera.Notify(
        "MobilePosition", $"<Time>2026-03-02T09:00:00</Time><Longitude>{longitude}</Longitude><Latitude>31.23</Latitude><Speed>36.5</Speed><Direction>90</Direction>");

    private static int SerialNumberOf(string request) =>
        int.Parse(request.Split("<SN>")[1].Split('<')[0], System.Globalization.CultureInfo.InvariantCulture);
}
