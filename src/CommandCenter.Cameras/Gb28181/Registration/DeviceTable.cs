using CommandCenter.Cameras.Gb28181.Sip;

namespace CommandCenter.Cameras.Gb28181.Registration;

/// <summary>The devices that registered, and how to reach them. Thread-safe.</summary>
internal sealed class DeviceTable(GbServerOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (GbDevice Device, SipPeer Peer)> _devices = new(StringComparer.Ordinal);

    public IReadOnlyList<GbDevice> Read()
    {
        lock (_gate)
        {
            return [.. _devices.Values.Select(static entry => entry.Device)];
        }
    }

    /// <summary>A device that is online, with the way to it; <see langword="null"/> when it is not.</summary>
    public (GbDevice Device, SipPeer Peer)? FindOnline(string deviceId)
    {
        lock (_gate)
        {
            return _devices.TryGetValue(deviceId, out var entry) && entry.Device.IsOnline && entry.Peer.IsOpen ? entry : null;
        }
    }

    /// <summary>Registers a device or renews its registration.</summary>
    /// <returns>The device; whether it was not online before. <see langword="null"/> when there is no room.</returns>
    public (GbDevice Device, bool IsNew)? Register(string deviceId, SipPeer peer, TimeSpan expires, string? userAgent)
    {
        var now = time.GetUtcNow();
        var device = new GbDevice(deviceId, peer.Remote, peer.Protocol, userAgent, IsOnline: true, now, now + expires, now);
        lock (_gate)
        {
            var isKnown = _devices.TryGetValue(deviceId, out var before);
            if (!isKnown && _devices.Count >= options.DeviceCountMax && !MakeRoom())
            {
                return null;
            }

            _devices[deviceId] = (device, peer);
            return (device, !isKnown || !before.Device.IsOnline);
        }
    }

    /// <summary>Takes a device out; returns it if it was online.</summary>
    public GbDevice? Unregister(string deviceId)
    {
        lock (_gate)
        {
            return _devices.Remove(deviceId, out var entry) && entry.Device.IsOnline ? entry.Device with { IsOnline = false } : null;
        }
    }

    /// <summary>
    /// A message came. It counts only from the address of the registration: messages carry no password, so that is all that tells a device from one
    /// that bears its name.
    /// </summary>
    /// <returns>The device, and whether it had been silent; <see langword="null"/> when it is not registered, or not there.</returns>
    public (GbDevice Device, bool IsBack)? Touch(string deviceId, SipPeer peer)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (!_devices.TryGetValue(deviceId, out var entry) || entry.Device.ExpiresAt <= now || !entry.Device.Address.Address.Equals(peer.Remote.Address))
            {
                return null;
            }

            var device = entry.Device with { LastSeenAt = now, IsOnline = true };
            // A new connection of the same device replaces one that broke.
            _devices[deviceId] = entry.Peer.IsOpen ? (device, entry.Peer) : (device with { Address = peer.Remote, Transport = peer.Protocol }, peer);
            return (device, !entry.Device.IsOnline);
        }
    }

    /// <summary>Sets offline who was silent too long or did not renew.</summary>
    public IReadOnlyList<(GbDevice Device, GbOfflineReason Reason)> Sweep()
    {
        var now = time.GetUtcNow();
        var gone = new List<(GbDevice, GbOfflineReason)>();
        lock (_gate)
        {
            foreach (var (device, peer) in _devices.Values.ToArray())
            {
                if (device.IsOnline && (device.ExpiresAt <= now || device.LastSeenAt + options.SilenceMax < now))
                {
                    var offline = device with { IsOnline = false };
                    _devices[device.Id] = (offline, peer);
                    gone.Add((offline, device.ExpiresAt <= now ? GbOfflineReason.Expired : GbOfflineReason.Silent));
                }
            }
        }

        return gone;
    }

    private bool MakeRoom()
    {
        var longest = _devices.Values.Where(static entry => !entry.Device.IsOnline).MinBy(static entry => entry.Device.LastSeenAt).Device;
        return longest is not null && _devices.Remove(longest.Id);
    }
}
