using System.Diagnostics.Metrics;
using System.Globalization;

namespace CommandCenter.Runtime.Partitions;

/// <summary>How long batches waited from when they were taken into the queue until they were on disk: counts by bounds, as Prometheus has its histograms.</summary>
/// <remarks>Written by the partition's thread alone; whoever reads may see a batch in one count and not yet in another.</remarks>
internal sealed class DurableTimes
{
    // A quantile is as exact as its bounds lie close; most batches take some milliseconds.
    private static readonly double[] s_boundsMs = [0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 250, 500, 1_000, 2_500, 10_000];

    private readonly long[] _counts = new long[s_boundsMs.Length + 1];
    private long _sumTicks;

    /// <summary>Counts a batch.</summary>
    public void Add(TimeSpan duration)
    {
        var place = Array.BinarySearch(s_boundsMs, duration.TotalMilliseconds);
        var i = place < 0 ? ~place : place;
        Volatile.Write(ref _counts[i], _counts[i] + 1);
        Volatile.Write(ref _sumTicks, _sumTicks + duration.Ticks);
    }

    /// <summary>Seconds in all.</summary>
    public double SumSeconds => TimeSpan.FromTicks(Volatile.Read(ref _sumTicks)).TotalSeconds;

    /// <summary>For each bound how many batches took at most so long.</summary>
    public IEnumerable<Measurement<long>> Buckets(int partition)
    {
        var sum = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            sum += Volatile.Read(ref _counts[i]);
            var bound = i < s_boundsMs.Length ? (s_boundsMs[i] / 1_000).ToString(CultureInfo.InvariantCulture) : "+Inf";
            yield return new Measurement<long>(sum, new("partition", partition), new("le", bound));
        }
    }
}
