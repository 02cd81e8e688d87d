using System.Buffers.Binary;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace CommandCenter.Web.Tests.Cameras;

/// <summary>A page with tiles, as the protocol sees it.</summary>
internal sealed class TilePage(ClientWebSocket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[4 << 20];

    /// <summary>The status of a refusal; <see langword="null"/> for a page that was let in.</summary>
    public HttpStatusCode? Refused { get; set; }

    /// <summary>Why the server closed the connection.</summary>
    public string? ClosedFor { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Something that the server said: words, or a picture.</summary>
    public readonly record struct Told(JsonElement? Words, int Tile, bool IsKey, long PtsUs, double ArrivedMs, double? CapturedMs, byte[] Data);

    public Task SubscribeAsync(string camera, int tile = 0, string kind = "sub", string mode = "all") =>
        SayAsync(JsonSerializer.Serialize(new { subscribe = camera, tile, kind, mode }));

    public Task SayAsync(string words) => socket.SendAsync(Encoding.UTF8.GetBytes(words), WebSocketMessageType.Text, endOfMessage: true, Token);

    public Task SayAsync(byte[] bytes) => socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, Token);

    /// <summary>What comes next; <see langword="null"/> when the server closed or cut the connection.</summary>
    public async Task<Told?> HearAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var length = 0;
        try
        {
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                ClosedFor = socket.CloseStatusDescription;
                return null;
            }

            return part.MessageType == WebSocketMessageType.Text
                ? new Told(JsonElement.Parse(_buffer.AsSpan(0, length)), -1, false, 0, 0, null, [])
                : Picture(_buffer.AsSpan(0, length));
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    /// <summary>The next words that have a property of this name.</summary>
    public async Task<JsonElement> WordsAsync(string name)
    {
        for (; ; )
        {
            var told = await HearAsync() ?? throw new InvalidOperationException($"The server went away, {ClosedFor}, while the test waited for {name}.");
            if (told.Words is { } words && words.TryGetProperty(name, out _))
            {
                return words;
            }
        }
    }

    /// <summary>The next words about a state.</summary>
    public async Task<(string State, string Reason)> StateAsync()
    {
        var words = await WordsAsync("state");
        return (words.GetProperty("state").GetString()!, words.GetProperty("reason").GetString()!);
    }

    /// <summary>The next picture.</summary>
    public async Task<Told> PictureAsync()
    {
        for (; ; )
        {
            var told = await HearAsync() ?? throw new InvalidOperationException($"The server went away, {ClosedFor}, while the test waited for a picture.");
            if (told.Words is null)
            {
                return told;
            }
        }
    }

    /// <summary>Waits until the server closes or cuts the connection.</summary>
    /// <returns>The code that it gave, if any.</returns>
    public async Task<string?> EndAsync()
    {
        while (await HearAsync() is not null)
        {
        }

        return ClosedFor;
    }

    public void Dispose() => socket.Dispose();

    private static Told Picture(ReadOnlySpan<byte> message)
    {
        Assert.Equal(1, message[0]);
        return new Told(
            null,
            BinaryPrimitives.ReadUInt16BigEndian(message[2..]),
            (message[1] & 1) != 0,
            BinaryPrimitives.ReadInt64BigEndian(message[8..]),
            BinaryPrimitives.ReadDoubleBigEndian(message[16..]),
            (message[1] & 2) != 0 ? BinaryPrimitives.ReadDoubleBigEndian(message[24..]) : null,
            message[32..].ToArray());
    }
}
