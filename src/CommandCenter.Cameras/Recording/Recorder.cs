using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Recording;

/// <summary>Records one camera, on a thread of its own: a disk that hangs holds up nobody else.</summary>
/// <remarks>What was offered is on the disk about a second later, see <see cref="RecorderStatus.FlushedUntil"/>. Any thread may offer, one at a time.</remarks>
public sealed class Recorder : IAsyncDisposable
{
    private const string NoRoom = "The disk or the quota is full, and nothing may be removed.";

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_gap = TimeSpan.FromSeconds(5); // So a list of segments is a list of what is there.

    private readonly RecordingStore _store;
    private readonly CameraFolder _camera;
    private readonly TimeProvider _time;
    private readonly RecordingQueue _queue;
    private readonly ITimer _timer;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RecorderStatus _status = RecorderStatus.None;
    private SegmentWriter? _segment;
    private ParameterSets? _sets;
    private DateTimeOffset _lastAdded;
    private DateTimeOffset _retryAt;
    private long _counted; // Bytes of the open segment that the store knows of.
    private bool _needsKey = true;
    private int _isRetryAsked;
    private int _isDisposed;

    internal Recorder(RecordingStore store, CameraFolder camera, TimeProvider time)
    {
        _store = store;
        _camera = camera;
        _time = time;
        _queue = new RecordingQueue(store.Options.QueueLengthMax, store.Options.QueueBytesMax);
        _timer = time.CreateTimer(static queue => ((RecordingQueue)queue!).Nudge(), _queue, s_tick, s_tick);
        new Thread(Run) { Name = $"record {camera.Name}", IsBackground = true }.Start();
    }

    /// <summary>The camera.</summary>
    public string Camera => _camera.Name;

    /// <summary>How it does now.</summary>
    public RecorderStatus Status => _status with { DroppedSlow = _queue.Dropped };

    /// <summary>Whether all that was offered is written or dropped.</summary>
    internal bool IsIdle => _queue.IsIdle;

    /// <summary>Takes a picture; false when it is dropped because the disk is slow. Never waits.</summary>
    /// <param name="unit">The next picture of the camera, in the order of decoding.</param>
    public bool Offer(AccessUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return _queue.Offer(unit);
    }

