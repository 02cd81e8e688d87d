using System.Globalization;
using System.Text.RegularExpressions;

namespace CommandCenter.Benchmarks.Product;

/// <summary>How long batches waited in the server from when it took them until they were on disk, as its <c>/metrics</c> count them.</summary>
/// <param name="CountByBoundMs">For each bound in ms how many took at most so long.</param>
internal sealed partial record DurableWaits(IReadOnlyDictionary<double, long> CountByBoundMs)
{
    /// <summary>All since the server's start.</summary>
    public static DurableWaits Read(ServerProcess server)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "metrics");
        request.Headers.Authorization = new("Bearer", File.ReadAllText(Path.Combine(server.DataDirectory, "keys", "metrics.key")).Trim());
        using var answer = client.Send(request).EnsureSuccessStatusCode();
        using var text = new StreamReader(answer.Content.ReadAsStream());
        return new DurableWaits(Bucket().Matches(text.ReadToEnd()).GroupBy(static match => BoundOf(match.Groups["le"].Value), static match => long.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture))
            .ToDictionary(static bound => bound.Key, static bound => bound.Sum()));
    }

    /// <summary>Those that came after an earlier look.</summary>
    public DurableWaits Since(DurableWaits earlier) => new(CountByBoundMs.ToDictionary(static one => one.Key, one => one.Value - earlier.CountByBoundMs[one.Key]));

    /// <summary>A quantile in ms, within its bounds in proportion, as <c>histogram_quantile</c> has it.</summary>
    public double At(double quantile)
    {
        var rank = quantile * CountByBoundMs[double.PositiveInfinity];
        var (lower, below) = (0.0, 0L);
        foreach (var (bound, count) in CountByBoundMs.OrderBy(static one => one.Key))
        {
            if (count >= rank)
            {
                return double.IsPositiveInfinity(bound) ? lower : lower + ((bound - lower) * (rank - below) / Math.Max(1, count - below));
            }

            (lower, below) = (bound, count);
        }

        return lower;
    }

    private static double BoundOf(string le) => le == "+Inf" ? double.PositiveInfinity : double.Parse(le, CultureInfo.InvariantCulture) * 1_000;

    [GeneratedRegex("""^commandcenter_partition_durable_duration_bucket\{.*le="(?<le>[^"]+)".*\} (?<count>\d+)$""", RegexOptions.Multiline)]
    private static partial Regex Bucket();
}
