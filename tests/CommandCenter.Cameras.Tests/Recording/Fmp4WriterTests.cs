using CommandCenter.Cameras.Media;
using CommandCenter.Cameras.Recording;
using CommandCenter.Testing;

namespace CommandCenter.Cameras.Tests.Recording;

public sealed class Fmp4WriterTests
{
    private const string H265Set = "42010101600000030090000003000003003CA00D080F165BA4A4C2F0168080000003008000000F04";

    private static readonly BoxWriter s_box = new();

    [Theory]
    [InlineData(640, 360)]
    [InlineData(1920, 1080)]
    [InlineData(768, 432)]
    [InlineData(16, 16)]
    public void The_size_is_read_from_the_sequence_parameter_set(int width, int height)
    {
        var read = SequenceParameters.ReadH264(TestVideo.Sps(width, height));

        Assert.Equal(new SequenceParameters(width, height, 1, 8, 8), read);
    }

    [Fact]
    public void Sets_of_real_encoders_are_read()
    {
        Assert.Equal((1920, 1080), SizeOf(SequenceParameters.ReadH264(Convert.FromHexString("67640028ACD940780227E5C05A808080A0000003002000000781E30632C0"))));
        Assert.Equal((416, 240), SizeOf(SequenceParameters.ReadH265(Convert.FromHexString(H265Set))));

        static (int Width, int Height) SizeOf(SequenceParameters parameters) => (parameters.Width, parameters.Height);
    }

    [Fact]
    public void Every_beginning_of_a_parameter_set_is_refused_and_never_more()
    {
        var whole = TestVideo.Sps(640, 360);
        for (var length = 0; length < whole.Length - 1; length++)
        {
            Assert.Equal(RecordingException.BadVideo, Assert.Throws<RecordingException>(() => SequenceParameters.ReadH264(whole.AsSpan(0, length))).Code);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_holds_what_was_written_and_nothing_else(bool hasBFrames)
    {
        var pictures = new TestVideo { HasBFrames = hasBFrames, SaysCaptured = hasBFrames }.Pictures(40).ToArray();
        var file = new StrictMp4(Write(pictures));

        Assert.Equal(1_000_000u, file.Timescale);
        Assert.Equal((640, 360), file.Size);
        Assert.Equal(hasBFrames ? 160 : 120, file.TopLevel.Count - 2);
        Assert.Equal(pictures.Select(picture => picture.DtsMicroseconds), file.Samples.Select(sample => sample.DecodeTime));
        Assert.Equal(pictures.Select(picture => picture.PtsMicroseconds), file.Samples.Select(sample => sample.DecodeTime + sample.Offset));
        Assert.Equal(pictures.Select(picture => picture.IsKey), file.Samples.Select(sample => sample.IsKey));
        Assert.All(pictures.Zip(file.Samples), pair => Assert.Equal(SliceOf(pair.First), Assert.Single(pair.Second.Nals)));
    }

    [Fact]
    public void Each_picture_keeps_its_times_to_the_tick()
    {
        var random = new Random(20261123);
        var video = new TestVideo { SaysCaptured = true, HasBFrames = true, OtherBytes = 50, KeyBytes = 50 };
        foreach (var picture in video.Pictures(500))
        {
            var at = TestVideo.Start.AddTicks(random.NextInt64(TimeSpan.FromDays(20 * 365).Ticks)); // Beyond 2036, too, where NTP begins anew.
            var unit = picture with { ArrivedAt = at, CapturedAt = new DateTimeOffset(at.Ticks / 10 * 10, TimeSpan.Zero).AddSeconds(-1) };
            s_box.Clear();
            Fmp4Writer.WriteFragment(s_box, Sets(), unit, 1, 12_345, 66_666);
            var head = FragmentHead.Read(s_box.Written.Span)!.Value;

            Assert.Equal((unit.ArrivedAt, unit.CapturedAt, unit.IsKey), (head.ArrivedAt, head.CapturedAt, head.IsKey));
            Assert.Equal((12_345L, 66_666u, (long)s_box.Length), (head.DecodeTime, head.Duration, head.Length));
            Assert.Equal(unit.PtsMicroseconds - unit.DtsMicroseconds, head.CompositionOffset);
        }
    }

    [Fact]
    public void Parameter_sets_stand_in_the_beginning_and_not_in_the_pictures()
    {
        var file = new StrictMp4(Write([.. new TestVideo().Pictures(2)]));
        var entry = file.Body("stsd");
        var sps = TestVideo.Sps(640, 360);

        Assert.True(entry.AsSpan().IndexOf(sps) > 0);
        Assert.True(entry.AsSpan().IndexOf("avcC"u8) > 0);
        Assert.DoesNotContain(file.Samples, sample => sample.Nals.Any(nal => (nal[0] & 31) is 7 or 8 or 9));
    }

    [Fact]
    public void H265_is_written_with_its_three_kinds_of_sets()
    {
        byte[][] units =
        [
            Convert.FromHexString("40010C01FFFF01600000030090000003000003003CBA0240"),
            Convert.FromHexString(H265Set),
            Convert.FromHexString("4401C172B46240"),
            [0x26, 0x01, 0xaf, 1, 2, 3],
        ];
        var unit = new AccessUnit(VideoCodec.H265, TestVideo.AnnexBOf(units), 0, 0, true, TestVideo.Start, null);
        var file = new StrictMp4(Write([unit]));
        var entry = file.Body("stsd");

        Assert.Equal((416, 240), file.Size);
        Assert.True(entry.AsSpan().IndexOf("hvcC"u8) is var box && box > 0);
        Assert.Equal("010160000000900000", Convert.ToHexString(entry.AsSpan(box + 4, 9))); // Version, then profile and compatibility without escapes.
        Assert.All(units[..3], set => Assert.True(entry.AsSpan().IndexOf(set) > 0));
        Assert.Equal(units[3], Assert.Single(Assert.Single(file.Samples).Nals));
    }

    [Fact]
    public void A_real_camera_is_written_picture_by_picture()
    {
        var path = RepositoryRoot.FindShared("data/video/car-detection_10s.h264");
        Assert.SkipWhen(path is null, "The shared video is not here.");
        var pictures = TestVideo.Read(File.ReadAllBytes(path!), 12.5).ToArray();
        var file = new StrictMp4(Write(pictures));

        Assert.Equal((768, 432), file.Size);
        Assert.InRange(file.Samples.Count, 120, 130);
        Assert.Equal(80_000u, file.Samples[5].Duration);
        Assert.True(file.Samples[0].IsKey);
    }

    internal static byte[] Write(AccessUnit[] pictures)
    {
        s_box.Clear();
        var sets = ParameterSets.Read(pictures[0])!;
        Fmp4Writer.WriteInit(s_box, sets, pictures[0].ArrivedAt);
        for (var i = 0; i < pictures.Length; i++)
        {
            var duration = i + 1 < pictures.Length ? pictures[i + 1].DtsMicroseconds - pictures[i].DtsMicroseconds : 40_000;
            Fmp4Writer.WriteFragment(s_box, sets, pictures[i], (uint)i + 1, pictures[i].DtsMicroseconds, (uint)duration);
        }

        return s_box.Written.ToArray();
    }

    internal static byte[] SliceOf(AccessUnit unit)
    {
        foreach (var nal in AnnexB.Units(unit.Data.Span))
        {
            if ((nal[0] & 31) is 1 or 5)
            {
                return nal.ToArray();
            }
        }

        throw new InvalidDataException("No slice.");
    }

    private static ParameterSets Sets() => ParameterSets.Read(new TestVideo().Picture())!;
}
