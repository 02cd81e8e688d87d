namespace CommandCenter.Web.Tests.Wall;

/// <summary>A clock that a test moves. Timers that are due fire inside <see cref="Advance"/>, once.</summary>
internal sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Completes once someone has started a timer on this clock.</summary>
    public TaskCompletionSource TimerStarted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_lock)
        {
            _timers.Add(timer);
        }

        TimerStarted.TrySetResult();
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.IsDue(_now))];
        }

        due.ForEach(timer => timer.Fire());
    }

    /// <summary>Moves in small steps until something happens; at most about <paramref name="atMost"/>, then ten real seconds for it to be noticed.</summary>
    public async Task AdvanceUntilAsync(Task happened, TimeSpan atMost)
    {
        var step = TimeSpan.FromMilliseconds(50);
        for (var moved = TimeSpan.Zero; moved <= atMost && !happened.IsCompleted; moved += step)
        {
            Advance(step);
            await Task.WhenAny(happened, Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken)); // Real time for others to run.
        }

        await happened.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    private sealed class ManualTimer(ManualTime clock, Action fire) : ITimer
    {
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public bool IsDue(DateTimeOffset now)
        {
            if (_due is not { } due || due > now)
            {
                return false;
            }

            _due = _period > TimeSpan.Zero ? due + _period : null;
            return true;
        }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.GetUtcNow() + dueTime;
            _period = period;
            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
