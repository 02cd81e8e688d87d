using System.Text;
using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Events;
using static CommandCenter.Simulator.Events.EventData;

namespace CommandCenter.Simulator.Tests.City;

public sealed class VirtualCityTests
{
    [Fact]
    public void The_same_seed_and_date_give_the_same_plan_byte_for_byte()
    {
        var once = Lines(Cities.Whole(seed: 7));

        // Asked in another order, by another instance: nothing that was asked before may matter.
        var city = Cities.Whole(seed: 7);
        _ = city.CasesFiledOn(Cities.Day.AddDays(40)).Count();
        _ = city.CasesFiledOn(Cities.Day.AddDays(-300)).Count();

        Assert.Equal(once, Lines(city));
        Assert.NotEqual(once, Lines(Cities.Whole(seed: 8)));
    }

    [Fact]
    public void The_plan_of_a_court_does_not_depend_on_which_other_courts_there_are()
    {
        var whole = Lines(Cities.Whole()).Split('\n').Where(line => line.Contains("\"court\":\"沪0116\"", StringComparison.Ordinal)).ToArray();
        var alone = Lines(new VirtualCity(1, ["沪0116", "沪0115"])).Split('\n').Where(line => line.Contains("\"court\":\"沪0116\"", StringComparison.Ordinal));

        Assert.NotEmpty(whole);
        Assert.Equal(whole, alone);
    }

    [Fact]
    public void Event_ids_and_case_numbers_are_unique_and_short()
    {
        var city = Cities.Whole();
        var plans = Enumerable.Range(0, 5).SelectMany(day => city.CasesFiledOn(Cities.Day.AddDays(day))).ToArray();
        var ids = plans.SelectMany(plan => Enumerable.Range(0, plan.Steps.Count).Select(step => plan.EventOf(step).Id)).ToArray();

        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(plans.Length, plans.Select(plan => plan.Number).Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, id => Assert.True(id.Length <= 64 && Ascii.IsValid(id), id));
    }

    [Fact]
    public void Case_numbers_count_on_from_one_in_the_order_of_filing()
    {
        var city = new VirtualCity(1, ["沪0116"]);
        var numbers = Enumerable.Range(0, 20)
            .SelectMany(day => city.CasesFiledOn(new DateOnly(2026, 1, 1).AddDays(day)))
            .Where(plan => plan.Number.StartsWith("(2026)沪0116执", StringComparison.Ordinal) && char.IsAsciiDigit(plan.Number["(2026)沪0116执".Length]))
            .OrderBy(plan => plan.FiledAt)
            .Select(plan => int.Parse(plan.Number["(2026)沪0116执".Length..^1], System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(Enumerable.Range(1, numbers.Count()), numbers);
    }

    [Fact]
    public void A_working_day_brings_about_600_cases_and_a_sunday_few_and_Pudong_files_most()
    {
        var city = Cities.Whole();
        var sunday = Filings(city, new DateOnly(2026, 3, 22));
        var days = Enumerable.Range(0, 5).Select(day => Filings(city, new DateOnly(2026, 3, 16).AddDays(day))).ToArray();

        Assert.All(days, day => Assert.InRange(day.Count, 520, 700));
        Assert.InRange(sunday.Count, 15, 100);
        Assert.Equal("沪0115", days.SelectMany(day => day).CountBy(planned => planned.Court).MaxBy(court => court.Value).Key);
    }

    [Fact]
    public void The_largest_court_files_its_marker_case_on_every_day_of_the_year()
    {
        var city = new VirtualCity(3, ["沪72"]);
        for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
        {
            var first = city.CasesFiledOn(day).First();
            Assert.Equal(city.MarkerOf(day), first.Number);
        }
    }

    [Fact]
    public void Money_in_and_out_of_the_city_is_about_300_million_yuan_a_working_day()
    {
        var city = Cities.Whole();
        var walk = new CityWalk(city, new DateOnly(2026, 2, 16), DateTimeOffset.MinValue);
        var from = Shanghai.StartOf(new DateOnly(2026, 2, 16));
        var fen = walk.Until(Shanghai.StartOf(new DateOnly(2026, 3, 16)))
            .Where(planned => planned.At >= from)
            .Sum(planned => planned.Data switch
            {
                FundsReceived received => received.AmountFen,
                FundsDisbursed disbursed => disbursed.AmountFen,
                _ => 0L,
            });

        const int WorkingDays = 20;
        Assert.InRange(fen / 100 / WorkingDays, 200_000_000, 400_000_000);
    }

    private static List<PlannedEvent> Filings(VirtualCity city, DateOnly day) =>
        [.. city.CasesFiledOn(day).Select(plan => plan.EventOf(0)).Where(planned => planned.Data is CaseFiled { Kind: not "执保" })];

    private static string Lines(VirtualCity city)
    {
        using var batch = new EventBatch();
        foreach (var plan in city.CasesFiledOn(Cities.Day))
        {
            for (var step = 0; step < plan.Steps.Count; step++)
            {
                batch.Add(plan.EventOf(step));
            }
        }

        return Encoding.UTF8.GetString(batch.Lines);
    }
}
