using CommandCenter.Simulator.City;
using static CommandCenter.Simulator.Events.EventData;

namespace CommandCenter.Simulator.Tests.City;

public sealed class CityWalkTests
{
    [Fact]
    public void A_walk_tells_everything_in_the_order_of_time_and_nothing_later_than_asked()
    {
        var events = Walk(skipUntil: DateTimeOffset.MinValue).Until(Cities.At(11)).ToArray();

        Assert.True(events.Length > 5_000, $"only {events.Length} events");
        Assert.Equal(events.Select(planned => planned.At).Order(), events.Select(planned => planned.At));
        Assert.True(events[^1].At <= Cities.At(11));
    }

    [Fact]
    public void Many_short_walks_tell_the_same_as_one_long_walk()
    {
        var once = Walk(DateTimeOffset.MinValue).Until(Cities.At(18)).Select(planned => planned.Id);

        var walk = Walk(DateTimeOffset.MinValue);
        var inSteps = new List<string>();
        for (var at = Cities.At(0).AddDays(-9); at <= Cities.At(18); at = at.AddMinutes(37))
        {
            inSteps.AddRange(walk.Until(at).Select(planned => planned.Id));
        }

        inSteps.AddRange(walk.Until(Cities.At(18)).Select(planned => planned.Id));
        Assert.Equal(once, inSteps);
    }

    [Fact]
    public void A_walk_that_goes_on_from_a_moment_tells_what_the_first_one_had_not_told()
    {
        var whole = Walk(DateTimeOffset.MinValue).Until(Cities.At(18)).Where(planned => planned.At >= Cities.At(9)).Select(Cities.LineOf);

        var rest = Walk(skipUntil: Cities.At(9)).Until(Cities.At(18)).Select(Cities.LineOf);

        Assert.Equal(whole, rest);
    }

    [Fact]
    public void The_history_begins_with_cases_that_are_still_open_and_without_the_marker_cases()
    {
        var historyStart = Shanghai.StartOf(Cities.Day.AddDays(-6));
        var city = Cities.Small();
        var events = new CityWalk(city, Cities.Day.AddDays(-6), DateTimeOffset.MinValue).Until(Cities.At(18)).ToArray();
        var stock = events.Where(planned => planned.Data is CaseFiled && planned.At < historyStart).Select(planned => planned.Case!).ToHashSet();

        Assert.True(stock.Count > 300, $"only {stock.Count} cases in the old stock");

        // A closing that is revoked within the history is told, too.
        var revoked = events.Where(planned => planned.Data is CaseClosingRevoked).Select(planned => planned.Case).ToHashSet();
        Assert.DoesNotContain(events, planned => planned.Data is CaseClosed && planned.At < historyStart && !revoked.Contains(planned.Case));
        for (var day = Cities.Day.AddDays(-6 - CityWalk.StockDays); day < Cities.Day.AddDays(-6); day = day.AddDays(1))
        {
            Assert.DoesNotContain(city.MarkerOf(day), stock);
        }
    }

    private static CityWalk Walk(DateTimeOffset skipUntil) => new(Cities.Small(), Cities.Day.AddDays(-6), skipUntil);
}
