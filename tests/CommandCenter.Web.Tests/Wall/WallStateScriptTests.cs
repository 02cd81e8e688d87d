using System.Text.Json;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Wall;

public sealed class WallStateScriptTests
{
    [Fact]
    public async Task The_script_decides_its_states_rightly()
    {
        var words = Path.Combine(Path.GetTempPath(), $"wall-words-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(
            words,
            JsonSerializer.Serialize(new { zh = WallTexts.ForScript(WallLanguage.Zh), en = WallTexts.ForScript(WallLanguage.En) }),
            TestContext.Current.CancellationToken);
        try
        {
            var passed = await NodeTest.RunAsync(
                "wall-state.test.mjs", "wall-state", ("WALL_WORDS", words),
                ("WALL_EXAMPLES", Path.Combine(WallHost.FindRoot(), "tests", "CommandCenter.Web.Tests", "Wall", "wall-examples.json")));

            Assert.InRange(passed, 10, 100); // An empty test file passes too; this one must have run.
        }
        finally
        {
            File.Delete(words);
        }
    }

    [Fact]
    public async Task The_watchdog_knows_what_is_stuck_and_the_picture_moves_aside_each_minute() =>
        Assert.InRange(await NodeTest.RunAsync("wall-watchdog.test.mjs", "wall-watchdog"), 4, 100);

    [Fact]
    public async Task Outputs_of_one_computer_take_the_same_paint() =>
        Assert.InRange(await NodeTest.RunAsync("wall-paint.test.mjs", "wall-paint"), 2, 100);
}
