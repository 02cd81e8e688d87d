using System.Diagnostics.Metrics;

namespace CommandCenter.Web.Recordings;

/// <summary>The recordings in <c>/metrics</c>.</summary>
internal sealed class RecordingMetrics
{
    private static readonly string[] s_states = ["recording", "waiting", "slow", "full", "failed", "damaged", "off"];

    private readonly Meter _meter;
    private readonly Counter<long> _written;
    private readonly Counter<long> _dropped;

    public RecordingMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("CommandCenter.Recordings");
        _written = _meter.CreateCounter<long>("recording.pictures_written", "{picture}", "Pictures that were recorded");
        _dropped = _meter.CreateCounter<long>("recording.pictures_dropped", "{picture}", "Pictures that are missing in the recordings because the disk was slow");
    }

    /// <summary>Tells of the recorders, from now on.</summary>
    public void Watch(RecordingKeeper keeper, RecordingAnchors anchors)
    {
        _ = _meter.CreateObservableGauge(
            "recording.streams",
            () => s_states.Select(state => new Measurement<long>(keeper.States.Count(pair => pair.Value == state), new KeyValuePair<string, object?>("state", state))),
            "{stream}",
            "Recorded streams by state");
        _ = _meter.CreateObservableGauge("recording.used_bytes", () => keeper.Store?.UsedBytes ?? 0, "By", "Bytes of all recordings");
        _ = _meter.CreateObservableGauge("recording.anchors_waiting", () => anchors.Waiting, "{head}", "Heads of chains that are not in the trace yet");
        _ = _meter.CreateObservableGauge("recording.fault", () => keeper.Fault is null ? 0 : 1, "{folder}", "1: the folder of the recordings cannot be used");
    }

    /// <summary>What a recorder did since the last look.</summary>
    public void Count(long written, long dropped)
    {
        _written.Add(written);
        _dropped.Add(dropped);
    }
}
