using System.Net;
using System.Text;
using CommandCenter.Cameras.Gb28181;
using CommandCenter.Cameras.Gb28181.Rtp;

namespace CommandCenter.Cameras.Tests.Gb28181.Rtp;

public sealed class SdpTests
{
    private const string Answer =
        "v=0\r\no=34020000001320000001 0 0 IN IP4 10.0.0.7\r\ns=Play\r\nc=IN IP4 10.0.0.7\r\nt=0 0\r\nm=video 9708 TCP/RTP/AVP 96\r\na=setup:active\r\n"
        + "a=rtpmap:96 PS/90000\r\ny=0200000001\r\nf=v/2/6/25/1/4096a///\r\nm=audio 9710 RTP/AVP 8\r\nc=IN IP4 10.0.0.8\r\n";

    [Fact]
    public void The_video_of_an_answer_is_read_and_its_sound_is_left() => Assert.Equal(
        new SdpAnswer(IPAddress.Parse("10.0.0.7"), 9708, IsTcp: true, 96, 200_000_001), Sdp.ReadAnswer(Encoding.ASCII.GetBytes(Answer)));

    [Fact]
    public void A_pool_gives_each_name_once_and_takes_it_back()
    {
        var pool = new SsrcPool(FakeHost.ServerId);
        var names = Enumerable.Range(0, 10_000).Select(_ => pool.Take()).ToArray();

        Assert.Equal("0200000000", names[0]);
        Assert.Equal(10_000, names.Distinct().Count());
        Assert.Equal(GbException.TooMany, Assert.Throws<GbException>(() => pool.Take()).Code);
        pool.Return(names[77]);
        Assert.Equal(names[77], pool.Take());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Changed_bytes_never_break_the_reader(int seed)
    {
        var random = new Random(seed);
        var original = Encoding.ASCII.GetBytes(Answer);
        for (var round = 0; round < 5_000; round++)
        {
            _ = Sdp.ReadAnswer(Mutation.Of(original, random));
        }
    }
}
