using CommandCenter.Web.Recount;
using CommandCenter.Web.Tests.Grains;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Tests.Recount;

/// <summary>The recount of a lab's grains, one cycle at a time.</summary>
internal static class RecountLab
{
    /// <summary>A recount that knows nothing yet.</summary>
    public static RecountJob NewRecount(this GrainLab lab, RecountOptions? options = null) =>
        new(lab.Host, lab.Time, Options.Create(options ?? new RecountOptions()), NullLogger<RecountJob>.Instance);

    /// <summary>A whole recount from the first record.</summary>
    public static async Task<RecountReport> RecountAsync(this GrainLab lab)
    {
        using var recount = lab.NewRecount();
        return await recount.CycleAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Requires that every cell was compared and none differs.</summary>
    public static void AssertProved(RecountReport report)
    {
        Assert.Empty(report.Differences);
        Assert.All(report.Partitions, partition => Assert.Equal((RecountState.Proved, null), (partition.State, partition.Fault)));
        Assert.All(report.Partitions, partition => Assert.Equal(partition.Marks, partition.Courts.Select(court => court.Mark)));
    }
}
