using System.Globalization;

namespace CommandCenter.Testing;

/// <summary>Colours as eyes see them.</summary>
/// <remarks>
/// The matrices are those of G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision
/// Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (6), 2009, at severity 1.0; they apply to linear RGB.
/// </remarks>
public static class ColourVision
{
    private static readonly double[] s_normal = [1, 0, 0, 0, 1, 0, 0, 0, 1];

    private static readonly Dictionary<string, double[]> s_visions = new()
    {
        ["normal"] = s_normal,
        ["protanopia"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["deuteranopia"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        ["tritanopia"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    };

    /// <summary>The ways of seeing, ordinary eyes among them.</summary>
    public static IReadOnlyList<string> Visions { get; } = [.. s_visions.Keys];

    /// <summary>How far apart two colours lie to an eye: CIE 1976, ΔE*ab under D65. About 2.3 is just noticeable.</summary>
    /// <param name="one">As in a style sheet, <c>#rrggbb</c>.</param>
    /// <param name="other">As in a style sheet.</param>
    /// <param name="vision">One of <see cref="Visions"/>.</param>
    public static double Difference(string one, string other, string vision)
    {
        var (a, b) = (LabOf(Seen(one, vision)), LabOf(Seen(other, vision)));
        return Math.Sqrt(Math.Pow(a[0] - b[0], 2) + Math.Pow(a[1] - b[1], 2) + Math.Pow(a[2] - b[2], 2));
    }

    /// <summary>WCAG 2.2, contrast ratio.</summary>
    public static double Contrast(string one, string other)
    {
        var (a, b) = (LuminanceOf(one), LuminanceOf(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double LuminanceOf(string colour)
    {
        var linear = Linear(colour);
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    private static double[] Seen(string colour, string vision)
    {
        var (linear, matrix) = (Linear(colour), s_visions[vision]);
        return [.. Enumerable.Range(0, 3).Select(row =>
            Math.Clamp((matrix[row * 3] * linear[0]) + (matrix[(row * 3) + 1] * linear[1]) + (matrix[(row * 3) + 2] * linear[2]), 0, 1))];
    }

    private static double[] Linear(string colour) => [.. Enumerable.Range(0, 3).Select(channel =>
    {
        var value = int.Parse(colour.AsSpan(1 + (channel * 2), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    })];

    private static double[] LabOf(double[] rgb)
    {
        var x = Curve(((0.4124564 * rgb[0]) + (0.3575761 * rgb[1]) + (0.1804375 * rgb[2])) / 0.95047);
        var y = Curve((0.2126729 * rgb[0]) + (0.7151522 * rgb[1]) + (0.0721750 * rgb[2]));
        var z = Curve(((0.0193339 * rgb[0]) + (0.1191920 * rgb[1]) + (0.9503041 * rgb[2])) / 1.08883);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];
    }

    private static double Curve(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
}
