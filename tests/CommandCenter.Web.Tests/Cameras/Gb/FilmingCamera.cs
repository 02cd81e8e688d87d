using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CommandCenter.Cameras.Media;
using CommandCenter.Cameras.Tests.Gb28181;
using CommandCenter.Cameras.Tests.Gb28181.Rtp;

namespace CommandCenter.Web.Tests.Cameras.Gb;

/// <summary>A camera of GB/T 28181 that does what it is asked: it films while it is invited, and says where it is when it is asked to.</summary>
internal sealed partial class FilmingCamera : IAsyncDisposable
{
    private const int PicturesPerSecond = 15;
    private const int PictureTicks = 90_000 / PicturesPerSecond;

    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<string, (CancellationTokenSource Ending, Task Filming)> _streams = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<TestPicture> _pictures;

    public FilmingCamera(IPEndPoint server, string id, H264Clip clip)
    {
        _pictures = [.. clip.Pictures.Select(static picture => new TestPicture(UnitsOf(picture.Data), picture.IsKey))];
        Sip = FakeCamera.OverUdp(server, id);
        Sip.Answering = Answer;
    }

    /// <summary>What it says and hears.</summary>
    public FakeCamera Sip { get; }

    /// <summary>The invitations that came.</summary>
    public ConcurrentQueue<string> Invited { get; } = new();

    /// <summary>How it answers one, other than by filming.</summary>
    public string? Refusal { get; set; }

    /// <summary>The streams that it sends.</summary>
    public int Streams => _streams.Count;

    /// <summary>Whether it was asked where it is.</summary>
    public bool IsAskedForPositions { get; private set; }

    /// <summary>The pictures that it sends, as bytes.</summary>
    public HashSet<string> Film => [.. _pictures.Select(static picture => Convert.ToHexString(picture.Data))];

    /// <summary>Says where it is.</summary>
    /// <returns>The answer.</returns>
    public Task<string> SayAsync(double longitude, double latitude, DateTimeOffset at, string? ofDevice = null)
    {
        var body = Sip.Notify("MobilePosition", string.Create(
            CultureInfo.InvariantCulture,
            $"<Time>{at.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd'T'HH:mm:ss}</Time><Longitude>{longitude}</Longitude><Latitude>{latitude}</Latitude><Speed>36</Speed><Direction>90</Direction>"));
        return Sip.AskAsync(Sip.Make("MESSAGE", ofDevice is null ? body : body.Replace($"<DeviceID>{Sip.Id}<", $"<DeviceID>{ofDevice}<", StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Sip.DisposeAsync();
        foreach (var (ending, filming) in _streams.Values)
        {
            await ending.CancelAsync();
            await filming;
            ending.Dispose();
        }

        _ending.Dispose();
    }

    private static byte[][] UnitsOf(ReadOnlyMemory<byte> data)
    {
        List<byte[]> units = [];
        foreach (var unit in AnnexB.Units(data.Span))
        {
            units.Add(unit.ToArray());
        }

        return [.. units];
    }

    private string? Answer(string request)
    {
        var call = FakeCamera.Header(request, "Call-ID");
        switch (request.Split(' ')[0])
        {
            case "INVITE" when Refusal is { } refusal:
                Invited.Enqueue(request);
                return FakeCamera.Answer(request, refusal);
            case "INVITE":
                if (!_streams.ContainsKey(call))
                {
                    Invited.Enqueue(request);
                    var ending = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
                    _streams[call] = (ending, FilmAsync(request, ending.Token));
                }

                var ssrc = Ssrc().Match(request).Groups[1].Value;
                return FakeCamera.Answer(
                    request, "200 OK",
                    $"v=0\r\no={Sip.Id} 0 0 IN IP4 127.0.0.1\r\ns=Play\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video 9 RTP/AVP 96\r\na=sendonly\r\na=rtpmap:96 PS/90000\r\ny={ssrc}\r\n");
            case "BYE":
                if (_streams.TryRemove(call, out var stream))
                {
                    stream.Ending.Cancel();
                }

                return FakeCamera.Answer(request, "200 OK");
            case "SUBSCRIBE":
                IsAskedForPositions = true;
                return FakeCamera.Answer(request, "200 OK");
            case "MESSAGE":
                return FakeCamera.Answer(request, "200 OK");
            default:
                return null;
        }
    }

    private async Task FilmAsync(string invite, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var port = int.Parse(Port().Match(invite).Groups[1].Value, CultureInfo.InvariantCulture);
        var ssrc = uint.Parse(Ssrc().Match(invite).Groups[1].Value, CultureInfo.InvariantCulture);
        ushort sequence = 0;
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PicturesPerSecond));
            for (long index = 0; await timer.WaitForNextTickAsync(cancellationToken); index++)
            {
                var pts = 90_000 + (index * PictureTicks);
                foreach (var packet in TestVideo.Packets(TestVideo.Mux(_pictures[(int)(index % _pictures.Count)], pts), ssrc, (uint)pts, () => sequence++))
                {
                    _ = await socket.SendAsync(packet, cancellationToken);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The stream is over: somebody said BYE, or nobody listens any more.
        }
    }

    [GeneratedRegex("\ny=([0-9]{10})\r")]
    private static partial Regex Ssrc();

    [GeneratedRegex("m=video ([0-9]+) ")]
    private static partial Regex Port();
}
