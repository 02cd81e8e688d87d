using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Tests.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Cameras;

/// <summary>The one connection of a page with tiles: what comes over it, to whom, how much, and what stays in the trace. No GStreamer and no clip is needed.</summary>
public sealed class TileFeedTests
{
    private static readonly H264Clip s_clip = H264Clip.MadeUp(30, 15, 900);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tile_begins_with_a_key_picture_its_codec_and_its_state_and_goes_on_with_every_picture()
    {
        await using var filmed = await FilmedProduct.StartAsync();
        await filmed.RegisterAsync("cam-1");
        filmed.Feeds.Film(s_clip, 5, isTaken: true);
        using var page = await filmed.OpenAsync();
        Assert.Equal("on", (await page.WordsAsync("video")).GetProperty("video").GetString());

        await page.SubscribeAsync("cam-1", tile: 7);
        var begin = await page.WordsAsync("begin");
        Assert.Equal((7, "cam-1", "sub", "all"), (begin.GetProperty("tile").GetInt32(), begin.GetProperty("begin").GetString(), begin.GetProperty("kind").GetString(), begin.GetProperty("mode").GetString()));
        Assert.Equal("avc1.42c01e", (await page.WordsAsync("codec")).GetProperty("codec").GetString());
        for (var index = 0; index < 5; index++)
        {
            var told = await page.PictureAsync();
            Assert.Equal((7, index == 0), (told.Tile, told.IsKey));
            Assert.Equal(s_clip.Pictures[index].Data.ToArray(), told.Data);
            Assert.InRange(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - told.ArrivedMs, 0, 60_000);
            Assert.NotNull(told.CapturedMs);
        }

        filmed.Feeds.Film(s_clip);
        Assert.Null((await page.PictureAsync()).CapturedMs); // Not every device says when.
        await page.SayAsync("""{"clock":12.5}""");
        Assert.Equal(12.5, (await page.WordsAsync("clock")).GetProperty("clock").GetDouble());
    }

    [Fact]
    public async Task Key_pictures_alone_come_to_whom_they_are_enough_and_what_came_before_a_change_is_told_apart()
    {
        await using var filmed = await FilmedProduct.StartAsync();
        await filmed.RegisterAsync("cam-1");
        using var page = await filmed.OpenAsync();
        await page.SubscribeAsync("cam-1", mode: "keys");
        _ = await page.WordsAsync("begin");
        filmed.Feeds.Film(s_clip, 45);
        Assert.Equal((0, 15, 30), (await KeyAsync(), await KeyAsync(), await KeyAsync()));

        await page.SubscribeAsync("cam-1", kind: "main");
        Assert.Equal("main", (await page.WordsAsync("begin")).GetProperty("kind").GetString());
        Assert.True((await page.PictureAsync()).IsKey); // The pictures since the last key picture were kept.
        await page.SayAsync("""{"unsubscribe":0}""");
        await EventuallyAsync("the stream to be left", () => filmed.Feeds.Find("cam-1", StreamKind.Main)!.Sinks == 0);

        async Task<long> KeyAsync()
        {
            var told = await page.PictureAsync();
            Assert.True(told.IsKey);
            return (long)Math.Round(told.PtsUs * 15 / 1e6);
        }
    }

    [Fact]
    public async Task States_are_told_as_they_change_with_their_reason()
    {
        await using var filmed = await FilmedProduct.StartAsync();
        await filmed.RegisterAsync("cam-1");
        using var page = await filmed.OpenAsync();
        var feed = filmed.Feeds.Find("cam-1", StreamKind.Sub)!;
        feed.Ask(false);
        feed.Ask(true); // From now on, however long the page took to come.
        await page.SubscribeAsync("cam-1");
        Assert.Equal(("connecting", ""), await page.StateAsync());
        filmed.Feeds.Film(s_clip);
        Assert.Equal(("live", ""), await page.StateAsync());
        Assert.Equal(("stalled", ""), await page.StateAsync());
        Assert.Equal(("lost", ""), await page.StateAsync());
        feed.Explain("video.unreachable");
        Assert.Equal(("lost", "video.unreachable"), await page.StateAsync());

        filmed.Feeds.OffReason = "gateway-off";
        Assert.Equal("off", (await page.WordsAsync("video")).GetProperty("video").GetString());
        Assert.Equal(("off", "gateway-off"), await page.StateAsync());
        filmed.Feeds.OffReason = null;
        filmed.Feeds.Film(s_clip);
        Assert.Equal(("live", ""), await page.StateAsync());

        using var system = await filmed.Product.ClientOfAsync(Role.SystemAdministrator);
        var draft = FilmedProduct.Draft(revision: 1);
        draft["enabled"] = false;
        Assert.Equal((HttpStatusCode.OK, ""), await FilmedProduct.PutAsync(system, "cam-1", draft));
        Assert.Equal(("off", "disabled"), await page.StateAsync());
        _ = await system.DeleteAsync(new Uri("/api/v1/cameras/devices/cam-1?revision=2", UriKind.Relative), Token);
        Assert.Equal(("off", "removed"), await page.StateAsync());
    }

