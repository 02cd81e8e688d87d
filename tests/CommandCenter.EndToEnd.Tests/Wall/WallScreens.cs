using System.Globalization;
using CommandCenter.Testing;
using CommandCenter.Web.Wall;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>A size of a page.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="IsWall">Read from six metres, and nobody is there to scroll.</param>
internal sealed record ScreenSize(int Width, int Height, bool IsWall)
{
    /// <summary>The screens that a command hall has (design §7).</summary>
    public static IReadOnlyList<ScreenSize> Walls { get; } =
        [new(3600, 810, true), new(4800, 1080, true), new(5760, 1296, true), new(7200, 1620, true), new(8640, 1920, true)];

    /// <summary>Desks, and tablets on both sides.</summary>
    public static IReadOnlyList<ScreenSize> Desks { get; } =
        [new(1920, 1080, false), new(1280, 800, false), new(1180, 820, false), new(1024, 768, false), new(800, 1280, false)];

    /// <summary>Both.</summary>
    public static IEnumerable<ScreenSize> All => Walls.Concat(Desks);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");
}

/// <summary>The wall that is shipped, scene by scene, in a browser where the time stands still.</summary>
internal static class WallScreens
{
    private const string StopTheTime = "{ const stopped = performance.now(); performance.now = () => stopped; }";

    /// <summary>The scenes of the shipped wall, from its file.</summary>
    public static IReadOnlyList<string> Scenes { get; } =
        [.. WallCatalog.Read(RepositoryRoot.Combine("wallboard-config", "walls", "main.json")).Scenes.Select(static scene => scene.Id)];

    /// <summary>Opens a page whose own clock stands still; <see cref="ShowAsync"/> brings scenes to it.</summary>
    public static async Task<IPage> OpenAsync(Browser browser)
    {
        var page = await browser.OpenPageAsync(ScreenSize.Walls[0].Width, ScreenSize.Walls[0].Height);
        await page.AddInitScriptAsync(StopTheTime);
        return page;
    }

    /// <summary>Brings a scene and waits until it is live, so that its scripts have painted it.</summary>
    public static async Task ShowAsync(IPage page, Uri address, string scene, string language)
    {
        _ = await page.GotoAsync(new Uri(address, $"wall/main?lang={language}&scene={scene}").ToString());
        await Assertions.Expect(page.Locator("#wall"))
            .ToHaveAttributeAsync("data-state", WallScreen.Live, new LocatorAssertionsToHaveAttributeOptions { Timeout = 60_000 });
    }
}
