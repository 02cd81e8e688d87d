using System.Collections.Frozen;
using CommandCenter.Cameras.Gb28181;

namespace CommandCenter.Web.Cameras.Gb;

/// <summary>The devices of GB/T 28181 that may register: those of the enabled cameras. Asked by any thread; one immutable table is swapped.</summary>
internal sealed class GbRegister : IGbDeviceDirectory
{
    private volatile FrozenDictionary<string, Known> _devices = FrozenDictionary<string, Known>.Empty;

    /// <summary>How many devices are known.</summary>
    public int Count => _devices.Count;

    /// <summary>Says which cameras there are. Of several cameras of one device the first with a password, by id, says which it is.</summary>
    public void Set(IReadOnlyList<CameraDevice> cameras, Func<string, string?> secretOf) =>
        _devices = cameras.GroupBy(GbCamera.DeviceOf, StringComparer.Ordinal).ToFrozenDictionary(
            static device => device.Key,
            device => new Known(
                device.OrderBy(static camera => camera.Id, StringComparer.Ordinal).Select(camera => camera.HasSecret ? secretOf(camera.Id) : null).FirstOrDefault(static secret => secret is not null),
                [.. device]),
            StringComparer.Ordinal);

    public GbDeviceEntry? Find(string deviceId) =>
        _devices.GetValueOrDefault(deviceId) is { Password: { } password } ? new GbDeviceEntry(password, IsAllowed: true) : null;

    /// <summary>Whether a device is known at all, with or without a password.</summary>
    public bool IsKnown(string deviceId) => _devices.ContainsKey(deviceId);

    /// <summary>The camera that a position is of; <see langword="null"/> when the device may not speak for what it names.</summary>
    /// <remarks>A registered device speaks for its own channels and for nobody else, whatever number stands in its message.</remarks>
    public CameraDevice? CameraOf(GbPosition position) =>
        _devices.GetValueOrDefault(position.SenderId) is not { } known ? null
        : known.Cameras.FirstOrDefault(camera => camera.MainAddress == position.DeviceId) is { } named ? named
        : position.DeviceId == position.SenderId && known.Cameras is [var only] ? only
        : null;

    /// <summary>The cameras whose officers an alarm may be of: the one that it names, or all of the device, whose inputs for alarms have numbers of their own.</summary>
    public IReadOnlyList<CameraDevice> CamerasOf(GbAlarm alarm) =>
        _devices.GetValueOrDefault(alarm.SenderId) is not { } known ? []
        : known.Cameras.FirstOrDefault(camera => camera.MainAddress == alarm.DeviceId) is { } named ? [named]
        : known.Cameras;

    private sealed record Known(string? Password, IReadOnlyList<CameraDevice> Cameras);
}
