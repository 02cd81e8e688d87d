using System.Net;
using CommandCenter.Cameras.Gb28181;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Cameras.Gb;

/// <summary>The GB/T 28181 server of this installation: the section <c>Gb28181</c> of the configuration. What is not explained here is in <see cref="GbServerOptions"/>.</summary>
internal sealed class GbOptions
{
    public const string Section = "Gb28181";

    private static readonly GbServerOptions s_defaults = new() { ServerId = "" };

    /// <summary>Address and port of UDP and TCP, such as <c>10.1.0.5:5060</c>. Nothing, the default: there is no such server.</summary>
    public string Listen { get; set; } = "";

    /// <summary>Our number, 20 digits.</summary>
    public string ServerId { get; set; } = "";

    /// <summary>Realm of the passwords; nothing is the first ten digits of <see cref="ServerId"/>.</summary>
    public string? Realm { get; set; }

    /// <summary>Address at which devices reach us; nothing is the one that this machine uses towards the device.</summary>
    public string? AdvertisedAddress { get; set; }

    public int MediaPortMin { get; set; } = s_defaults.MediaPortMin;

    public int MediaPortMax { get; set; } = s_defaults.MediaPortMax;

    /// <summary>How media comes; default UDP.</summary>
    public GbTransport Transport { get; set; } = GbTransport.Udp;

    /// <summary>How often devices are asked to say where they are; 1 s to 1 h, default 5 s; 0 asks none.</summary>
    public TimeSpan PositionInterval { get; set; } = TimeSpan.FromSeconds(5);

    public TimeSpan KeepaliveInterval { get; set; } = s_defaults.KeepaliveInterval;

    public int KeepaliveMissesMax { get; set; } = s_defaults.KeepaliveMissesMax;

    public TimeSpan ExpiresMin { get; set; } = s_defaults.ExpiresMin;

    public TimeSpan ExpiresMax { get; set; } = s_defaults.ExpiresMax;

    public int PasswordTriesMax { get; set; } = s_defaults.PasswordTriesMax;

    public TimeSpan LockTime { get; set; } = s_defaults.LockTime;

    public bool OffersSha256 { get; set; }

    public int SessionCountMax { get; set; } = s_defaults.SessionCountMax;

    public TimeSpan MediaSilenceMax { get; set; } = s_defaults.MediaSilenceMax;

    public TimeSpan DeviceUtcOffset { get; set; } = s_defaults.DeviceUtcOffset;

    public TimeSpan PositionAgeMax { get; set; } = s_defaults.PositionAgeMax;

    public TimeSpan PositionAheadMax { get; set; } = s_defaults.PositionAheadMax;

    /// <summary>Whether there is such a server.</summary>
    public bool IsOn => Listen.Length > 0;

    /// <summary>As the server takes them. <see cref="Faults"/> must be empty.</summary>
    public GbServerOptions ToServer()
    {
        var listen = IPEndPoint.Parse(Listen);
        return new GbServerOptions
        {
            ServerId = ServerId,
            Realm = string.IsNullOrEmpty(Realm) ? null : Realm,
            Address = listen.Address,
            Port = listen.Port,
            AdvertisedAddress = string.IsNullOrEmpty(AdvertisedAddress) ? null : IPAddress.Parse(AdvertisedAddress),
            MediaPortMin = MediaPortMin,
            MediaPortMax = MediaPortMax,
            KeepaliveInterval = KeepaliveInterval,
            KeepaliveMissesMax = KeepaliveMissesMax,
            ExpiresMin = ExpiresMin,
            ExpiresMax = ExpiresMax,
            PasswordTriesMax = PasswordTriesMax,
            LockTime = LockTime,
            OffersSha256 = OffersSha256,
            SessionCountMax = SessionCountMax,
            MediaSilenceMax = MediaSilenceMax,
            DeviceUtcOffset = DeviceUtcOffset,
            PositionAgeMax = PositionAgeMax,
            PositionAheadMax = PositionAheadMax,
        };
    }

    /// <summary>All that is wrong, as sentences; empty when nothing is, or when there is no server.</summary>
    public IReadOnlyList<string> Faults()
    {
        if (!IsOn)
        {
            return [];
        }

        List<string> faults = [];
        // IPEndPoint.TryParse takes an address without a port as one with port 0.
        if (!Listen.Contains(':', StringComparison.Ordinal) || !IPEndPoint.TryParse(Listen, out var listen) || listen.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork)
        {
            faults.Add($"{nameof(Listen)} is {Listen}; it must be an IPv4 address and a port such as 10.1.0.5:5060.");
        }

        if (!string.IsNullOrEmpty(AdvertisedAddress) && !IPAddress.TryParse(AdvertisedAddress, out _))
        {
            faults.Add($"{nameof(AdvertisedAddress)} is {AdvertisedAddress}; it must be an IP address.");
        }

        if (PositionInterval != TimeSpan.Zero && (PositionInterval < TimeSpan.FromSeconds(1) || PositionInterval > TimeSpan.FromHours(1)))
        {
            faults.Add($"{nameof(PositionInterval)} is {PositionInterval}; it must be 0, or 1 s to 1 h.");
        }

        return faults.Count > 0 ? faults : ToServer().Faults();
    }
}

/// <summary>Names every fault of the options.</summary>
internal sealed class GbOptionsValidator : IValidateOptions<GbOptions>
{
    public ValidateOptionsResult Validate(string? name, GbOptions options) =>
        options.Faults() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults.Select(static fault => $"{GbOptions.Section}:{fault}")) : ValidateOptionsResult.Success;
}
