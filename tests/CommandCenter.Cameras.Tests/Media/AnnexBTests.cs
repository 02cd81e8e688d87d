using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Tests.Media;

public sealed class AnnexBTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("6742", "")]
    [InlineData("000001", "")]
    [InlineData("0000016742", "6742")]
    [InlineData("000000016742800000000168CE", "674280 68CE")]
    [InlineData("00000109F00000000167000001680000000165880000", "09F0 67 68 6588")]
    [InlineData("FFFF000001658880", "658880")]
    public void A_stream_is_cut_at_its_start_codes(string stream, string units)
    {
        var found = new List<string>();
        foreach (var unit in AnnexB.Units(Convert.FromHexString(stream)))
        {
            found.Add(Convert.ToHexString(unit));
        }

        Assert.Equal(units, string.Join(' ', found));
    }
}
