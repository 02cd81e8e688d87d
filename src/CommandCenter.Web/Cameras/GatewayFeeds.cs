using System.Diagnostics.Metrics;
using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Sources;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Cameras;

/// <summary>The pictures of the gateway of this server.</summary>
internal sealed partial class GatewayFeeds : ICameraFeeds, IAsyncDisposable
{
    private const string OffPrefix = "video.off";

    private readonly CameraGateway _gateway;
    private readonly int _sourcesMax;
    private readonly Meter _meter;
    private readonly ILogger<GatewayFeeds> _logger;

    public GatewayFeeds(IOptions<GatewayOptions> options, TimeProvider time, ILogger<GatewayFeeds> logger, IMeterFactory meters)
    {
        _meter = meters.Create("CommandCenter.Video");
        _logger = logger;
        _sourcesMax = options.Value.SourcesMax;
        _gateway = new CameraGateway(options.Value, time);
        OffReason = OffOf(_gateway.OffReason);
        if (OffReason is not null)
        {
            Log.Off(logger, _gateway.OffReason!);
        }

        Gauge("video.state", "{state}", "0 off, 1 connecting, 2 live, 3 stalled, 4 lost", static feed => (long)feed.State);
        Gauge("video.sinks", "{sink}", "How many take the pictures", static feed => feed.Sinks);
        Counter("video.units", "{picture}", "Pictures that came", static feed => feed.Counts.Units);
        Counter("video.bytes", "By", "Their bytes", static feed => feed.Counts.Bytes);
        Counter("video.dropped", "{picture}", "Pictures that somebody who joined did not get", static feed => feed.Counts.Dropped);
        Counter("video.restarts", "{attempt}", "How often the source was begun again", static feed => feed.Restarts);
        _ = _meter.CreateObservableGauge("video.transcodes", () => _gateway.Counts.Transcodes, "{stream}", "Streams that are coded anew");
    }

    public string? OffReason { get; }

    public void Set(IReadOnlyList<CameraDevice> devices, Func<string, string?> secretOf)
    {
        var sources = new List<CameraSource>(devices.Count);
        foreach (var device in devices)
        {
            var source = SourceOf(device, device.HasSecret ? secretOf(device.Id) : null);
            if (sources.Count >= _sourcesMax || source.Faults().Count > 0)
            {
                Log.Passed(_logger, device.Id, string.Join(' ', source.Faults().DefaultIfEmpty("camera.too-many"))); // Its tile says that it has no stream; the others go on.
            }
            else
            {
                sources.Add(source);
            }
        }

        _gateway.Set(sources);
    }

    public VideoFeed? Find(string cameraId, StreamKind kind) => _gateway.Find(cameraId, KindOf(kind));

    public ValueTask DisposeAsync()
    {
        return _gateway.DisposeAsync();
    }

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

    private void Gauge(string name, string unit, string description, Func<FeedStatus, long> read) => _ = _meter.CreateObservableGauge(name, () => Measure(read), unit, description);

    private void Counter(string name, string unit, string description, Func<FeedStatus, long> read) => _ = _meter.CreateObservableCounter(name, () => Measure(read), unit, description);

    private IEnumerable<Measurement<long>> Measure(Func<FeedStatus, long> read) => _gateway.Counts.Feeds.Select(feed => new Measurement<long>(
        read(feed),
        new KeyValuePair<string, object?>("camera", feed.CameraId),
        new KeyValuePair<string, object?>("kind", feed.Kind == FeedKind.Main ? "main" : "sub")));

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
