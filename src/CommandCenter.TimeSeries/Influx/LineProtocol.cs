using System.Buffers;
using System.Globalization;
using System.Text;
using CommandCenter.TimeSeries.Embedded;

namespace CommandCenter.TimeSeries.Influx;

/// <summary>One point as a line: <c>kpi,scope=沪0115 received=3i,closed=1i 1504229400</c>, times in seconds.</summary>
/// <remarks>
/// What InfluxDB 1.x, 2.x and 3 understand alike. Every field is an integer (<c>i</c>); without it InfluxDB would take a float and hold the
/// field to that for ever. An unknown value is left out.
/// </remarks>
public static class LineProtocol
{
    /// <summary>Writes a line with its line feed.</summary>
    /// <returns><see langword="false"/>: no value is known, so there is no line.</returns>
    /// <exception cref="ArgumentException">The scope cannot be a tag value.</exception>
    public static bool TryWrite(ChangedPoint point, SeriesSchema schema, IBufferWriter<byte> to)
    {
        var line = new StringBuilder(point.Step.Measurement()).Append(",scope=").Append(EscapeTag(point.Scope));
        var separator = ' ';
        for (var field = 0; field < schema.Count; field++)
        {
            if (point.Point.Values[field] is { } value)
            {
                _ = line.Append(separator).Append(schema.Fields[field].Name).Append('=').Append(CultureInfo.InvariantCulture, $"{value}i");
                separator = ',';
            }
        }

        if (separator == ' ')
        {
            return false;
        }

        _ = line.Append(CultureInfo.InvariantCulture, $" {point.Point.T}\n");
        _ = Encoding.UTF8.GetBytes(line.ToString(), to);
        return true;
    }

    /// <summary>A tag value with comma, space and equals sign escaped.</summary>
    /// <exception cref="ArgumentException">
    /// It is empty, which InfluxDB refuses; ends in a backslash, which would escape what follows; or holds a line break or another control character.
    /// </exception>
    public static string EscapeTag(string value)
    {
        if (value.Length == 0 || value[^1] == '\\' || value.Any(char.IsControl))
        {
            throw new ArgumentException($"“{value}” cannot be a tag value: empty, ends in a backslash, or holds a control character.", nameof(value));
        }

        return value.Replace(",", "\\,", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal);
    }
}
