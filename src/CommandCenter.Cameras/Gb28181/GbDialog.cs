namespace CommandCenter.Cameras.Gb28181;

/// <summary>What requests to a device have in common: RFC 3261, 12. Requests are numbered from any thread.</summary>
/// <param name="targetId">The device or channel, 20 digits.</param>
internal sealed class GbDialog(string targetId)
{
    /// <summary>Number of the INVITE, the first request of its dialog, which its ACK bears, too.</summary>
    public const int InviteNumber = 1;

    private int _number;

    public string TargetId { get; } = targetId;

    public string CallId { get; } = GbRequests.NewToken();

    public string LocalTag { get; } = GbRequests.NewToken();

    /// <summary>The device's To with its tag, from its answer; <see langword="null"/> before that.</summary>
    public string? To { get; set; }

    public int NextNumber() => Interlocked.Increment(ref _number);
}