    [Fact]
    public async Task A_camera_of_others_and_none_are_answered_alike_and_one_that_changes_hands_is_lost_at_once()
    {
        await using var filmed = await FilmedProduct.StartAsync();
        await filmed.RegisterAsync("cam-own");
        await filmed.RegisterAsync("cam-else", FilmedProduct.Elsewhere);
        using var chief = await filmed.OpenAsync(Role.CourtChief, FilmedProduct.Own);
        using var area = await filmed.OpenAsync(Role.IntermediateCourt, "沪01");
        await using var running = filmed.Feeds.Run(s_clip);

        await chief.SubscribeAsync("cam-else");
        Assert.Equal("camera.unknown", (await chief.WordsAsync("refused")).GetProperty("refused").GetString());
        await chief.SubscribeAsync("no-such-camera");
        Assert.Equal("camera.unknown", (await chief.WordsAsync("refused")).GetProperty("refused").GetString());
        await area.SubscribeAsync("cam-own");
        _ = await area.PictureAsync();
        await chief.SubscribeAsync("cam-own");
        _ = await chief.PictureAsync();

        using var system = await filmed.Product.ClientOfAsync(Role.SystemAdministrator);
        Assert.Equal((HttpStatusCode.OK, ""), await FilmedProduct.PutAsync(system, "cam-own", FilmedProduct.Draft(FilmedProduct.Elsewhere, revision: 1)));
        Assert.Equal("camera.reassigned", (await chief.WordsAsync("refused")).GetProperty("refused").GetString());
        await chief.SubscribeAsync("cam-own");
        Assert.Equal("camera.unknown", (await chief.WordsAsync("refused")).GetProperty("refused").GetString());
    }

    [Theory]
    [InlineData(nameof(Role.Handler))]
    [InlineData(nameof(Role.Finance))]
    [InlineData(nameof(Role.QueryOfficer))]
    [InlineData(nameof(Role.Auditor))]
    [InlineData(nameof(Role.SystemAdministrator))]
    [InlineData(nameof(Role.SecurityAdministrator))]
    [InlineData(nameof(Role.AuditAdministrator))]
    public async Task Nobody_without_the_right_gets_a_connection(string name)
    {
        var role = Enum.Parse<Role>(name);
        await using var filmed = await FilmedProduct.StartAsync();
        using var page = await filmed.OpenAsync(role, RoleRights.HasCourt(role) ? FilmedProduct.Own : null);
        Assert.Equal(HttpStatusCode.Forbidden, page.Refused);
    }

