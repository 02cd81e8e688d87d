using CommandCenter.Cameras.Feeds;

namespace CommandCenter.Cameras.Sources;

/// <summary>Limits and addresses of the gateway.</summary>
public sealed record GatewayOptions
{
    /// <summary>Limits of each feed, among them when it is stalled and when lost.</summary>
    public FeedLimits Limits { get; init; } = FeedLimits.Default;

    /// <summary>How long a main stream is fetched on after the last one left. 0 to 5 min; default 10 s.</summary>
    public TimeSpan MainLinger { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Least time from one attempt to the next after the first failure; doubles with each. 0.05 s to <see cref="RetryMax"/>; default 0.25 s.</summary>
    public TimeSpan RetryMin { get; init; } = TimeSpan.FromSeconds(0.25);

    /// <summary>Longest of these times. Up to 1 min; default 2 s.</summary>
    public TimeSpan RetryMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time to the next attempt after a wrong password or a codec that is refused, where haste would lock an account. 1 s to 1 h; default 30 s.</summary>
    public TimeSpan RefusedRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most cameras. 1 to 1,000; default 256.</summary>
    public int SourcesMax { get; init; } = 256;

    /// <summary>Most feeds that are coded anew at a time: each takes much of a core. 0 to 64; default 0, none.</summary>
    public int TranscodesMax { get; init; }

    /// <summary>Address on which devices push over RTSP. Default <c>127.0.0.1</c>.</summary>
    public string PushAddress { get; init; } = "127.0.0.1";

    /// <summary>Port of the RTSP server that devices push to. 0 to 65535; default 0: none, and such cameras are refused.</summary>
    public int RtspPushPort { get; init; }

    /// <summary>Port of the RTMP server that devices push to. 0 to 65535; default 0: none, and such cameras are refused.</summary>
    public int RtmpPushPort { get; init; }

    /// <summary>What is out of range, by key; empty when all is well.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        Check(Limits.StalledAfter > TimeSpan.Zero && Limits.LostAfter > Limits.StalledAfter, "Limits", "LostAfter must be more than StalledAfter, both more than 0 s");
        Check(MainLinger >= TimeSpan.Zero && MainLinger <= TimeSpan.FromMinutes(5), nameof(MainLinger), "it must be 0 s to 5 min");
        Check(RetryMin >= TimeSpan.FromMilliseconds(50) && RetryMin <= RetryMax, nameof(RetryMin), "it must be 0.05 s to RetryMax");
        Check(RetryMax <= TimeSpan.FromMinutes(1), nameof(RetryMax), "it must be at most 1 min");
        Check(RefusedRetry >= TimeSpan.FromSeconds(1) && RefusedRetry <= TimeSpan.FromHours(1), nameof(RefusedRetry), "it must be 1 s to 1 h");
        Check(SourcesMax is >= 1 and <= 1000, nameof(SourcesMax), "it must be 1 to 1,000");
        Check(TranscodesMax is >= 0 and <= 64, nameof(TranscodesMax), "it must be 0 to 64");
        Check(System.Net.IPAddress.TryParse(PushAddress, out _), nameof(PushAddress), "it must be an IP address of this machine");
        Check(RtspPushPort is >= 0 and <= 65535, nameof(RtspPushPort), "it must be 0 to 65535");
        Check(RtmpPushPort is >= 0 and <= 65535, nameof(RtmpPushPort), "it must be 0 to 65535");
        return faults;

        void Check(bool isRight, string key, string rule)
        {
            if (!isRight)
            {
                faults.Add($"{key}: {rule}.");
            }
        }
    }
}
