using System.Diagnostics.Metrics;

namespace CommandCenter.Web.Replay;

/// <summary>The recording in <c>/metrics</c>.</summary>
internal sealed class ReplayMetrics
{
    private readonly Meter _meter;

    public ReplayMetrics(ShownHistory history, ReplayFeed feed, TimeProvider time, IMeterFactory meters)
    {
        _meter = meters.Create("CommandCenter.Replay");
        _ = _meter.CreateObservableCounter("replay.pictures", () => history.State.Pictures, "{picture}", "Pictures of the walls recorded since the start");
        _ = _meter.CreateObservableCounter("replay.skipped", () => history.State.Skipped, "{picture}", "Pictures not recorded because the clock was set back");
        Gauge("replay.size_bytes", "By", "The recording on disk", () => history.State.SizeBytes);
        Gauge("replay.unsaved_bytes", "By", "Pictures that wait for the next commit", () => history.State.UnsavedBytes);
        Gauge("replay.failing", "{state}", "1 while nothing can be recorded", () => history.State.Fault is null ? 0 : 1);
        Gauge("replay.age_seconds", "s", "Since the last picture that was recorded", () => history.State.Last is { } last ? (time.GetUtcNow() - last).TotalSeconds : -1);
        Gauge("replay.running", "{replay}", "Replays that run now", () => feed.Running);
    }

    private void Gauge(string name, string unit, string description, Func<double> read) => _ = _meter.CreateObservableGauge(name, read, unit, description);
}
