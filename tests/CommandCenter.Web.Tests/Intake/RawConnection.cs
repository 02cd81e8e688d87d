using System.Net.Sockets;
using System.Text;

namespace CommandCenter.Web.Tests.Intake;

/// <summary>A client that does what no HTTP library would: stops in the middle, or never comes to an end.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly StringBuilder _received = new();

    private RawConnection(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
    }

    /// <summary>Everything that the server has sent so far.</summary>
    public string Received => _received.ToString();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Token);
        return new RawConnection(client);
    }

    /// <summary>Opens a connection and sends the head of a request for events.</summary>
    public static async Task<RawConnection> OpenAsync(ProductUnderTest product, string moreHeaders)
    {
        var connection = await OpenAsync(product.Address);
        await connection.SendAsync(
            $"POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {product.Key}\r\nContent-Type: application/x-ndjson\r\n{moreHeaders}\r\n\r\n");
        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes, Token);

    /// <summary>Sends nothing more; the server sees the end of the stream.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Cuts the connection without a word of farewell.</summary>
    public void Cut()
    {
        _client.LingerState = new LingerOption(enable: true, seconds: 0);
        _client.Close();
    }

    /// <summary>Reads until the server has said this.</summary>
    public async Task ReadUntilAsync(string text)
    {
        await ReadWhileAsync($"the answer to hold {text}", () => !Received.Contains(text, StringComparison.Ordinal));
        Assert.Contains(text, Received, StringComparison.Ordinal);
    }

    /// <summary>Reads until the server has closed the connection.</summary>
    public Task ReadToEndAsync() => ReadWhileAsync("the server to close the connection", () => true);

    public void Dispose() => _client.Dispose();

    private async Task ReadWhileAsync(string what, Func<bool> isOpen)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        giveUp.CancelAfter(s_patience);
        var buffer = new byte[4_096];
        try
        {
            while (isOpen() && await _stream.ReadAsync(buffer, giveUp.Token) is var count and > 0)
            {
                _ = _received.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }
        }
        catch (IOException exception) when (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            // Closed the hard way: also an end.
        }
        catch (OperationCanceledException) when (!Token.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited {s_patience.TotalSeconds:0} s for {what}; so far it said: {Received}");
        }
    }
}
