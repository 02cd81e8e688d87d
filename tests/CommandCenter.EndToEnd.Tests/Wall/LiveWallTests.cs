using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.Testing;

namespace CommandCenter.EndToEnd.Tests.Wall;

public sealed class LiveWallTests(Browser browser)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Posted_events_move_the_figures_without_a_reload()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await using var wall = await WallScreen.OpenAsync(browser, host);
        Assert.Equal(0, await wall.CountAsync("received.year"));
        await wall.MarkAsync();

        await host.PostAsync([EventLines.Filed(1), EventLines.Filed(2), EventLines.MoneyReceived(2, payment: 1, 1_234_567_89)], Cancellation);

        await ShowsAsync(wall, received: 2, pending: 2, moneyInFen: 1_234_567_89);
        Assert.True(await wall.IsMarkedAsync(), "The page was loaded again.");
        Assert.Empty(wall.ScriptErrors);
    }

    [Fact]
    public async Task A_killed_server_is_shown_as_lost_and_its_restart_brings_the_same_figures_back()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await using var wall = await WallScreen.OpenAsync(browser, host);
        await host.PostAsync([.. Enumerable.Range(1, 50).Select(static number => EventLines.Filed(number)), EventLines.MoneyReceived(7, payment: 1, 99_01)], Cancellation);
        await ShowsAsync(wall, received: 50, pending: 50, moneyInFen: 99_01);

        await host.Kill9Async(Cancellation);
        await wall.ConnectionBecomesAsync(WallScreen.Lost);
        Assert.Equal(50, await wall.CountAsync("received.year"));

        await host.RestartAsync(Cancellation);
        await wall.ConnectionBecomesAsync(WallScreen.Live);
        await ShowsAsync(wall, received: 50, pending: 50, moneyInFen: 99_01);
        Assert.Equal(new Uri(host.Address, "wall/main").ToString(), wall.Page.Url);

        // Live again means that it moves again.
        await host.PostAsync([EventLines.Filed(51)], Cancellation);
        await ShowsAsync(wall, received: 51, pending: 51, moneyInFen: 99_01);
        Assert.Empty(wall.ScriptErrors);
    }

    [Theory]
    [InlineData(2_400, 540, true)]
    [InlineData(1_280, 800, false)]
    public async Task A_wall_moves_aside_against_burn_in_and_a_desk_stands_still(int width, int height, bool movesAside)
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await using var wall = await WallScreen.OpenAsync(browser, host, width, height);

        // Another place than the one of this minute, which may be none.
        var moved = await wall.Page.EvaluateAsync<double>(
            "() => { const wall = document.querySelector('#wall'); const { left } = wall.getBoundingClientRect(); wall.style.translate = `calc(${wall.style.translate.split(' ')[0]} + 5px) 0px`; return wall.getBoundingClientRect().left - left; }");

        Assert.Equal(movesAside ? 5 : 0, moved);
    }

    [Fact]
    public async Task A_drained_server_is_shown_as_lost()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await using var wall = await WallScreen.OpenAsync(browser, host);

        Assert.Equal(0, await host.StopGracefullyAsync(Cancellation));

        await wall.ConnectionBecomesAsync(WallScreen.Lost);
    }

    private static Task ShowsAsync(WallScreen wall, long received, long pending, long moneyInFen) => Eventually.TrueAsync(
        $"the wall to show {received} received, {pending} pending and {moneyInFen} fen in",
        s_patience,
        async _ => await wall.CountAsync("received.year") == received
            && await wall.CountAsync("pending.today") == pending
            && await wall.FenAsync("in.year") == moneyInFen,
        Cancellation);
}
