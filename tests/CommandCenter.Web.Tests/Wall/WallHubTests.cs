using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace CommandCenter.Web.Tests.Wall;

public sealed class WallHubTests
{
    private const byte RecordSeparator = 0x1e;

    [Fact]
    public async Task A_page_that_follows_gets_the_picture_of_now_and_then_every_newer_one()
    {
        await using var host = await WallHost.StartAsync();
        using var socket = await ConnectAsync(host);
        await SendAsync(socket, """{"type":4,"invocationId":"1","target":"Follow","arguments":["main","en",0]}""");

        var first = (await ReceiveAsync(socket, type: 2)).GetProperty("item");
        host.Time.Advance(TimeSpan.FromMilliseconds(750));
        var second = (await ReceiveAsync(socket, type: 2)).GetProperty("item");

        Assert.Equal(1_000, first.GetProperty("v").GetInt64());
        Assert.Equal(1_001, second.GetProperty("v").GetInt64());
        Assert.Contains(first.GetProperty("parts").GetProperty("city").GetProperty("courts").EnumerateArray(), row => row[1].GetString() == "Pudong");
        Assert.Equal(first.GetProperty("instance").GetString(), second.GetProperty("instance").GetString());
    }

    [Fact]
    public async Task The_hub_tells_the_servers_time()
    {
        await using var host = await WallHost.StartAsync();
        using var socket = await ConnectAsync(host);

        await SendAsync(socket, """{"type":1,"invocationId":"7","target":"Clock","arguments":[]}""");

        var answer = await ReceiveAsync(socket, type: 3);
        Assert.Equal(host.Time.GetUtcNow().ToUnixTimeMilliseconds(), answer.GetProperty("result").GetInt64());
    }

    [Fact]
    public async Task An_unknown_wall_is_refused_with_a_code()
    {
        await using var host = await WallHost.StartAsync();
        using var socket = await ConnectAsync(host);

        await SendAsync(socket, """{"type":4,"invocationId":"1","target":"Follow","arguments":["other","zh-CN",0]}""");

        var answer = await ReceiveAsync(socket, type: 3);
        Assert.Contains("wall.unknown", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private static async Task<WebSocket> ConnectAsync(WallHost host)
    {
        var socket = await host.ConnectWebSocketAsync("/hubs/wall", TestContext.Current.CancellationToken);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        return socket;
    }

    private static Task SendAsync(WebSocket socket, string message) => socket.SendAsync(
        (byte[])[.. Encoding.UTF8.GetBytes(message), RecordSeparator],
        WebSocketMessageType.Text,
        endOfMessage: true,
        TestContext.Current.CancellationToken);

    /// <summary>The next message of a type; others (the handshake's answer, pings) are passed over.</summary>
    private static async Task<JsonElement> ReceiveAsync(WebSocket socket, int type)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        var message = new List<byte>();
        var buffer = new byte[1];
        while (true)
        {
            try
            {
                await socket.ReceiveAsync(buffer, patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"no hub message of type {type} within ten seconds");
            }

            if (buffer[0] != RecordSeparator)
            {
                message.Add(buffer[0]);
                continue;
            }

            var json = JsonDocument.Parse(message.ToArray()).RootElement;
            if (json.TryGetProperty("type", out var given) && given.GetInt32() == type)
            {
                return json;
            }

            message.Clear();
        }
    }
}
