using CommandCenter.Cameras.Gb28181;
using CommandCenter.Web.Cameras.Gb;

namespace CommandCenter.Web.Tests.Cameras.Gb;

public sealed class PositionThrottleTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_span = TimeSpan.FromSeconds(5);

    private readonly PositionThrottle _throttle = new(s_span, TimeSpan.FromDays(1));

    [Fact]
    public void Of_a_device_that_sends_each_second_one_position_in_five_counts_and_the_last_of_all_is_not_lost()
    {
        var kept = Enumerable.Range(0, 62).Where(second => _throttle.Offer(At(second), s_start.AddSeconds(second))).ToArray();

        Assert.Equal(Enumerable.Range(0, 13).Select(static span => span * 5), kept);
        Assert.Null(_throttle.Due(s_start.AddSeconds(62)));
        Assert.Equal(At(61), _throttle.Due(s_start.AddSeconds(66)));
        Assert.Null(_throttle.Due(s_start.AddSeconds(99)));
    }

    [Fact]
    public void What_comes_late_counts_once_in_each_span_of_its_own_time()
    {
        Assert.True(_throttle.Offer(At(0), s_start));
        for (var ago = 86_000; ago > 0; ago -= 5)
        {
            Assert.True(_throttle.Offer(At(-ago), s_start));
            Assert.False(_throttle.Offer(At(-ago), s_start));
        }

        Assert.False(_throttle.Offer(At(-100_000), s_start)); // Older than it looks back.
        Assert.Null(_throttle.Due(s_start.AddHours(1)));
    }

    [Fact]
    public void A_jump_of_the_clock_forgets_nothing_that_it_still_reaches()
    {
        Assert.True(_throttle.Offer(At(0), s_start));
        Assert.True(_throttle.Offer(At(300), s_start));
        Assert.False(_throttle.Offer(At(0), s_start));
        Assert.True(_throttle.Offer(At(150), s_start));
        Assert.True(_throttle.Offer(At(200_000), s_start));
        Assert.True(_throttle.Offer(At(199_995), s_start));
        Assert.False(_throttle.Offer(At(0), s_start));
    }

    private static GbPosition At(int second) => new("34020000001320000001", s_start.AddSeconds(second), 121.5, 31.2, null, null, null);
}
