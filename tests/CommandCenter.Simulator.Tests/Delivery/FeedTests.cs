using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Delivery;
using CommandCenter.Simulator.Events;

namespace CommandCenter.Simulator.Tests.Delivery;

public sealed class FeedTests
{
    [Fact]
    public async Task A_product_that_refuses_and_loses_answers_holds_everything_once_and_in_order()
    {
        await using var product = await FakeProduct.StartAsync(
            Cities.FewMarks,
            Fault.CutBefore, Fault.None, Fault.TooMany, Fault.Draining, Fault.CutAfter, Fault.CutAfter, Fault.None, Fault.Draining, Fault.CutBefore);
        var clock = new ImmediateClock(Cities.At(10));
        using var faults = new StringWriter();
        using var client = product.Client(clock, faults);
        using var feed = new Feed(client, faults);
        var events = History().ToArray();

        await feed.PostAsync(events, posted: null, TestContext.Current.CancellationToken);

        Assert.Equal(events.Select(planned => planned.Id), product.Held.Select(held => held.Id));
        Assert.Empty(product.Conflicts);
        Assert.Equal(events.Length, feed.AcceptedCount + feed.DuplicateCount);

        // Only the second batch met cut answers: it was taken, and told twice more.
        Assert.Equal(2 * EventBatch.CountMax, product.DuplicateCount);
        Assert.Equal(0, feed.RejectedCount);
        Assert.Contains("answers 429", faults.ToString(), StringComparison.Ordinal);
        Assert.Contains("answers 503", faults.ToString(), StringComparison.Ordinal);
        Assert.Contains("The answer is lost", faults.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wait_is_the_one_the_product_asks_for()
    {
        await using var product = await FakeProduct.StartAsync(Cities.FewMarks, Fault.TooMany);
        var clock = new ImmediateClock(Cities.At(10));
        using var client = product.Client(clock, TextWriter.Null);
        using var feed = new Feed(client, TextWriter.Null);

        await feed.PostAsync(History().Take(10), posted: null, TestContext.Current.CancellationToken);

        Assert.Equal([TimeSpan.FromSeconds(3)], clock.Waits);
        Assert.Equal(10, product.Held.Count);
    }

    [Fact]
    public async Task Waits_grow_to_their_bound_and_end_with_a_reason()
    {
        await using var product = await FakeProduct.StartAsync(Cities.FewMarks, [.. Enumerable.Repeat(Fault.Draining, 1_000)]);
        var clock = new ImmediateClock(Cities.At(10));
        using var client = product.Client(clock, TextWriter.Null);
        using var feed = new Feed(client, TextWriter.Null);

        var refused = await Assert.ThrowsAsync<RunException>(
            () => feed.PostAsync(History().Take(10), posted: null, TestContext.Current.CancellationToken));

        var policy = new RetryPolicy();
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("503", refused.Message, StringComparison.Ordinal);
        Assert.Equal(policy.FirstWait, clock.Waits[0]);
        Assert.Equal(2 * policy.FirstWait, clock.Waits[1]);
        Assert.Equal(policy.WaitMax, clock.Waits.Max());
        Assert.InRange(clock.GetUtcNow() - Cities.At(10), policy.GiveUpAfter, policy.GiveUpAfter + policy.WaitMax);
    }

    [Fact]
    public async Task A_refused_line_is_told_and_does_not_stop_the_others()
    {
        await using var product = await FakeProduct.StartAsync(Cities.FewMarks);
        product.RefusedType = "property.controlled";
        using var faults = new StringWriter();
        using var client = product.Client(new ImmediateClock(Cities.At(10)), faults);
        using var feed = new Feed(client, faults);
        var events = History().ToArray();

        await feed.PostAsync(events, posted: null, TestContext.Current.CancellationToken);

        var refused = events.Count(planned => planned.Data is EventData.PropertyControlled);
        Assert.True(refused > 3);
        Assert.Equal(refused, feed.RejectedByCode["event.refused"]);
        Assert.Equal(events.Length - refused, product.Held.Count);
        Assert.Equal(3, faults.ToString().Split("Refused:").Length - 1);
    }

    [Fact]
    public async Task Lines_that_meet_a_draining_partition_are_told_again()
    {
        await using var product = await FakeProduct.StartAsync(Cities.FewMarks, Fault.PartlyDraining, Fault.PartlyDraining);
        using var faults = new StringWriter();
        using var client = product.Client(new ImmediateClock(Cities.At(10)), faults);
        using var feed = new Feed(client, faults);
        var events = History().Take(100).ToArray();

        await feed.PostAsync(events, posted: null, TestContext.Current.CancellationToken);

        Assert.Equal(events.Select(planned => planned.Id).Order(), product.Held.Select(held => held.Id).Order());
        Assert.Equal(0, feed.RejectedCount);
        Assert.Contains("partition.draining", faults.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_ends_the_run_at_once()
    {
        await using var product = await FakeProduct.StartAsync(Cities.FewMarks);
        var clock = new ImmediateClock(Cities.At(10));
        using var client = product.Client(clock, TextWriter.Null, key: "another");

        var refused = await Assert.ThrowsAsync<RunException>(() => client.ReadCourtMarksAsync(TestContext.Current.CancellationToken));

        Assert.Equal(2, refused.ExitCode);
        Assert.Empty(clock.Waits);
    }

    private static IEnumerable<PlannedEvent> History() =>
        new CityWalk(Cities.Small(), Cities.Day.AddDays(-6), DateTimeOffset.MinValue).Until(Cities.At(10));
}
