using CommandCenter.Cameras.Gb28181.Sip;

namespace CommandCenter.Cameras.Tests.Gb28181.Sip;

public sealed class SipAnswerCacheTests
{
    private readonly TurnedTime _time = new(new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));

    [Fact]
    public void An_answer_is_remembered_for_32_s()
    {
        var cache = new SipAnswerCache(_time);
        cache.Add("a", [1]);
        _time.Add(TimeSpan.FromSeconds(31));

        Assert.Equal([1], cache.Find("a"));
        _time.Add(TimeSpan.FromSeconds(1));
        Assert.Null(cache.Find("a"));
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public void However_much_strangers_say_the_cache_stays_within_its_bounds()
    {
        var cache = new SipAnswerCache(_time);
        for (var number = 0; number < 20_000; number++)
        {
            cache.Add($"{number}", new byte[16 * 1024]);
        }

        Assert.InRange(cache.Bytes, 1, 17 * 1024 * 1024);
        Assert.NotNull(cache.Find("19999"));
        Assert.Null(cache.Find("0"));
    }
}
