using System.Diagnostics;
using System.Globalization;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.EndToEnd.Tests.Wall;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Access;

/// <summary>Somebody whose account is disabled while his pages are open, in a real browser.</summary>
public sealed class RevokedTests(Browser browser, ITestOutputHelper output)
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_open_page_and_an_open_hub_of_a_disabled_account_are_cut_and_do_not_come_back()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        var desk = await browser.OpenPageAsync(1180, 820);
        var wall = await desk.Context.NewPageAsync();
        var office = await browser.OpenPageAsync(1280, 800);
        try
        {
            await host.SignInAsync(desk, Cancellation);
            await host.SignInAsSecurityAsync(office, Cancellation);
            var (circuit, hub) = (FirstSocket(desk, "/_blazor"), FirstSocket(wall, "/hubs/"));
            await desk.GotoAsync(new Uri(host.Address, "walls/main/director").ToString());
            await Assertions.Expect(desk.Locator("#director[data-live=yes]")).ToBeVisibleAsync();
            await wall.GotoAsync(new Uri(host.Address, "wall/main").ToString());
            var sockets = await Task.WhenAll(circuit, hub);
            Task[] closed = [.. sockets.Select(static socket => ClosedAsync(socket))];
            await office.GotoAsync(new Uri(host.Address, "accounts").ToString());

            var begun = Stopwatch.GetTimestamp();
            await office.Locator($"tr[data-account={FirstAccounts.CommandName}] button[value=disable]").ClickAsync();
            await Task.WhenAll(closed).WaitAsync(s_budget, Cancellation);
            var took = Stopwatch.GetElapsedTime(begun);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"circuit and hub were cut {took.TotalMilliseconds:0} ms after the click"));

            // They try again, and are not let in: neither the page nor the hub, nor anything else with this cookie.
            var status = "async path => (await fetch(path, { method: 'POST' })).status";
            Assert.Equal(401, await desk.EvaluateAsync<int>(status, "/_blazor/negotiate?negotiateVersion=1"));
            Assert.Equal(401, await wall.EvaluateAsync<int>(status, new Uri((await hub).Url).AbsolutePath + "/negotiate?negotiateVersion=1"));
            await desk.ReloadAsync();
            Assert.Equal("/sign-in", new Uri(desk.Url).AbsolutePath);
            Assert.True(took < s_budget, $"{took}");
        }
        finally
        {
            await desk.Context.DisposeAsync();
            await office.Context.DisposeAsync();
        }
    }

    private static Task<IWebSocket> FirstSocket(IPage page, string path)
    {
        var found = new TaskCompletionSource<IWebSocket>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.WebSocket += (_, socket) =>
        {
            if (new Uri(socket.Url).AbsolutePath.StartsWith(path, StringComparison.Ordinal))
            {
                _ = found.TrySetResult(socket);
            }
        };
        return found.Task;
    }

    private static Task ClosedAsync(IWebSocket socket)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        socket.Close += (_, _) => closed.TrySetResult();
        if (socket.IsClosed)
        {
            _ = closed.TrySetResult();
        }

        return closed.Task;
    }
}
