using System.Net;

namespace CommandCenter.Cameras.Gb28181;

/// <summary>Who the server is, where it listens, and how much it takes.</summary>
public sealed record GbServerOptions
{
    /// <summary>Our number, 20 digits (GB/T 28181-2016, annex D): what devices call the SIP server's ID.</summary>
    public required string ServerId { get; init; }

    /// <summary>Realm of the passwords; <see langword="null"/>, the default, is the first ten digits of <see cref="ServerId"/>, as devices expect.</summary>
    public string? Realm { get; init; }

    /// <summary>Address that UDP and TCP listen on; default all of IPv4.</summary>
    public IPAddress Address { get; init; } = IPAddress.Any;

    /// <summary>Port of UDP and TCP; default 5060; 0 takes a free one.</summary>
    public int Port { get; init; } = 5060;

    /// <summary>Address at which devices reach us; <see langword="null"/>, the default, is the one that this machine uses towards the device.</summary>
    public IPAddress? AdvertisedAddress { get; init; }

    /// <summary>First port for media; even; default 30,000. 0 with <see cref="MediaPortMax"/> 0 takes free ones.</summary>
    public int MediaPortMin { get; init; } = 30_000;

    /// <summary>Last port for media; default 30,999. A session takes one.</summary>
    public int MediaPortMax { get; init; } = 30_999;

    /// <summary>How often devices are set to send a keepalive; 1 s to 1 h; default 60 s.</summary>
    public TimeSpan KeepaliveInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Keepalives that may be missed before a device is offline; 1 to 100; default 3, as clause 9.6 of the standard has it.</summary>
    public int KeepaliveMissesMax { get; init; } = 3;

    /// <summary>Least time between two registrations that a device may be granted; default 60 s.</summary>
    public TimeSpan ExpiresMin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most time that a registration is granted for; default one day.</summary>
    public TimeSpan ExpiresMax { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a challenge can be answered; default 5 min.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Wrong passwords of one device from one address before it is locked there; 1 to 1,000; default 5.</summary>
    public int PasswordTriesMax { get; init; } = 5;

    /// <summary>How long it is locked, and how long a wrong password is remembered; default 10 min.</summary>
    public TimeSpan LockTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether SHA-256 is offered before MD5. Default false: many devices read only the first challenge. Who answers with SHA-256 unasked is understood.</summary>
    public bool OffersSha256 { get; init; }

    /// <summary>Devices that may be registered at once; default 5,000.</summary>
    public int DeviceCountMax { get; init; } = 5_000;

    /// <summary>TCP connections of signalling at once; default 1,000.</summary>
    public int ConnectionCountMax { get; init; } = 1_000;

    /// <summary>Media sessions at once; 1 to 9,000; default 256.</summary>
    public int SessionCountMax { get; init; } = 256;

    /// <summary>How long the answer to a query may take, all its parts together; default 10 s.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a session may be without a packet before it is ended; default 10 s.</summary>
    public TimeSpan MediaSilenceMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Packets that may wait for one that is late; 1 to 1,024; default 64. Then the late one is lost.</summary>
    public int ReorderPacketsMax { get; init; } = 64;

    /// <summary>Difference of the devices' clocks to UTC; the standard writes times without one. Default 8 h, Beijing.</summary>
    public TimeSpan DeviceUtcOffset { get; init; } = TimeSpan.FromHours(8);

    /// <summary>How old a position may be; default one day.</summary>
    public TimeSpan PositionAgeMax { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How far ahead of our clock a position may be; default 5 min.</summary>
    public TimeSpan PositionAheadMax { get; init; } = TimeSpan.FromMinutes(5);

    internal string EffectiveRealm => Realm ?? ServerId[..10];

    internal TimeSpan SilenceMax => KeepaliveInterval * KeepaliveMissesMax;

    /// <summary>Everything that is wrong with the options, as sentences; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (!GbId.IsId(ServerId))
        {
            faults.Add($"{nameof(ServerId)} is not 20 digits.");
        }

        if (Realm is not null && (Realm.Length is 0 or > 64 || !Realm.All(char.IsAsciiLetterOrDigit)))
        {
            faults.Add($"{nameof(Realm)} must be 1 to 64 letters and digits.");
        }

        Check(nameof(Port), Port, 0, 65_535);
        Check(nameof(MediaPortMin), MediaPortMin, 0, 65_535);
        Check(nameof(MediaPortMax), MediaPortMax, MediaPortMin, 65_535);
        Check(nameof(KeepaliveMissesMax), KeepaliveMissesMax, 1, 100);
        Check(nameof(PasswordTriesMax), PasswordTriesMax, 1, 1_000);
        Check(nameof(DeviceCountMax), DeviceCountMax, 1, 100_000);
        Check(nameof(ConnectionCountMax), ConnectionCountMax, 1, 100_000);
        Check(nameof(SessionCountMax), SessionCountMax, 1, 9_000);
        Check(nameof(ReorderPacketsMax), ReorderPacketsMax, 1, 1_024);
        CheckTime(nameof(KeepaliveInterval), KeepaliveInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        CheckTime(nameof(ExpiresMin), ExpiresMin, TimeSpan.FromSeconds(1), ExpiresMax);
        CheckTime(nameof(ExpiresMax), ExpiresMax, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30));
        CheckTime(nameof(NonceLifetime), NonceLifetime, TimeSpan.FromSeconds(10), TimeSpan.FromDays(1));
        CheckTime(nameof(LockTime), LockTime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        CheckTime(nameof(QueryTimeout), QueryTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        CheckTime(nameof(MediaSilenceMax), MediaSilenceMax, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        CheckTime(nameof(DeviceUtcOffset), DeviceUtcOffset, TimeSpan.FromHours(-14), TimeSpan.FromHours(14));
        CheckTime(nameof(PositionAgeMax), PositionAgeMax, TimeSpan.FromSeconds(1), TimeSpan.FromDays(3_650));
        CheckTime(nameof(PositionAheadMax), PositionAheadMax, TimeSpan.Zero, TimeSpan.FromDays(1));
        return faults;

        void Check(string name, int value, int min, int max)
        {
            if (value < min || value > max)
            {
                faults.Add($"{name} is {value}; it must be {min} to {max}.");
            }
        }

        void CheckTime(string name, TimeSpan value, TimeSpan min, TimeSpan max)
        {
            if (value < min || value > max)
            {
                faults.Add($"{name} is {value}; it must be {min} to {max}.");
            }
        }
    }
}
