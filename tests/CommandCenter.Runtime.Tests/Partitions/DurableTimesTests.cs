using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Tests.Partitions;

public sealed class DurableTimesTests
{
    [Fact]
    public void A_batch_counts_in_every_bound_that_it_kept()
    {
        var times = new DurableTimes();
        times.Add(TimeSpan.FromMilliseconds(25));
        times.Add(TimeSpan.FromMilliseconds(25.1));
        times.Add(TimeSpan.FromMinutes(1));

        var byBound = times.Buckets(3).ToDictionary(static one => one.Tags.ToArray().Single(static tag => tag.Key == "le").Value!.ToString()!, static one => one.Value);

        Assert.Equal((0, 1, 2, 2, 3), (byBound["0.02"], byBound["0.025"], byBound["0.03"], byBound["10"], byBound["+Inf"]));
        Assert.Equal(60.0501, times.SumSeconds, 4);
        Assert.All(times.Buckets(3), static one => Assert.Contains(one.Tags.ToArray(), static tag => tag is { Key: "partition", Value: 3 }));
    }
}
