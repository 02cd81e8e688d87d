using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Demonstration;

namespace CommandCenter.Simulator.Tests.Demonstration;

public sealed class DemonstratorTests
{
    [Fact]
    public async Task It_tells_a_past_without_gaps_and_then_the_present_and_never_the_future()
    {
        await using var product = await FakeProduct.StartAsync(Cities.FewMarks);

        var clock = await RunAsync(product, Cities.At(23), TimeSpan.FromMinutes(5));

        var live = product.Held.Where(held => held.At > Cities.At(23)).ToArray();
        Assert.True(product.Held.Max(held => held.At) <= clock.GetUtcNow());
        for (var day = Cities.Day.AddDays(-6); day <= Cities.Day; day = day.AddDays(1))
        {
            Assert.Contains(product.Held, held => held.Type == "case.node" && Shanghai.DayOf(held.At) == day);
        }

        Assert.InRange(live.Count(held => held.Type == "case.filed"), 27, 32);
        Assert.True(live.Count(held => held.Type == "officer.position") > 100);
        Assert.True(live.Count(held => held.Type.StartsWith("funds.", StringComparison.Ordinal)) > 20);
        Assert.Equal(0, product.DuplicateCount);
    }

    [Fact]
    public async Task A_restart_goes_on_where_the_product_stands_and_contradicts_nothing()
    {
        await using var product = await FakeProduct.StartAsync(Cities.FewMarks);
        _ = await RunAsync(product, Cities.At(10), TimeSpan.FromMinutes(2));
        var before = product.Held.Count;

        // Three days later, on another machine: nothing but the product itself remembers.
        _ = await RunAsync(product, Cities.At(16).AddDays(3), TimeSpan.FromMinutes(2));

        Assert.Empty(product.Conflicts);
        Assert.True(product.DuplicateCount < before / 2, $"{product.DuplicateCount} of {before} events told again");
        AssertHoldsThePlan(product, Cities.Day.AddDays(-6), Cities.At(16).AddDays(3));
    }

    [Fact]
    public async Task A_run_that_was_killed_in_the_middle_of_the_past_is_completed_by_the_next_one()
    {
        await using var product = await FakeProduct.StartAsync(Cities.FewMarks);
        using var client = product.Client(new ImmediateClock(Cities.At(10)), TextWriter.Null);
        using (var feed = new Simulator.Delivery.Feed(client, TextWriter.Null))
        {
            var history = new CityWalk(Cities.Small(), Cities.Day.AddDays(-6), DateTimeOffset.MinValue).Until(Cities.At(10));
            await feed.PostAsync(history.TakeWhile(planned => planned.At < Cities.At(11).AddDays(-2)), posted: null, TestContext.Current.CancellationToken);
        }

        _ = await RunAsync(product, Cities.At(10), TimeSpan.FromMinutes(1));

        Assert.Empty(product.Conflicts);
        AssertHoldsThePlan(product, Cities.Day.AddDays(-6), Cities.At(10));
    }

    // Every event of the plan from the first day of the history on, once, and each case in its own order.
    private static void AssertHoldsThePlan(FakeProduct product, DateOnly historyFrom, DateTimeOffset upTo)
    {
        var held = product.Held.Select(held => held.Id).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(product.Held.Count, held.Count);
        var planned = new CityWalk(Cities.Small(), historyFrom, DateTimeOffset.MinValue).Until(upTo).ToArray();
        Assert.Empty(planned.Where(planned => !held.Contains(planned.Id)).Select(planned => planned.Id).Take(5));
        Assert.All(
            product.Held.Where(held => held.Case is not null).GroupBy(held => held.Case),
            @case => Assert.Equal(@case.Select(held => held.At).Order(), @case.Select(held => held.At)));
    }

    private static async Task<ImmediateClock> RunAsync(FakeProduct product, DateTimeOffset start, TimeSpan duration)
    {
        var clock = new ImmediateClock(start) { StopAt = start + duration };
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Stop.Token, TestContext.Current.CancellationToken);
        using var client = product.Client(clock, TextWriter.Null);
        var demonstrator = new Demonstrator(client, Cities.Calendar, new DemonstrationOptions { Days = 6 }, clock, TextWriter.Null, TextWriter.Null);

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => demonstrator.RunAsync(both.Token));
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        return clock;
    }
}
