using System.Collections.Frozen;
using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Sources;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Cameras;

/// <summary>The pictures of the gateway of this server.</summary>
internal sealed partial class GatewayFeeds : ICameraFeeds, IAsyncDisposable
{
    private const string OffPrefix = "video.off";
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(250);

    private readonly CameraGateway _gateway;
    private readonly TimeProvider _time;
    private readonly ILogger<GatewayFeeds> _logger;
    private volatile Reasons _reasons = new(long.MinValue, FrozenDictionary<(string, FeedKind), string>.Empty);

    public GatewayFeeds(IOptions<GatewayOptions> options, TimeProvider time, ILogger<GatewayFeeds> logger)
    {
        (_time, _logger) = (time, logger);
        _gateway = new CameraGateway(options.Value with { SourcesMax = CameraRegistry.DevicesMax }, time);
        OffReason = OffOf(_gateway.OffReason);
        if (OffReason is not null)
        {
            Log.Off(logger, _gateway.OffReason!);
        }
    }

    public string? OffReason { get; }

    public void Set(IReadOnlyList<CameraDevice> devices, Func<string, string?> secretOf)
    {
        var sources = new List<CameraSource>(devices.Count);
        foreach (var device in devices)
        {
            var source = SourceOf(device, device.HasSecret ? secretOf(device.Id) : null);
            if (source.Faults() is { Count: > 0 } faults)
            {
                Log.Passed(_logger, device.Id, string.Join(' ', faults)); // Its tile says that it has no stream; the others go on.
            }
            else
            {
                sources.Add(source);
            }
        }

        _gateway.Set(sources);
    }

    public VideoFeed? Find(string cameraId, StreamKind kind) => _gateway.Find(cameraId, KindOf(kind));

    public string? ReasonOf(string cameraId, StreamKind kind)
    {
        var known = _reasons;
        if (known.At == long.MinValue || _time.GetElapsedTime(known.At) > s_pace)
        {
            // Asked for every tile of every page, and the same for all of them.
            _reasons = known = new Reasons(
                _time.GetTimestamp(),
                _gateway.Counts.Feeds.Where(static feed => feed.Reason is not null).ToFrozenDictionary(static feed => (feed.CameraId, feed.Kind), static feed => feed.Reason!));
        }

        return known.ByFeed.GetValueOrDefault((cameraId, KindOf(kind)));
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    /// <summary>A registered camera as the gateway takes it.</summary>
    public static CameraSource SourceOf(CameraDevice device, string? secret) => new(device.Id, KindOf(device.Kind), device.MainAddress, device.SubAddress)
    {
        User = device.User,
        Password = secret,
    };

    private static FeedKind KindOf(StreamKind kind) => kind == StreamKind.Main ? FeedKind.Main : FeedKind.Sub;

    private static CameraKind KindOf(CameraSourceKind kind) => kind switch
    {
        CameraSourceKind.RtspPull => CameraKind.RtspPull,
        CameraSourceKind.RtspPush => CameraKind.RtspPush,
        CameraSourceKind.Srt => CameraKind.Srt,
        CameraSourceKind.Rtmp => CameraKind.Rtmp,
        CameraSourceKind.Gb28181 => CameraKind.Gb28181,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    // What is missing stands behind the word of the gateway.
    private static string? OffOf(string? reason) => reason is null ? null
        : reason[(reason.StartsWith(OffPrefix, StringComparison.Ordinal) ? OffPrefix.Length : 0)..].Trim(' ', ':', '.') is { Length: > 0 } missing ? "gateway-broken " + missing
        : "gateway-off";

    private sealed record Reasons(long At, FrozenDictionary<(string, FeedKind), string> ByFeed);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "There is no video: {Reason}")]
        public static partial void Off(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Warning, "Camera {Camera} cannot be fetched: {Faults}")]
        public static partial void Passed(ILogger logger, string camera, string faults);
    }
}

/// <summary>Names every fault of the gateway's options.</summary>
internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options) =>
        options.Faults() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults.Select(static fault => $"{CameraOptions.GatewaySection}:{fault}")) : ValidateOptionsResult.Success;
}
