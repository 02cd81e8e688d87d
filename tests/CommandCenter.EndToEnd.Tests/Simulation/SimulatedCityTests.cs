using System.Text.Json;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.Testing;

namespace CommandCenter.EndToEnd.Tests.Simulation;

/// <summary>The simulator knows the truth that it told; the server must show it, to the case and to the fen.</summary>
public sealed class SimulatedCityTests
{
    private static readonly TimeSpan s_runLimit = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, null)]
    [InlineData(4, "all")]
    public async Task The_server_shows_what_is_true_whatever_goes_wrong_on_the_way(int seed, string? mischief)
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "expect.json");
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        await using var simulator = Simulate(
            host, ["--seed", $"{seed}", "--from", "2026-03-02", "--days", "5", "--scale", "0.05", "--expect", file, .. mischief is null ? Array.Empty<string>() : ["--mischief", mischief]]);

        var code = await simulator.WaitForExitAsync(s_runLimit, Cancellation);

        Assert.True(code == 0, simulator.Output);
        var expected = ExpectedCity.Read(file);
        Assert.True(expected.Answers.GetProperty("accepted").GetInt64() > 10_000, expected.Answers.GetRawText());
        if (mischief is not null)
        {
            Assert.Equal(
                ["clock-skew", "contradictory", "duplicate", "late", "out-of-order", "silent-court"],
                expected.Mischief.EnumerateObject().Where(kind => kind.Value.GetInt64() > 10).Select(kind => kind.Name));
            Assert.True(expected.Answers.GetProperty("rejected").EnumerateObject().Count() >= 8, expected.Answers.GetRawText());
        }

        foreach (var scope in ShippedConfig.Courts.Courts)
        {
            var (differences, compared) = await expected.CompareAsync(host, scope, Cancellation);

            Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
            Assert.True(compared > (scope == ShippedConfig.Courts.Root ? 10_000 : 20), $"only {compared} numbers of {scope.Mark} compared");
        }

        // The comparison sees one fen.
        Assert.True(ShippedConfig.Courts.TryFind(ShippedConfig.Pudong, out var pudong));
        var (planted, _) = await ExpectedCity.ReadWithOneFenMore(file, pudong.Mark).CompareAsync(host, pudong, Cancellation);
        Assert.Contains("fundsInFen", Assert.Single(planted), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulation_that_is_told_again_changes_nothing()
    {
        await using var host = await ProductHost.StartAsync(demonstration: false, Cancellation);
        string[] arguments = ["--seed", "3", "--from", "2026-03-02", "--days", "2", "--scale", "0.02", "--mischief", "all"];
        await using var first = Simulate(host, arguments);
        Assert.True(await first.WaitForExitAsync(s_runLimit, Cancellation) == 0, first.Output);
        var before = await TotalsAsync(host);

        await using var second = Simulate(host, arguments);

        Assert.True(await second.WaitForExitAsync(s_runLimit, Cancellation) == 0, second.Output);
        Assert.Contains("Done: 0 events accepted", second.Output, StringComparison.Ordinal);
        Assert.Equal(before, await TotalsAsync(host));
    }

    private static async Task<string> TotalsAsync(ProductHost host)
    {
        var totals = JsonElement.Parse(await host.Client.GetByteArrayAsync(new Uri("api/v1/totals?date=2026-03-04", UriKind.Relative), Cancellation));
        return totals.GetProperty("all").GetRawText();
    }

    private static ChildProcess Simulate(ProductHost host, string[] arguments) => ChildProcess.Start(
        ProductFiles.Dotnet,
        [
            ProductFiles.Simulator, "simulate", "--url", host.Address.GetLeftPart(UriPartial.Authority), "--key-file", host.KeyFile,
            "--config", RepositoryRoot.Combine("wallboard-config"), .. arguments,
        ],
        Path.GetTempPath());
}
