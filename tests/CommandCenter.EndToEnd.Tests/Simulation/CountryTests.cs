using CommandCenter.Simulator.Scale;
using CommandCenter.Testing;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Places;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CommandCenter.EndToEnd.Tests.Simulation;

/// <summary>What the simulator writes as the configuration of a country is one that the product takes.</summary>
public sealed class CountryTests
{
    [Fact]
    public async Task A_server_is_ready_with_the_courts_of_a_country_and_draws_the_city_that_it_has_a_map_of()
    {
        using var folder = new TemporaryDirectory();
        var config = Path.Combine(folder.Path, "country");
        var count = ScaledCourts.Write(RepositoryRoot.Combine("wallboard-config"), 20, config);
        await using var app = await ProductApp.OpenAsync(
            new ServeOptions { DataDirectory = Path.Combine(folder.Path, "data"), ConfigDirectory = config, Urls = "http://127.0.0.1:0", LogLevelMin = LogLevel.Error },
            TestContext.Current.CancellationToken);

        await app.Web.StartAsync(TestContext.Current.CancellationToken);

        var map = app.Web.Services.GetRequiredService<PlaceMap>();
        Assert.Equal(count, app.Grains.Courts.Courts.Count);
        Assert.InRange(map.Courts.Count, 20, count - 100);
        Assert.All(map.Courts, static court => Assert.StartsWith("沪", court.Mark, StringComparison.Ordinal));
        await app.StopAsync(TestContext.Current.CancellationToken);
    }
}
