using CommandCenter.Web.Wall;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Replay;

/// <summary>Looks once a second at what the walls show and records it; writes every few seconds. Neither waits for the other.</summary>
internal sealed partial class ShownRecorder(
    IFigureSource figures, ShownHistory history, IOptions<ReplayOptions> options, TimeProvider time, ILogger<ShownRecorder> logger) : BackgroundService
{
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);

    /// <summary>Writes what came last, so that the gap of a restart is as short as the restart.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Take();
        _ = history.Flush();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(LoopAsync(s_pace, Take, stoppingToken), LoopAsync(options.Value.CommitInterval, () => history.Flush(), stoppingToken));

    private void Take() => history.Take(figures.Read(), time.GetUtcNow());

    private async Task LoopAsync(TimeSpan pace, Action act, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    act();
                }
                catch (Exception exception)
                {
                    // The walls know nothing of this. What is not recorded is a gap, and a gap is shown.
                    Log.Failed(logger, exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is going down.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What the walls show could not be recorded")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
