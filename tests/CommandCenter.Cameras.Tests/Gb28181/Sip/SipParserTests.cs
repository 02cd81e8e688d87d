using System.Text;
using System.Text.RegularExpressions;
using CommandCenter.Cameras.Gb28181.Sip;

namespace CommandCenter.Cameras.Tests.Gb28181.Sip;

public sealed class SipParserTests
{
    private const string Head =
        "From: <sip:34020000001320000001@3402000000>;tag=a\r\nTo: <sip:34020000002000000001@3402000000>\r\nCall-ID: c@d\r\nCSeq: 20 MESSAGE\r\n";

    /// <summary>RFC 4475: what each message of it is to us, as a status; 0 is well-formed, −1 is dropped.</summary>
    public static TheoryData<string, int> Torture => new()
    {
        { "badaspec", 0 }, { "baddate", 0 }, { "badinv01", 400 }, { "bcast", 0 }, { "bigcode", -1 }, { "cparam01", 0 }, { "dblreq", 0 }, { "esc02", 0 },
        { "escruri", 0 }, { "intmeth", 0 }, { "invut", 0 }, { "ltgtruri", 400 }, { "lwsruri", 400 }, { "mcl01", 400 }, { "mismatch02", 400 },
        { "multi01", 400 }, { "noreason", 0 }, { "quotbal", 400 }, { "regbadct", 0 }, { "scalar02", 400 }, { "sdp01", 0 }, { "transports", 0 },
        { "unkscm", 0 }, { "unreason", 0 }, { "zeromf", 0 },
    };

    [Theory]
    [MemberData(nameof(Torture))]
    public void A_torture_message_is_read_refused_or_dropped_as_its_section_says(string name, int expected)
    {
        var parse = SipParser.Parse(SharedFiles.Read($"gb28181/rfc4475/{name}.dat"));

        Assert.Equal(expected, parse.Message is null ? -1 : parse.FaultStatus);
    }

    [Fact]
    public void Every_real_message_is_read_and_one_with_a_wrong_length_is_refused()
    {
        var refused = 0;
        var messages = SharedFiles.All("messages", "*.sip");
        foreach (var (name, data) in messages)
        {
            var parse = SipParser.Parse(data);
            Assert.True(parse.Message is not null, name);
            Assert.True(parse.FaultStatus == 0 || parse.Fault == "Bad Content-Length", $"{name}: {parse.Fault}");
            Assert.Contains(parse.Message.Method, name + " REGISTER MESSAGE INVITE SUBSCRIBE BYE", StringComparison.Ordinal);
            refused += parse.FaultStatus == 0 ? 0 : 1;
        }

        Assert.Equal(88, messages.Count);
        Assert.InRange(refused, 0, 5);
    }

    [Fact]
    public void Real_messages_in_other_logs_are_read_too()
    {
        var capture = Encoding.Latin1.GetString(SharedFiles.Read("gb28181/reg-auth.pcapng"));
        var log = Encoding.Latin1.GetString(SharedFiles.Read("gb28181/tal_RequestDevice.txt")).ReplaceLineEndings("\r\n");

        var captured = Regex.Matches(capture, "(?:REGISTER|MESSAGE|SIP/2.0) .*?\r\n\r\n(?:<\\?xml.*?</Notify>)?", RegexOptions.Singleline);
        var logged = Regex.Matches(log, "MESSAGE sip:.*?</Query>(?:\r\n)*", RegexOptions.Singleline);

        Assert.Equal(8, captured.Count);
        Assert.Equal(17, logged.Count);
        Assert.All(captured.Concat(logged), match => Assert.NotNull(SipParser.Parse(Encoding.Latin1.GetBytes(match.Value)).Message));
    }

    [Fact]
    public void Compact_names_folded_lines_and_several_values_are_one_message()
    {
        var parse = Parse(
            "MESSAGE sip:a@b SIP/2.0\r\nv: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1,\r\n SIP/2.0/TCP 10.0.0.2;branch=z9hG4bK2\r\n"
            + "f: \"A, \\\"B\\\" <c>\" <sip:34020000001320000001@x;p=1>;tag=a\r\nt: <sip:s@x>\r\ni: c\r\nCSeq: 7  MESSAGE\r\nl: 2\r\n\r\nhiTAIL");

        Assert.Equal(0, parse.FaultStatus);
        var message = parse.Message!;
        Assert.Equal(["SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1", "SIP/2.0/TCP 10.0.0.2;branch=z9hG4bK2"], message.Values("Via"));
        Assert.Equal("z9hG4bK1", message.Branch);
        Assert.Equal("34020000001320000001", message.FromUser);
        Assert.Equal("a", message.FromTag);
        Assert.Null(message.ToTag);
        Assert.Equal(7, message.CSeq);
        Assert.Equal("hi", Encoding.ASCII.GetString(message.Body.Span));
    }

