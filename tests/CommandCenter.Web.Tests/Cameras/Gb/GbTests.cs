using System.Net;
using System.Text;
using CommandCenter.Cameras.Gb28181;
using CommandCenter.Cameras.Tests.Gb28181;
using CommandCenter.Domain.Officers;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Cameras.Gb;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Places;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Cameras.Gb;

/// <summary>A camera of GB/T 28181, written apart from the server, against the running product.</summary>
public sealed class GbTests
{
    private static readonly H264Clip s_clip = H264Clip.MadeUp(count: 30, keyEvery: 10, bytes: 3_000);
    private static readonly string s_device = FakeHost.IdOf(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_camera_registers_is_played_and_its_pictures_come_out_of_the_tiles()
    {
        await using var product = await GbProduct.StartAsync();
        await product.RegisterAsync("gb-1", s_device);
        await product.StateAsync("gb-1", "lost", GbException.Offline);
        await using var camera = new FilmingCamera(product.Address, s_device, s_clip);

        Assert.StartsWith("SIP/2.0 200 ", await camera.Sip.RegisterAsync(), StringComparison.Ordinal);

        await product.StateAsync("gb-1", "live", "");
        Assert.Equal(1, camera.Streams); // Nobody looks at the main stream.
        Assert.Contains("a=streamnumber:1\r\n", camera.Invited.Single(), StringComparison.Ordinal);
        using var page = await product.OpenAsync();
        await page.SubscribeAsync("gb-1");
        Assert.StartsWith("avc1.42c01e", (await page.WordsAsync("codec")).GetProperty("codec").GetString(), StringComparison.Ordinal);
        var (film, before) = (camera.Film, long.MinValue);
        for (var i = 0; i < 30; i++)
        {
            var picture = await page.PictureAsync();
            Assert.Contains(Convert.ToHexString(picture.Data), film);
            Assert.True(i > 0 || picture.IsKey);
            Assert.True(picture.PtsUs > before);
            before = picture.PtsUs;
        }

        Assert.Contains("commandcenter_gb28181_registered 1\n", product.Product.Services.GetRequiredService<MetricsText>().Write(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_main_stream_is_asked_for_while_somebody_looks_and_ended_a_little_later()
    {
        await using var product = await GbProduct.StartAsync(mainLinger: TimeSpan.FromSeconds(1));
        await product.RegisterAsync("gb-1", s_device);
        await using var camera = new FilmingCamera(product.Address, s_device, s_clip);
        _ = await camera.Sip.RegisterAsync();
        using var page = await product.OpenAsync();

        await page.SubscribeAsync("gb-1", kind: "main");
        _ = await page.PictureAsync();
        Assert.Equal(2, camera.Streams);
        await page.SayAsync("""{"unsubscribe":0}""");

        await product.EventuallyAsync("a BYE for the main stream", () => camera.Streams == 1);
        Assert.Equal(2, camera.Invited.Count); // The sub-stream went on undisturbed.
    }

    [Fact]
    public async Task A_device_that_leaves_is_lost_with_its_reason_and_comes_back_by_itself()
    {
        await using var product = await GbProduct.StartAsync();
        await product.RegisterAsync("gb-1", s_device);
        await using var camera = new FilmingCamera(product.Address, s_device, s_clip);
        _ = await camera.Sip.RegisterAsync();
        await product.StateAsync("gb-1", "live", "");

        _ = await camera.Sip.RegisterAsync(expires: 0);
        await product.StateAsync("gb-1", "lost", GbException.Offline);
        Assert.Equal(0, product.Host.Read()!.Online);

        _ = await camera.Sip.RegisterAsync();
        await product.StateAsync("gb-1", "live", "");
    }

    [Fact]
    public async Task A_device_that_has_no_stream_left_is_asked_again_but_not_in_haste()
    {
        await using var product = await GbProduct.StartAsync();
        await product.RegisterAsync("gb-1", s_device);
        await using var camera = new FilmingCamera(product.Address, s_device, s_clip) { Refusal = "486 Busy Here" };
        _ = await camera.Sip.RegisterAsync();

        await product.StateAsync("gb-1", "lost", GbException.Busy);
        Assert.InRange(camera.Invited.Count, 1, 4);
        camera.Refusal = null;
        await product.StateAsync("gb-1", "live", "");
    }

    [Fact]
    public async Task A_wrong_password_and_a_device_that_nobody_registered_are_refused_alike_and_the_camera_says_which_it_is()
    {
        await using var product = await GbProduct.StartAsync();
        await product.RegisterAsync("gb-1", s_device);
        await using var camera = new FilmingCamera(product.Address, s_device, s_clip);
        await using var stranger = new FilmingCamera(product.Address, FakeHost.IdOf(2), s_clip);
        camera.Sip.Password = "wrong";

        Assert.StartsWith("SIP/2.0 403 ", await camera.Sip.RegisterAsync(), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 403 ", await stranger.Sip.RegisterAsync(), StringComparison.Ordinal);

        await product.StateAsync("gb-1", "lost", "video.password");
        Assert.Equal((0, 1, 2L), (product.Host.Read()!.Online, product.Host.Read()!.Known, product.Host.Read()!.Refused));
        using var system = await product.Product.ClientOfAsync(Role.SystemAdministrator);
        var page = await system.GetStringAsync(new Uri("/cameras/devices?lang=en", UriKind.Relative), Token);
        Assert.Contains("0 devices online of 1 known, 2 requests refused", page, StringComparison.Ordinal);
        Assert.Contains("the device refuses user or secret", page, StringComparison.Ordinal);

        camera.Sip.Password = FakeHost.Password;
        _ = await camera.Sip.RegisterAsync();
        await product.StateAsync("gb-1", "live", "");
    }

    [Fact]
    public async Task A_channel_of_a_recorder_is_played_under_the_password_of_the_device()
    {
        await using var product = await GbProduct.StartAsync();
        var (one, two) = (FakeHost.IdOf(11), FakeHost.IdOf(12));
        await product.RegisterAsync("gb-1", one, "officer-1", s_device);
        await product.RegisterAsync("gb-2", two, "officer-2", s_device, password: null);
        await using var camera = new FilmingCamera(product.Address, s_device, s_clip);

        _ = await camera.Sip.RegisterAsync();

        await product.StateAsync("gb-1", "live", "");
        await product.StateAsync("gb-2", "live", "");
        Assert.Equal([one, two], camera.Invited.Select(static invite => FakeCamera.Header(invite, "Subject")[..20]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("WGS84", 121.5447, 31.2219)]
    [InlineData("GCJ02", 121.5447, 31.2219)]
    public async Task A_position_becomes_one_of_the_officer_on_the_map(string datum, double longitude, double latitude)
    {
        await using var product = await GbProduct.StartAsync();
        await product.RegisterAsync("gb-1", s_device, datum: datum);
        await using var camera = new FilmingCamera(product.Address, s_device, s_clip);
        _ = await camera.Sip.RegisterAsync();
        await product.EventuallyAsync("a subscription", () => camera.IsAskedForPositions);

        var at = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 2);
        Assert.StartsWith("SIP/2.0 200 ", await camera.SayAsync(longitude, latitude, at), StringComparison.Ordinal);

        var officers = product.Product.Services.GetRequiredService<IOfficerSource>();
        await product.EventuallyAsync("the officer on the board", () => officers.Read().Shown.Any(static officer => officer.Id == "officer-1"));
        var officer = officers.Read().Shown.Single();
        Assert.Equal((at.ToUnixTimeMilliseconds(), true, true), (officer.ReportedAtMs!.Value, officer.IsPosition, officer.At is not null));
        var known = await StateAsync(product, "officer-1");
        var (expectedLat, expectedLon) = datum == "GCJ02" ? Gcj02.ToWgs84(latitude, longitude) : (latitude, longitude);
        Assert.Equal((expectedLat, expectedLon, 10.0, 90.0), (known.LastPosition!.Latitude, known.LastPosition.Longitude, known.LastPosition.SpeedMps!.Value, known.LastPosition.HeadingDeg!.Value));
        Assert.Equal(datum == "GCJ02" ? Datum.Gcj02 : Datum.Wgs84, known.LastPosition.Source);
    }

    [Fact]
    public async Task A_device_speaks_for_itself_alone_and_a_clock_that_is_ahead_does_not_put_an_officer_into_the_future()
    {
        await using var product = await GbProduct.StartAsync();
        await product.RegisterAsync("gb-1", s_device);
        await product.RegisterAsync("gb-2", FakeHost.IdOf(2), "officer-2");
        await using var camera = new FilmingCamera(product.Address, s_device, s_clip);
        _ = await camera.Sip.RegisterAsync();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()); // A position is kept to the millisecond.

        _ = await camera.SayAsync(121.4, 31.2, now, ofDevice: FakeHost.IdOf(2)); // It is registered, but not this one.
        _ = await camera.SayAsync(121.5, 31.2, now + TimeSpan.FromMinutes(3));

        var positions = product.Product.Services.GetRequiredService<GbReports>();
        await product.EventuallyAsync("both to be dealt with", () => positions.Counts is { Taken: 1, Strange: 1 });
        Assert.InRange((await StateAsync(product, "officer-1")).PositionAt, now, TimeProvider.System.GetUtcNow());
        Assert.Equal(["officer-1"], (await product.Product.Grains.AskAsync(PartitionOf(product), static model => model.OfficersByCourt.ToArray(), Token)).Select(static one => one.State.Id));
    }

    [Theory]
    [InlineData("<AlarmPriority>1</AlarmPriority><AlarmMethod>7</AlarmMethod>", true)]
    [InlineData("<AlarmPriority>1</AlarmPriority><AlarmMethod>5</AlarmMethod><Info><AlarmType>1</AlarmType></Info>", true)]
    [InlineData("<AlarmPriority>1</AlarmPriority><AlarmMethod>2</AlarmMethod>", true)]
    [InlineData("<AlarmPriority>1</AlarmPriority><AlarmMethod>2</AlarmMethod><AlarmType>3</AlarmType>", false)] // Its disk is full.
    [InlineData("<AlarmPriority>1</AlarmPriority><AlarmMethod>5</AlarmMethod><Info><AlarmType>2</AlarmType></Info>", false)] // It saw something move.
    [InlineData("<AlarmPriority>4</AlarmPriority><AlarmMethod>6</AlarmMethod>", false)]
    public async Task The_button_of_a_body_camera_calls_for_help_and_what_a_device_says_of_itself_does_not(string alarm, bool isCall)
    {
        await using var product = await GbProduct.StartAsync();
        await product.RegisterAsync("gb-1", s_device);
        await using var camera = new FilmingCamera(product.Address, s_device, s_clip);
        _ = await camera.Sip.RegisterAsync();
        var before = TimeProvider.System.GetUtcNow();

        // The device's clock is years behind: it counts as of now.
        Assert.StartsWith("SIP/2.0 200 ", await camera.Sip.AskAsync(camera.Sip.Make("MESSAGE", camera.Sip.Notify("Alarm", alarm + "<AlarmTime>2019-03-02T09:00:00</AlarmTime>", number: 1))), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 200 ", await camera.SayAsync(121.5, 31.2, TimeProvider.System.GetUtcNow()), StringComparison.Ordinal); // Behind it in the queue.

        await product.EventuallyAsync("both to be dealt with", () => product.Product.Services.GetRequiredService<GbReports>().Counts.Taken == (isCall ? 2 : 1));
        var since = (await StateAsync(product, "officer-1")).CallingSince;
        Assert.Equal(isCall, since is not null);
        Assert.True(since is null || since >= before.AddMilliseconds(-1));
    }

    [Fact]
    public async Task A_queue_that_comes_late_fills_the_gap_with_its_own_times_and_counts_once()
    {
        await using var product = await GbProduct.StartAsync();
        await product.RegisterAsync("gb-1", s_device);
        await using var camera = new FilmingCamera(product.Address, s_device, s_clip);
        _ = await camera.Sip.RegisterAsync();
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 10 * 10);
        var positions = product.Product.Services.GetRequiredService<GbReports>();

        _ = await camera.SayAsync(121.5, 31.2, now);
        foreach (var _ in (int[])[1, 2])
        {
            for (var ago = 50; ago >= 1; ago--)
            {
                Assert.StartsWith("SIP/2.0 200 ", await camera.SayAsync(121.5 + (ago / 10_000.0), 31.2, now - TimeSpan.FromSeconds(10 * ago)), StringComparison.Ordinal);
            }
        }

        await product.EventuallyAsync("all to be on the disk", () => positions.Counts.Taken == 51);
        Assert.Equal(50, positions.Counts.Thinned);
        Assert.Equal(now, (await StateAsync(product, "officer-1")).PositionAt); // What is late does not move him back.
    }

    private static int PartitionOf(GbProduct product) =>
        product.Product.Grains.Courts.TryFind(FilmedProduct.Own, out var court) ? product.Product.Grains.Map.PartitionOf(court) : throw new InvalidOperationException();

    private static async Task<OfficerState> StateAsync(GbProduct product, string officer) =>
        (await product.Product.Grains.AskAsync(PartitionOf(product), static model => model.OfficersByCourt.ToArray(), Token)).Single(one => one.State.Id == officer).State;
}
