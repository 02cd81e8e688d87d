namespace CommandCenter.Cameras.Gb28181;

/// <summary>A device did not do what was asked of it, or could not be asked.</summary>
/// <param name="code">One of the constants of this class.</param>
/// <param name="message">For people, not stable.</param>
public sealed class GbException(string code, string message) : Exception(message)
{
    /// <summary>The device is not registered, or fell silent.</summary>
    public const string Offline = "gb28181.offline";

    /// <summary>The device did not answer in time.</summary>
    public const string Timeout = "gb28181.timeout";

    /// <summary>The device has no stream left: 486, 600.</summary>
    public const string Busy = "gb28181.busy";

    /// <summary>The device knows no such channel: 404, 484, 604.</summary>
    public const string NoChannel = "gb28181.no-channel";

    /// <summary>The channel is not there now: 408, 410, 480, 487.</summary>
    public const string Unavailable = "gb28181.unavailable";

    /// <summary>The device cannot send what was offered (415, 488, 606), or wants to send what was not.</summary>
    public const string MediaRefused = "gb28181.media-refused";

    /// <summary>The device refused for another reason: any other 3xx, 4xx or 6xx.</summary>
    public const string Refused = "gb28181.refused";

    /// <summary>The device failed: 5xx, or an answer that cannot be read.</summary>
    public const string DeviceError = "gb28181.device-error";

    /// <summary>As many sessions or requests as are allowed are running.</summary>
    public const string TooMany = "gb28181.too-many";

    /// <summary>No media port is free.</summary>
    public const string NoPort = "gb28181.no-port";

    /// <summary>No picture came for as long as is allowed.</summary>
    public const string NoMedia = "gb28181.no-media";

    /// <summary>The device ended the session.</summary>
    public const string EndedByDevice = "gb28181.ended-by-device";

    /// <summary>The session was closed here, or the server was.</summary>
    public const string Closed = "gb28181.closed";

    /// <summary>Stable code, one of the constants of this class.</summary>
    public string Code { get; } = code;

    /// <summary>What an answer that is no 2xx means.</summary>
    internal static GbException Of(int status, string reason) => new(
        status switch
        {
            486 or 600 => Busy,
            404 or 484 or 604 => NoChannel,
            408 or 410 or 480 or 487 => Unavailable,
            415 or 488 or 606 => MediaRefused,
            >= 500 and < 600 => DeviceError,
            _ => Refused,
        },
        $"The device answered {status} {reason}.");
}
