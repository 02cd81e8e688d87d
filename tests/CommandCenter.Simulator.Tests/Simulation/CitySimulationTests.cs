using System.Text.Json;
using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Delivery;
using CommandCenter.Simulator.Simulation;
using CommandCenter.Testing;

namespace CommandCenter.Simulator.Tests.Simulation;

public sealed class CitySimulationTests
{
    private static readonly SimulationOptions s_options = new() { From = Cities.Day.AddDays(-3), Days = 3, Scale = 0.5 };

    [Fact]
    public async Task It_tells_the_days_asked_for_and_nothing_after_them()
    {
        await using var product = await FakeProduct.StartAsync(Cities.FewMarks);

        var (good, said) = await RunAsync(product, s_options, Cities.At(12));

        Assert.True(good, said);
        Assert.True(product.Held.Max(held => held.At) < Cities.At(0));
        Assert.Contains(product.Held, held => held.Type == "case.filed" && Shanghai.DayOf(held.At) == Cities.Day.AddDays(-1));
        Assert.Contains("Done:", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_connection_broke_is_completed_by_the_next_and_the_truth_is_the_whole()
    {
        using var folder = new TemporaryDirectory();
        var whole = Path.Combine(folder.Path, "whole.json");
        var rest = Path.Combine(folder.Path, "rest.json");
        await using (var product = await FakeProduct.StartAsync(Cities.FewMarks))
        {
            _ = await RunAsync(product, s_options with { ExpectFile = whole }, Cities.At(12));
        }

        await using var broken = await FakeProduct.StartAsync(Cities.FewMarks);
        _ = await RunAsync(broken, s_options with { Days = 2 }, Cities.At(12));
        var before = broken.Held.Count;

        var (good, said) = await RunAsync(broken, s_options with { ExpectFile = rest }, Cities.At(12));

        Assert.True(good, said);
        Assert.Empty(broken.Conflicts);
        Assert.Contains("going on from there", said, StringComparison.Ordinal);
        Assert.True(broken.DuplicateCount < before, $"{broken.DuplicateCount} of {before} events told again");
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(rest));
        Assert.Equal(
            JsonElement.Parse(File.ReadAllBytes(whole)).GetProperty("answers").GetProperty("accepted").GetInt64(), broken.Held.Count);
    }

    [Fact]
    public async Task Without_old_stock_nothing_is_older_than_the_first_day()
    {
        await using var product = await FakeProduct.StartAsync(Cities.FewMarks);

        _ = await RunAsync(product, s_options with { StockDays = 0 }, Cities.At(12));

        Assert.NotEmpty(product.Held);
        Assert.All(product.Held, held => Assert.True(held.At >= Cities.At(0).AddDays(-3), held.Id));
    }

    [Fact]
    public async Task A_server_that_refuses_a_fact_is_told_of()
    {
        await using var product = await FakeProduct.StartAsync(Cities.FewMarks);
        product.RefusedType = "petition.received";

        var (good, said) = await RunAsync(product, s_options, Cities.At(12));

        Assert.False(good);
        Assert.Contains("event.refused: 0 events must be refused", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_a_rate_the_city_runs_by_the_clock_and_officers_are_on_their_way()
    {
        await using var product = await FakeProduct.StartAsync(Cities.FewMarks);
        var clock = new ImmediateClock(Cities.At(12));

        var (good, said) = await RunAsync(product, s_options with { From = Cities.Day.AddDays(-1), Days = 1, Rate = 720 }, clock);

        Assert.True(good, said);
        Assert.InRange(clock.GetUtcNow() - Cities.At(12), TimeSpan.FromSeconds(119), TimeSpan.FromSeconds(125));
        Assert.Contains(product.Held, held => held.Type == "officer.position");
    }

    [Fact]
    public async Task A_server_without_the_courts_of_the_scale_is_not_fed()
    {
        await using var product = await FakeProduct.StartAsync(Cities.AllMarks);

        var refused = await Assert.ThrowsAsync<RunException>(() => RunAsync(product, s_options with { Scale = 2 }, Cities.At(12)));

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("lacks 24 of 47 courts", refused.Message, StringComparison.Ordinal);
        Assert.Empty(product.Held);
    }

    [Fact]
    public async Task What_has_not_happened_is_not_told()
    {
        await using var product = await FakeProduct.StartAsync(Cities.FewMarks);

        var refused = await Assert.ThrowsAsync<RunException>(() => RunAsync(product, s_options with { From = Cities.Day.AddDays(1) }, Cities.At(12)));
        var (good, said) = await RunAsync(product, s_options with { From = Cities.Day, Days = 5 }, Cities.At(12));

        Assert.Equal(2, refused.ExitCode);
        Assert.True(good, said);
        Assert.True(product.Held.Max(held => held.At) <= Cities.At(12));
    }

    private static Task<(bool Good, string Said)> RunAsync(FakeProduct product, SimulationOptions options, DateTimeOffset now) =>
        RunAsync(product, options, new ImmediateClock(now));

    private static async Task<(bool Good, string Said)> RunAsync(FakeProduct product, SimulationOptions options, ImmediateClock clock)
    {
        using var said = new StringWriter();
        using var client = product.Client(clock, said);
        var simulation = new CitySimulation(client, Cities.Config, options, clock, said, said, isTerminal: false);
        return (await simulation.RunAsync(TestContext.Current.CancellationToken), said.ToString());
    }
}
