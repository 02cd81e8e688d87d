using System.Collections.Frozen;
using CommandCenter.Audit;
using CommandCenter.Cameras.Recording;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Recordings;

/// <summary>
/// Records what the registered cameras show, as they come and go, removes what is old, and sees to it that the trace knows. A camera, the disk or
/// the trace that fails is tried again and stops nothing else.
/// </summary>
internal sealed partial class RecordingKeeper : BackgroundService
{
    /// <summary>Where packs of evidence are made before they are sent.</summary>
    public const string PackPrefix = "pack-";

    /// <summary>Behind the id of a camera: its main stream, recorded on demand. Ids of cameras hold no dot.</summary>
    public const string MainSuffix = ".main";

    private const string FolderName = "recordings";

    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_sweepEvery = TimeSpan.FromHours(1);

    private readonly RecordingsOptions _options;
    private readonly CameraRegistry _registry;
    private readonly ICameraFeeds _feeds;
    private readonly RecordingDemands _demands;
    private readonly RecordingAnchors _anchors;
    private readonly RecordingMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<RecordingKeeper> _logger;
    private readonly Dictionary<string, RunningRecording> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _ending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string State, DateTimeOffset RetryAt)> _failed = new(StringComparer.Ordinal);
    private volatile FrozenDictionary<string, string> _states = FrozenDictionary<string, string>.Empty;
    private volatile RecordingStore? _store;
    private volatile CameraCarriers? _carriers;
    private volatile string? _fault;
    private bool _isCompared;

    public RecordingKeeper(
        IOptions<RecordingsOptions> options, IOptions<ServeOptions> serve, CameraRegistry registry, ICameraFeeds feeds, RecordingDemands demands, RecordingAnchors anchors,
        RecordingMetrics metrics, TimeProvider time, ILogger<RecordingKeeper> logger)
    {
        (_options, _registry, _feeds, _demands, _anchors, _metrics, _time, _logger) = (options.Value, registry, feeds, demands, anchors, metrics, time, logger);
        Root = Path.GetFullPath(_options.Directory ?? Path.Combine(serve.Value.DataDirectory, FolderName));
        Library = new RecordingLibrary(Root);
        metrics.Watch(this, anchors);
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>Reads what is there.</summary>
    public RecordingLibrary Library { get; }

    /// <summary>The store; <see langword="null"/> while its folder cannot be used.</summary>
    public RecordingStore? Store => _store;

    /// <summary>Who carried which camera; <see langword="null"/> while the folder cannot be used.</summary>
    public CameraCarriers? Carriers => _carriers;

    /// <summary>Why the folder cannot be used, a code of <see cref="RecordingException"/>; <see langword="null"/> while it can.</summary>
    public string? Fault => _fault;

    /// <summary>How each stream that is or should be recorded does: <c>recording</c>, <c>waiting</c>, <c>slow</c>, <c>full</c>, <c>failed</c>, <c>damaged</c>, <c>off</c>.</summary>
    public IReadOnlyDictionary<string, string> States => _states;

    /// <summary>Takes up what changed, now.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_store is null && !TryOpen())
        {
            return;
        }

        var now = _time.GetUtcNow();
        var devices = _registry.All;
        _carriers!.Note(devices, now);
        await _demands.EndOverdueAsync(now);
        var wanted = _options.Enabled && _feeds.OffReason is null ? Wanted(devices) : [];
        foreach (var (name, gone) in _running.Where(pair => !wanted.TryGetValue(pair.Key, out var device) || IsAnother(device, pair.Value.Device)).ToArray())
        {
            _ = _running.Remove(name);
            _ending[name] = gone.EndAsync(); // Not waited for: a disk that hangs holds up nobody else.
        }

        foreach (var (name, _) in _ending.Where(static pair => pair.Value.IsCompleted).ToArray())
        {
            _ = _ending.Remove(name);
        }

        foreach (var (name, device) in wanted)
        {
            Keep(name, device, now);
        }

        Say(devices, now);
        if (!_isCompared)
        {
            await _anchors.DrainAsync(_store);
            await _anchors.CompareAsync(_store!, cancellationToken);
            _isCompared = true;
        }

        await _anchors.DrainAsync(_store);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var (name, running) in _running)
        {
            _ending[name] = running.EndAsync();
        }

        await Task.WhenAll(_ending.Values);
        if (_store is { } store)
        {
            await store.DisposeAsync();
        }

        try
        {
            await _demands.EndAllAsync();
            await _anchors.DrainAsync(store: null);
        }
        catch (AuditException exception)
        {
            Log.Failed(_logger, exception); // The next start sees that it is missing.
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(RepeatAsync(s_pace, LookAsync, stoppingToken), RepeatAsync(s_sweepEvery, token => Task.Run(() => Sweep(token), token), stoppingToken));

    private static bool IsAnother(CameraDevice one, CameraDevice other) => one.OfficerId != other.OfficerId || one.CourtMark != other.CourtMark;

    private bool TryOpen()
    {
        try
        {
            var store = RecordingStore.Open(
                new RecordingOptions
                {
                    Root = Root,
                    SegmentLength = _options.SegmentLength,
                    RetentionDays = _options.RetentionDays,
                    QuotaBytes = _options.QuotaBytes,
                    FreeBytesMin = _options.FreeBytesMin,
                },
                _anchors,
                _time);
            foreach (var left in Directory.EnumerateFiles(Root, PackPrefix + "*"))
            {
                File.Delete(left); // Of a server that was killed while it made one.
            }

            _carriers = new CameraCarriers(Root);
            (_store, _fault) = (store, null);
            foreach (var (camera, message) in store.Damaged)
            {
                Log.Damaged(_logger, camera, message);
            }

            return true;
        }
        catch (Exception exception) when (exception is RecordingException or IOException or UnauthorizedAccessException)
        {
            if (_fault is null)
            {
                Log.NotOpened(_logger, Root, exception.Message);
            }

            _fault = (exception as RecordingException)?.Code ?? RecordingException.NotWritten;
            return false;
        }
    }

    private Dictionary<string, CameraDevice> Wanted(IReadOnlyList<CameraDevice> devices)
    {
        var wanted = devices.Where(static device => device.IsEnabled).ToDictionary(static device => device.Id, StringComparer.Ordinal);
        foreach (var demand in _demands.All.Where(demand => wanted.ContainsKey(demand.Camera)))
        {
            wanted[demand.Camera + MainSuffix] = wanted[demand.Camera];
        }

        return wanted;
    }

    private void Keep(string name, CameraDevice device, DateTimeOffset now)
    {
        try
        {
            if (!_running.TryGetValue(name, out var running))
            {
                if (_ending.ContainsKey(name) || (_failed.TryGetValue(name, out var failed) && now < failed.RetryAt))
                {
                    return;
                }

                running = _running[name] = new RunningRecording(device, _store!.Record(name), _carriers!.Of(device.Id)[^1].From);
                _ = _failed.Remove(name);
            }

            var isMain = name != device.Id || _options.Stream == "main";
            running.Take((isMain ? null : _feeds.Find(device.Id, StreamKind.Sub)) ?? _feeds.Find(device.Id, StreamKind.Main));
        }
        catch (Exception exception) when (exception is RecordingException or IOException or UnauthorizedAccessException)
        {
            var isDamaged = (exception as RecordingException)?.Code == RecordingException.Damaged;
            if (!_failed.ContainsKey(name))
            {
                Log.NotRecorded(_logger, name, exception.Message);
            }

            _failed[name] = (isDamaged ? "damaged" : "failed", now + s_retryAfter);
        }
    }

    private void Say(IReadOnlyList<CameraDevice> devices, DateTimeOffset now)
    {
        var states = devices.ToDictionary(static device => device.Id, static _ => "off", StringComparer.Ordinal);
        foreach (var (name, running) in _running)
        {
            states[name] = running.Look(now);
            _metrics.Count(running.NewlyWritten, running.NewlyDropped);
        }

        foreach (var (name, failed) in _failed)
        {
            states[name] = failed.State;
        }

        foreach (var name in _store!.Damaged.Keys)
        {
            states[name] = "damaged";
        }

        _states = states.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private void Sweep(CancellationToken cancellationToken)
    {
        if (_store?.RemoveOld(cancellationToken) is > 0 and var count)
        {
            Log.Removed(_logger, count, _options.RetentionDays);
        }
    }

    // Top of the loops: whatever fails is seen in the log and tried anew.
    private async Task RepeatAsync(TimeSpan pace, Func<CancellationToken, Task> step, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pace, _time);
        try
        {
            do
            {
                try
                {
                    await step(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Log.Failed(_logger, exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is going down.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Nothing is recorded to {Root}: {Reason}")]
        public static partial void NotOpened(ILogger logger, string root, string reason);

        [LoggerMessage(LogLevel.Error, "The recordings of {Camera} are set aside until somebody mends them: {Reason}")]
        public static partial void Damaged(ILogger logger, string camera, string reason);

        [LoggerMessage(LogLevel.Error, "{Camera} is not recorded: {Reason}")]
        public static partial void NotRecorded(ILogger logger, string camera, string reason);

        [LoggerMessage(LogLevel.Information, "{Count} segments are older than {Days} days and were removed")]
        public static partial void Removed(ILogger logger, int count, int days);

        [LoggerMessage(LogLevel.Error, "The recordings could not be looked after")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
