using CommandCenter.Cameras.Media;
using CommandCenter.Cameras.Feeds;

namespace CommandCenter.Cameras.Tests.Feeds;

public sealed class VideoFeedTests
{
    private readonly HandClock _clock = new();
    private readonly VideoFeed _feed;

    public VideoFeedTests() => _feed = new VideoFeed("cam-1/sub", FeedLimits.Default with { KeptUnitsMax = 4 }, _clock);

    [Fact]
    public void Whoever_joins_begins_with_the_last_key_picture()
    {
        Give("K1 d2 K3 d4");

        var sink = Joined();
        Give("d5");

        Assert.Equal("K3 d4 d5", sink.Text);
    }

    [Fact]
    public void Nothing_is_given_before_the_first_key_picture()
    {
        var sink = Joined();

        Give("d1 d2 K3 d4");

        Assert.Equal("K3 d4", sink.Text);
        Assert.Equal(new FeedCounts(4, 8, 2), _feed.Counts);
    }

    [Fact]
    public void A_sink_without_room_misses_pictures_up_to_the_next_key_picture_and_holds_up_nobody()
    {
        var (slow, other) = (Joined(), Joined());
        Give("K1 d2");
        slow.HasRoom = false;
        Give("d3");
        slow.HasRoom = true;
        Give("d4 K5 d6");

        Assert.Equal("K1 d2 K5 d6", slow.Text);
        Assert.Equal("K1 d2 d3 d4 K5 d6", other.Text);
        Assert.Equal(2, _feed.Counts.Dropped);
    }

    [Fact]
    public void After_a_gap_everybody_waits_for_the_next_key_picture()
    {
        var sink = Joined();
        Give("K1 d2");
        _feed.Interrupt();
        Give("d3 d4");
        var late = Joined();
        Give("K5 d6");

        Assert.Equal("K1 d2 K5 d6", sink.Text);
        Assert.Equal("K5 d6", late.Text);
    }

    [Fact]
    public void More_pictures_than_are_kept_make_a_newcomer_wait_and_nobody_else()
    {
        var sink = Joined();
        Give("K1 d2 d3 d4 d5 d6");
        var late = Joined();
        Give("d7 K8");

        Assert.Equal("K1 d2 d3 d4 d5 d6 d7 K8", sink.Text);
        Assert.Equal("K8", late.Text);
    }

    [Fact]
    public void A_page_that_can_show_no_more_gets_key_pictures_alone()
    {
        Give("K1 d2");
        var sink = new Sink();
        using var seat = _feed.Join(sink, keysOnly: true);
        Give("d3 K4 d5");

        Assert.Equal("K1 K4", sink.Text);
    }

    [Fact]
    public void Whoever_leaves_gets_nothing_more()
    {
        var sink = new Sink();
        using (_feed.Join(sink))
        {
            Give("K1");
            Assert.Equal(1, _feed.Sinks);
        }

        Give("d2 K3");

        Assert.Equal("K1", sink.Text);
        Assert.Equal(0, _feed.Sinks);
    }

    [Fact]
    public void The_state_says_how_old_the_last_picture_is_and_whether_anybody_asks_for_one()
    {
        Assert.Equal(FeedState.Off, _feed.State);
        _feed.Ask(isAsked: true);
        Assert.Equal(FeedState.Connecting, _feed.State);
        Give("K1");
        Assert.Equal(FeedState.Live, _feed.State);
        _clock.Advance(TimeSpan.FromSeconds(1.499));
        Assert.Equal(FeedState.Live, _feed.State);
        _clock.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(FeedState.Stalled, _feed.State);
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(FeedState.Lost, _feed.State);
        Give("d2");
        Assert.Equal(FeedState.Live, _feed.State);
        _feed.Ask(isAsked: false);
        Assert.Equal(FeedState.Off, _feed.State);
    }

    [Fact]
    public void A_feed_that_never_had_a_picture_is_connecting_and_then_lost_for_the_reason_that_was_given()
    {
        _feed.Ask(isAsked: true);
        _clock.Advance(TimeSpan.FromSeconds(2.999));
        _feed.Ask(isAsked: true);
        Assert.Equal((FeedState.Connecting, null), (_feed.State, _feed.Reason));
        _feed.Explain("video.password");
        _clock.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal((FeedState.Lost, "video.password"), (_feed.State, _feed.Reason));

        Give("K1");

        Assert.Equal((FeedState.Live, null), (_feed.State, _feed.Reason));
    }

    private Sink Joined()
    {
        var sink = new Sink();
        _ = _feed.Join(sink);
        return sink;
    }

    // K1 is a key picture, d2 another.
    private void Give(string units)
    {
        foreach (var unit in units.Split(' '))
        {
            _feed.Publish(new AccessUnit(VideoCodec.H264, new byte[] { (byte)unit[0], (byte)unit[1] }, 0, 0, unit[0] == 'K', _clock.GetUtcNow(), null));
        }
    }

    private sealed class Sink : IVideoSink
    {
        private readonly List<string> _units = [];

        public bool HasRoom { get; set; } = true;

        public string Text => string.Join(' ', _units);

        public bool Offer(AccessUnit unit)
        {
            if (HasRoom)
            {
                _units.Add($"{(char)unit.Data.Span[0]}{(char)unit.Data.Span[1]}");
            }

            return HasRoom;
        }
    }
}
