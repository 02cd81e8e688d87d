using System.Diagnostics.Metrics;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.TimeSeries.Influx;

namespace CommandCenter.Web.Series;

/// <summary>The time series in <c>/metrics</c>.</summary>
internal sealed class SeriesMetrics
{
    private readonly Meter _meter;

    public SeriesMetrics(SeriesStore store, SeriesFeeder feeder, InfluxTarget target, TimeProvider time, IMeterFactory meters)
    {
        _meter = meters.Create("CommandCenter.Series");
        Gauge("series.points", "{point}", "Five-minute points in the embedded store", () => store.ReadStatistics().Points);
        Gauge("series.scopes", "{series}", "Courts, areas and the city", () => store.ReadStatistics().Scopes);
        Gauge("series.size_bytes", "By", "The embedded store on disk", () => store.ReadStatistics().SizeBytes);
        Gauge("series.age_seconds", "s", "Since the store was last equal to the figures", () => feeder.State.AsOf is { } at ? (time.GetUtcNow() - at).TotalSeconds : -1);
        Gauge("series.catching_up", "{state}", "1 while something of the past is not copied yet", () => feeder.State.IsCatchingUp ? 1 : 0);
        if (target.Shipper is { } shipper)
        {
            Influx(shipper);
        }
    }

    private void Influx(InfluxShipper shipper)
    {
        Gauge("influx.lag_points", "{point}", "Points that InfluxDB has not got yet", () => shipper.ReadState().LagPoints);
        Gauge("influx.lag_seconds", "s", "How long something has been waiting for InfluxDB", () => shipper.ReadState().Lag.TotalSeconds);
        Gauge("influx.failing", "{state}", "1 while InfluxDB takes nothing", () => shipper.ReadState().FailingSince is null ? 0 : 1);
        Gauge("influx.dead_letters", "{point}", "Points that InfluxDB refused for good; replay them on /operations", () => shipper.ReadState().DeadLetters);
        _ = _meter.CreateObservableCounter("influx.delivered", () => shipper.ReadState().PointsDelivered, "{point}", "Lines that InfluxDB took");
        _ = _meter.CreateObservableCounter("influx.failures", () => shipper.ReadState().Failures, "{request}", "Requests that InfluxDB did not take");
    }

    private void Gauge(string name, string unit, string description, Func<double> read) => _ = _meter.CreateObservableGauge(name, read, unit, description);
}
