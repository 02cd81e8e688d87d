using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Wall;
using Microsoft.Playwright;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>A part of the wall that cannot be read: its panel says so and shows no figure, all others go on. The pictures are left in <c>artifacts/wall</c>.</summary>
public sealed class MissingPartTests(Browser browser)
{
    private const string Ill = "alarms";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh", "暂时无法读取", "部分内容暂时无法读取，已标明，其余照常更新")]
    [InlineData("en", "Cannot be read now", "Some of the wall cannot be read now and says so; all else is live")]
    public async Task A_panel_whose_part_cannot_be_read_says_so_until_it_can_and_the_others_go_on(string language, string text, string alert)
    {
        IllPart? ill = null;
        await using var stage = await WallStage.StartAsync(
            StandingCity.Named("ordinary day"), StandingCity.SoonAfter, Cancellation, part => part.Name == Ill ? ill = new IllPart(part) : part);
        var page = await WallScreens.OpenAsync(browser);
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        await WallScreens.ShowAsync(page, stage.Address, WallScreens.Scenes[0], language);
        var panel = page.Locator($".panel.{Ill}").First;
        var others = page.Locator($".scene[data-shown=true] .panel:not(.{Ill})");
        Assert.Null(await panel.GetAttributeAsync("data-missing"));

        ill!.IsIll = true;
        await Assertions.Expect(panel).ToHaveAttributeAsync("data-missing", text);
        await Assertions.Expect(page.Locator("#alert")).ToHaveTextAsync(alert);
        await Assertions.Expect(page.Locator("#wall")).ToHaveAttributeAsync("data-state", WallScreen.Live);
        Assert.True(await others.CountAsync() > 3);
        Assert.Empty(await page.Locator(".panel[data-missing]").EvaluateAllAsync<string[]>($"panels => panels.map(panel => panel.dataset.panel).filter(name => name !== '{Ill}')"));
        var shown = await panel.EvaluateAsync<string[]>("panel => [...panel.querySelectorAll('*')].filter(element => getComputedStyle(element).visibility === 'visible').map(element => element.localName)");
        Assert.Equal(["h2"], shown);
        _ = await page.ScreenshotAsync(new PageScreenshotOptions { Path = RepositoryRoot.Combine("artifacts", "wall", $"missing-{language}.png") });

        // Somebody who opens the wall now gets it, too.
        await WallScreens.ShowAsync(page, stage.Address, WallScreens.Scenes[0], language);
        await Assertions.Expect(panel).ToHaveAttributeAsync("data-missing", text);

        ill.IsIll = false;
        await Assertions.Expect(panel).Not.ToHaveAttributeAsync("data-missing", text);
        await Assertions.Expect(page.Locator("#alert")).ToBeHiddenAsync();
        Assert.Empty(errors);
        await page.Context.DisposeAsync();
    }

    private sealed class IllPart(IWallPartSource part) : IWallPartSource
    {
        private volatile bool _isIll;

        public bool IsIll
        {
            get => _isIll;
            set => _isIll = value;
        }

        public string Name => part.Name;

        public object Read(WallSample sample) => IsIll ? throw new InvalidOperationException("This part is ill.") : part.Read(sample);

        public void Write(Utf8JsonWriter json, object state, WallLanguage language) => part.Write(json, state, language);
    }
}
