using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Replay;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Replay;

public sealed class ReplayScriptTests
{
    [Fact]
    public async Task The_script_of_the_replay_decides_rightly()
    {
        using var directory = new TemporaryDirectory();
        foreach (var name in (string[])["wall-replay", "wall-state"])
        {
            // Node takes a .js file for CommonJS, and has no import map.
            var source = await File.ReadAllTextAsync(
                RepositoryRoot.Combine("src/CommandCenter.Web/wwwroot/js", name + ".js"), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                Path.Combine(directory.Path, name + ".mjs"), source.Replace("'wall-state'", "'./wall-state.mjs'", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        }

        var words = Path.Combine(directory.Path, "words.json");
        await File.WriteAllTextAsync(
            words,
            JsonSerializer.Serialize(new { zh = ReplayTexts.ForScript(WallLanguage.Zh), en = ReplayTexts.ForScript(WallLanguage.En) }),
            TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { "--test", RepositoryRoot.Combine("tests/CommandCenter.Web.Tests/Replay/wall-replay.test.mjs") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["WALL_REPLAY"] = Path.Combine(directory.Path, "wall-replay.mjs");
        start.Environment["WALL_WORDS"] = words;

        using var node = StartOrSkip(start);
        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, await output + await errors);
        Assert.Matches("# pass 1[0-9]", await output); // An empty test file passes too; this one must have run.
    }

    [Fact]
    public void Every_text_is_there_in_both_languages() => Assert.All(ReplayTexts.Keys, key =>
    {
        Assert.NotEmpty(ReplayTexts.Of(key, WallLanguage.Zh));
        Assert.NotEmpty(ReplayTexts.Of(key, WallLanguage.En));
    });

    private static Process StartOrSkip(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("node is not installed; the script's decisions are tested with it.");
            throw;
        }
    }
}
