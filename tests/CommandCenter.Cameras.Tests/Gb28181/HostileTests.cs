using System.Text;
using CommandCenter.Cameras.Tests.Gb28181.Sip;

namespace CommandCenter.Cameras.Tests.Gb28181;

/// <summary>Whatever is sent to it, the server answers the next honest device.</summary>
public sealed class HostileTests
{
    [Fact]
    public async Task After_all_torture_messages_over_udp_and_tcp_the_server_still_answers()
    {
        await using var host = await FakeHost.StartAsync();
        foreach (var (_, data) in SharedFiles.All("rfc4475", "*.dat"))
        {
            await using var udp = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
            await using var tcp = await FakeCamera.OverTcpAsync(host.Address, FakeHost.IdOf(2));
            await udp.SendAsync(data);
            await tcp.SendAsync(data);
        }

        await AnswersAsync(host);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task After_thousands_of_damaged_messages_the_server_still_answers(int seed)
    {
        var random = new Random(seed);
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(3));
        _ = await camera.RegisterAsync();
        var originals = SipParserTests.Originals()
            // As if the registered device had sent them: only then is what they hold read.
            .Concat(SipParserTests.Originals().Select(data => Encoding.Latin1.GetBytes(
                Encoding.Latin1.GetString(data).Replace("34020000001320000001@192", camera.Id + "@192", StringComparison.Ordinal))))
            .ToArray();
        for (var round = 0; round < 3_000; round++)
        {
            await camera.SendAsync(Mutation.Of(originals[random.Next(originals.Length)], random));
        }

        await AnswersAsync(host);
        Assert.True(host.Server.Counters.Malformed > 0);
    }

    [Fact]
    public async Task Of_the_real_camera_each_message_is_answered_as_it_was_then()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));
        Assert.Equal("34020000001320000001", camera.Id);

        var register = Encoding.Latin1.GetString(SharedFiles.Read("gb28181/messages/00111_192-168-28-110_REGISTER.sip"));
        var challenge = await camera.AskAsync(register);
        Assert.StartsWith("SIP/2.0 401 ", challenge, StringComparison.Ordinal);

        // The camera's password is not ours to know: its own words, with the digest that ours makes.
        var again = Encoding.Latin1.GetString(SharedFiles.Read("gb28181/messages/00113_192-168-28-110_REGISTER.sip"));
        var credentials = FakeCamera.Digest(
            FakeCamera.Header(challenge, "WWW-Authenticate"), camera.Id, FakeHost.Password, "REGISTER", "sip:34020000002000000001@192.168.28.10:5080", withQop: false);
        again = again.Replace(FakeCamera.Header(again, "Authorization"), credentials, StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 200 ", await camera.AskAsync(again), StringComparison.Ordinal);
        Assert.Equal("SIP UAS V2.1.4.500306", Assert.Single(host.Server.Devices).UserAgent);

        var answered = 0;
        foreach (var (_, data) in SharedFiles.All("messages", "*110_MESSAGE.sip"))
        {
            var answer = await camera.AskAsync(Encoding.Latin1.GetString(data));
            answered += answer.StartsWith("SIP/2.0 200 ", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(answered, 30, 37);
    }

    [Fact]
    public async Task Methods_that_are_not_spoken_are_refused_by_name()
    {
        await using var host = await FakeHost.StartAsync();
        await using var camera = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(1));

        Assert.StartsWith("SIP/2.0 200 ", await camera.AskAsync(camera.Make("OPTIONS")), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 405 ", await camera.AskAsync(camera.Make("INVITE")), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 481 ", await camera.AskAsync(camera.Make("BYE")), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 501 ", await camera.AskAsync(camera.Make("DANCE")), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 403 ", await camera.KeepaliveAsync(), StringComparison.Ordinal);
    }

    private static async Task AnswersAsync(FakeHost host)
    {
        await using var udp = FakeCamera.OverUdp(host.Address, FakeHost.IdOf(200));
        await using var tcp = await FakeCamera.OverTcpAsync(host.Address, FakeHost.IdOf(201));
        Assert.StartsWith("SIP/2.0 200 ", await udp.RegisterAsync(), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 200 ", await tcp.RegisterAsync(), StringComparison.Ordinal);
    }
}
