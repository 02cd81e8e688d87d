using CommandCenter.Testing;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>No figure may touch another, leave its cell, be cut off or be too small to read: a cut figure is a wrong figure.</summary>
public sealed class WallLayoutTests(Browser browser)
{
    /// <summary>Panels that fit their rows to their height do so in the frames after a change.</summary>
    private const string LaidOut = "() => new Promise((done) => { let frames = 4; const next = () => (frames-- ? requestAnimationFrame(next) : done()); next(); })";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The ones that need the most room; a long run takes all.</summary>
    public static TheoryData<string> Cities => LongRun.IsOn ? [.. StandingCity.Names] : ["huge"];

    [Theory]
    [MemberData(nameof(Cities))]
    public async Task Every_text_of_every_scene_has_room_on_every_screen_in_both_languages(string city)
    {
        await using var stage = await WallStage.StartAsync(StandingCity.Named(city), StandingCity.LongAfter, Cancellation);
        var faults = await Task.WhenAll(FaultsAsync(stage, city, "zh"), FaultsAsync(stage, city, "en"));

        Assert.True(faults.All(static some => some.Count == 0), string.Join('\n', faults.SelectMany(static some => some)));
    }

    // A wall is one layout at every size, to the pixel that it is rounded to: one city shows that, the others are tried on the least, a desk and a tablet.
    private static IEnumerable<ScreenSize> ScreensFor(string city) => city == "ordinary day"
        ? ScreenSize.All
        : [ScreenSize.Walls[0], ScreenSize.Desks[0], ScreenSize.Desks[^1]];

    private async Task<List<string>> FaultsAsync(WallStage stage, string city, string language)
    {
        var findFaults = await File.ReadAllTextAsync(RepositoryRoot.Combine("tests", "CommandCenter.EndToEnd.Tests", "Wall", "layout-faults.js"), Cancellation);
        var faults = new List<string>();
        var page = await WallScreens.OpenAsync(browser);
        foreach (var scene in WallScreens.Scenes)
        {
            await WallScreens.ShowAsync(page, stage.Address, scene, language);
            foreach (var screen in ScreensFor(city))
            {
                await page.SetViewportSizeAsync(screen.Width, screen.Height);
                _ = await page.EvaluateAsync(LaidOut);
                var found = await page.EvaluateAsync<string[]>(findFaults, new { isWall = screen.IsWall, mayShorten = city == "foreign names" });
                faults.AddRange(found.Select(fault => $"{scene} {screen} {language}: {fault}"));
            }
        }

        await page.Context.DisposeAsync();
        return faults;
    }
}
