using System.Globalization;

namespace CommandCenter.Benchmarks.Reporting;

/// <summary>What a figure must reach: at least or at most a limit.</summary>
internal readonly record struct Budget(double Limit, bool IsLeast)
{
    public static Budget AtLeast(double limit) => new(limit, IsLeast: true);

    public static Budget AtMost(double limit) => new(limit, IsLeast: false);

    public bool IsMetBy(double figure) => IsLeast ? figure >= Limit : figure <= Limit;
}

/// <summary>One figure, measured over some rounds.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Rounds">The figure of each round.</param>
/// <param name="Budget">What design §8 asks for; <see langword="null"/> for a figure that only explains others.</param>
internal sealed record Measurement(string What, string Unit, IReadOnlyList<double> Rounds, Budget? Budget = null)
{
    /// <summary>The middle round; of an even number the worse-placed one is not averaged away but the lower one taken.</summary>
    public double Median => Rounds.Order().ElementAt((Rounds.Count - 1) / 2);

    public bool? IsMet => Budget?.IsMetBy(Median);

    public override string ToString()
    {
        var verdict = IsMet switch { true => "met", false => "NOT MET", null => "" };
        var budget = Budget is { } b ? (b.IsLeast ? "≥ " : "≤ ") + Print(b.Limit) : "";
        var spread = Rounds.Count == 1 ? "1 round" : $"{Print(Rounds.Min())} – {Print(Rounds.Max())} ({Rounds.Count})";
        return $"{What,-52} {Print(Median),11} {Unit,-9} {spread,-30} {budget,-11} {verdict}".TrimEnd();
    }

    private static string Print(double value) => value.ToString(
        Math.Abs(value) switch { >= 1_000 => "N0", >= 10 => "N1", _ => "N2" }, CultureInfo.InvariantCulture);
}
