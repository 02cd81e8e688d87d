using CommandCenter.Web.Places;

namespace CommandCenter.Web.Tests.Places;

public sealed class DistrictShadesTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(9, 9)]
    [InlineData(11, 11)]
    [InlineData(21, 22)]
    [InlineData(39, 40)]
    [InlineData(41, 45)]
    [InlineData(99, 100)]
    [InlineData(101, 110)]
    [InlineData(1_901, 2_000)]
    [InlineData(3_501, 3_600)]
    [InlineData(8_000_000_001, 8_500_000_000)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void Limits_are_rounded_up_to_numbers_that_people_remember(long value, long rounded) => Assert.Equal(rounded, DistrictShades.Round(value));

    [Fact]
    public void Sixteen_districts_of_which_one_is_huge_still_have_five_shades()
    {
        long?[] values = [3100, 3900, 2700, 4400, 3500, 2500, 3300, 6800, 5200, 4900, 13000, 2200, 4800, 3700, 3600, 1500];

        var shades = new DistrictShades(DistrictFigure.Pending, DistrictShades.BreaksOf(values), values);
        var perShade = Enumerable.Range(0, values.Length).GroupBy(shades.ShadeOf).ToDictionary(group => group.Key!.Value, group => group.Count());

        Assert.Equal([1, 2, 3, 4, 5], perShade.Keys.Order());
        Assert.All(perShade.Values, count => Assert.InRange(count, 1, 6));
        Assert.Equal(5, shades.ShadeOf(10));
        Assert.Equal(shades.Breaks.Order(), shades.Breaks);
    }

    [Fact]
    public void Nothing_is_a_shade_of_its_own_and_unknown_is_none()
    {
        long?[] values = [null, 0, 1, 9];

        var shades = new DistrictShades(DistrictFigure.Overdue, DistrictShades.BreaksOf(values), values);

        Assert.Equal([null, 0, 1, 2], Enumerable.Range(0, 4).Select(shades.ShadeOf));
    }

    [Fact]
    public void Without_data_or_with_one_value_there_are_no_limits()
    {
        Assert.Empty(DistrictShades.BreaksOf([null, 0, 0]));
        Assert.Empty(DistrictShades.BreaksOf([5, 5, 5]));
        Assert.Equal(1, new DistrictShades(DistrictFigure.Pending, [], [5]).ShadeOf(0));
    }

    [Fact]
    public void A_value_on_a_limit_belongs_below_it()
    {
        var shades = new DistrictShades(DistrictFigure.Pending, [10, 20, 30, 40], [10, 11, 40, 41]);

        Assert.Equal([1, 2, 4, 5], Enumerable.Range(0, 4).Select(shades.ShadeOf));
    }
}
