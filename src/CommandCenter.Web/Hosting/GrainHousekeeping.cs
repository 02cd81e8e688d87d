using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Hosting;

/// <summary>Moves long-closed cases out of memory, a few at a time, so that no group of events waits for it.</summary>
internal sealed class GrainHousekeeping(GrainHost grains, TimeProvider time) : BackgroundService
{
    private const int CasesPerRound = 2_000;
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await PassivateAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is going down.
        }
    }

    private async Task PassivateAsync()
    {
        for (var partition = 0; partition < grains.PartitionCount; partition++)
        {
            var batch = new PartitionBatch<GrainCommand, GrainReply>([new GrainCommand.PassivateLongClosed(CasesPerRound)]);
            if (grains.TryPost(partition, batch))
            {
                // A stopped partition has its own alarm; here there is nothing to do but try again next time.
                await batch.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
