using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using CommandCenter.Cameras.Gb28181;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Cameras.Gb;

/// <summary>How the GB/T 28181 server stands, for the page of registered cameras.</summary>
/// <param name="Endpoint">Where it listens, or would.</param>
/// <param name="Online">Devices online.</param>
/// <param name="Known">Devices registered here.</param>
/// <param name="Refused">Requests refused since the start.</param>
internal sealed record GbStatus(string Endpoint, int Online, int Known, long Refused);

/// <summary>Hosts the GB/T 28181 server of this installation, where its options ask for one: keeps it listening, its streams running and its devices saying where they are.</summary>
internal sealed partial class GbHost : BackgroundService, IGbObserver
{
    private static readonly TimeSpan s_lookPace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_flushPace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_refusedPace = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_portRetry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_subscribeRetry = TimeSpan.FromMinutes(1);

    // For so long a device that is offline is said to have the wrong password, and not just to be away.
    private static readonly TimeSpan s_refusalKept = TimeSpan.FromMinutes(10);

    private readonly GbOptions _options;
    private readonly GbRegister _register;
    private readonly GbFeeds _feeds;
    private readonly GbReports _reports;
    private readonly TimeProvider _time;
    private readonly ILogger<GbHost> _logger;
    private readonly bool _isOn;
    private readonly ConcurrentDictionary<string, Subscription> _online = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _refusedAt = new(StringComparer.Ordinal); // Of known devices only, so it cannot grow.
    private volatile GbServer? _server;
    private long _refusals;

    public GbHost(
        IOptions<GbOptions> options, IOptions<CameraOptions> cameras, GbRegister register, GbFeeds feeds, GbReports reports, TimeProvider time, ILogger<GbHost> logger,
        IMeterFactory meters)
    {
        (_options, _register, _feeds, _reports, _time, _logger) = (options.Value, register, feeds, reports, time, logger);
        _isOn = _options.IsOn && cameras.Value.Enabled;
        if (_isOn)
        {
            GbMetrics.Publish(meters, () => _server?.Counters, () => _online.Count, () => _server?.Sessions.Count ?? 0, reports);
        }
    }

    /// <summary>The server while it listens.</summary>
    public GbServer? Server => _server;

    /// <summary>How it stands; <see langword="null"/> where none is asked for.</summary>
    public GbStatus? Read() => !_isOn ? null
        : new GbStatus(_server?.LocalEndPoint.ToString() ?? _options.Listen, _online.Count, _register.Count, _server?.Counters.Refused ?? 0);

    public void DeviceOnline(GbDevice device)
    {
        _online[device.Id] = new Subscription();
        _ = _refusedAt.TryRemove(device.Id, out _);
        Log.Online(_logger, device.Id, device.Transport);
    }

    public void DeviceOffline(GbDevice device, GbOfflineReason reason)
    {
        _ = _online.TryRemove(device.Id, out _);
        Log.Offline(_logger, device.Id, reason);
    }

    public void PositionChanged(GbPosition position) => _reports.Take(position);

    public void AlarmRaised(GbAlarm alarm)
    {
        Log.Alarm(_logger, alarm.DeviceId, alarm.Method, alarm.Type, alarm.Priority);
        _reports.Take(alarm);
    }

    public void RegistrationRefused(string deviceId)
    {
        _ = Interlocked.Increment(ref _refusals);
        if (_register.IsKnown(deviceId))
        {
            _refusedAt[deviceId] = _time.GetTimestamp();
        }
    }

