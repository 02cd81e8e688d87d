using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace CommandCenter.Cameras.Tests.Gb28181;

/// <summary>
/// A camera as the standard has it, written apart from the server, as plain text over a socket. One loop receives; what it does not answer by itself a
/// test takes from it.
/// </summary>
internal sealed partial class FakeCamera : IAsyncDisposable
{
    private static readonly Encoding s_gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private readonly Socket _socket;
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _closing = new();
    private readonly Channel<string> _responses = Channel.CreateBounded<string>(1_000);
    private readonly Channel<string> _requests = Channel.CreateBounded<string>(1_000);
    private readonly Task _receiving;
    private int _number;
    private string? _lastInvite;

    private FakeCamera(IPEndPoint server, string id, Socket socket)
    {
        _server = server;
        Id = id;
        _socket = socket;
        _receiving = ReceiveAsync();
    }

    public string Id { get; }

    public string Password { get; set; } = FakeHost.Password;

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public bool IsTcp => _socket.SocketType == SocketType.Stream;

    /// <summary>What is answered to a request at once, instead of leaving it to the test; null leaves it.</summary>
    public Func<string, string?> Answering { get; set; } = static _ => null;

    public static FakeCamera OverUdp(IPEndPoint server, string id)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new FakeCamera(server, id, socket);
    }

    public static async Task<FakeCamera> OverTcpAsync(IPEndPoint server, string id)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, TestContext.Current.CancellationToken);
        return new FakeCamera(server, id, socket);
    }

    public static string Header(string message, string name) =>
        Regex.Match(message, $@"^{name}:[ ]*([^\r]*)\r$", RegexOptions.Multiline | RegexOptions.IgnoreCase).Groups[1].Value;

    public static string Body(string message) => message[(message.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    public static string Answer(string request, string status, string body = "", string contentType = "application/sdp")
    {
        var text = new StringBuilder($"SIP/2.0 {status}\r\n");
        foreach (var name in (string[])["Via", "From", "To", "Call-ID", "CSeq"])
        {
            var value = Header(request, name);
            _ = text.Append(name).Append(": ").Append(value).Append(name == "To" && !value.Contains("tag=", StringComparison.Ordinal) ? ";tag=camera" : "").Append("\r\n");
        }

        return text.Append(body.Length > 0 ? $"Content-Type: {contentType}\r\n" : "").Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n{body}").ToString();
    }

    public static string Digest(string challenge, string id, string password, string method, string uri, string nc = "00000001", string hash = "MD5", bool withQop = true)
    {
        string Field(string name) => Regex.Match(challenge, name + "=\"([^\"]*)\"").Groups[1].Value;
#pragma warning disable CA5351 // What cameras do.
        string Hash(string text) => Convert.ToHexStringLower(hash == "MD5" ? MD5.HashData(Encoding.UTF8.GetBytes(text)) : SHA256.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
        var (realm, nonce) = (Field("realm"), Field("nonce"));
        var (secret, request) = (Hash($"{id}:{realm}:{password}"), Hash($"{method}:{uri}"));
        var response = withQop ? Hash($"{secret}:{nonce}:{nc}:0a4f113b:auth:{request}") : Hash($"{secret}:{nonce}:{request}");
        return $"Digest username=\"{id}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", response=\"{response}\", algorithm={hash}"
            + (withQop ? $", qop=auth, nc={nc}, cnonce=\"0a4f113b\"" : "");
    }

    public string Make(string method, string body = "", string extra = "", string? callId = null, string? to = null)
    {
        var number = Interlocked.Increment(ref _number);
        var length = s_gb.GetByteCount(body);
        return $"{method} sip:{FakeHost.ServerId}@{_server} SIP/2.0\r\nVia: SIP/2.0/{(IsTcp ? "TCP" : "UDP")} 127.0.0.1:{Port};rport;branch=z9hG4bK{Id}x{number}\r\n"
            + $"From: <sip:{Id}@3402000000>;tag=t{number}\r\nTo: {to ?? $"<sip:{Id}@3402000000>"}\r\nCall-ID: {callId ?? $"c{number}@{Id}"}\r\nCSeq: {number} {method}\r\n"
            + $"Contact: <sip:{Id}@127.0.0.1:{Port}>\r\nMax-Forwards: 70\r\nUser-Agent: fake\r\n{extra}"
            + (body.Length > 0 ? "Content-Type: Application/MANSCDP+xml\r\n" : "") + $"Content-Length: {length}\r\n\r\n{body}";
    }

    public Task SendAsync(string message) => SendAsync(s_gb.GetBytes(message));

    public async Task SendAsync(byte[] message)
    {
        var token = TestContext.Current.CancellationToken;
        _ = IsTcp ? await _socket.SendAsync(message, token) : await _socket.SendToAsync(message, _server, token);
    }

    public async Task<string> AskAsync(string message)
    {
        await SendAsync(message);
        return await ResponseAsync();
    }

    public Task<string> ResponseAsync() => TakeAsync(_responses, "a response");

    /// <summary>The next request of that method; repeated and other ones are left out.</summary>
    public async Task<string> RequestAsync(string method)
    {
        for (; ; )
        {
            var request = await TakeAsync(_requests, method);
            if (request.StartsWith(method + " ", StringComparison.Ordinal))
            {
                return request;
            }
        }
    }

    /// <summary>Registers, or renews, or with 0 s unregisters; returns the last answer.</summary>
    public async Task<string> RegisterAsync(int expires = 3600, string hash = "MD5", bool withQop = true)
    {
        var head = $"Expires: {expires}\r\n";
        var challenge = await AskAsync(Make("REGISTER", extra: head));
        Assert.StartsWith("SIP/2.0 401 ", challenge, StringComparison.Ordinal);
        var credentials = Digest(Header(challenge, "WWW-Authenticate"), Id, Password, "REGISTER", $"sip:{FakeHost.ServerId}@{_server}", hash: hash, withQop: withQop);
        return await AskAsync(Make("REGISTER", extra: $"{head}Authorization: {credentials}\r\n"));
    }

    public string Notify(string command, string rest, string encoding = "GB2312", int number = 1, string root = "Notify") =>
        $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>\r\n<{root}>\r\n<CmdType>{command}</CmdType>\r\n<SN>{number}</SN>\r\n<DeviceID>{Id}</DeviceID>\r\n{rest}\r\n</{root}>\r\n";

    public Task<string> KeepaliveAsync() => AskAsync(Make("MESSAGE", Notify("Keepalive", "<Status>OK</Status>")));

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _socket.Dispose();
        await _receiving;
        _closing.Dispose();
    }

    private static async Task<string> TakeAsync(Channel<string> channel, string what)
    {
        try
        {
            return await channel.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(FakeHost.Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The camera waited {FakeHost.Patience.TotalSeconds:0} s for {what}.");
        }
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[65_536];
        var rest = string.Empty;
        try
        {
            while (await _socket.ReceiveAsync(buffer, _closing.Token) is > 0 and var count)
            {
                rest = Cut(rest + s_gb.GetString(buffer, 0, count));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }

        _ = _responses.Writer.TryComplete(new InvalidOperationException("The server closed the connection."));
    }

    // All the server's bodies are ASCII, so characters are bytes.
    private string Cut(string text)
    {
        while (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is > 0 and var head
            && int.Parse(Header(text[..(head + 2)], "Content-Length"), CultureInfo.InvariantCulture) is var body && text.Length >= head + 4 + body)
        {
            var message = text[..(head + 4 + body)];
            text = text[(head + 4 + body)..];
            if (message.StartsWith("SIP/2.0", StringComparison.Ordinal))
            {
                _ = _responses.Writer.TryWrite(message);
                continue;
            }

            if (message != _lastInvite) // Repeated, because a busy machine answered late.
            {
                _ = _requests.Writer.TryWrite(message);
            }

            _lastInvite = message.StartsWith("INVITE", StringComparison.Ordinal) ? message : _lastInvite;
            if (Answering(message) is { } answer)
            {
                var bytes = s_gb.GetBytes(answer);
                _ = IsTcp ? _socket.Send(bytes) : _socket.SendTo(bytes, _server);
            }
        }

        return text;
    }
}
