using System.Net;
using System.Net.Sockets;
using CommandCenter.Cameras.Gb28181;
using CommandCenter.Cameras.Tests.Gb28181.Rtp;

namespace CommandCenter.Cameras.Tests.Gb28181;

/// <summary>The media of a fake camera. It sends only as much ahead as the server has taken, so that nothing is lost but what a test wants lost.</summary>
internal sealed class FakeStreamer(GbSession session, string invite, string answer, IPEndPoint target, Socket socket, uint ssrc) : IAsyncDisposable
{
    private const int AheadMax = 32;

    private ushort _sequence = 65_500; // Its numbers begin anew soon.
    private long _pts = 90_000;

    public GbSession Session { get; } = session;

    public string Invite { get; } = invite;

    public string Answer { get; } = answer;

    public IPEndPoint Target { get; } = target;

    /// <param name="pictures">What is sent.</param>
    /// <param name="server">Whose counters tell how far it is.</param>
    /// <param name="network">What becomes of a packet on the way: itself, nothing, or others.</param>
    /// <param name="isTaken">Whether the server counts the packets as taken.</param>
    /// <param name="streamType">What the stream map says of the video.</param>
    public async Task SendAsync(IEnumerable<TestPicture> pictures, GbServer server, Func<int, byte[], byte[][]> network, bool isTaken = true, byte streamType = 0x1B)
    {
        var sent = server.Counters.Packets;
        var number = 0;
        foreach (var picture in pictures)
        {
            foreach (var packet in TestVideo.Packets(TestVideo.Mux(picture, _pts, streamType), ssrc, (uint)_pts, () => _sequence++))
            {
                foreach (var part in network(number++, packet))
                {
                    byte[] bytes = socket.SocketType == SocketType.Stream ? [(byte)(part.Length >> 8), (byte)part.Length, .. part] : part;
                    for (var at = 0; at < bytes.Length;)
                    {
                        at += await socket.SendAsync(bytes.AsMemory(at), TestContext.Current.CancellationToken);
                    }

                    sent++;
                }

                await TakenAsync(sent - AheadMax);
            }

            _pts += TestVideo.PictureTicks;
        }

        await TakenAsync(sent); // A packet is counted when what was in it has come out.

        async Task TakenAsync(long count)
        {
            while (isTaken && Session.State == GbSessionState.Playing && server.Counters.Packets < count)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        await Session.DisposeAsync();
    }
}
