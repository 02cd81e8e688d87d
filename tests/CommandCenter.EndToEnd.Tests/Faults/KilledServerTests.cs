using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.Testing;

namespace CommandCenter.EndToEnd.Tests.Faults;

/// <summary>The real server under load, ended and stopped at moments that nobody chose.</summary>
public sealed class KilledServerTests
{
    private const int Seed = 20_261_122;
    private const int KillsInShort = 3;
    private const int KillsInLong = 50;
    private const int RequestsBetweenMax = 60;

    private static readonly TimeSpan s_silence = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_counted_twice_however_often_the_server_is_killed()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await using var load = new SteadyLoad(host);
        var random = new Random(Seed);
        var kills = LongRun.IsOn ? KillsInLong : KillsInShort;
        for (var kill = 0; kill < kills; kill++)
        {
            await load.PassAsync(random.Next(1, RequestsBetweenMax), Cancellation);
            await host.Kill9Async(Cancellation);
            await host.RestartAsync(Cancellation);
        }

        await load.PassAsync(1, Cancellation);
        await load.FinishAsync();

        await Truth.HoldsAsync(host, load);
        Assert.Equal(0, await host.StopGracefullyAsync(Cancellation));
        Assert.Equal((0, ""), await VerifiedAsync(host));
        var (code, output) = await Truth.RecountAsync(host.DataDirectory);
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task A_server_that_stood_still_goes_on_where_it_was()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await using var load = new SteadyLoad(host);
        for (var i = 0; i < 3; i++)
        {
            await load.PassAsync(10, Cancellation);
            await host.FreezeAsync(Cancellation);
            using (var patience = new CancellationTokenSource(s_silence))
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(
                    () => host.Client.GetAsync(new Uri("health/live", UriKind.Relative), patience.Token));
            }

            await host.ThawAsync(Cancellation);
        }

        await load.PassAsync(10, Cancellation);
        await load.FinishAsync();

        await Truth.HoldsAsync(host, load);
    }

    private static async Task<(int ExitCode, string Complaint)> VerifiedAsync(ProductHost host)
    {
        var (code, output) = await Truth.VerifyAsync(host.DataDirectory);
        return (code, code == 0 ? "" : output);
    }
}