    public void Failed(Exception exception) => Log.Failed(_logger, exception);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_isOn)
        {
            return;
        }

        try
        {
            await ListenAsync(stoppingToken);
            await Task.WhenAll(
                EveryAsync(s_lookPace, Look, stoppingToken),
                EveryAsync(s_flushPace, _reports.FlushAsync, stoppingToken),
                EveryAsync(s_refusedPace, TellRefusals, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is going down.
        }
        finally
        {
            if (_server is { } server)
            {
                await server.DisposeAsync();
            }

            await _reports.FlushAsync(CancellationToken.None); // What was taken before the end is not lost; the partitions drain after us.
        }
    }

    // A port that somebody else holds is no reason to have no command centre: it says so, and tries again.
    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (_server is null)
        {
            var server = new GbServer(_options.ToServer(), _register, this, _time);
            try
            {
                await server.StartAsync(cancellationToken);
                _server = server;
                Log.Listening(_logger, server.LocalEndPoint.ToString());
            }
            catch (SocketException exception)
            {
                await server.DisposeAsync();
                Log.PortTaken(_logger, _options.Listen, exception.Message);
                _feeds.Tick(server: null, static _ => "video.port", Failed);
                await Task.Delay(s_portRetry, _time, cancellationToken);
            }
        }
    }

    private async Task EveryAsync(TimeSpan pace, Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(pace, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await act(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Failed(exception); // Top of the loop: the next turn tries again.
            }
        }
    }

    private Task Look(CancellationToken cancellationToken)
    {
        _feeds.Tick(_server, AwayOf, Failed);
        if (_options.PositionInterval > TimeSpan.Zero)
        {
            foreach (var (device, subscription) in _online)
            {
                if (!subscription.IsAsked && _time.GetElapsedTime(subscription.TriedAt) >= subscription.Pause)
                {
                    subscription.IsAsked = true;
                    subscription.Asking = SubscribeAsync(device, subscription, cancellationToken);
                }
            }
        }

        return Task.CompletedTask;
    }

    private async Task SubscribeAsync(string device, Subscription subscription, CancellationToken cancellationToken)
    {
        try
        {
            await _server!.SubscribePositionsAsync(device, _options.PositionInterval, cancellationToken);
        }
        catch (GbException exception)
        {
            // Many cameras have no receiver and say no. They are asked again, rarely: some have none only until they see the sky.
            Log.NoPositions(_logger, device, exception.Code);
            (subscription.TriedAt, subscription.Pause) = (_time.GetTimestamp(), s_subscribeRetry);
            subscription.IsAsked = false;
        }
        catch (OperationCanceledException)
        {
            // The host is going down.
        }
    }

    private string? AwayOf(string device) => _online.ContainsKey(device) ? null
        : _refusedAt.TryGetValue(device, out var at) && _time.GetElapsedTime(at) < s_refusalKept ? "video.password"
        : GbException.Offline;

    private Task TellRefusals(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _refusals, 0) is > 0 and var count)
        {
            Log.Refused(_logger, count, string.Join(' ', _refusedAt.Where(pair => _time.GetElapsedTime(pair.Value) <= s_refusedPace).Select(static pair => pair.Key).Order(StringComparer.Ordinal).Take(10)));
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether a device that is online was asked where it is. Written by the look alone, and by the question that it began.</summary>
    private sealed class Subscription
    {
        public volatile bool IsAsked;

        public long TriedAt { get; set; }

        public TimeSpan Pause { get; set; }

        public Task Asking { get; set; } = Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "GB/T 28181 listens on {Endpoint}")]
        public static partial void Listening(ILogger logger, string endpoint);

        [LoggerMessage(LogLevel.Error, "GB/T 28181 cannot listen on {Endpoint}: {Reason}; it is tried again")]
        public static partial void PortTaken(ILogger logger, string endpoint, string reason);

        [LoggerMessage(LogLevel.Information, "Device {Device} is online over {Transport}")]
        public static partial void Online(ILogger logger, string device, string transport);

        [LoggerMessage(LogLevel.Information, "Device {Device} is offline: {Reason}")]
        public static partial void Offline(ILogger logger, string device, GbOfflineReason reason);

        [LoggerMessage(LogLevel.Warning, "Device {Device} raised an alarm: method {Method}, type {Type}, priority {Priority}")]
        public static partial void Alarm(ILogger logger, string device, int method, int type, int priority);

        [LoggerMessage(LogLevel.Warning, "{Count} registrations were refused in the last minute; of devices that are known: {Devices}")]
        public static partial void Refused(ILogger logger, long count, string devices);

        [LoggerMessage(LogLevel.Debug, "Device {Device} does not say where it is: {Code}")]
        public static partial void NoPositions(ILogger logger, string device, string code);

        [LoggerMessage(LogLevel.Error, "GB/T 28181: a message or stream failed; all else goes on")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
