namespace CommandCenter.Cameras.Gb28181;

/// <summary>A device that was asked to say where it is.</summary>
/// <param name="deviceId">20 digits.</param>
/// <param name="interval">How often.</param>
internal sealed class GbSubscription(string deviceId, TimeSpan interval)
{
    private long _dueAtTicks;

    public string DeviceId { get; } = deviceId;

    public TimeSpan Interval { get; } = interval;

    public GbDialog Dialog { get; } = new(deviceId);

    /// <summary>When it is to be renewed.</summary>
    public DateTimeOffset DueAt
    {
        get => new(Interlocked.Read(ref _dueAtTicks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _dueAtTicks, value.UtcTicks);
    }

    /// <summary>The renewal that runs; only the sweep begins one.</summary>
    public Task Renewing { get; set; } = Task.CompletedTask;
}
