using CommandCenter.Web.Grains;
using CommandCenter.Web.Overview;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Grains;

public sealed class StayTimeTests
{
    [Fact]
    public void Steps_rise_with_the_time_and_begin_where_they_say()
    {
        var before = -1;
        for (var minutes = 0; minutes < 40 * 1440; minutes++)
        {
            var step = StayTime.StepOf(minutes);

            Assert.InRange(step, before, before + 1);
            Assert.InRange(StayTime.MinutesOf(step), 0, minutes);
            before = step;
        }

        Assert.All(Enumerable.Range(0, StayTime.StepCount), static step => Assert.Equal(step, StayTime.StepOf(StayTime.MinutesOf(step))));
        Assert.Equal(StayTime.StepMax, StayTime.StepOf(int.MaxValue));
        Assert.Equal(0, StayTime.StepOf(-1));
    }

    [Theory]
    [InlineData(0, "0 小时", "0 h")]
    [InlineData(59, "0 小时", "0 h")]
    [InlineData((48 * 60) - 1, "47 小时", "47 h")]
    [InlineData(48 * 60, "2.0 天", "2.0 d")]
    [InlineData((30 * 1440) - 1, "29.9 天", "29.9 d")]
    [InlineData(30 * 1440, "30 天", "30 d")]
    [InlineData(1_500 * 1440, "1,500 天", "1,500 d")]
    public void A_time_is_shown_truncated(int minutes, string zh, string en)
    {
        Assert.Equal(zh, OverviewTexts.Stay(StayTime.MinutesOf(StayTime.StepOf(minutes)), WallLanguage.Zh));
        Assert.Equal(en, OverviewTexts.Stay(StayTime.MinutesOf(StayTime.StepOf(minutes)), WallLanguage.En));
    }

    [Fact]
    public void A_quantile_is_the_nearest_rank()
    {
        Assert.Null(StayTime.QuantileOf([], 0, 50));
        Assert.Equal(3, StayTime.QuantileOf([0, 0, 0, 1], 1, 90));
        Assert.Equal(0, StayTime.QuantileOf([1, 1], 2, 50));
        Assert.Equal(1, StayTime.QuantileOf([1, 1], 2, 90));
        Assert.Equal(1, StayTime.QuantileOf([4, 5, 1], 10, 90));
        Assert.Equal(2, StayTime.QuantileOf([4, 5, 2], 11, 90));
    }

    [Fact]
    public void Three_years_of_times_are_kept_and_survive_a_snapshot()
    {
        var times = new NodeTimes();
        times.Add(2015, 1, 7);
        times.Add(2016, 1, 7);
        times.Add(2016, 1, 7);
        times.Add(2017, 37, StayTime.StepMax);
        times.Add(2018, 2, 0);
        times.Add(2014, 3, 1); // Years late.

        using var stream = new MemoryStream();
        times.WriteTo(stream);
        stream.Position = 0;
        var read = NodeTimes.ReadFrom(stream, new TextPool());

        foreach (var kept in new[] { times, read })
        {
            Assert.Equal([2016, 2017, 2018], kept.Years);
            Assert.Equal(2, kept.Of(2016, 1)[7]);
            Assert.Equal(1, kept.Of(2017, 37)[StayTime.StepMax]);
            Assert.Equal(1, kept.Of(2018, 2)[0]);
            Assert.True(kept.Of(2015, 1).IsEmpty);
        }
    }
}