    /// <summary>Writes what waits and closes the segment.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _queue.Close();
        }

        await _ended.Task;
    }

    /// <summary>Tries again at once: there may be room now.</summary>
    internal void Retry()
    {
        _ = Interlocked.Exchange(ref _isRetryAsked, 1);
        _queue.Nudge();
    }

    private void Run()
    {
        while (_queue.Take(out var unit))
        {
            Attempt(unit is null ? Tick : () => Write(unit));
        }

        Attempt(() => Close("stopped", nextDts: null));
        Abandon();
        _timer.Dispose();
        _store.Forget(this);
        _ended.SetResult();
    }

    // Top of the loop: whatever goes wrong with the disk, the thread lives, the fault is to be seen, and it is tried anew.
    private void Attempt(Action step, bool mayResume = true)
    {
        try
        {
            step();
        }
        catch (Exception exception)
        {
            Abandon();
            if (mayResume && RecordingStore.IsFull(exception) && _isDisposed == 0)
            {
                Attempt(() => ResumeAfter(isFull: true), mayResume: false);
                return;
            }

            Fail((exception as RecordingException)?.Code ?? (RecordingStore.IsFull(exception) ? RecordingException.Full : RecordingException.NotWritten), exception.Message);
        }
    }

    private void Tick()
    {
        if (_status.Fault is not null)
        {
            if (Interlocked.Exchange(ref _isRetryAsked, 0) == 1 || _time.GetUtcNow() >= _retryAt)
            {
                ResumeAfter(isFull: false);
            }
        }
        else if (_segment is not null && _time.GetUtcNow() - _lastAdded >= s_tick)
        {
            _segment.FlushAll(); // The camera sends nothing: what is here shall not wait for its next picture.
            Count();
        }
    }

    private void Write(AccessUnit unit)
    {
        if (_status.Fault is not null || (_needsKey && !unit.IsKey))
        {
            _needsKey = true;
            _status = _status.Fault is null
                ? _status with { DroppedBad = _status.DroppedBad + 1 }
                : _status with { DroppedFaulty = _status.DroppedFaulty + 1 };
            return;
        }

        if (!TryReadSets(unit, out var sets) || !EndIfDue(unit, sets))
        {
            _needsKey = true;
            _status = _status with { DroppedBad = _status.DroppedBad + 1 };
            return;
        }

        _sets = sets;
        _needsKey = false;
        if (_segment is null)
        {
            if (!_store.MakeRoom(isFull: false))
            {
                _needsKey = true;
                Fail(RecordingException.Full, NoRoom);
                return;
            }

            _counted = 0;
            _segment = SegmentWriter.Begin(_camera.Chain, _camera.Folder, sets, unit, _store.Disk);
            _status = _status with { Segment = _camera.Chain.Open?.File };
        }

        _lastAdded = _time.GetUtcNow();
        var isFlushed = _segment.Add(unit);
        _status = _status with { Written = _status.Written + 1 };
        if (isFlushed)
        {
            Count();
            if (!_store.MakeRoom(isFull: false))
            {
                Close("full", nextDts: null);
                Fail(RecordingException.Full, NoRoom);
            }
        }
    }

    private bool TryReadSets(AccessUnit unit, out ParameterSets sets)
    {
        sets = _sets!;
        if (!unit.IsKey)
        {
            return _sets?.Codec == unit.Codec;
        }

        try
        {
            sets = ParameterSets.Read(unit) ?? _sets!;
        }
        catch (RecordingException)
        {
            return false; // Counted by the caller; the camera may send better ones with its next key picture.
        }

        return sets?.Codec == unit.Codec;
    }

    // False when the picture cannot follow the one before and cannot begin a segment either.
    private bool EndIfDue(AccessUnit unit, ParameterSets sets)
    {
        if (_segment is null)
        {
            return unit.IsKey;
        }

        var isBehind = unit.DtsMicroseconds <= _segment.LastDts;
        var length = _store.Options.SegmentLength.Ticks;
        var why = isBehind ? "clock"
            : !unit.IsKey ? null
            : !sets.Matches(_segment.Sets) ? "parameters"
            : unit.ArrivedAt - _segment.LastArrived > s_gap ? "gap"
            : unit.ArrivedAt.UtcTicks / length != _segment.Begun.UtcTicks / length ? "time"
            : null;
        if (why is not null)
        {
            Close(why, why is "clock" or "gap" ? null : unit.DtsMicroseconds); // A picture is not shown for as long as none came.
        }

        return unit.IsKey || !isBehind;
    }

    private void Close(string why, long? nextDts)
    {
        if (_segment is null)
        {
            return;
        }

        var closed = _segment.Close(why, nextDts);
        Count();
        _segment.Dispose();
        _segment = null;
        Count(closed);
        _store.Observer.Closed(closed);
    }

    private void ResumeAfter(bool isFull)
    {
        if (!_store.MakeRoom(isFull))
        {
            Fail(RecordingException.Full, NoRoom);
            return;
        }

        if (_camera.Chain.Open?.File is { } name)
        {
            _store.AddUsed(RecordingRoom.SizeOf(_camera.Folder, name) - _counted); // What was written since the last count.
            _counted = 0;
            if (_store.Recover(_camera) is { } closed)
            {
                Count(closed);
            }
        }

        _status = _status with { Fault = null, FaultMessage = null };
        _needsKey = true;
    }

    private void Count(ClosedSegment closed) =>
        _status = _status with { Segment = null, Segments = _status.Segments + 1, FlushedUntil = closed.Until };

    private void Count()
    {
        _store.AddUsed(_segment!.Bytes - _counted);
        _counted = _segment.Bytes;
        _status = _status with { FlushedUntil = _segment.FlushedUntil ?? _status.FlushedUntil };
    }

    private void Abandon()
    {
        _segment?.Dispose();
        _segment = null;
        _needsKey = true;
    }

    private void Fail(string code, string message)
    {
        _retryAt = _time.GetUtcNow() + s_retryAfter;
        _status = _status with { Fault = code, FaultMessage = message, Segment = null };
    }
}
