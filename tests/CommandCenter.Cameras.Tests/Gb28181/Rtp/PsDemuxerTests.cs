using System.Diagnostics;
using CommandCenter.Cameras.Gb28181;
using CommandCenter.Cameras.Gb28181.Rtp;
using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Tests.Gb28181.Rtp;

public sealed class PsDemuxerTests
{
    private readonly Tally _tally = new();
    private readonly List<AccessUnit> _units = [];
    private readonly PsDemuxer _demuxer;

    public PsDemuxerTests() => _demuxer = new PsDemuxer(new PictureAssembler(TimeProvider.System, _tally, _units.Add));

    [Theory]
    [InlineData(1, 1_400, true)]
    [InlineData(2, 1, true)]
    [InlineData(3, 65_000, false)]
    [InlineData(4, 333, false)]
    public void Pictures_come_out_as_they_went_in_however_they_were_cut(int seed, int pieceBytes, bool isMarked)
    {
        var pictures = TestVideo.Synthetic(seed, pieceBytes == 1 ? 3 : 40);
        Send(pictures, pieceBytes, isMarked);

        var expected = isMarked ? pictures : pictures.SkipLast(1); // Without a mark the next picture ends the last one.
        Assert.Equal(expected.Select(picture => Convert.ToHexString(picture.Data)), _units.Select(unit => Convert.ToHexString(unit.Data.Span)));
        Assert.Equal(expected.Select(picture => picture.IsKey), _units.Select(unit => unit.IsKey));
        Assert.All(_units.Zip(_units.Skip(1)), pair => Assert.Equal(40_000, pair.Second.PtsMicroseconds - pair.First.PtsMicroseconds));
    }

    [Fact]
    public void H265_is_known_by_its_stream_type()
    {
        var pictures = TestVideo.Synthetic(5, 30, VideoCodec.H265);
        Send(pictures, 1_400, isMarked: true, streamType: 0x24);

        Assert.Equal(30, _units.Count);
        Assert.All(_units, unit => Assert.Equal(VideoCodec.H265, unit.Codec));
        Assert.Equal(pictures.Select(picture => picture.IsKey), _units.Select(unit => unit.IsKey));
    }

    [Fact]
    public void Another_codec_is_left_out_and_named()
    {
        Send(TestVideo.Synthetic(5, 5), 1_400, isMarked: true, streamType: 0x10);

        Assert.Empty(_units);
        Assert.Equal(0x10, _demuxer.UnknownType);
    }

    [Fact]
    public void A_device_that_marks_every_packet_is_not_believed()
    {
        var pictures = TestVideo.Synthetic(6, 40);
        var pts = 0L;
        foreach (var picture in pictures)
        {
            foreach (var unit in picture.Units) // Each in a packet of its own, and all of them marked.
            {
                _demuxer.Receive((uint)pts, isMarked: true, TestVideo.Mux(new TestPicture([unit], picture.IsKey), pts));
            }

            pts += TestVideo.PictureTicks;
        }

        // It costs a second copy of the first picture's parameter sets.
        Assert.Equal(
            pictures.Skip(1).SkipLast(1).Select(picture => Convert.ToHexString(picture.Data)), _units.Skip(1).Select(unit => Convert.ToHexString(unit.Data.Span)));
        Assert.Equal(pictures[0].Data, _units[0].Data.ToArray()[^pictures[0].Data.Length..]);
    }

    [Fact]
    public void After_a_loss_nothing_comes_before_the_next_key_picture()
    {
        var pictures = TestVideo.Synthetic(7, 30);
        Send(pictures.Take(5), 1_400, isMarked: true);
        _demuxer.Lose();
        Send(pictures.Skip(6), 1_400, isMarked: true, firstPts: 6 * TestVideo.PictureTicks);

        Assert.Equal([0, 1, 2, 3, 4, 12, 13, 14], _units.Take(8).Select(unit => (int)(unit.PtsMicroseconds / 40_000)));
        Assert.True(_units[5].IsKey);
        Assert.Equal(6, _tally.Read().Dropped);
    }

    [Fact]
    public void Bytes_that_are_no_stream_are_passed_over()
    {
        var pictures = TestVideo.Synthetic(8, 30);
        Send(pictures.Take(4), 1_400, isMarked: true);
        _demuxer.Receive(0, isMarked: false, [1, 2, 3, 0, 0, 1, 0x65, 9, 9]);
        Send(pictures.Skip(12), 1_400, isMarked: true, firstPts: 12 * TestVideo.PictureTicks);

        Assert.Equal(4 + 18, _units.Count);
    }

    [Fact]
    public void A_key_picture_without_parameter_sets_gets_those_of_before()
    {
        var first = TestVideo.Synthetic(9, 1)[0];
        var bare = new TestPicture([first.Units[3]], IsKey: true);
        Send([first, bare], 1_400, isMarked: true);

        Assert.Equal(new TestPicture([first.Units[0], first.Units[1], first.Units[3]], IsKey: true).Data, _units[1].Data.ToArray());
    }

