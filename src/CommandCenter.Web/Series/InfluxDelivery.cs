using CommandCenter.TimeSeries.Influx;

namespace CommandCenter.Web.Series;

/// <summary>Runs the shipper and says in the log what a person should know. Without an InfluxDB it has nothing to do.</summary>
/// <param name="Shipper"><see langword="null"/> when the server was started without <c>--influx-url</c>.</param>
internal sealed record InfluxTarget(InfluxShipper? Shipper);

/// <summary>Delivers the time series as long as the server runs.</summary>
internal sealed partial class InfluxDelivery(InfluxTarget target, TimeProvider time, ILogger<InfluxDelivery> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);

    private DateTimeOffset? _saidFailingSince;
    private long _saidDeadLetters;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (target.Shipper is not { } shipper)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await shipper.RunAsync(Say, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception);
                await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Once for an outage and once for new dead letters, not once for each attempt.
    private void Say(ShipperState state)
    {
        if (state.FailingSince != _saidFailingSince && state.FailingSince is not null)
        {
            Log.Waiting(logger, state.Target, state.LastStatus, state.LastError, state.LagPoints);
        }

        if (state.DeadLetters > _saidDeadLetters)
        {
            Log.Refused(logger, state.Target, state.DeadLetters, state.LastStatus, state.LastError);
        }

        _saidFailingSince = state.FailingSince;
        _saidDeadLetters = state.DeadLetters;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "InfluxDB {Target} takes nothing now ({Status}: {Error}); {LagPoints} points wait in the embedded store and lose nothing")]
        public static partial void Waiting(ILogger logger, string target, int? status, string? error, long lagPoints);

        [LoggerMessage(LogLevel.Error, "InfluxDB {Target} refused points: {DeadLetters} dead letters ({Status}: {Error}). Remove the cause, then replay them on /operations")]
        public static partial void Refused(ILogger logger, string target, long deadLetters, int? status, string? error);

        [LoggerMessage(LogLevel.Error, "The embedded time series could not be read for delivery; next attempt in 30 s")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
