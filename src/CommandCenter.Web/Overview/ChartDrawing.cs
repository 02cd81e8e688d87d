using System.Globalization;
using System.Text;

namespace CommandCenter.Web.Overview;

/// <summary>Numbers as the paths of an SVG: drawn by the server, so that a chart is there without a script and prints as it is.</summary>
internal static class ChartDrawing
{
    /// <summary>Bars from a middle line, one up and one down a piece. Nothing is drawn where nothing is known.</summary>
    /// <param name="values">One a piece.</param>
    /// <param name="peak">The value of a bar of full height; not below 1.</param>
    /// <param name="isDown">Downwards.</param>
    /// <param name="width">Of the drawing.</param>
    /// <param name="middle">Where the line is.</param>
    /// <param name="height">Of the highest bar.</param>
    public static string Bars(IReadOnlyList<long?> values, long peak, bool isDown, double width, double middle, double height)
    {
        var path = new StringBuilder();
        var step = width / values.Count;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value and not 0)
            {
                var y = (isDown ? 1 : -1) * height * value / Math.Max(1, peak);
                _ = path.Append(CultureInfo.InvariantCulture, $"M{(i + 0.12) * step:0.##} {middle:0.##}v{y:0.##}h{step * 0.76:0.##}v{-y:0.##}z");
            }
        }

        return path.ToString();
    }

    /// <summary>A line through the middle of each piece, broken where nothing is known. From zero: a stock that halves must look halved.</summary>
    /// <param name="values">One a piece.</param>
    /// <param name="least">The value at the bottom.</param>
    /// <param name="peak">The value at the top.</param>
    /// <param name="width">Of the drawing.</param>
    /// <param name="height">Of the drawing.</param>
    public static string Line(IReadOnlyList<long?> values, long least, long peak, double width, double height)
    {
        var path = new StringBuilder();
        var step = width / values.Count;
        var isDown = false;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value)
            {
                var y = height - (height * (value - least) / Math.Max(1, peak - least));
                _ = path.Append(CultureInfo.InvariantCulture, $"{(isDown ? 'L' : 'M')}{(i + 0.5) * step:0.##} {y:0.##}");
            }

            isDown = values[i] is not null;
        }

        return path.ToString();
    }

    /// <summary>The greatest size of a value, at least 1.</summary>
    public static long Peak(params IEnumerable<long?>[] values) =>
        values.SelectMany(static one => one).Select(static value => value is null or long.MinValue ? 0 : Math.Abs(value.Value)).Append(1).Max();
}
