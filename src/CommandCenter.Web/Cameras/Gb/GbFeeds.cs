using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Gb28181;
using CommandCenter.Cameras.Sources;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Cameras.Gb;

/// <summary>The streams of the registered cameras of GB/T 28181. Thread-safe.</summary>
internal sealed class GbFeeds(IOptions<GbOptions> options, IOptions<GatewayOptions> gateway, GbRegister register, TimeProvider time)
{
    /// <summary>Why there is no picture on a server without GB/T 28181.</summary>
    public const string OffCode = "gb28181-off";

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Camera, StreamKind Kind), (CameraDevice Device, GbStreamRunner Runner)> _runners = [];
    private readonly List<GbStreamRunner> _leaving = [];

    /// <summary>Takes pictures of these cameras from now on and of no others. One that only got another name or officer goes on undisturbed.</summary>
    public void Set(IReadOnlyList<CameraDevice> cameras, Func<string, string?> secretOf)
    {
        register.Set(cameras, secretOf);
        lock (_lock)
        {
            var wanted = cameras.SelectMany(static camera => Enum.GetValues<StreamKind>().Where(kind => GbCamera.ChannelOf(camera, kind) is not null)
                .Select(kind => ((camera.Id, kind), camera))).ToDictionary();
            foreach (var (key, (device, runner)) in _runners.ToArray())
            {
                if (!wanted.TryGetValue(key, out var camera) || !IsSame(camera, device, key.Kind))
                {
                    runner.Leave();
                    runner.Feed.Ask(isAsked: false);
                    _leaving.Add(runner);
                    _ = _runners.Remove(key);
                }
            }

            foreach (var (key, camera) in wanted)
            {
                if (!_runners.ContainsKey(key))
                {
                    var runner = new GbStreamRunner(camera, key.kind, options.Value.Transport, gateway.Value, time);
                    if (!options.Value.IsOn)
                    {
                        runner.Feed.Explain(OffCode);
                    }

                    _runners.Add(key, (camera, runner));
                }
            }
        }
    }

    /// <summary>A stream of a camera.</summary>
    public VideoFeed? Find(string camera, StreamKind kind)
    {
        lock (_lock)
        {
            return _runners.GetValueOrDefault((camera, kind)).Runner?.Feed;
        }
    }

    /// <summary>Looks at all streams.</summary>
    /// <param name="server">Asks devices; <see langword="null"/> while it does not listen.</param>
    /// <param name="awayOf">Why a device cannot be asked; <see langword="null"/> while it is online.</param>
    /// <param name="failed">Hears of faults of ours.</param>
    public void Tick(GbServer? server, Func<string, string?> awayOf, Action<Exception> failed)
    {
        lock (_lock)
        {
            foreach (var (device, runner) in _runners.Values)
            {
                runner.Tick(server, awayOf(GbCamera.DeviceOf(device)), failed);
            }

            foreach (var runner in _leaving)
            {
                runner.Tick(server, away: null, failed);
            }

            foreach (var gone in _leaving.Where(static runner => runner.HasLeft).ToArray())
            {
                gone.Dispose();
                _ = _leaving.Remove(gone);
            }
        }
    }

    private static bool IsSame(CameraDevice one, CameraDevice other, StreamKind kind) =>
        GbCamera.DeviceOf(one) == GbCamera.DeviceOf(other) && GbCamera.ChannelOf(one, kind) == GbCamera.ChannelOf(other, kind);
}
