using System.Diagnostics.Metrics;

namespace CommandCenter.Web.Trail;

/// <summary>Keeps the search of the trace quick, and tells the metrics how the trace is.</summary>
internal sealed partial class TrailWatch : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(5);

    private readonly AuditTrail _trail;
    private readonly TimeProvider _time;
    private readonly ILogger<TrailWatch> _logger;

    public TrailWatch(AuditTrail trail, TimeProvider time, ILogger<TrailWatch> logger, IMeterFactory meters)
    {
        var meter = meters.Create("CommandCenter.Trail");
        (_trail, _time, _logger) = (trail, time, logger);
        _ = meter.CreateObservableGauge("trail.lost_head", () => trail.LostHead is null ? 0 : 1, "{trace}", "1: the end of the trace that was noted beside its key was not there at the start");
        _ = meter.CreateObservableGauge("trail.fault", () => trail.Fault is null ? 0 : 1, "{trace}", "1: the trace cannot be written, so nothing that leaves one is shown or done");
        _ = meter.CreateObservableGauge("trail.records", () => trail.Head.Sequence, "{record}", "Number of the last record of the trace");
        _ = meter.CreateObservableGauge("trail.files_indexed", () => trail.IndexedCount, "{file}", "Sealed files that a search can leave out");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_trail.LostHead is { } lost)
        {
            Log.LostHead(_logger, lost.ToString());
        }

        using var timer = new PeriodicTimer(s_interval, _time);
        do
        {
            try
            {
                // Off the starting thread: the first round reads all that is there.
                await Task.Run(() => _trail.IndexAsync(stoppingToken), stoppingToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Log.NotIndexed(_logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The end of the trace is not there: {Head} was noted beside its key. Was a backup restored? If not, somebody cut it off; see docs/audit.md")]
        public static partial void LostHead(ILogger logger, string head);

        [LoggerMessage(LogLevel.Warning, "The trace cannot be indexed, searches read it instead: {Reason}")]
        public static partial void NotIndexed(ILogger logger, string reason);
    }
}
