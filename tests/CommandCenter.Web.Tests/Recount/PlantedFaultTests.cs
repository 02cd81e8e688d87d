using System.Text.Json;
using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Indicators;
using CommandCenter.Testing;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Tests.Intake;

namespace CommandCenter.Web.Tests.Recount;

/// <summary>Plants in the figures of a running product what must never be there, and asks the API.</summary>
public sealed class PlantedFaultTests
{
    private const string Court = ShippedConfig.Pudong;
    private const string At = "2017-09-01T09:32:00+08:00";
    private const string Window = "2017-09-01T01:30:00+00:00";
    private const string Day = "2017-08-31T16:00:00+00:00";

    private static readonly DateTimeOffset s_at = TestCalendar.Shanghai(2017, 9, 1, 9, 32);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_product_at_work_is_proved()
    {
        await using var product = await StartAsync();

        var recount = await CycleAsync(product);

        Assert.Equal("proved", recount.GetProperty("state").GetString());
        Assert.Equal(0, recount.GetProperty("differences").GetArrayLength());
        Assert.True(recount.GetProperty("cells").GetInt64() > 10);
        Assert.Equal(4, recount.GetProperty("position").EnumerateArray().Sum(part => part.GetProperty("position").GetInt64()));
        Assert.All(recount.GetProperty("position").EnumerateArray(), part => Assert.Equal(part.GetProperty("recordsToRead").GetInt64(), part.GetProperty("recordsRead").GetInt64()));
    }

    [Fact]
    public async Task One_wrong_fen_is_named_with_its_court_window_and_figure()
    {
        await using var product = await StartAsync();
        await PlantAsync(product, grain => Add(grain, Flows.FundsIn, 1));

        var recount = await CycleAsync(product);

        Assert.Equal([($"{Court} {Day} 1d fundsIn", 101, 100), ($"{Court} {Window} 5m fundsIn", 101, 100)], Differences(recount));
    }

    [Fact]
    public async Task A_lost_filing_is_named_in_received_and_in_the_stock()
    {
        await using var product = await StartAsync();
        await PlantAsync(product, (grain, state) =>
        {
            Add(grain, Flows.Received, -1);
            grain.Count(new CaseEvent.CaseAssigned("甲", s_at, Irregularities.None), state, CaseState.NotFiled.Instance, CaseClass.First);
        });

        var recount = await CycleAsync(product);

        Assert.Equal(
            [
                ($"{Court}  now pending.执", 1, 2),
                ($"{Court} {Day} 1d received.执", 1, 2),
                ($"{Court} {Window} 5m received.执", 1, 2),
            ],
            Differences(recount));
    }

    [Fact]
    public async Task An_event_counted_twice_is_named()
    {
        await using var product = await StartAsync();
        await PlantAsync(product, (grain, state) =>
            grain.Count(new CaseEvent.FundsReceived(100, "B-1", null, s_at, Irregularities.None), state, state, CaseClass.First));

        var recount = await CycleAsync(product);

        Assert.Equal([($"{Court} {Day} 1d fundsIn", 200, 100), ($"{Court} {Window} 5m fundsIn", 200, 100)], Differences(recount));
    }

    [Fact]
    public async Task A_difference_shows_in_the_scopes_that_hold_its_court_and_in_no_other()
    {
        await using var product = await StartAsync();
        await PlantAsync(product, grain => Add(grain, Flows.FundsOut, 5));
        _ = await product.Recount.CycleAsync(Token);

        Assert.Equal("differs", await StateAsync(product, "沪"));
        Assert.Equal("differs", await StateAsync(product, Court));
        Assert.All(
            await Task.WhenAll(ShippedConfig.Courts.Courts.Where(court => court.Scope.All(inferior => inferior.Mark != Court)).Select(court => StateAsync(product, court.Mark))),
            state => Assert.Equal("proved", state));
        using var unknown = await product.Client.GetAsync(new Uri("/api/v1/recount?scope=京", UriKind.Relative), Token);
        Assert.Equal(404, (int)unknown.StatusCode);
    }

