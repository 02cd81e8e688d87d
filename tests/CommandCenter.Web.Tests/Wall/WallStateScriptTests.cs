using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Wall;

public sealed class WallStateScriptTests
{
    [Fact]
    public async Task The_script_decides_its_states_rightly()
    {
        var root = WallHost.FindRoot();
        var here = Path.Combine(root, "tests", "CommandCenter.Web.Tests", "Wall");
        var words = Path.Combine(Path.GetTempPath(), $"wall-words-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(
            words,
            JsonSerializer.Serialize(new { zh = WallTexts.ForScript(WallLanguage.Zh), en = WallTexts.ForScript(WallLanguage.En) }),
            TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { "--test", Path.Combine(here, "wall-state.test.mjs") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Node takes a .js file for CommonJS unless a package.json says otherwise; the browser needs no such file.
        var module = Path.Combine(Path.GetTempPath(), $"wall-state-{Guid.NewGuid():N}.mjs");
        File.Copy(Path.Combine(root, "src", "CommandCenter.Web", "wwwroot", "js", "wall-state.js"), module);
        start.Environment["WALL_STATE"] = module;
        start.Environment["WALL_WORDS"] = words;
        start.Environment["WALL_EXAMPLES"] = Path.Combine(here, "wall-examples.json");

        try
        {
            using var node = StartOrSkip(start);
            var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(node.ExitCode == 0, await output + await errors);
            Assert.Matches(@"# pass 1[0-9]", await output); // An empty test file passes too; this one must have run.
        }
        finally
        {
            File.Delete(words);
            File.Delete(module);
        }
    }

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
