namespace CommandCenter.Simulator.Tests;

/// <summary>A clock on which every wait is over at once, and which notes how long it would have been.</summary>
internal sealed class ImmediateClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _waits = [];
    private DateTimeOffset _now = start;

    /// <summary>Cancelled when the clock reaches <see cref="StopAt"/>.</summary>
    public CancellationTokenSource Stop { get; } = new();

    public DateTimeOffset StopAt { get; init; } = DateTimeOffset.MaxValue;

    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_gate)
            {
                return [.. _waits];
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            bool isOver;
            lock (_gate)
            {
                _waits.Add(dueTime);
                _now += dueTime;
                isOver = _now >= StopAt;
            }

            if (isOver)
            {
                Stop.Cancel();
            }

            ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
        }

        return new SpentTimer();
    }

    private sealed class SpentTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
