namespace CommandCenter.Runtime.Tests;

/// <summary>A clock whose timers fire only when a test says so. Elapsed time is real: only waiting is under control.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _due = [];

    /// <summary>Delays asked for so far.</summary>
    public List<TimeSpan> Delays { get; } = [];

    public override DateTimeOffset GetUtcNow() => new(2017, 9, 1, 1, 30, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        lock (_gate)
        {
            Delays.Add(dueTime);
            _due.Add(timer);
        }

        return timer;
    }

    /// <summary>Fires every timer that waits.</summary>
    public void FireAll()
    {
        ManualTimer[] due;
        lock (_gate)
        {
            due = [.. _due];
            _due.Clear();
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    private void Remove(ManualTimer timer)
    {
        lock (_gate)
        {
            _ = _due.Remove(timer);
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("Nothing here changes a timer.");

        public void Dispose() => time.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
