using System.ComponentModel;
using System.Diagnostics;
using CommandCenter.Testing;

namespace CommandCenter.Web.Tests.Cameras;

/// <summary>What the scripts of the tiles decide, without a page.</summary>
public sealed class TileScriptTests
{
    [Fact]
    public async Task The_scripts_of_the_tiles_decide_rightly()
    {
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { "--test", RepositoryRoot.Combine("tests", "CommandCenter.Web.Tests", "Cameras", "tiles.test.mjs") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var directory = new TemporaryDirectory();

        // Node takes a .js file for CommonJS unless a package.json says otherwise, and knows no import map: it gets copies with names that it knows.
        var scripts = RepositoryRoot.Combine("src", "CommandCenter.Web", "wwwroot", "js");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(scripts, "tiles"), "*.js").Append(Path.Combine(scripts, "wall-state.js")))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                Path.Combine(directory.Path, Path.GetFileNameWithoutExtension(file) + ".mjs"),
                System.Text.RegularExpressions.Regex.Replace(text, "from '(?:tiles/)?([a-z0-9-]+)'", "from './$1.mjs'"),
                TestContext.Current.CancellationToken);
        }

        start.Environment["TILES"] = directory.Path;
        using var node = StartOrSkip(start);
        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, await output + await errors);
        Assert.Contains("# pass 9", await output, StringComparison.Ordinal); // An empty test file passes too; this one must have run.
    }

    private static Process StartOrSkip(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("node is not installed; the decisions of the scripts are tested with it.");
            throw;
        }
    }
}