    [Fact]
    public async Task A_difference_that_is_mended_is_gone_one_cycle_later()
    {
        await using var product = await StartAsync();
        await PlantAsync(product, grain => Add(grain, Flows.FundsIn, 1));
        Assert.Equal("differs", (await CycleAsync(product)).GetProperty("state").GetString());
        await PlantAsync(product, grain => Add(grain, Flows.FundsIn, -1));

        Assert.Equal("proved", (await CycleAsync(product)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Only_who_runs_the_system_may_pause_and_resume()
    {
        await using var product = await StartAsync();
        using var stranger = new HttpClient { BaseAddress = product.Address };

        Assert.Equal(401, await OrderAsync(stranger, "pause"));
        Assert.Equal(204, await OrderAsync(product.Client, "pause"));
        Assert.Equal("paused", await StateAsync(product, "沪"));
        Assert.Equal(204, await OrderAsync(product.Client, "resume"));
        Assert.NotEqual("paused", await StateAsync(product, "沪"));
    }

    [Fact]
    public async Task The_metrics_count_cells_cycles_and_differences()
    {
        await using var product = await StartAsync();
        await PlantAsync(product, grain => Add(grain, Flows.FundsIn, 1));
        _ = await product.Recount.CycleAsync(Token);

        var metrics = await product.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token);

        // Meters are the process's own: beside this product others are at work, so only what any of them shows is asked for.
        Assert.Matches("commandcenter_recount_differences [0-9]", metrics);
        Assert.Matches("commandcenter_recount_unknown_partitions [0-9]", metrics);
        Assert.Matches("commandcenter_recount_position_lag{partition=\"0\"} [0-9]", metrics);
        Assert.Matches("commandcenter_recount_cells [0-9]", metrics);
        Assert.Matches("commandcenter_recount_cycles [1-9]", metrics);
        Assert.Matches("commandcenter_recount_seconds [0-9]", metrics);
    }

    internal static async Task<ProductUnderTest> StartAsync()
    {
        var product = await ProductUnderTest.StartAsync();
        try
        {
            var answer = await product.SendAsync(
                EventLine.Of("case.filed", "a-1", 1, at: At), EventLine.Of("case.filed", "a-2", 2, at: At), EventLine.Of("funds.received", "a-3", 1, at: At),
                EventLine.Of("petition.received", "a-4", 1, at: At));
            Assert.Equal((4, 0), (answer.Accepted, answer.Rejected.Count));
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    internal static void Add(CourtGrain grain, int column, long delta)
    {
        grain.Windows.Add(ShanghaiTime.WindowOf(s_at), column, delta);
        grain.Days.Add(ShanghaiTime.DayNumberOf(s_at), column, delta);
    }

    internal static Task PlantAsync(ProductUnderTest product, Action<CourtGrain> fault) => PlantAsync(product, (grain, _) => fault(grain));

    /// <summary>Runs on the partition's own thread, where only questions are meant to be asked: no seam of the product is needed for it.</summary>
    internal static async Task PlantAsync(ProductUnderTest product, Action<CourtGrain, CaseState> fault)
    {
        Assert.True(CaseNumber.TryParse(EventLine.Number(1), ShippedConfig.Courts, out var number));
        Assert.True(ShippedConfig.Courts.TryFind(Court, out var court));
        _ = await product.Grains.AskAsync(
            product.Grains.Map.PartitionOf(court),
            model =>
            {
                fault(model.CourtAt(court.Index), model.Look(number)!);
                return true;
            },
            Token);
    }

    private static async Task<JsonElement> CycleAsync(ProductUnderTest product)
    {
        _ = await product.Recount.CycleAsync(Token);
        return await product.GetAsync("/api/v1/recount");
    }

    private static async Task<string?> StateAsync(ProductUnderTest product, string scope) =>
        (await product.GetAsync("/api/v1/recount?scope=" + Uri.EscapeDataString(scope))).GetProperty("state").GetString();

    private static async Task<int> OrderAsync(HttpClient client, string order)
    {
        using var answer = await client.PostAsync(new Uri("/api/v1/recount/" + order, UriKind.Relative), content: null, Token);
        return (int)answer.StatusCode;
    }

    private static IEnumerable<(string Cell, int Shown, int Counted)> Differences(JsonElement recount) =>
        recount.GetProperty("differences").EnumerateArray().Select(one => (
            $"{one.GetProperty("court").GetString()} {one.GetProperty("t").GetString()} {one.GetProperty("step").GetString()} {one.GetProperty("figure").GetString()}",
            one.GetProperty("shown").GetInt32(), one.GetProperty("counted").GetInt32())).Order();
}
