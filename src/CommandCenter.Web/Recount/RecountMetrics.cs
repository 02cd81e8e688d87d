using System.Diagnostics.Metrics;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Recount;

/// <summary>What an alert on the recount reads: <c>commandcenter_recount_differences</c> above zero, or a position lag that grows.</summary>
internal sealed class RecountMetrics
{
    public const string MeterName = "CommandCenter.Recount";

    private readonly Counter<long> _cycles;
    private readonly Counter<double> _seconds;

    public RecountMetrics(GrainHost grains, Func<RecountReport> latest, IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _cycles = meter.CreateCounter<long>("recount.cycles", "{cycle}", "Times that every cell was compared");
        _seconds = meter.CreateCounter<double>("recount.seconds", "s", "Time that cycles took");
        _ = meter.CreateObservableGauge(
            "recount.cells", () => latest().Partitions.Sum(static one => one.Courts.Sum(static court => court.Cells)), "{cell}", "Cells compared in the last cycle");
        _ = meter.CreateObservableGauge(
            "recount.differences", () => latest().Partitions.Sum(static one => one.Courts.Sum(static court => court.Differing)), "{cell}", "Cells that differ");
        _ = meter.CreateObservableGauge(
            "recount.unknown_partitions", () => latest().Partitions.Count(static one => one.State == RecountState.Unknown), "{partition}",
            "Partitions that cannot be recounted");
        _ = meter.CreateObservableGauge(
            "recount.position_lag",
            () => latest().Partitions.Select(one => new Measurement<long>(
                Math.Max(0, grains.Statuses[one.Index].Position - one.RecordsRead), new KeyValuePair<string, object?>("partition", one.Index))),
            "{record}", "Records that are committed and not yet counted");
    }

    public void CycleEnded(TimeSpan took)
    {
        _cycles.Add(1);
        _seconds.Add(took.TotalSeconds);
    }
}
