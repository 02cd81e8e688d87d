using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace CommandCenter.Benchmarks.Product;

/// <summary>One connection to the intake that sends ready-made requests and checks each answer. Blocking: for a thread of its own.</summary>
/// <remarks>A bare socket, because client and server share two cores: what the client burns is missing from the figure.</remarks>
internal sealed class IntakeConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[64 * 1024];

    public IntakeConnection(Uri address) => _socket.Connect(IPAddress.Loopback, address.Port);

    /// <summary>Sends one whole request, waits for its answer and requires that every event was accepted.</summary>
    /// <exception cref="InvalidOperationException">The answer says anything else.</exception>
    public void Post(ReadOnlySpan<byte> request, int events)
    {
        while (!request.IsEmpty)
        {
            request = request[_socket.Send(request)..];
        }

        var length = 0;
        do
        {
            var read = _socket.Receive(_answer.AsSpan(length));
            length = read > 0 ? length + read : throw new InvalidOperationException("The server closed the connection.");
        }
        while (!IsWhole(_answer.AsSpan(0, length)));
        Require(_answer.AsSpan(0, length), events);
    }

    public void Dispose() => _socket.Dispose();

    // The answers of the intake come chunked or with a length.
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var field = answer[..head].IndexOf("Content-Length: "u8);
        return field < 0
            ? answer.EndsWith("0\r\n\r\n"u8)
            : Utf8Parser.TryParse(answer[(field + "Content-Length: ".Length)..], out int body, out _) && answer.Length == head + 4 + body;
    }

    private static void Require(ReadOnlySpan<byte> answer, int events)
    {
        var accepted = answer.IndexOf("\"accepted\":"u8);
        if (accepted < 0
            || !Utf8Parser.TryParse(answer[(accepted + "\"accepted\":".Length)..], out int count, out _)
            || count != events)
        {
            throw new InvalidOperationException($"{events} events were sent; the answer is: {System.Text.Encoding.UTF8.GetString(answer)}");
        }
    }
}
