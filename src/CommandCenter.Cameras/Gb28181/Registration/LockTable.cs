using System.Net;

namespace CommandCenter.Cameras.Gb28181.Registration;

/// <summary>Who gave wrong passwords: one device from one address. Bounded; the oldest is forgotten first. Thread-safe.</summary>
internal sealed class LockTable(TimeProvider time, int triesMax, TimeSpan lockTime)
{
    private const int CountMax = 4_096;

    private readonly Lock _gate = new();
    private readonly Dictionary<(IPAddress Source, string DeviceId), (int Tries, DateTimeOffset Until)> _tries = [];
    private readonly Queue<(IPAddress Source, string DeviceId)> _order = new();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _tries.Count;
            }
        }
    }

    public bool IsLocked(IPAddress source, string deviceId)
    {
        lock (_gate)
        {
            return _tries.TryGetValue((source, deviceId), out var entry) && entry.Tries >= triesMax && entry.Until > time.GetUtcNow();
        }
    }

    public void Wrong(IPAddress source, string deviceId)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_tries.TryGetValue((source, deviceId), out var entry))
            {
                _tries[(source, deviceId)] = (entry.Until > now ? entry.Tries + 1 : 1, now + lockTime);
                return;
            }

            while (_order.Count >= CountMax)
            {
                _ = _tries.Remove(_order.Dequeue());
            }

            _order.Enqueue((source, deviceId));
            _tries[(source, deviceId)] = (1, now + lockTime);
        }
    }

    /// <summary>The password was right: wrong ones before it are forgotten.</summary>
    public void Right(IPAddress source, string deviceId)
    {
        lock (_gate)
        {
            if (_tries.TryGetValue((source, deviceId), out var entry))
            {
                _tries[(source, deviceId)] = (0, entry.Until);
            }
        }
    }
}
