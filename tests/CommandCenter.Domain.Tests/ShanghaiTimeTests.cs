using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests;

public sealed class ShanghaiTimeTests
{
    [Theory]
    [InlineData("2017-09-01T15:59:59.9999999Z", "2017-09-01")]
    [InlineData("2017-09-01T16:00:00Z", "2017-09-02")]
    [InlineData("2017-12-31T15:59:59Z", "2017-12-31")]
    [InlineData("2017-12-31T16:00:00Z", "2018-01-01")]
    [InlineData("2020-02-28T16:00:00Z", "2020-02-29")]
    [InlineData("2017-09-01T23:30:00+08:00", "2017-09-01")]
    [InlineData("2017-09-01T23:30:00-05:00", "2017-09-02")]
    public void A_day_begins_at_midnight_in_Shanghai_whatever_the_offset_of_the_instant(string instant, string day)
    {
        var at = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(DateOnly.ParseExact(day, "yyyy-MM-dd"), ShanghaiTime.DayOf(at));
    }

    [Fact]
    public void A_day_starts_at_its_first_instant_and_not_before()
    {
        var day = new DateOnly(2017, 9, 1);

        var start = ShanghaiTime.StartOf(day);

        Assert.Equal(TimeSpan.Zero, start.Offset);
        Assert.Equal(day, ShanghaiTime.DayOf(start));
        Assert.Equal(day.AddDays(-1), ShanghaiTime.DayOf(start.AddTicks(-1)));
    }

    [Fact]
    public void The_day_number_of_an_instant_is_the_number_of_its_calendar_day()
    {
        var at = Shanghai(2000, 1, 1);
        for (var hours = 0; hours < 24 * 366 * 2; hours += 5)
        {
            var instant = at.AddHours(hours);
            Assert.Equal(ShanghaiTime.DayNumberOf(ShanghaiTime.DayOf(instant)), ShanghaiTime.DayNumberOf(instant));
        }
    }

    [Fact]
    public void Days_are_counted_from_the_first_of_January_1970_in_Shanghai()
    {
        Assert.Equal(0, ShanghaiTime.DayNumberOf(new DateOnly(1970, 1, 1)));
        Assert.Equal(0, ShanghaiTime.DayNumberOf(Shanghai(1970, 1, 1, 23, 59, 59)));
        Assert.Equal(1, ShanghaiTime.DayNumberOf(Shanghai(1970, 1, 2)));
        Assert.Equal(17_410, ShanghaiTime.DayNumberOf(Shanghai(2017, 9, 1)));
    }

    [Fact]
    public void A_window_holds_its_first_instant_and_not_its_last()
    {
        var noon = Shanghai(2017, 9, 1, 12);
        var window = ShanghaiTime.WindowOf(noon);

        Assert.Equal(noon, ShanghaiTime.StartOfWindow(window));
        Assert.Equal(window, ShanghaiTime.WindowOf(noon.AddMinutes(5).AddTicks(-1)));
        Assert.Equal(window + 1, ShanghaiTime.WindowOf(noon.AddMinutes(5)));
        Assert.Equal(window - 1, ShanghaiTime.WindowOf(noon.AddTicks(-1)));
    }

    [Fact]
    public void A_day_holds_exactly_288_windows_and_none_of_another_day()
    {
        var start = ShanghaiTime.StartOf(new DateOnly(2017, 9, 1));

        var first = ShanghaiTime.WindowOf(start);
        var last = ShanghaiTime.WindowOf(start.AddDays(1).AddTicks(-1));

        Assert.Equal(start, ShanghaiTime.StartOfWindow(first));
        Assert.Equal(288, last - first + 1);
    }

    [Fact]
    public void The_window_does_not_depend_on_how_the_instant_was_written()
    {
        var at = Shanghai(2017, 9, 1, 9, 30);

        Assert.Equal(ShanghaiTime.WindowOf(at), ShanghaiTime.WindowOf(at.ToOffset(TimeSpan.FromHours(-11))));
    }
}
