using CommandCenter.Web.Recount;
using CommandCenter.Web.Tests.Wall;

namespace CommandCenter.Web.Tests.Recount;

public sealed class RecountPaceTests
{
    private readonly ManualTime _time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void While_little_comes_and_nothing_waits_the_recount_does_not_rest()
    {
        Assert.Equal(TimeSpan.Zero, RestAfter(slice: TimeSpan.FromMilliseconds(10), events: 99, isQueued: false));
    }

    [Fact]
    public void While_events_wait_nineteen_twentieths_of_the_time_are_theirs()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(190), RestAfter(slice: TimeSpan.FromMilliseconds(10), events: 0, isQueued: true));
    }

    [Fact]
    public void While_more_come_than_a_city_sends_it_rests_though_no_queue_shows_them()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(190), RestAfter(slice: TimeSpan.FromMilliseconds(10), events: 101, isQueued: false));
    }

    [Fact]
    public void A_slice_that_took_long_is_not_followed_by_a_rest_without_end()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(250), RestAfter(slice: TimeSpan.FromSeconds(10), events: 0, isQueued: true));
    }

    private TimeSpan RestAfter(TimeSpan slice, long events, bool isQueued)
    {
        var pace = new RecountPace(_time);
        pace.Begin(position: 1_000);
        _time.Advance(slice);
        return pace.Rest(1_000 + events, isQueued);
    }
}
