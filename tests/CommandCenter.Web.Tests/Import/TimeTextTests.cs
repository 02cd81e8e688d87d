using System.Globalization;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Tests.Import;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("2006-07-24T00:00:00+02:00")]
    [InlineData("2010-12-30T14:32:00.000+01:00")]
    [InlineData("2011-10-01T00:38:44.546+02:00")]
    [InlineData("2004-02-29T23:59:59.1234567-03:30")]
    [InlineData("2000-01-01T00:00:00Z")]
    public void A_time_with_an_offset_has_its_place_in_utc(string text)
    {
        Assert.Null(TimeText.Parse(text, out var ticks));
        Assert.Equal(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcTicks, ticks);
    }

    [Theory]
    [InlineData("2012-12-16T19:33:10", RowFault.TimeWithoutOffset)]
    [InlineData("2012-12-16T19:33:10.5", RowFault.TimeWithoutOffset)]
    [InlineData("2012-12-16 19:33:10+01:00", RowFault.TimeInvalid)]
    [InlineData("2012-13-16T19:33:10+01:00", RowFault.TimeInvalid)]
    [InlineData("2011-02-29T19:33:10+01:00", RowFault.TimeInvalid)]
    [InlineData("2012-12-16T24:00:00+01:00", RowFault.TimeInvalid)]
    [InlineData("2012-12-16T19:33:60+01:00", RowFault.TimeInvalid)]
    [InlineData("2012-12-16T19:33:10+0100", RowFault.TimeInvalid)]
    [InlineData("2012-12-16T19:33:10+15:00", RowFault.TimeInvalid)]
    [InlineData("2012-12-16T19:33:10.+01:00", RowFault.TimeInvalid)]
    [InlineData("16/12/2012", RowFault.TimeInvalid)]
    [InlineData("2012-12-16", RowFault.TimeInvalid)]
    public void What_is_not_a_time_with_an_offset_is_refused_with_its_code(string text, string code) =>
        Assert.Equal(code, TimeText.Parse(text, out _)?.Code);
}
