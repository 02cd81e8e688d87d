using System.Text;
using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Tests.Intake;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2017-09-01T09:30:00+08:00", "2017-09-01T01:30:00.0000000")]
    [InlineData("2017-09-01T01:30:00Z", "2017-09-01T01:30:00.0000000")]
    [InlineData("2017-09-01t01:30:00z", "2017-09-01T01:30:00.0000000")]
    [InlineData("2017-09-01T01:30:00-00:00", "2017-09-01T01:30:00.0000000")]
    [InlineData("2017-09-01T01:30:00.5Z", "2017-09-01T01:30:00.5000000")]
    [InlineData("2017-09-01T01:30:00.123456789Z", "2017-09-01T01:30:00.1234567")]
    [InlineData("2017-08-31T20:00:00-05:30", "2017-09-01T01:30:00.0000000")]
    [InlineData("2016-02-29T23:59:59+00:00", "2016-02-29T23:59:59.0000000")]
    [InlineData("2000-02-29T00:00:00Z", "2000-02-29T00:00:00.0000000")]
    [InlineData("2017-09-01T23:59:59.999999999-23:59", "2017-09-02T23:58:59.9999999")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.0000000")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000")]
    public void A_time_with_an_offset_is_read_to_the_tick(string text, string expected)
    {
        Assert.True(Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out var at));
        Assert.Equal(expected, at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, at.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2017-09-01")]
    [InlineData("2017-09-01T09:30:00")] // No offset: whose clock was it?
    [InlineData("2017-09-01T09:30:00.000")]
    [InlineData("2017-09-01T09:30Z")]
    [InlineData("2017-09-01 09:30:00Z")]
    [InlineData("2017-09-01T09:30:00+8:00")]
    [InlineData("2017-09-01T09:30:00+0800")]
    [InlineData("2017-09-01T09:30:00+08")]
    [InlineData("2017-09-01T09:30:00+08:60")]
    [InlineData("2017-09-01T09:30:00+24:00")]
    [InlineData("2017-09-01T09:30:00 08:00")] // A plus sign that a form has eaten.
    [InlineData("2017-09-01T09:30:00Z ")]
    [InlineData(" 2017-09-01T09:30:00Z")]
    [InlineData("2017-09-01T09:30:00ZZ")]
    [InlineData("2017-09-01T09:30:00.Z")]
    [InlineData("2017-09-01T09:30:00,5Z")]
    [InlineData("2017-09-01T09:30:00.1234567890Z")]
    [InlineData("2017-02-29T00:00:00Z")]
    [InlineData("1900-02-29T00:00:00Z")]
    [InlineData("2017-04-31T00:00:00Z")]
    [InlineData("2017-00-01T00:00:00Z")]
    [InlineData("2017-13-01T00:00:00Z")]
    [InlineData("2017-01-00T00:00:00Z")]
    [InlineData("2017-01-32T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2017-09-01T24:00:00Z")]
    [InlineData("2017-09-01T23:60:00Z")]
    [InlineData("2016-12-31T23:59:60Z")] // A leap second has no place in our line of time; moving it in silence would be a lie.
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("+017-09-01T09:30:00Z")]
    [InlineData("2017-+9-01T09:30:00Z")]
    [InlineData("2017-09-01T-1:30:00Z")]
    [InlineData("２０１７-09-01T09:30:00Z")]
    public void Anything_else_is_no_time(string text) => Assert.False(Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
