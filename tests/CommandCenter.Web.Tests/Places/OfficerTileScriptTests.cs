using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using CommandCenter.Testing;
using CommandCenter.Web.Places;

namespace CommandCenter.Web.Tests.Places;

public sealed class OfficerTileScriptTests
{
    [Fact]
    public async Task The_tile_decides_its_states_and_its_seats_rightly()
    {
        using var directory = new TemporaryDirectory();
        // Node takes a .js file for CommonJS unless a package.json says otherwise; the browser needs no such file.
        var module = Path.Combine(directory.Path, "officer-tile.mjs");
        File.Copy(RepositoryRoot.Combine("src", "CommandCenter.Web", "wwwroot", "js", "officer-tile.js"), module);
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { "--test", RepositoryRoot.Combine("tests", "CommandCenter.Web.Tests", "Places", "officer-tile.test.mjs") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OFFICER_TILE"] = module;
        start.Environment["LIVE_MAX_MS"] = OfficerBoard.LiveMax.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        start.Environment["ARRIVAL_MAX_MS"] = OfficerBoard.ArrivalMax.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        start.Environment["STALLED_MAX_MS"] = OfficerBoard.StalledMax.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);

        using var node = StartOrSkip(start);
        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, await output + await errors);
        Assert.Contains("# pass 20", await output, StringComparison.Ordinal); // An empty test file passes too; this one must have run.
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