    [Theory]
    [InlineData("MESSAGE sip:a@b SIP/3.0", "Via: SIP/2.0/UDP h", 505)]
    [InlineData("MESSAGE sip:a@b SIP/2.0", "Via: SIP/2.0/UDP h\r\nContent-Length: -1", 400)]
    [InlineData("MESSAGE sip:a@b SIP/2.0", "Via: SIP/2.0/UDP h\r\nContent-Length: 5", 400)]
    [InlineData("MESSAGE sip:a@b SIP/2.0", "Via: SIP/2.0/UDP h\r\nContent-Length: 99999999999999999999", 400)]
    [InlineData("MESSAGE sip:a@b SIP/2.0", "Via: nonsense", 400)]
    [InlineData("MESSAGE sip:a@b SIP/2.0", "Via: SIP/2.0/UDP h\r\nTo: <sip:b>", 400)]
    [InlineData("MESSAGE sip:a@b SIP/2.0", "Via: SIP/2.0/UDP h\r\nExpires: soon", 400)]
    [InlineData("MESSAGE  SIP/2.0", "Via: SIP/2.0/UDP h", 400)]
    [InlineData("MESSAGE sip:a@b SIP/2.0", "X: y", -1)]
    [InlineData("MESSAGE sip:a@b SIP/2.0", "Via: SIP/2.0/UDP h\r\nno colon", -1)]
    [InlineData("MESSAGE sip:a@b SIP/2.0", "Via: SIP/2.0/UDP h\rX: y", -1)]
    [InlineData("GET / HTTP/1.1", "Via: SIP/2.0/UDP h", -1)]
    [InlineData("SIP/2.0 99 Low", "Via: SIP/2.0/UDP h", -1)]
    [InlineData("SIP/2.0 700 High", "Via: SIP/2.0/UDP h", -1)]
    public void What_is_wrong_is_refused_where_it_can_be_answered_and_else_dropped(string start, string headers, int expected)
    {
        var parse = Parse($"{start}\r\n{headers}\r\n{Head}\r\n");

        Assert.Equal(expected, parse.Message is null ? -1 : parse.FaultStatus);
    }

    [Fact]
    public void What_is_larger_than_its_limit_is_dropped()
    {
        Assert.Null(Parse($"MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h\r\nX: {new string('x', 5_000)}\r\n{Head}\r\n").Message);
        Assert.Null(Parse($"MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h\r\n{string.Concat(Enumerable.Repeat("X: y\r\n", 100))}{Head}\r\n").Message);
        Assert.Null(Parse($"MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h\r\n{Head}").Message); // No empty line.
    }

    [Fact]
    public void A_message_is_written_as_it_is_read()
    {
        foreach (var (name, data) in SharedFiles.All("messages", "*.sip"))
        {
            if (SipParser.Parse(data) is { FaultStatus: 0, Message: { } message })
            {
                var again = SipParser.Parse(SipWriter.Write(
                    message.IsRequest
                        ? SipMessage.Request(message.Method, message.RequestUri, WithoutLength(message), message.Body)
                        : SipMessage.Response(message.Status, message.Reason, message.Method, WithoutLength(message), message.Body))).Message!;

                Assert.Equal(message.Headers.Count, again.Headers.Count);
                Assert.Equal(WithoutLength(message), WithoutLength(again));
                Assert.True(message.Body.Span.SequenceEqual(again.Body.Span), name);
            }
        }
    }

    /// <summary>The seed is the case: a failure repeats by itself.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Changed_bytes_never_break_the_parser_nor_the_framer(int seed)
    {
        var random = new Random(seed);
        var originals = Originals();
        for (var round = 0; round < 5_000; round++)
        {
            var data = Mutation.Of(originals[random.Next(originals.Count)], random);
            var parse = SipParser.Parse(data);
            if (parse.Message is { IsRequest: true } request)
            {
                _ = (request.Branch, request.FromTag, request.ToTag, request.FromUser, request.CSeq, request.TopVia);
                _ = SipWriter.Write(SipWriter.Answer(request, new SilentPeer(), 200, "OK", "t"));
            }

            var framer = new SipFramer();
            var frames = new List<byte[]>();
            for (var at = 0; at < data.Length;)
            {
                var piece = Math.Min(data.Length - at, random.Next(1, 400));
                if (!framer.Add(data.AsSpan(at, piece), frames))
                {
                    break;
                }

                at += piece;
            }
        }
    }

    [Fact]
    public void A_stream_is_cut_into_the_same_messages_wherever_it_is_torn()
    {
        var one = Encoding.ASCII.GetBytes($"MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP h\r\n{Head}Content-Length: 5\r\n\r\nhello");
        byte[] stream = [.. one, .. "\r\n\r\n"u8, .. one];
        for (var tear = 1; tear < stream.Length; tear++)
        {
            var framer = new SipFramer();
            var frames = new List<byte[]>();
            Assert.True(framer.Add(stream.AsSpan(0, tear), frames) && framer.Add(stream.AsSpan(tear), frames));
            Assert.Equal([one, one], frames);
        }
    }

    [Theory]
    [InlineData("Content-Length: x\r\n")]
    [InlineData("Content-Length: 1\r\nl: 2\r\n")]
    [InlineData("Content-Length: 70000\r\n")]
    [InlineData("")]
    public void A_stream_whose_next_message_cannot_be_found_is_cut_off(string length) => Assert.False(
        new SipFramer().Add(Encoding.ASCII.GetBytes($"MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP h\r\n{Head}{length}\r\nhello"), []));

    internal static IReadOnlyList<byte[]> Originals() =>
        [.. SharedFiles.All("messages", "*.sip").Concat(SharedFiles.All("rfc4475", "*.dat")).Select(file => file.Data)];

    private static SipParse Parse(string text) => SipParser.Parse(Encoding.Latin1.GetBytes(text));

    private static SipHeader[] WithoutLength(SipMessage message) => [.. message.Headers.Where(header => !header.Is("Content-Length"))];

    private sealed class SilentPeer() : SipPeer(new(System.Net.IPAddress.Loopback, 5060))
    {
        public override string Protocol => "UDP";

        public override bool IsReliable => false;

        public override bool IsOpen => true;

        public override void Send(byte[] message)
        {
        }
    }
}
