using System.Net.WebSockets;
using System.Text;
using CommandCenter.Benchmarks.Product;

namespace CommandCenter.Benchmarks.Wall;

/// <summary>What a wall page is to the server: a connection that takes every frame. It paints nothing, so many of them fit on one machine.</summary>
internal sealed class FollowingWall : IAsyncDisposable
{
    private static readonly TimeSpan s_ping = TimeSpan.FromSeconds(5);

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _ending = new();
    private Task _following = Task.CompletedTask;
    private long _bytes;

    /// <summary>Bytes taken so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public static async Task<FollowingWall> OpenAsync(ServerProcess server, string lang)
    {
        var wall = new FollowingWall();
        wall._socket.Options.SetRequestHeader("Authorization", "Bearer " + server.WallKey);
        await wall._socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/hubs/wall" }.Uri, CancellationToken.None);
        await wall.SendAsync("""{"protocol":"json","version":1}""");
        await wall.SendAsync($$"""{"type":4,"invocationId":"1","target":"Follow","arguments":["main","{{lang}}",0]}""");
        wall._following = Task.WhenAll(wall.ReadAsync(), wall.PingAsync());
        return wall;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _ending.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var result = await _socket.ReceiveAsync(buffer, _ending.Token);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                throw new InvalidOperationException("The server closed the connection of a wall.");
            }

            _ = Interlocked.Add(ref _bytes, result.Count);
        }
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(s_ping);
        while (await timer.WaitForNextTickAsync(_ending.Token))
        {
            await SendAsync("""{"type":6}""");
        }
    }

    private Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
