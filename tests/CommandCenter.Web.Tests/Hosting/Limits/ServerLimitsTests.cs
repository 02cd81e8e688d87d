using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Hosting.Limits;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Tests.Hosting.Limits;

/// <summary>What one visitor may take of the server, and what every answer says to the browser.</summary>
public sealed class ServerLimitsTests(ServerLimitsTests.Running running) : IClassFixture<ServerLimitsTests.Running>
{
    private const string Director = "/walls/main/director";

    private readonly ProductUnderTest _product = running.Product;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_interactive_page_that_has_no_room_says_so_and_others_go_on()
    {
        var sessions = _product.Services.GetRequiredService<SessionBook>();
        var before = sessions.Sessions.Select(static one => one.Id).ToHashSet();
        using var full = await _product.ClientOfAsync(Role.CommandStaff);
        var session = Assert.Single(sessions.Sessions, one => !before.Contains(one.Id)).Id;
        using var other = await _product.ClientOfAsync(Role.CommandStaff);
        var count = _product.Services.GetRequiredService<CircuitCount>();
        var most = new ServerLimits().CircuitsPerSessionMax;
        Assert.All(Enumerable.Range(0, most), _ => Assert.True(count.TryOpen(session)));
        Assert.False(count.TryOpen(session));

        using var page = await full.GetAsync(new Uri(Director + "?lang=en", UriKind.Relative), Token);
        using var asked = await full.PostAsync(new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative), null, Token);
        using var others = await other.GetAsync(new Uri(Director, UriKind.Relative), Token);
        using var plain = await full.GetAsync(new Uri("/account", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Equal(30, page.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Contains("Too many pages are open", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal("circuits.full", await CodeOf(asked));
        Assert.Equal(HttpStatusCode.OK, others.StatusCode);
        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);

        count.Close(session);
        using var again = await full.GetAsync(new Uri(Director, UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Enumerable.Range(1, most - 1).ToList().ForEach(_ => count.Close(session));
        Assert.Equal(0, count.All);
    }

    [Fact]
    public void All_pages_together_have_a_limit_too()
    {
        var count = new CircuitCount(Options.Create(new ServerLimits { CircuitsMax = 10, CircuitsPerSessionMax = 8 }), new LooseMeters());

        Assert.Equal(10, Enumerable.Range(0, 30).Count(number => count.TryOpen($"session-{number % 5}")));
        Assert.False(count.HasRoom(null));
    }

    [Fact]
    public async Task One_account_that_asks_too_fast_is_told_to_slow_down_and_others_are_not()
    {
        using var fast = await _product.ClientOfAsync(Role.QueryOfficer, "沪0115");
        using var slow = await _product.ClientOfAsync(Role.QueryOfficer, "沪0115");
        HttpStatusCode last = default;
        HttpResponseMessage? refused = null;
        for (var asked = 0; asked < 4_000 && last != HttpStatusCode.TooManyRequests; asked += 50)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => fast.GetAsync(new Uri("/api/v1/courts", UriKind.Relative), Token)));
            refused = Array.Find(answers, static answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
            last = refused?.StatusCode ?? HttpStatusCode.OK;
        }

        using var others = await slow.GetAsync(new Uri("/api/v1/courts", UriKind.Relative), Token);

        Assert.NotNull(refused);
        Assert.Equal("request.too-many", await CodeOf(refused));
        Assert.Equal(1, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal(HttpStatusCode.OK, others.StatusCode);
    }

    [Fact]
    public async Task A_body_larger_than_its_route_takes_is_refused()
    {
        using var command = await _product.ClientOfAsync(Role.CommandStaff);
        using var form = new FormUrlEncodedContent([new("_handler", "sign-in"), new("name", new string('x', 200 * 1024))]);
        using var stranger = _product.Stranger();
        using var director = new StringContent(new string(' ', 9 * 1024), Encoding.UTF8, "application/json");

        using var signIn = await stranger.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Token);
        using var order = await command.PostAsync(new Uri("/api/v1/walls/main/director", UriKind.Relative), director, Token);
        using var many = await _product.PostAsync(new byte[1024 * 1024]);

        Assert.Contains(signIn.StatusCode, new[] { HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest });
        Assert.Equal("request.too-large", await CodeOf(order));
        Assert.NotEqual(HttpStatusCode.RequestEntityTooLarge, many.StatusCode); // 1 MiB is no size for the intake, though it is for all others.
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(5 * 1024, false)]
    public async Task A_message_that_a_wall_would_never_send_ends_its_connection(int length, bool isTaken)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + _product.KeyOf("wall"));
        await socket.ConnectAsync(new UriBuilder(_product.Address) { Scheme = "ws", Path = WallHub.Path }.Uri, Token);
        await SendAsync("{\"protocol\":\"json\",\"version\":1}");
        await SendAsync($"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"{new string('x', length)}\",\"arguments\":[]}}");
        var buffer = new byte[16 * 1024];
        var heard = new StringBuilder();
        while (socket.State == WebSocketState.Open && !heard.ToString().Contains("\"invocationId\"", StringComparison.Ordinal))
        {
            var received = await socket.ReceiveAsync(buffer, Token);
            _ = heard.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
        }

        Assert.Equal(isTaken, heard.ToString().Contains("\"invocationId\"", StringComparison.Ordinal)); // Answered, if only by "there is no such method".

        Task SendAsync(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text + "\u001e"), WebSocketMessageType.Text, endOfMessage: true, Token);
    }

    [Theory]
    [InlineData("X-Long: ", 20 * 1024, "431")]
    [InlineData("Cookie: ", 20 * 1024, "431")]
    public async Task A_head_larger_than_16_KiB_is_refused(string header, int length, string status) =>
        Assert.StartsWith($"HTTP/1.1 {status}", await RawAsync($"GET /health/live HTTP/1.1\r\nHost: x\r\n{header}{new string('a', length)}\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task More_than_64_headers_are_refused() => Assert.StartsWith(
        "HTTP/1.1 431", await RawAsync($"GET /health/live HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 70).Select(static number => $"X-{number}: a\r\n"))}\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/cases")]
    [InlineData("/api/v1/cases")]
    [InlineData("/no-such-page")]
    [InlineData("/api/v1/cases?size=x")]
    [InlineData("/health/ready")]
    [InlineData("/css/desk.css")]
    public async Task Every_answer_tells_the_browser_how_to_be_careful(string path)
    {
        using var command = await _product.ClientOfAsync(Role.CommandStaff);
        using var answer = await command.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Contains("camera=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
        if (!path.StartsWith("/css", StringComparison.Ordinal) && path != "/no-such-page")
        {
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }

        if (answer.Content.Headers.ContentType?.MediaType == "text/html")
        {
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        }
    }

    private async Task<string> RawAsync(string request)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, _product.Address.Port, Token);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(Token) ?? "";
    }

    private static async Task<string?> CodeOf(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString();

    /// <summary>One product for all of them.</summary>
    public sealed class Running : IAsyncLifetime
    {
        internal ProductUnderTest Product { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Product = await ProductUnderTest.StartAsync(static serve => serve.SettingsFile = null);

        public ValueTask DisposeAsync() => Product.DisposeAsync();
    }
}
