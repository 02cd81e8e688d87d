using System.Text.RegularExpressions;

namespace CommandCenter.Cameras.Sources;

/// <summary>Where the pictures of one camera come from. Two that are equal are the same source; any difference starts it again.</summary>
/// <param name="Id">Mark of the device: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
/// <param name="Kind">How they come.</param>
/// <param name="Main">
/// Address of the main stream, at most 1,024 characters, without user and password: <c>rtsp://</c> or <c>rtsps://</c> to pull;
/// <c>srt://0.0.0.0:PORT</c> to be called by the device, <c>srt://HOST:PORT</c> to call it; <c>rtmp://HOST/APPLICATION/NAME</c> to pull.
/// A path such as <c>/cam-7</c> for what is pushed to our own servers, one segment of letters, digits, <c>-</c> and <c>_</c>: the device records to
/// <c>rtsp://GATEWAY:PORT/cam-7</c> as user <c>cam-7</c>, or publishes to <c>rtmp://GATEWAY:PORT/cam-7-KEY/live</c>.
/// </param>
/// <param name="Sub">The same for the sub stream; <see langword="null"/> where the device has none.</param>
public sealed partial record CameraSource(string Id, CameraKind Kind, string Main, string? Sub)
{
    /// <summary>Most characters of an address.</summary>
    public const int AddressLengthMax = 1024;

    private const int SecretLengthMax = 256;
    private const int PushKeyLengthMin = 16;

    // SRT takes no passphrase outside of this (SRTO_PASSPHRASE).
    private const int PassphraseLengthMin = 10;
    private const int PassphraseLengthMax = 79;

    /// <summary>Who we are at the device. Not used where the device comes to us.</summary>
    public string? User { get; init; }

    /// <summary>Password at the device; the passphrase of SRT (10 to 79 characters); the key of what is pushed (16 characters or more, required).</summary>
    public string? Password { get; init; }

    /// <summary>Whether H.265 and B-frames are coded anew as plain H.264, as far as <see cref="GatewayOptions.TranscodesMax"/> allows. Otherwise they are refused.</summary>
    public bool Transcode { get; init; }

    /// <summary>The address of a stream; <see langword="null"/> where the camera has none.</summary>
    public string? AddressOf(FeedKind kind) => kind == FeedKind.Main ? Main : Sub;

    /// <summary>What is wrong with it, as stable codes; empty when it can be set. All at once.</summary>
    /// <remarks>
    /// <c>camera.id</c>, <c>camera.kind</c>, <c>camera.address</c>, <c>camera.address-scheme</c>, <c>camera.address-user</c>, <c>camera.address-port</c>,
    /// <c>camera.address-option</c>, <c>camera.address-twice</c>, <c>camera.user</c>, <c>camera.password</c>.
    /// </remarks>
    public IReadOnlyList<string> Faults()
    {
        var faults = new SortedSet<string>(StringComparer.Ordinal);
        if (!IdPattern().IsMatch(Id))
        {
            _ = faults.Add("camera.id");
        }

        if (Kind is not (CameraKind.RtspPull or CameraKind.RtspPush or CameraKind.Srt or CameraKind.Rtmp))
        {
            _ = faults.Add("camera.kind");
        }
        else
        {
            faults.UnionWith(new[] { Main, Sub }.OfType<string>().Select(AddressFault).OfType<string>());
        }

        if (Sub is not null && Sub == Main)
        {
            _ = faults.Add("camera.address-twice");
        }

        if (User is { } user && (user.Length is 0 or > SecretLengthMax || user.Any(char.IsControl) || user.Contains(':', StringComparison.Ordinal)))
        {
            _ = faults.Add("camera.user");
        }

        if (!IsPasswordRight())
        {
            _ = faults.Add("camera.password");
        }

        return [.. faults];
    }

    /// <summary>What of this machine its streams occupy: no two streams may share any. Only of a source without faults.</summary>
    internal IEnumerable<string> Places() => new[] { Main, Sub }.OfType<string>().Select(address => Kind switch
    {
        CameraKind.RtspPush => $"rtsp {address}",
        CameraKind.Srt when SrtAddress.IsListener(address) => $"srt {new Uri(address).Port}",
        CameraKind.Rtmp when IsPath(address) => $"rtmp {RtmpServer.ApplicationOf(address, Password!)}",
        _ => null,
    }).OfType<string>();

    /// <summary>The camera and how it comes; neither addresses nor secrets reach a log by accident.</summary>
    public override string ToString() => $"{Id} ({Kind})";

    /// <summary>Whether an address is a path of our own server.</summary>
    internal static bool IsPath(string address) => PathPattern().IsMatch(address);

    private string? AddressFault(string address)
    {
        if (Kind == CameraKind.RtspPush || (Kind == CameraKind.Rtmp && address.StartsWith('/')))
        {
            return IsPath(address) ? null : "camera.address";
        }

        // Visible ASCII alone: what a device could read in two ways is not handed to it. Names and paths in other scripts are to be percent-encoded.
        if (address.Length > AddressLengthMax || address.Any(static letter => letter is <= ' ' or > '~' or '"' or '\\' or '<' or '>' or '^' or '`' or '{' or '|' or '}')
            || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Fragment.Length > 0)
        {
            return "camera.address";
        }

        var isScheme = Kind switch
        {
            CameraKind.RtspPull => uri.Scheme is "rtsp" or "rtsps",
            CameraKind.Srt => uri.Scheme is "srt",
            _ => uri.Scheme is "rtmp",
        };
        if (!isScheme)
        {
            return "camera.address-scheme";
        }

        if (uri.Host.Length == 0)
        {
            return "camera.address";
        }

        // Looked for in the text: what is parsed has lost an empty user.
        if (address.Split('/', 4)[2].Contains('@', StringComparison.Ordinal))
        {
            return "camera.address-user";
        }

        return Kind != CameraKind.Srt ? null
            : uri.Port <= 0 ? "camera.address-port"
            : uri.Query.Length > 0 || uri.AbsolutePath is not ("" or "/") ? "camera.address-option"
            : null;
    }

    private bool IsPasswordRight()
    {
        var isPushed = Kind == CameraKind.RtspPush || (Kind == CameraKind.Rtmp && (Main.StartsWith('/') || Sub?.StartsWith('/') == true));
        return Password is not { } secret
            ? !isPushed
            : secret.Length is > 0 and <= SecretLengthMax && !secret.Any(char.IsControl)
                && (Kind != CameraKind.Srt || secret.Length is >= PassphraseLengthMin and <= PassphraseLengthMax)
                && (!isPushed || (secret.Length >= PushKeyLengthMin && KeyPattern().IsMatch(secret)));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A/[A-Za-z0-9][A-Za-z0-9_-]{0,63}\z")]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\z")]
    private static partial Regex KeyPattern();
}
