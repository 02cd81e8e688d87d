using System.Diagnostics.Metrics;

namespace CommandCenter.Web.Cameras;

/// <summary>The cameras and their viewers in <c>/metrics</c>.</summary>
internal sealed class CameraMetrics
{
    private static readonly string[] s_states = ["live", "connecting", "stalled", "lost", "off"];

    private readonly Meter _meter;
    private readonly Counter<long> _pictures;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _refused;
    private int _viewers;
    private int _tiles;

    public CameraMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("CommandCenter.Cameras");
        _pictures = _meter.CreateCounter<long>("camera.pictures_sent", "{picture}", "Pictures sent to pages");
        _bytes = _meter.CreateCounter<long>("camera.sent_bytes", "By", "Bytes of pictures sent to pages");
        _refused = _meter.CreateCounter<long>("camera.pictures_refused", "{picture}", "Times that a tile had no room and waits for the next key picture");
        _ = _meter.CreateObservableGauge("camera.viewers", () => Volatile.Read(ref _viewers), "{connection}", "Pages with tiles");
        _ = _meter.CreateObservableGauge("camera.tiles", () => Volatile.Read(ref _tiles), "{tile}", "Tiles that they show");
    }

    /// <summary>Tells of the cameras, from now on.</summary>
    public void Watch(CameraBoard board) => _ = _meter.CreateObservableGauge(
        "camera.devices",
        () => s_states.Select(state => new Measurement<long>(board.Read().Count(camera => camera.State.Word == state), new KeyValuePair<string, object?>("state", state))),
        "{camera}",
        "Registered cameras by state");

    /// <summary>A page came, or went.</summary>
    public void Viewers(int change) => Interlocked.Add(ref _viewers, change);

    /// <summary>A tile began, or ended.</summary>
    public void Shown(int change) => Interlocked.Add(ref _tiles, change);

    /// <summary>A picture was sent.</summary>
    public void Sent(int bytes)
    {
        _pictures.Add(1);
        _bytes.Add(bytes);
    }

    /// <summary>A tile had no room.</summary>
    public void Refused() => _refused.Add(1);
}
