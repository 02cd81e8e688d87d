using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Feeds;

/// <summary>
/// One stream of one camera, handed on as it came to everybody who joined. Nobody holds up the others: a sink without room misses pictures up to
/// the next key picture.
/// </summary>
/// <remarks>All members may be called by any thread. Pictures are given by one thread at a time.</remarks>
public sealed class VideoFeed
{
    private readonly Lock _lock = new();
    private readonly FeedLimits _limits;
    private readonly TimeProvider _time;
    private readonly List<Seat> _seats = [];

    // Since the last key picture; empty when there was none yet, or when they became too many.
    private readonly List<AccessUnit> _kept = [];
    private int _keptBytes;
    private long? _askedAt;
    private string? _reason;
    private bool _isBroken = true;
    private long? _lastAt;
    private long _units;
    private long _bytes;
    private long _dropped;

    /// <param name="name">What it is called, such as <c>cam-7/sub</c>.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="time">The clock.</param>
    public VideoFeed(string name, FeedLimits limits, TimeProvider time)
    {
        Name = name;
        _limits = limits;
        _time = time;
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>What can be said of it now.</summary>
    public FeedState State
    {
        get
        {
            lock (_lock)
            {
                if ((_lastAt ?? _askedAt) is not { } at)
                {
                    return FeedState.Off;
                }

                var age = _time.GetElapsedTime(at);
                return age >= _limits.LostAfter ? _askedAt is null ? FeedState.Off : FeedState.Lost
                    : _lastAt is null ? FeedState.Connecting
                    : age >= _limits.StalledAfter ? FeedState.Stalled : FeedState.Live;
            }
        }
    }

    /// <summary>Stable code of why there is no picture, such as <c>video.password</c>; <see langword="null"/> while nothing is known to be wrong.</summary>
    public string? Reason
    {
        get
        {
            lock (_lock)
            {
                return _reason;
            }
        }
    }

    /// <summary>How many joined.</summary>
    public int Sinks
    {
        get
        {
            lock (_lock)
            {
                return _seats.Count;
            }
        }
    }

    /// <summary>What went through it so far.</summary>
    public FeedCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return new FeedCounts(_units, _bytes, _dropped);
            }
        }
    }

    /// <summary>Says whether somebody tries to get pictures: from then on their absence means connecting or lost, not off.</summary>
    public void Ask(bool isAsked)
    {
        lock (_lock)
        {
            if (isAsked)
            {
                _askedAt ??= _time.GetTimestamp();
                return;
            }

            Break();
            _askedAt = null;
            _lastAt = null;
            _reason = null;
        }
    }

    /// <summary>Says why there is no picture. It holds until the next picture, or until nobody asks any more.</summary>
    /// <param name="reason">Stable code.</param>
    public void Explain(string reason)
    {
        lock (_lock)
        {
            _reason = reason;
        }
    }

    /// <summary>Says that pictures are missing from here on, or that the source began again: everybody waits for the next key picture.</summary>
    public void Interrupt()
    {
        lock (_lock)
        {
            Break();
        }
    }

    /// <summary>Hands a picture on.</summary>
    public void Publish(AccessUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        lock (_lock)
        {
            _lastAt = _time.GetTimestamp();
            _reason = null;
            _units++;
            _bytes += unit.Data.Length;
            if (_isBroken && !unit.IsKey)
            {
                _dropped++;
                return;
            }

            _isBroken = false;
            Keep(unit);
            foreach (var seat in _seats)
            {
                Offer(seat, unit);
            }
        }
    }

    /// <summary>Joins; the pictures since the last key picture are offered at once. Dispose what is returned to leave.</summary>
    /// <param name="sink">Takes them.</param>
    /// <param name="keysOnly">Key pictures alone, for a page that cannot show more.</param>
    public IDisposable Join(IVideoSink sink, bool keysOnly = false)
    {
        ArgumentNullException.ThrowIfNull(sink);
        lock (_lock)
        {
            var seat = new Seat(this, sink, keysOnly);
            _seats.Add(seat);
            foreach (var unit in _kept)
            {
                Offer(seat, unit);
            }

            return seat;
        }
    }

    private void Break()
    {
        _isBroken = true;
        _kept.Clear();
        _keptBytes = 0;
        foreach (var seat in _seats)
        {
            seat.WaitsForKey = true;
        }
    }

    private void Keep(AccessUnit unit)
    {
        if (unit.IsKey)
        {
            _kept.Clear();
            _keptBytes = 0;
        }
        else if (_kept.Count == 0)
        {
            return; // Too many since the last key picture: not without it.
        }

        _kept.Add(unit);
        _keptBytes += unit.Data.Length;
        if (_kept.Count > _limits.KeptUnitsMax || _keptBytes > _limits.KeptBytesMax)
        {
            _kept.Clear();
            _keptBytes = 0;
        }
    }

    private void Offer(Seat seat, AccessUnit unit)
    {
        if (seat.KeysOnly ? !unit.IsKey : seat.WaitsForKey && !unit.IsKey)
        {
            _dropped += seat.KeysOnly ? 0 : 1;
            return;
        }

        var isTaken = seat.Sink.Offer(unit);
        seat.WaitsForKey = !isTaken;
        _dropped += isTaken ? 0 : 1;
    }

    private void Leave(Seat seat)
    {
        lock (_lock)
        {
            _ = _seats.Remove(seat);
        }
    }

    private sealed class Seat(VideoFeed feed, IVideoSink sink, bool keysOnly) : IDisposable
    {
        public IVideoSink Sink { get; } = sink;

        public bool KeysOnly { get; } = keysOnly;

        public bool WaitsForKey { get; set; } = true;

        public void Dispose() => feed.Leave(this);
    }
}
