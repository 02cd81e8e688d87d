using System.Diagnostics.CodeAnalysis;
using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Recording;

/// <summary>What waits between a source and its disk. A source never waits: when the queue is full, pictures go until the next key picture finds room.</summary>
internal sealed class RecordingQueue(int lengthMax, long bytesMax)
{
    private readonly object _gate = new(); // Not a Lock: the writer's thread waits on it.
    private readonly Queue<AccessUnit> _waiting = new();
    private long _bytes;
    private long _dropped;
    private bool _isDropping;
    private bool _isNudged;
    private bool _isClosed;
    private bool _isTaken;

    /// <summary>Whether all that was taken is done and nothing waits.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return !_isTaken && _waiting.Count == 0;
            }
        }
    }

    /// <summary>Pictures that found no room.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Adds a picture; false when it was dropped.</summary>
    public bool Offer(AccessUnit unit)
    {
        lock (_gate)
        {
            var hasRoom = !_isClosed && _waiting.Count < lengthMax && (_waiting.Count == 0 || _bytes + unit.Data.Length <= bytesMax);
            _isDropping = !hasRoom || (_isDropping && !unit.IsKey);
            if (_isDropping)
            {
                _ = Interlocked.Increment(ref _dropped);
                return false;
            }

            _waiting.Enqueue(unit);
            _bytes += unit.Data.Length;
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Blocks until there is a picture, or the queue was nudged, or it is closed and empty; then false.</summary>
    /// <param name="unit">The picture, or <see langword="null"/> after a nudge.</param>
    public bool Take([MaybeNull] out AccessUnit unit)
    {
        lock (_gate)
        {
            _isTaken = false;
            while (_waiting.Count == 0 && !_isNudged && !_isClosed)
            {
                _ = Monitor.Wait(_gate);
            }

            _isNudged = false;
            _isTaken = true;
            if (_waiting.TryDequeue(out unit))
            {
                _bytes -= unit.Data.Length;
                return true;
            }

            return !_isClosed;
        }
    }

    /// <summary>Wakes the writer's thread without work.</summary>
    public void Nudge()
    {
        lock (_gate)
        {
            _isNudged = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes nothing more. What waits is still written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }
    }
}
