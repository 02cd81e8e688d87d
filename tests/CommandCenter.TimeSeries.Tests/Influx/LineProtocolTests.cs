using System.Buffers;
using System.Text;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.TimeSeries.Influx;
using CommandCenter.TimeSeries.Tests.Embedded;

namespace CommandCenter.TimeSeries.Tests.Influx;

public sealed class LineProtocolTests
{
    [Theory]
    [InlineData("沪0115", "沪0115")]
    [InlineData("a,b", "a\\,b")]
    [InlineData("a b", "a\\ b")]
    [InlineData("a=b", "a\\=b")]
    [InlineData("a\\b", "a\\b")]
    [InlineData("\"a\"", "\"a\"")]
    [InlineData(",,  ==", "\\,\\,\\ \\ \\=\\=")]
    public void A_tag_value_escapes_comma_space_and_equals_sign_and_nothing_else(string value, string escaped) =>
        Assert.Equal(escaped, LineProtocol.EscapeTag(value));

    [Theory]
    [InlineData("")]
    [InlineData("a\\")]
    [InlineData("a\nb")]
    [InlineData("a\r")]
    [InlineData("\0")]
    public void What_cannot_be_a_tag_value_is_an_error(string value) => Assert.Throws<ArgumentException>(() => LineProtocol.EscapeTag(value));

    [Theory]
    [InlineData(SeriesStep.FiveMinutes, "kpi")]
    [InlineData(SeriesStep.Hour, "kpi_1h")]
    [InlineData(SeriesStep.Day, "kpi_1d")]
    public void A_point_is_a_line_of_integers_in_seconds(SeriesStep step, string measurement) => Assert.Equal(
        $"{measurement},scope=沪0115 received=3i,funds_in_fen=-9223372036854775808i,pending=9223372036854775807i,overdue=0i 1504229400\n",
        Line(step, 3, long.MinValue, long.MaxValue, 0));

    [Fact]
    public void An_unknown_value_is_left_out() => Assert.Equal("kpi,scope=沪0115 funds_in_fen=1i,overdue=2i 1504229400\n", Line(SeriesStep.FiveMinutes, null, 1, null, 2));

    [Fact]
    public void A_point_of_which_nothing_is_known_has_no_line() => Assert.Equal("", Line(SeriesStep.FiveMinutes, null, null, null, null));

    [Theory]
    [InlineData(204, InfluxVerdict.Accepted)]
    [InlineData(200, InfluxVerdict.Later)]
    [InlineData(301, InfluxVerdict.Later)]
    [InlineData(400, InfluxVerdict.Refused)]
    [InlineData(401, InfluxVerdict.Later)]
    [InlineData(403, InfluxVerdict.Later)]
    [InlineData(404, InfluxVerdict.Later)]
    [InlineData(413, InfluxVerdict.TooLarge)]
    [InlineData(422, InfluxVerdict.Refused)]
    [InlineData(429, InfluxVerdict.Later)]
    [InlineData(500, InfluxVerdict.Later)]
    [InlineData(503, InfluxVerdict.Later)]
    public void Only_204_is_an_acknowledgement_and_only_400_and_422_blame_the_lines(int status, InfluxVerdict verdict) =>
        Assert.Equal(verdict, InfluxAnswer.VerdictOf(status));

    [Theory]
    [InlineData("Received")]
    [InlineData("1st")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("")]
    [InlineData("scope")]
    [InlineData("time")]
    [InlineData("changed")]
    public void A_field_name_that_would_need_escaping_or_means_something_else_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new SeriesSchema([new SeriesField(name, FieldKind.Flow)]));

    private static string Line(SeriesStep step, params long?[] values)
    {
        var lines = new ArrayBufferWriter<byte>();
        Assert.Equal(
            Array.Exists(values, value => value is not null),
            LineProtocol.TryWrite(new ChangedPoint(step, "沪0115", new SeriesPoint(1504229400, values)), NaiveSeries.Schema, lines));
        return Encoding.UTF8.GetString(lines.WrittenSpan);
    }
}
