using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CommandCenter.Web.Tests.Wall;

/// <summary>Runs a test file of node against one of our script modules, as the browser would load it.</summary>
internal static partial class NodeTest
{
    /// <param name="testFile">Beside the tests of the wall, for example <c>wall-state.test.mjs</c>.</param>
    /// <param name="module">Under <c>wwwroot/js</c>, without its ending; the test finds it in the variable MODULE.</param>
    /// <param name="environment">More that the test file reads.</param>
    /// <returns>How many tests passed; all that there were.</returns>
    public static async Task<int> RunAsync(string testFile, string module, params (string Name, string Value)[] environment)
    {
        var root = WallHost.FindRoot();
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { "--test", Path.Combine(root, "tests", "CommandCenter.Web.Tests", "Wall", testFile) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Node takes a .js file for CommonJS unless a package.json says otherwise; the browser needs no such file.
        var copy = Path.Combine(Path.GetTempPath(), $"{Path.GetFileName(module)}-{Guid.NewGuid():N}.mjs");
        File.Copy(Path.Combine(root, "src", "CommandCenter.Web", "wwwroot", "js", module + ".js"), copy);
        start.Environment["MODULE"] = copy;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var node = StartOrSkip(start);
            var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(node.ExitCode == 0, await output + await errors);
            return int.Parse(PassPattern().Match(await output).Groups[1].Value, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(copy);
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

    [GeneratedRegex("# pass ([0-9]+)")]
    private static partial Regex PassPattern();
}
