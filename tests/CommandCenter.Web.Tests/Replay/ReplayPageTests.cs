using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CommandCenter.Testing;
using CommandCenter.Web.Replay;
using CommandCenter.Web.Wall.Directing;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Replay;

/// <summary>The page and the hub of the past, of a product that has just started.</summary>
public sealed partial class ReplayPageTests : IAsyncLifetime
{
    private const byte RecordSeparator = 0x1e;

    private ProductUnderTest _product = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ShownHistory History => _product.Services.GetRequiredService<ShownHistory>();

    public async ValueTask InitializeAsync()
    {
        _product = await ProductUnderTest.StartAsync();
        await Eventually.TrueAsync("three pictures", TimeSpan.FromSeconds(20), _ => Task.FromResult(History.State.Pictures >= 3), Token);
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Theory]
    [InlineData("", "回放")]
    [InlineData("&lang=en", "REPLAY")]
    public async Task A_page_of_the_past_says_so_and_loads_no_live_script(string lang, string badge)
    {
        var at = History.State.First!.Value.AddSeconds(1);

        var page = await PageAsync($"?at={Uri.EscapeDataString(at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", null))}{lang}", HttpStatusCode.OK);

        Assert.Contains("data-mode=\"replay\"", page, StringComparison.Ordinal);
        Assert.Contains($"</svg>{badge}", page, StringComparison.Ordinal);
        Assert.Contains("/js/wall-replay-page.js?v=", page, StringComparison.Ordinal);
        Assert.Contains("/css/wall-replay.css?v=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"/js/wall.js", page, StringComparison.Ordinal);
        Assert.Contains("\"replay\":{\"at\":", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
    }

    /// <summary>Before any script runs: what the server draws is drawn of then.</summary>
    [Fact]
    public async Task What_the_page_shows_first_is_the_picture_of_then()
    {
        var before = History.State.Last!.Value;
        _ = await _product.SendAsync(
            """{"id":"f1","type":"case.filed","at":"2026-03-02T09:30:00+08:00","court":"沪0115","case":"(2026)沪0115执1号","by":"o1","data":{"kind":"执","cause":"买卖合同纠纷","claimFen":100,"basis":"判决","applicants":["甲"],"debtors":["乙"]}}""");
        await Eventually.TrueAsync(
            "a picture of the case", TimeSpan.FromSeconds(20),
            _ => Task.FromResult(new HistoryCursor(History).MoveTo(History.State.Last!.Value).Picture!.Figures.Courts.Sum(court => court.Year.Received) == 1), Token);

        Assert.Equal(("0", "1"), (await ReceivedAsync(before), await ReceivedAsync(History.State.Last!.Value)));

        async Task<string> ReceivedAsync(DateTimeOffset at) => Received().Match(await PageAsync($"?at={Uri.EscapeDataString(at.ToString("O"))}", HttpStatusCode.OK)).Groups[1].Value;
    }

    /// <summary>Before any script runs, too.</summary>
    [Fact]
    public async Task The_scene_and_the_words_of_an_emergency_are_those_of_then()
    {
        var before = History.State.Last!.Value;
        var director = _product.Services.GetRequiredService<WallDirector>();
        var revision = Ordered(new DirectorCommand.Preview("courts", RevisionOf(director), "甲"));
        revision = Ordered(new DirectorCommand.Take(revision, "甲"));
        await ShowsAsync("courts");
        var cut = History.State.Last!.Value;
        revision = Ordered(new DirectorCommand.Preempt(null, new Message("火警", "Fire"), revision, "甲"));
        await Eventually.TrueAsync(
            "words on record", TimeSpan.FromSeconds(20), async _ => (await SceneAsync(History.State.Last!.Value, "&lang=en")).Message == "Fire", Token);

        Assert.Equal(("overview", ""), await SceneAsync(before));
        Assert.Equal(("courts", ""), await SceneAsync(cut));
        Assert.Equal(("courts", "火警"), await SceneAsync(History.State.Last!.Value));
        Assert.Equal(("place", ""), await SceneAsync(cut, "&scene=place"));

        long Ordered(DirectorCommand command) => Assert.IsType<DirectorDecision.Accepted>(director.Order("main", command)).State.Revision;
        Task ShowsAsync(string scene) => Eventually.TrueAsync(
            $"{scene} on record", TimeSpan.FromSeconds(20), async _ => (await SceneAsync(History.State.Last!.Value)).Scene == scene, Token);
        async Task<(string Scene, string Message)> SceneAsync(DateTimeOffset at, string more = "")
        {
            var page = await PageAsync($"?at={Uri.EscapeDataString(at.ToString("O"))}{more}", HttpStatusCode.OK);
            return (Assert.Single(ShownScene().Matches(page)).Groups[1].Value, Emergency().Match(page).Groups[1].Value);
        }
    }

    private static long RevisionOf(WallDirector director) => director.TryRead("main", out var directed) ? directed.State.Revision : -1;

    [Fact]
    public async Task A_live_page_has_nothing_of_the_past()
    {
        var page = await PageAsync("", HttpStatusCode.OK);

        Assert.DoesNotContain("wall-replay.css", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-mode", page, StringComparison.Ordinal);
        Assert.Contains("src=\"/js/wall.js", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?at=yesterday&lang=en", HttpStatusCode.BadRequest, "That is no time")]
    [InlineData("?at=2999-01-01T00:00:00Z&lang=en", HttpStatusCode.BadRequest, "That moment has not come yet")]
    [InlineData("?at=2001-01-01T00:00:00Z&lang=en", HttpStatusCode.NotFound, "Nothing is known of that time")]
    public async Task A_moment_that_cannot_be_shown_never_shows_the_present(string query, HttpStatusCode status, string text)
    {
        var page = await PageAsync(query, status);

        Assert.Contains(text, page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-panel", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hub_plays_a_moment_and_refuses_one_that_is_none()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + _product.KeyOf("wall"));
        await socket.ConnectAsync(new UriBuilder(_product.Address) { Scheme = "ws", Path = "/hubs/wall" }.Uri, Token);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        var at = History.State.First!.Value.AddSeconds(1).ToUnixTimeMilliseconds();

        await SendAsync(socket, FormattableString.Invariant($$"""{"type":4,"invocationId":"1","target":"Replay","arguments":["main","en",{{at}},0]}"""));
        var frame = (await ReceiveAsync(socket, type: 2)).GetProperty("item");
        await SendAsync(socket, """{"type":4,"invocationId":"2","target":"Replay","arguments":["main","en",4102444800000,60]}""");
        var refusal = await ReceiveAsync(socket, type: 3, id: "2");

        Assert.Equal((at, "shown"), (frame.GetProperty("replay").GetProperty("at").GetInt64(), frame.GetProperty("replay").GetProperty("kind").GetString()));
        Assert.True(frame.GetProperty("parts").TryGetProperty("city", out _));
        Assert.Contains("history.in-the-future", refusal.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private async Task<string> PageAsync(string query, HttpStatusCode status)
    {
        using var response = await _product.Client.GetAsync(new Uri("/wall/main" + query, UriKind.Relative), Token);
        Assert.Equal(status, response.StatusCode);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Token));
    }

    [GeneratedRegex("data-figure=\"received\\.year\"[^>]*>\\s*<span class=\"value\"[^>]*>([^<]*)<")]
    private static partial Regex Received();

    [GeneratedRegex("data-scene=\"([^\"]*)\"[^>]*data-shown=\"true\"")]
    private static partial Regex ShownScene();

    [GeneratedRegex("id=\"emergency\"[^>]*>([^<]*)<")]
    private static partial Regex Emergency();

    private static Task SendAsync(ClientWebSocket socket, string message) => socket.SendAsync(
        (byte[])[.. Encoding.UTF8.GetBytes(message), RecordSeparator], WebSocketMessageType.Text, endOfMessage: true, Token);

    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket, int type, string? id = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        var message = new List<byte>();
        var buffer = new byte[1];
        while (true)
        {
            _ = await socket.ReceiveAsync(buffer, patience.Token);
            if (buffer[0] != RecordSeparator)
            {
                message.Add(buffer[0]);
                continue;
            }

            var json = JsonDocument.Parse(message.ToArray()).RootElement;
            if (json.TryGetProperty("type", out var given) && given.GetInt32() == type && (id is null || json.GetProperty("invocationId").GetString() == id))
            {
                return json;
            }

            message.Clear();
        }
    }
}
