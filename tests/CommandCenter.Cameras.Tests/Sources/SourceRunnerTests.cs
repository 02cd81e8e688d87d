using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Media;
using CommandCenter.Cameras.Native;
using CommandCenter.Cameras.Sources;

namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>When a stream is begun, given up and begun again, by a clock that the test moves and pipelines that only count.</summary>
public sealed class SourceRunnerTests
{
    private static readonly CameraSource s_camera = new("cam-1", CameraKind.RtspPull, "rtsp://10.0.0.7/main", "rtsp://10.0.0.7/sub");
    private static readonly byte[] s_key = [0, 0, 1, 0x67, 0x42, 0, 0, 1, 0x65, 0x88];
    private static readonly byte[] s_predicted = [0, 0, 1, 0x41, 0x9A]; // first_mb 0, slice type 5: P.
    private static readonly byte[] s_b = [0, 0, 1, 0x41, 0x9E]; // slice type 6: B.

    private readonly HandClock _clock = new();
    private readonly GatewayOptions _options = new() { TranscodesMax = 1 };
    private readonly TranscodeBudget _budget = new(1);
    private readonly List<(SourceRun Run, VideoCodec Codec, bool IsTranscoded, TimeSpan At)> _opened = [];
    private TimeSpan _now;
    private int _open;
    private string? _refusal;

    [Fact]
    public void A_sub_stream_is_begun_at_once_and_a_main_stream_when_somebody_joins()
    {
        var (sub, main) = (New(FeedKind.Sub), New(FeedKind.Main));
        sub.Tick();
        main.Tick();
        Assert.Equal((FeedState.Connecting, FeedState.Off, 1), (sub.Feed.State, main.Feed.State, _open));

        var seat = main.Feed.Join(new CountingSink());
        main.Tick();
        Assert.Equal((FeedState.Connecting, 2), (main.Feed.State, _open));

        seat.Dispose();
        Pass(main, 9.9, each: () => Give(_opened[1].Run, s_key));
        Assert.Equal((FeedState.Live, 2), (main.Feed.State, _open));
        Pass(main, 0.3);
        Assert.Equal((FeedState.Off, 1), (main.Feed.State, _open));
    }

    [Fact]
    public void A_stream_without_pictures_for_three_seconds_is_begun_again_soon()
    {
        var runner = Live();
        Pass(runner, 2.8);
        Assert.Single(_opened);

        Pass(runner, 0.6);

        Assert.Equal((2, 1, 1, "video.silent"), (_opened.Count, _open, runner.Restarts, runner.Feed.Reason));
        Give(_opened[1].Run, s_predicted);
        Assert.Equal((FeedState.Live, null), (runner.Feed.State, runner.Feed.Reason));
    }

    [Fact]
    public void Pictures_that_come_after_the_stream_was_given_up_are_not_handed_on()
    {
        var runner = Live();
        Pass(runner, 3.4);

        Assert.False(Give(_opened[0].Run, s_key));
        Assert.Equal(1, runner.Feed.Counts.Units);
    }

    [Fact]
    public void A_device_that_refuses_connections_is_asked_ever_more_slowly_up_to_every_two_seconds()
    {
        _refusal = "video.unreachable";
        var runner = New(FeedKind.Sub);

        Pass(runner, 60);

        var between = _opened.Zip(_opened.Skip(1), static (one, next) => (next.At - one.At).TotalSeconds).ToArray();
        Assert.InRange(between[0], 0.1, 0.6);
        Assert.All(between, static seconds => Assert.InRange(seconds, 0.1, 2.3));
        Assert.All(between[4..], static seconds => Assert.InRange(seconds, 0.9, 2.3));
        Assert.Equal((FeedState.Lost, "video.unreachable"), (runner.Feed.State, runner.Feed.Reason));
    }

    [Fact]
    public void A_device_that_does_not_answer_is_asked_again_without_a_pause_for_the_attempt_was_long_enough()
    {
        var runner = New(FeedKind.Sub);
        Pass(runner, 40);

        Assert.All(_opened.Zip(_opened.Skip(1)), static pair => Assert.InRange((pair.Second.At - pair.First.At).TotalSeconds, 6, 6.6));
    }

    [Fact]
    public void A_wrong_password_waits_half_a_minute_and_not_at_all_once_it_is_changed()
    {
        _refusal = "video.password";
        var runner = New(FeedKind.Sub);
        Pass(runner, 29);
        Assert.Single(_opened);
        Pass(runner, 2);
        Assert.Equal(2, _opened.Count);

        _refusal = null;
        runner.Change(s_camera with { Password = "right" });
        runner.Tick();

        Assert.Equal((3, 1), (_opened.Count, _open));
    }

    [Fact]
    public void A_changed_source_is_begun_anew_and_its_feed_stays()
    {
        var runner = Live();
        var feed = runner.Feed;

        runner.Change(s_camera with { Sub = "rtsp://10.0.0.8/sub" });
        Pass(runner, 0.2);

        Assert.Equal((2, 1), (_opened.Count, _open));
        Assert.Same(feed, runner.Feed);
        runner.Change(s_camera with { Sub = "rtsp://10.0.0.8/sub" });
        Pass(runner, 0.2, each: () => Give(_opened[1].Run, s_key));
        Assert.Equal(2, _opened.Count);
    }

