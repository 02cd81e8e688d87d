using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Demonstration;
using CommandCenter.Simulator.Events;
using CommandCenter.Simulator.Tests.Cases;
using static CommandCenter.Simulator.Events.EventData;

namespace CommandCenter.Simulator.Tests.Demonstration;

public sealed class PaceWalkTests
{
    [Theory, InlineData(3), InlineData(10), InlineData(22)]
    public void Every_ten_seconds_a_case_is_filed_and_nodes_and_money_come_more_often_at_any_hour(int hour)
    {
        var events = Live(Cities.At(hour), TimeSpan.FromMinutes(30));

        Assert.InRange(events.Count(planned => planned.Data is CaseFiled), 178, 182);
        Assert.True(events.Count(planned => planned.Data is CaseNode) > 3 * 180);
        Assert.True(events.Count(planned => planned.Data is FundsReceived or FundsDisbursed) > 180);
        Assert.True(events.Count(planned => planned.Data is CaseClosed) > 120);
    }

    [Fact]
    public void The_figures_stand_still_for_no_more_than_a_few_seconds()
    {
        var times = Live(Cities.At(3), TimeSpan.FromMinutes(30)).Select(planned => planned.At).ToArray();

        var longest = times.Zip(times.Skip(1), (earlier, later) => later - earlier).Max();

        Assert.True(longest < TimeSpan.FromSeconds(10), $"nothing for {longest}");
    }

    [Fact]
    public void A_restart_tells_the_same_events_again_and_carries_unfinished_cases_on()
    {
        var first = Live(Cities.At(3), TimeSpan.FromMinutes(20)).ToDictionary(planned => planned.Id, Cities.LineOf);

        var walk = new PaceWalk(Cities.Whole(), 1, live: Cities.At(3, 20));
        var second = walk.Until(Cities.At(4)).ToArray();

        var again = second.Where(planned => planned.At > Cities.At(3) && planned.At <= Cities.At(3, 20));
        Assert.All(again, planned => Assert.Equal(first[planned.Id], Cities.LineOf(planned)));
        var openBefore = Live(Cities.At(3), TimeSpan.FromMinutes(20)).GroupBy(planned => planned.Case)
            .Count(@case => @case.Any(planned => planned.Data is CaseFiled) && !@case.Any(planned => planned.Data is CaseClosed));
        Assert.True(openBefore > 0);
        Assert.True(second.Count(planned => planned.Data is CaseClosed && planned.At > Cities.At(3, 20)) > openBefore / 2);
    }

    [Fact]
    public void A_case_of_the_pace_keeps_to_the_procedure_and_ends_within_its_time()
    {
        var cases = Live(Cities.At(3), TimeSpan.FromHours(2)).GroupBy(planned => planned.Case!).Where(@case => @case.First().Data is CaseFiled);

        Assert.All(cases, @case =>
        {
            var reached = new HashSet<string>(StringComparer.Ordinal) { "LA" };
            var heldFen = 0L;
            foreach (var planned in @case)
            {
                switch (planned.Data)
                {
                    case CaseAssigned:
                        reached.Add("FA");
                        break;
                    case CaseNode node:
                        Assert.True(Procedure.AllowsAfter(node.Node, reached), $"{planned.Id}: {node.Node}");
                        reached.Add(node.Node);
                        break;
                    case FundsReceived received:
                        heldFen += received.AmountFen;
                        break;
                    case FundsDisbursed disbursed:
                        heldFen -= disbursed.AmountFen;
                        Assert.Equal(0, heldFen);
                        break;
                }
            }

            Assert.True(@case.Last().At - @case.First().At < PaceWalk.LifeMax);
        });
    }

    [Fact]
    public void Numbers_of_the_pace_meet_no_number_of_the_city()
    {
        var city = Cities.Whole();
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var planned in new PaceWalk(city, PaceWalk.RateMax, Cities.At(10)).Until(Cities.At(11)).Where(planned => planned.Data is CaseFiled))
        {
            Assert.True(numbers.Add(planned.Case!), planned.Case);
        }

        Assert.DoesNotContain(city.CasesFiledOn(new DateOnly(2026, 12, 31)), plan => numbers.Contains(plan.Number));
        Assert.All(numbers, number => Assert.True(number.Split('执')[1].TrimEnd('号') is { Length: >= 7 and <= 8 }, number));
    }

    [Fact]
    public void Rate_zero_leaves_the_city_to_itself() =>
        Assert.Empty(new PaceWalk(Cities.Whole(), 0, Cities.At(10)).Until(Cities.At(11)));

    private static PlannedEvent[] Live(DateTimeOffset start, TimeSpan duration) =>
        [.. new PaceWalk(Cities.Whole(), 1, start).Until(start + duration).Where(planned => planned.At > start)];
}
