namespace CommandCenter.Cameras.Tests;

/// <summary>A clock that a test moves by hand. It has no timers.</summary>
internal sealed class HandClock : TimeProvider
{
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => _elapsed += time;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero) + _elapsed;
}
