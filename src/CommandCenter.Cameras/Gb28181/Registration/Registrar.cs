using System.Globalization;
using System.Net;
using CommandCenter.Cameras.Gb28181.Sip;

namespace CommandCenter.Cameras.Gb28181.Registration;

/// <summary>What a REGISTER came to.</summary>
internal enum RegisterOutcome
{
    /// <summary>It has to say its password first, or anew.</summary>
    Challenged,

    /// <summary>Wrong password, unknown device, not allowed, or locked: nobody is told which.</summary>
    Refused,

    /// <summary>Asks for less time than is granted.</summary>
    TooBrief,

    /// <summary>No password is wrong here, but the number is no number of a device.</summary>
    NotFound,

    /// <summary>Registered or renewed.</summary>
    Granted,

    /// <summary>Unregistered.</summary>
    Left,
}

/// <summary>Whether a device may register: GB/T 28181-2016, 9.1, with RFC 3261, 10 and 22, and RFC 7616.</summary>
internal sealed class Registrar(GbServerOptions options, IGbDeviceDirectory directory, TimeProvider time)
{
    private static readonly TimeSpan s_expiresDefault = TimeSpan.FromHours(1);

    private readonly NonceMint _mint = new(time, options.NonceLifetime);
    private readonly LockTable _locks = new(time, options.PasswordTriesMax, options.LockTime);

    public int LockCount => _locks.Count;

    /// <summary>Decides on a request.</summary>
    /// <returns>What it came to; the challenges to send with <see cref="RegisterOutcome.Challenged"/>; the time that is granted.</returns>
    public (RegisterOutcome Outcome, IReadOnlyList<SipHeader> Challenges, TimeSpan Expires) Decide(string deviceId, IPAddress source, SipMessage request)
    {
        if (!GbId.IsId(deviceId))
        {
            return (RegisterOutcome.NotFound, [], TimeSpan.Zero);
        }

        if (DigestCredentials.Parse(request.Header(SipHeader.Authorization)) is not { } credentials)
        {
            return Challenge(isStale: false);
        }

        if (_locks.IsLocked(source, deviceId))
        {
            return (RegisterOutcome.Refused, [], TimeSpan.Zero);
        }

        // A nonce that is not ours proves nothing, not even that the sender is where the packet says: it is not counted as a try.
        if (credentials.Realm != options.EffectiveRealm || !_mint.IsOurs(credentials.Nonce, deviceId, source, out var isFresh))
        {
            return Challenge(isStale: false);
        }

        var entry = directory.Find(deviceId);
        var isRight = credentials.IsRight(request.Method, entry?.Password ?? credentials.Nonce) && credentials.User == deviceId && entry is { IsAllowed: true };
        if (!isRight)
        {
            _locks.Wrong(source, deviceId);
            return (RegisterOutcome.Refused, [], TimeSpan.Zero);
        }

        if (!isFresh || !_mint.TryUse(credentials.Nonce, credentials.Qop is null ? string.Empty : credentials.Nc))
        {
            return Challenge(isStale: true);
        }

        _locks.Right(source, deviceId);
        var asked = ExpiresOf(request);
        return asked == TimeSpan.Zero ? (RegisterOutcome.Left, [], asked)
            : asked < options.ExpiresMin ? (RegisterOutcome.TooBrief, [], options.ExpiresMin)
            : (RegisterOutcome.Granted, [], asked > options.ExpiresMax ? options.ExpiresMax : asked);

        (RegisterOutcome, IReadOnlyList<SipHeader>, TimeSpan) Challenge(bool isStale)
        {
            var nonce = _mint.Make(deviceId, source);
            string[] algorithms = options.OffersSha256 ? ["SHA-256", "MD5"] : ["MD5"];
            var challenges = algorithms.Select(algorithm => new SipHeader(
                "WWW-Authenticate",
                $"Digest realm=\"{options.EffectiveRealm}\", nonce=\"{nonce}\", algorithm={algorithm}, qop=\"auth\"{(isStale ? ", stale=true" : string.Empty)}"));
            return (RegisterOutcome.Challenged, challenges.ToArray(), TimeSpan.Zero);
        }
    }

    // The Contact's own time goes before the header: RFC 3261, 10.2.1.1. What is larger than any number is as long as is granted.
    private static TimeSpan ExpiresOf(SipMessage request)
    {
        var text = SipText.Parameter(request.Header(SipHeader.Contact) ?? string.Empty, "expires") ?? request.Header(SipHeader.Expires);
        return text is null || text.Length == 0 || !text.All(char.IsAsciiDigit) ? s_expiresDefault
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.MaxValue;
    }
}
