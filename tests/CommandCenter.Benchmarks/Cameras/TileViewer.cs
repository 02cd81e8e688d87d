using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using CommandCenter.Benchmarks.Product;

namespace CommandCenter.Benchmarks.Cameras;

/// <summary>What a page with tiles is to the server: a connection that takes every picture. It decodes none, so many of them fit on one machine.</summary>
internal sealed class TileViewer : IAsyncDisposable
{
    private static readonly TimeSpan s_clockPace = TimeSpan.FromSeconds(2); // As pages ask.

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _ending = new();
    private Task _looking = Task.CompletedTask;
    private long _pictures;

    /// <summary>Pictures taken so far.</summary>
    public long Pictures => Interlocked.Read(ref _pictures);

    /// <summary>What went wrong, if anything did.</summary>
    public string? Fault { get; private set; }

    /// <param name="server">The server.</param>
    /// <param name="cameras">One for each tile.</param>
    public static async Task<TileViewer> OpenAsync(ServerProcess server, IEnumerable<string> cameras)
    {
        var viewer = new TileViewer();
        viewer._socket.Options.SetRequestHeader("Authorization", "Bearer " + server.WallKey);
        await viewer._socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/cameras/feed" }.Uri, CancellationToken.None);
        foreach (var (tile, camera) in cameras.Index())
        {
            await viewer.SendAsync(JsonSerializer.Serialize(new { subscribe = camera, tile, kind = "sub", mode = "all" }));
        }

        viewer._looking = Task.WhenAll(viewer.ReadAsync(), viewer.AskClockAsync());
        return viewer;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync(); // Ends the receiving, and with it the connection: as a page does that is closed.
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _ending.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), _ending.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    Fault = $"the server closed the connection: {_socket.CloseStatusDescription}";
                    return;
                }

                if (part is { MessageType: WebSocketMessageType.Binary, EndOfMessage: true })
                {
                    _ = Interlocked.Increment(ref _pictures);
                }
            }
        }
        catch (WebSocketException exception)
        {
            Fault = exception.Message;
        }
    }

    private async Task AskClockAsync()
    {
        using var timer = new PeriodicTimer(s_clockPace);
        while (await timer.WaitForNextTickAsync(_ending.Token))
        {
            await SendAsync("""{"clock":1.5}""");
        }
    }

    private Task SendAsync(string message) => _socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
