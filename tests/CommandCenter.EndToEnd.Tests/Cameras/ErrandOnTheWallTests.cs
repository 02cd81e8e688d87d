using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.EndToEnd.Tests.Wall;
using CommandCenter.Testing;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Cameras;

/// <summary>派往: an officer is sent to a place; the wall shows the place until he is there, and then that he has arrived.</summary>
public sealed class ErrandOnTheWallTests(Browser browser)
{
    private const string Square = "\"lat\":31.2304,\"lon\":121.4737,\"datum\":\"WGS84\"";
    private const string Elsewhere = "\"lat\":31.2204,\"lon\":121.5437,\"datum\":\"WGS84\"";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh", "前往", "已到达")]
    [InlineData("en", "On the way", "Arrived")]
    public async Task Who_is_sent_to_a_place_is_on_his_way_and_then_there(string language, string sent, string arrived)
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await using var wall = await WallScreen.OpenAsync(browser, host, 3600, 810, $"?scene=place&lang={language}");
        await host.PostAsync([Line("officer.duty", "\"state\":\"on\""), Line("officer.position", Elsewhere)], Cancellation);
        var tile = wall.Page.Locator("#wall .officer").Filter(new LocatorFilterOptions { HasText = "officer-1" });
        await Assertions.Expect(tile).ToHaveAttributeAsync("data-state", "live");
        Assert.Equal(0, await wall.Page.Locator(".map .target").CountAsync());

        await host.PostAsync([Line("officer.dispatched", Square)], Cancellation);
        await Assertions.Expect(tile).ToContainTextAsync(sent);
        var target = wall.Page.Locator(".map .target").First;
        await Assertions.Expect(target).ToBeVisibleAsync();
        _ = await wall.Page.ScreenshotAsync(new PageScreenshotOptions { Path = RepositoryRoot.Combine("artifacts", "wall", $"errand-sent-{language}.png") });

        await host.PostAsync([Line("officer.position", Square)], Cancellation);
        await Assertions.Expect(tile).ToContainTextAsync(arrived);
        await Assertions.Expect(target).ToHaveCountAsync(0);
        await Assertions.Expect(wall.Page.Locator(".map .dot[data-arrived=true]").First).ToBeVisibleAsync();
        _ = await wall.Page.ScreenshotAsync(new PageScreenshotOptions { Path = RepositoryRoot.Combine("artifacts", "wall", $"errand-arrived-{language}.png") });
        Assert.Empty(wall.ScriptErrors);
    }

    private static string Line(string type, string data) =>
        $$$"""{"id":"{{{Guid.NewGuid()}}}","type":"{{{type}}}","at":"{{{TimeProvider.System.GetUtcNow():O}}}","court":"{{{ShippedConfig.Pudong}}}","by":"officer-1","data":{{{{data}}}}}""";
}