    [Fact]
    public void Parameter_sets_with_a_time_of_their_own_go_with_the_picture_behind_them()
    {
        var whole = TestVideo.Synthetic(10, 1)[0];
        Send([new TestPicture([whole.Units[0], whole.Units[1]], IsKey: true), new TestPicture([whole.Units[3]], IsKey: true)], 1_400, isMarked: true);

        var unit = Assert.Single(_units);
        Assert.True(unit.IsKey);
        Assert.Equal(new TestPicture([whole.Units[0], whole.Units[1], whole.Units[3]], IsKey: true).Data, unit.Data.ToArray());
    }

    [Fact]
    public void Times_go_on_when_their_33_bits_begin_anew()
    {
        var pictures = TestVideo.Synthetic(11, 10);
        Send(pictures, 1_400, isMarked: true, firstPts: (1L << 33) - (5 * TestVideo.PictureTicks));

        Assert.Equal(10, _units.Count);
        Assert.All(_units.Zip(_units.Skip(1)), pair => Assert.InRange(pair.Second.PtsMicroseconds - pair.First.PtsMicroseconds, 39_999, 40_001));
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_set_back_decoding()
    {
        var clock = new MediaClock();
        var times = new[] { 900_000L, 903_600, 100, 3_700, 9_000_000, 9_003_600 }.Select(pts => clock.Next(pts, null).DtsMicroseconds).ToArray();

        Assert.Equal([10_000_000, 10_040_000, 10_080_000, 10_120_000, 10_160_000, 10_200_000], times);
    }

    [Fact]
    public void Pictures_of_b_frames_are_decoded_in_order_and_shown_in_another()
    {
        var clock = new MediaClock();

        Assert.Equal((80_000, 0), clock.Next(7_200, 0));
        Assert.Equal((40_000, 40_000), clock.Next(3_600, 3_600));
    }

    [Fact]
    public void The_first_packet_of_a_real_camera_begins_a_key_picture()
    {
        var sample = SharedFiles.Read("gb28181/ps/srs_PsPacketDecodeNormal_0_256B.bin");
        Assert.True(RtpPacket.TryRead(sample, out var packet));
        Assert.Equal(0x0BEBDFA1u, packet.Ssrc);
        Assert.Equal(96, packet.PayloadType);

        _demuxer.Receive(packet.Timestamp, packet.IsMarked, packet.Payload);
        // Its last PES says 0x3562 bytes behind its length; 10 of them are there.
        _demuxer.Receive(packet.Timestamp, isMarked: true, Enumerable.Repeat((byte)0x55, 0x3562 - 10).ToArray());

        var unit = Assert.Single(_units);
        Assert.True(unit.IsKey);
        Assert.Equal(VideoCodec.H264, unit.Codec);
        Assert.StartsWith("00000001674D001E9DA8280F69B808080A00000300020000030065080000000168EE3C800000000106E501BA800000000165", Convert.ToHexString(unit.Data.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_film_comes_out_as_it_went_in()
    {
        var film = SharedFiles.Read("video/car-detection_10s.h264");
        var pictures = TestVideo.Read(film);
        var streams = pictures.Select((picture, index) => TestVideo.Mux(picture, index * TestVideo.PictureTicks).Chunk(1_400).ToArray()).ToArray();
        var watch = Stopwatch.StartNew();
        for (var index = 0; index < streams.Length; index++)
        {
            for (var number = 0; number < streams[index].Length; number++)
            {
                _demuxer.Receive((uint)(index * TestVideo.PictureTicks), number == streams[index].Length - 1, streams[index][number]);
            }
        }

        TestContext.Current.SendDiagnosticMessage($"A film of {film.Length:N0} bytes was taken apart in {watch.Elapsed.TotalMilliseconds:0.0} ms.");

        Assert.True(pictures.Count > 50);
        Assert.Equal(pictures.Select(picture => Convert.ToHexString(picture.Data)), _units.Select(unit => Convert.ToHexString(unit.Data.Span)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Changed_bytes_never_break_the_demuxer(int seed)
    {
        var random = new Random(seed);
        var pictures = TestVideo.Synthetic(seed, 24);
        for (var round = 0; round < 40; round++)
        {
            var pts = 0L;
            foreach (var picture in pictures)
            {
                var stream = TestVideo.Mux(picture, pts += TestVideo.PictureTicks);
                foreach (var piece in (random.Next(4) == 0 ? Mutation.Of(stream, random) : stream).Chunk(random.Next(100, 3_000)))
                {
                    var isOdd = random.Next(200) == 0;
                    _demuxer.Receive((uint)pts, random.Next(50) == 0, isOdd ? Mutation.Of(piece, random) : piece);
                    if (isOdd && random.Next(3) == 0)
                    {
                        _demuxer.Lose();
                    }
                }
            }
        }

        Assert.NotEmpty(_units);
        Assert.All(_units.Zip(_units.Skip(1)), pair => Assert.True(pair.Second.DtsMicroseconds >= pair.First.DtsMicroseconds));
    }

    private void Send(IEnumerable<TestPicture> pictures, int pieceBytes, bool isMarked, byte streamType = 0x1B, long firstPts = 0)
    {
        var pts = firstPts;
        foreach (var picture in pictures)
        {
            var pieces = TestVideo.Mux(picture, pts & ((1L << 33) - 1), streamType).Chunk(pieceBytes).ToArray();
            for (var number = 0; number < pieces.Length; number++)
            {
                _demuxer.Receive((uint)pts, isMarked && number == pieces.Length - 1, pieces[number]);
            }

            pts += TestVideo.PictureTicks;
        }
    }
}
