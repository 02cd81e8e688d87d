using System.Text.Json;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.Testing;

namespace CommandCenter.EndToEnd.Tests.Faults;

/// <summary>Asks the product for what it was sent, and its data directory for whether it is whole.</summary>
internal static class Truth
{
    private static readonly TimeSpan s_verifyLimit = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Requires that exactly what was acknowledged counts, in every figure that shows it.</summary>
    public static async Task HoldsAsync(ProductHost host, SteadyLoad load)
    {
        var today = TimeProvider.System.GetUtcNow().AddHours(8);
        var totals = await GetAsync(host, $"totals?scope=沪&date={today:yyyy-MM-dd}");
        var all = totals.GetProperty("all");
        Assert.Equal((load.Cases, load.Fen), (all.GetProperty("received").GetInt64(), all.GetProperty("fundsInFen").GetInt64()));
        Assert.Equal(load.Cases, all.GetProperty("pending").GetInt64());
        Assert.Equal("holds", totals.GetProperty("identity").GetString());
        Assert.Equal(load.Cases, (await GetAsync(host, "cases?scope=沪&size=1")).GetProperty("total").GetInt64());
    }

    /// <summary>Runs the verb <c>verify</c> and returns its exit code and what it printed.</summary>
    public static Task<(int ExitCode, string Output)> VerifyAsync(string data) => RunAsync("verify", data);

    /// <summary>Runs the verb <c>recount</c>: every figure against a second count of the journal.</summary>
    public static Task<(int ExitCode, string Output)> RecountAsync(string data) => RunAsync("recount", data);

    private static async Task<(int ExitCode, string Output)> RunAsync(string verb, string data)
    {
        await using var run = ChildProcess.Start(
            ProductFiles.Dotnet, [ProductFiles.Web, verb, "--data", data, "--config", RepositoryRoot.Combine("wallboard-config")], Path.GetTempPath());
        var code = await run.WaitForExitAsync(s_verifyLimit, Cancellation);
        return (code, run.Output);
    }

    private static async Task<JsonElement> GetAsync(ProductHost host, string query)
    {
        using var json = JsonDocument.Parse(await host.Client.GetStringAsync(new Uri("api/v1/" + query, UriKind.Relative), Cancellation));
        return json.RootElement.Clone();
    }
}
