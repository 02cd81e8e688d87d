using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.EndToEnd.Tests.Wall;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Cameras;

/// <summary>求助: an officer calls; the wall and the desk say so at once, until the desk ends it.</summary>
public sealed class CallForHelpTests(Browser browser)
{
    private static readonly LocatorAssertionsToHaveAttributeOptions s_soon = new() { Timeout = 10_000 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_calls_for_help_has_the_first_tile_of_the_wall_until_the_desk_ends_his_call()
    {
        await using var host = await ProductHost.StartAsync(demonstration: true, Cancellation);
        await host.PostAsync([Line("officer-1", "officer.duty"), Line("officer-2", "officer.duty")], Cancellation);
        var desk = await browser.OpenPageAsync(1280, 800);
        await new DemonstrationDesk(host).SignInAsync(desk, "command", Cancellation);
        var wall = await desk.Context.NewPageAsync();
        _ = await wall.GotoAsync(new Uri(host.Address, "wall/main?scene=place").ToString());
        _ = await desk.GotoAsync(new Uri(host.Address, "cameras?lang=en").ToString());
        var first = wall.Locator("#wall .officer").First;
        await Assertions.Expect(first).ToHaveAttributeAsync("data-state", "live", s_soon);
        await Assertions.Expect(first).ToHaveAttributeAsync("data-call", "false");

        await host.PostAsync([Line("officer-9", "officer.sos")], Cancellation); // Not even on duty.

        await Assertions.Expect(first).ToHaveAttributeAsync("data-call", "true", s_soon);
        await Assertions.Expect(first.Locator(".id")).ToHaveTextAsync("officer-9");
        await Assertions.Expect(first.Locator(".call")).ToBeVisibleAsync();
        var call = desk.Locator("#calls li");
        await Assertions.Expect(call).ToContainTextAsync("officer-9");

        desk.Dialog += static (_, dialog) => _ = dialog.AcceptAsync();
        await call.GetByRole(AriaRole.Button).ClickAsync();

        await Assertions.Expect(call).ToHaveCountAsync(0, new() { Timeout = 10_000 });
        await Assertions.Expect(first).ToHaveAttributeAsync("data-call", "false", s_soon);
        await desk.Context.DisposeAsync();
    }

    private static string Line(string officer, string type) =>
        $$$"""{"id":"{{{type}}}-{{{officer}}}","type":"{{{type}}}","at":"{{{TimeProvider.System.GetUtcNow():O}}}","court":"{{{ShippedConfig.Pudong}}}","by":"{{{officer}}}","data":{"state":"on"}}""";
}
