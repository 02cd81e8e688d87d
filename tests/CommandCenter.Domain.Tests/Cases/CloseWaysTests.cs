using CommandCenter.Domain.Cases;

namespace CommandCenter.Domain.Tests.Cases;

public sealed class CloseWaysTests
{
    [Theory]
    [InlineData("WB", CloseWay.Performed, 0)]
    [InlineData("ZB", CloseWay.Terminal, 1)]
    [InlineData("ZJ", CloseWay.Ended, 2)]
    [InlineData("XA", CloseWay.Withdrawn, 3)]
    [InlineData("BY", CloseWay.NotEnforced, 4)]
    [InlineData("BH", CloseWay.ApplicationRejected, 5)]
    public void Each_way_has_its_code_and_its_stored_place(string code, CloseWay way, int place)
    {
        Assert.True(CloseWays.TryParse(code, out var read));
        Assert.Equal(way, read);
        Assert.Equal(code, way.Code());
        Assert.Equal(place, (int)way);
    }

    [Fact]
    public void There_are_six_ways() => Assert.Equal(CloseWays.Count, Enum.GetValues<CloseWay>().Length);

    [Theory]
    [InlineData("")]
    [InlineData("wb")]
    [InlineData("WBB")]
    [InlineData("JA")]
    public void Another_code_is_no_way_of_closing(string code) => Assert.False(CloseWays.TryParse(code, out _));
}