    [Fact]
    public async Task A_page_of_another_site_gets_no_connection_and_a_wall_computer_does()
    {
        await using var filmed = await FilmedProduct.StartAsync();
        await filmed.RegisterAsync("cam-1");
        var command = await SignedIn.BeginAsync(filmed.Product.Services, Role.CommandStaff, cancellationToken: Token);
        using var foreign = await filmed.OpenAsync(command, "https://elsewhere.example");
        Assert.Equal(HttpStatusCode.Forbidden, foreign.Refused);
        using var own = await filmed.OpenAsync(command, filmed.Product.Address.GetLeftPart(UriPartial.Authority));
        Assert.Null(own.Refused);

        using var stranger = filmed.Product.Stranger();
        using var entered = await stranger.PostAsync(new Uri("/device", UriKind.Relative), new StringContent(filmed.Product.KeyOf("wall")), Token);
        using var wall = await filmed.OpenAsync(entered.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        Assert.Null(wall.Refused);
        filmed.Feeds.Film(s_clip);
        await wall.SubscribeAsync("cam-1");
        _ = await wall.PictureAsync();
        using var plain = await filmed.Product.ClientOfAsync(Role.CommandStaff);
        using var answer = await plain.GetAsync(new Uri("/cameras/feed", UriKind.Relative), Token);
        Assert.Equal("camera.no-websocket", (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Who_is_signed_out_loses_his_tiles_at_once()
    {
        await using var filmed = await FilmedProduct.StartAsync();
        await filmed.RegisterAsync("cam-1");
        await using var running = filmed.Feeds.Run(s_clip);
        using var page = await filmed.OpenAsync();
        await page.SubscribeAsync("cam-1");
        _ = await page.PictureAsync();

        var sessions = filmed.Product.Services.GetRequiredService<SessionBook>();
        foreach (var session in sessions.Sessions.ToArray())
        {
            await sessions.EndAsync(session.Id, "test", Token);
        }

        var began = TimeProvider.System.GetTimestamp();
        _ = await page.EndAsync();
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await EventuallyAsync("the stream to be left", () => filmed.Feeds.Find("cam-1", StreamKind.Sub)!.Sinks == 0);
    }

    [Theory]
    [InlineData("not json", "camera.bad-message")]
    [InlineData("[]", "camera.bad-message")]
    [InlineData("null", "camera.bad-message")]
    [InlineData("{}", "camera.bad-message")]
    [InlineData("""{"subscribe":"cam-1"}""", "camera.bad-message")]
    [InlineData("""{"subscribe":"cam-1","tile":64}""", "camera.bad-message")]
    [InlineData("""{"subscribe":"cam-1","tile":-1}""", "camera.bad-message")]
    [InlineData("""{"subscribe":"cam-1","tile":1.5}""", "camera.bad-message")]
    [InlineData("""{"subscribe":"cam-1","tile":"1"}""", "camera.bad-message")]
    [InlineData("""{"subscribe":"../../etc","tile":1}""", "camera.bad-message")]
    [InlineData("""{"subscribe":"cam-1","tile":1,"kind":"other"}""", "camera.bad-message")]
    [InlineData("""{"subscribe":"cam-1","tile":1,"mode":"some"}""", "camera.bad-message")]
    [InlineData("""{"subscribe":"cam-1","tile":1,"tile":2}""", "camera.bad-message")]
    [InlineData("""{"subscribe":"cam-1","tile":1,"unsubscribe":1}""", "camera.bad-message")]
    [InlineData("""{"subscribe":"cam-1","tile":1,"admin":true}""", "camera.bad-message")]
    [InlineData("""{"unsubscribe":99}""", "camera.bad-message")]
    [InlineData("""{"clock":1e999}""", "camera.bad-message")]
    public async Task A_message_that_is_none_ends_the_connection_with_a_code(string message, string code)
    {
        await using var filmed = await FilmedProduct.StartAsync();
        using var page = await filmed.OpenAsync();
        await page.SayAsync(message);
        Assert.Equal(code, await page.EndAsync());
    }

    [Fact]
    public async Task Too_long_too_many_and_binary_messages_end_the_connection_and_the_server_lives_on()
    {
        await using var filmed = await FilmedProduct.StartAsync();
        using var longOne = await filmed.OpenAsync();
        await longOne.SayAsync($$"""{"subscribe":"{{new string('a', 5_000)}}","tile":1}""");
        Assert.Equal("camera.message-too-large", await longOne.EndAsync());
        using var binary = await filmed.OpenAsync();
        await binary.SayAsync([1, 2, 3]);
        Assert.Equal("camera.bad-message", await binary.EndAsync());
        using var many = await filmed.OpenAsync();
        for (var i = 0; i < 700; i++)
        {
            try
            {
                await many.SayAsync("""{"unsubscribe":1}""");
            }
            catch (Exception exception) when (exception is System.Net.WebSockets.WebSocketException or IOException)
            {
                break;
            }
        }

        Assert.Contains(await many.EndAsync(), new[] { "camera.too-many-messages", null });
        using var last = await filmed.OpenAsync();
        Assert.Equal("on", (await last.WordsAsync("video")).GetProperty("video").GetString());
    }

    [Fact]
    public async Task So_many_pages_are_let_in_and_no_more_until_one_goes()
    {
        await using var filmed = await FilmedProduct.StartAsync(static options => options.ViewersPerSessionMax = 2);
        var cookie = await SignedIn.BeginAsync(filmed.Product.Services, Role.CommandStaff, cancellationToken: Token);
        using var second = await filmed.OpenAsync(cookie);
        using (var first = await filmed.OpenAsync(cookie))
        {
            using var third = await filmed.OpenAsync(cookie);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, third.Refused);
            using var other = await filmed.OpenAsync();
            Assert.Null(other.Refused);
        }

        await Eventually.TrueAsync("the place to be free", TimeSpan.FromSeconds(20), async _ =>
        {
            using var next = await filmed.OpenAsync(cookie);
            return next.Refused is null;
        }, Token);
    }

    [Fact]
    public async Task A_page_that_reads_slowly_holds_a_bounded_share_and_goes_on_with_a_key_picture()
    {
        await using var filmed = await FilmedProduct.StartAsync(static options =>
        {
            options.BufferBytesMax = 512 << 10;
            options.TileBytesMax = 256 << 10;
        });
        await filmed.RegisterAsync("cam-1");
        var large = H264Clip.MadeUp(64, 16, 64 << 10);
        using var slow = await filmed.OpenAsync();
        await slow.SubscribeAsync("cam-1");
        _ = await slow.WordsAsync("begin");

        // 32 MiB while nobody reads: more than both ends of the line and our share together take.
        for (var i = 0; i < 512; i++)
        {
            filmed.Feeds.Film(large);
        }

        Assert.InRange(filmed.Feeds.Find("cam-1", StreamKind.Sub)!.Counts.Dropped, 1, 512);
        var (count, last, isBroken) = (0, -1L, false);
        using var fast = await filmed.OpenAsync(); // And another page is not held up by it.
        await fast.SubscribeAsync("cam-1");
        _ = await fast.PictureAsync();
        await using var running = filmed.Feeds.Run(H264Clip.MadeUp(16, 16, 1_000));
        while (!isBroken || count < 40)
        {
            var told = await slow.PictureAsync();
            var index = (long)Math.Round(told.PtsUs * 15 / 1e6);
            if (index != last + 1)
            {
                Assert.True(told.IsKey, $"After {last} comes {index}, which is no key picture.");
                isBroken = true;
            }

            (last, count) = (index, count + 1);
        }
    }

    [Fact]
    public async Task Every_look_is_in_the_trace_once_with_who_at_whom_from_where_and_how_long()
    {
        await using var filmed = await FilmedProduct.StartAsync(static options => options.LookGrace = TimeSpan.FromSeconds(1));
        await filmed.RegisterAsync("cam-1", officer: "officer-7");
        using var auditor = await filmed.Product.ClientOfAsync(Role.Auditor);
        using (var page = await filmed.OpenAsync())
        {
            await page.SubscribeAsync("cam-1", tile: 1);
            await page.SubscribeAsync("cam-1", tile: 2); // The same camera once more, larger, and only its key pictures: one look.
            await page.SubscribeAsync("cam-1", tile: 1, kind: "main");
            await page.SubscribeAsync("cam-1", tile: 2, mode: "keys");
            for (var i = 0; i < 4; i++)
            {
                _ = await page.WordsAsync("begin");
            }

            Assert.Equal(["camera.look"], (await TrailAsync(auditor)).Select(Action));
        }

        await Eventually.TrueAsync("the look to be over", TimeSpan.FromSeconds(20), async _ => (await TrailAsync(auditor)).Count == 2, Token);
        var items = await TrailAsync(auditor);
        Assert.Equal(["camera.look-end", "camera.look"], items.Select(Action));
        Assert.All(items, static item =>
        {
            Assert.Equal(("cam-1", "CommandStaff", "127.0.0.1"), (item.GetProperty("subject").GetString(), item.GetProperty("role").GetString(), item.GetProperty("from").GetString()));
            Assert.Equal(("officer-7", FilmedProduct.Own), (item.GetProperty("detail").GetProperty("officer").GetString(), item.GetProperty("detail").GetProperty("court").GetString()));
        });
        Assert.InRange(int.Parse(items[0].GetProperty("detail").GetProperty("seconds").GetString()!, System.Globalization.CultureInfo.InvariantCulture), 0, 60);
    }

    private static string? Action(JsonElement item) => item.GetProperty("action").GetString();

    private static async Task<List<JsonElement>> TrailAsync(HttpClient auditor) =>
        [.. (await auditor.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/trail?action=camera.look", UriKind.Relative), Token)).GetProperty("items").EnumerateArray()];

    private static Task EventuallyAsync(string what, Func<bool> isSo) => Eventually.TrueAsync(what, TimeSpan.FromSeconds(20), _ => Task.FromResult(isSo()), Token);
}