    [Fact]
    public void B_frames_are_refused_and_believed_gone_only_after_two_seconds_without()
    {
        var runner = Live();
        Assert.False(Give(_opened[0].Run, s_b));
        Pass(runner, 29);
        Assert.Equal((1, "video.codec"), (_opened.Count, runner.Feed.Reason));

        Pass(runner, 2);
        var units = runner.Feed.Counts.Units;
        for (var i = 0; i < 30; i++)
        {
            Assert.True(Give(_opened[1].Run, i == 0 ? s_key : s_predicted));
        }

        Assert.Equal(units, runner.Feed.Counts.Units);
        _ = Give(_opened[1].Run, s_key);
        Assert.Equal((units + 1, null), (runner.Feed.Counts.Units, runner.Feed.Reason));
    }

    [Fact]
    public void B_frames_and_H265_are_coded_anew_where_it_is_wished_and_there_is_room()
    {
        var (one, other) = (New(FeedKind.Sub, s_camera with { Transcode = true }), New(FeedKind.Sub, s_camera with { Transcode = true }));
        one.Tick();
        _ = Give(_opened[0].Run, s_b);
        Pass(one, 0.6);
        Assert.Equal((VideoCodec.H264, true), (_opened[1].Codec, _opened[1].IsTranscoded));

        other.Tick();
        Assert.False(_opened[2].Run.OnStream("application/x-rtp, media=(string)video, encoding-name=(string)H265"));
        Pass(other, 0.6);
        Assert.Equal((3, "video.budget", VideoCodec.H265), (_opened.Count, other.Feed.Reason, other.Codec));

        one.Leave();
        one.Tick();
        Assert.True(one.HasLeft);
        Pass(other, 2.2);
        Assert.Equal((VideoCodec.H265, true, 1), (_opened[3].Codec, _opened[3].IsTranscoded, _budget.Taken));
    }

    [Fact]
    public void Sound_is_not_fetched_and_pictures_of_another_codec_are_refused()
    {
        var runner = New(FeedKind.Sub);
        runner.Tick();
        var run = _opened[0].Run;

        Assert.False(run.OnStream("application/x-rtp, media=(string)audio, encoding-name=(string)PCMA"));
        Assert.Null(run.Fault);
        Assert.True(run.OnStream("application/x-rtp, media=(string)video, encoding-name=(string)H264"));
        Assert.False(run.OnStream("application/x-rtp, media=(string)video, encoding-name=(string)JPEG"));
        Assert.Equal("video.codec", run.Fault);
    }

    [Fact]
    public void Times_of_a_stream_never_go_back_and_a_gap_waits_for_a_key_picture()
    {
        var sink = new CountingSink();
        var runner = New(FeedKind.Sub);
        using var seat = runner.Feed.Join(sink);
        runner.Tick();
        var run = _opened[0].Run;
        foreach (var (data, pts, isBroken) in new[] { (s_key, 1000L, true), (s_predicted, 67_000_000, false), (s_predicted, 5_000_000, false), (s_predicted, 134_000_000, true), (s_key, 200_000_000, false) })
        {
            _ = run.OnPicture(new GstPicture(data, pts, isBroken, null));
        }

        Assert.Equal([1, 67_000, 67_001, 200_000], sink.Kept.Select(static unit => unit.PtsMicroseconds));
        Assert.All(sink.Kept, static unit => Assert.Equal(unit.PtsMicroseconds, unit.DtsMicroseconds));
    }

    private SourceRunner Live()
    {
        var runner = New(FeedKind.Sub);
        runner.Tick();
        Assert.True(Give(_opened[0].Run, s_key));
        return runner;
    }

    private bool Give(SourceRun run, byte[] data) => run.OnPicture(new GstPicture(data, _now.Ticks * 100, IsBroken: false, null));

    private void Pass(SourceRunner runner, double seconds, Action? each = null)
    {
        for (var until = _now + TimeSpan.FromSeconds(seconds); _now < until;)
        {
            _clock.Advance(TimeSpan.FromSeconds(0.1));
            _now += TimeSpan.FromSeconds(0.1);
            each?.Invoke();
            runner.Tick();
        }
    }

    private SourceRunner New(FeedKind kind, CameraSource? camera = null) => new(
        camera ?? s_camera, kind, _options, _budget,
        static action =>
        {
            action();
            return true;
        },
        (_, _, run, codec, isTranscoded) =>
        {
            _opened.Add((run, codec, isTranscoded, _now));
            if (_refusal is { } code)
            {
                throw new GstException(code, "as the test says");
            }

            _open++;
            return new Pipeline(this);
        },
        _clock, new Random(1));

    private sealed class Pipeline(SourceRunnerTests owner) : IDisposable
    {
        public void Dispose() => owner._open--;
    }
}
