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
        var alone = Lines(Cities.Of(1, "沪0116", "沪0115")).Split('\n').Where(line => line.Contains("\"court\":\"沪0116\"", StringComparison.Ordinal));

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
    public void No_two_cases_live_the_same_life()
    {
        var filings = Cities.Whole().CasesFiledOn(Cities.Day).Select(plan => (CaseFiled)plan.EventOf(0).Data).ToArray();

        Assert.Equal(filings.Length, filings.Select(filing => (filing.Basis, filing.ClaimFen)).Distinct().Count());
    }

    [Fact]
    public void Case_numbers_count_on_from_one_in_the_order_of_filing()
    {
        var city = Cities.Of(1, "沪0116");
        var numbers = Enumerable.Range(0, 20)
            .SelectMany(day => city.CasesFiledOn(new DateOnly(2026, 1, 1).AddDays(day)))
            .Where(plan => plan.Number.StartsWith("(2026)沪0116执", StringComparison.Ordinal) && char.IsAsciiDigit(plan.Number["(2026)沪0116执".Length]))
            .OrderBy(plan => plan.FiledAt)
            .Select(plan => int.Parse(plan.Number["(2026)沪0116执".Length..^1], System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(Enumerable.Range(1, numbers.Count()), numbers);
    }

    [Fact]
    public void A_working_day_brings_600_to_700_cases_and_Pudong_files_most()
    {
        var city = Cities.Whole();
        var days = WorkingDays(count: 60).Select(day => Filings(city, day)).ToArray();

        Assert.InRange(days.Average(day => day.Count), 620, 680);
        Assert.All(days, day => Assert.InRange(day.Count, 550, 750));
        Assert.Equal("沪0115", days.SelectMany(day => day).CountBy(planned => planned.Court).MaxBy(court => court.Value).Key);
    }

    [Theory]
    [InlineData(2026, 3, 22, true)] // A Sunday.
    [InlineData(2026, 2, 17, true)] // The first day of the Spring Festival, a Tuesday.
    [InlineData(2026, 2, 28, false)] // A Saturday on which it is made up.
    public void The_city_rests_and_works_as_the_calendar_says(int year, int month, int day, bool rests)
    {
        var filings = Filings(Cities.Whole(), new DateOnly(year, month, day)).Count;

        Assert.True(rests ? filings is > 15 and < 100 : filings > 550, $"{filings} cases");
    }

    [Fact]
    public void The_courts_are_busiest_after_9_and_after_14_and_still_at_night()
    {
        var perHour = new int[24];
        foreach (var planned in new CityWalk(Cities.Whole(), new DateOnly(2026, 3, 2), DateTimeOffset.MinValue).Until(Cities.At(0)))
        {
            if (Cities.Calendar.IsWorkingDay(Shanghai.DayOf(planned.At)))
            {
                perHour[planned.At.ToOffset(Shanghai.Offset).Hour]++;
            }
        }

        var noon = perHour[12];
        Assert.True(perHour[9] > 4 * noon && perHour[14] > 4 * noon, string.Join(' ', perHour));
        Assert.Equal([9, 14], Enumerable.Range(0, 24).OrderByDescending(hour => perHour[hour]).Take(2).Order());
        Assert.True(Enumerable.Range(0, 7).Max(hour => perHour[hour]) < noon / 4, string.Join(' ', perHour));
    }

    [Fact]
    public void The_largest_court_files_its_marker_case_on_every_day_of_the_year()
    {
        var city = Cities.Of(3, "沪72");
        for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
        {
            var first = city.CasesFiledOn(day).First();
            Assert.Equal(city.MarkerOf(day), first.Number);
        }
    }

    [Fact]
    public void Money_in_and_out_of_the_city_is_about_300_million_yuan_a_working_day()
    {
        var (first, last) = (new DateOnly(2026, 3, 2), new DateOnly(2026, 4, 30));
        var from = Shanghai.StartOf(first);
        var fen = new CityWalk(Cities.Whole(), first, DateTimeOffset.MinValue).Until(Shanghai.StartOf(last.AddDays(1)))
            .Where(planned => planned.At >= from)
            .Sum(planned => planned.Data switch
            {
                FundsReceived received => received.AmountFen,
                FundsDisbursed disbursed => disbursed.AmountFen,
                _ => 0L,
            });

        var workingDays = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Count(day => Cities.Calendar.IsWorkingDay(first.AddDays(day)));
        Assert.InRange(fen / 100 / workingDays, 260_000_000, 340_000_000);
    }

    [Fact]
    public void A_rest_day_brings_a_small_part_of_a_working_days_money_and_pays_nothing_out()
    {
        var (first, last) = (new DateOnly(2026, 3, 2), new DateOnly(2026, 4, 30));
        var days = new CityWalk(Cities.Whole(), first, DateTimeOffset.MinValue).Until(Shanghai.StartOf(last.AddDays(1)))
            .Where(planned => planned.At >= Shanghai.StartOf(first) && planned.Data is FundsReceived or FundsDisbursed)
            .GroupBy(planned => Shanghai.DayOf(planned.At))
            .ToLookup(day => Cities.Calendar.IsWorkingDay(day.Key), day => (
                In: day.Sum(planned => (planned.Data as FundsReceived)?.AmountFen ?? 0L),
                Out: day.Sum(planned => (planned.Data as FundsDisbursed)?.AmountFen ?? 0L)));

        var share = days[false].Average(day => day.In) / days[true].Average(day => day.In);
        Assert.InRange(share, 0.02, 0.2);
        Assert.All(days[false], day => Assert.Equal(0, day.Out));
    }

    [Fact]
    public void A_reinstated_case_follows_a_terminal_one_of_its_court()
    {
        var city = Cities.Whole();
        var children = city.CasesFiledOn(Cities.Day).Where(plan => plan.Steps[0].Data is CaseFiled { Kind: "执恢" }).ToArray();
        var parents = children.Select(child => ((CaseFiled)child.Steps[0].Data).Parent!).ToHashSet(StringComparer.Ordinal);
        var told = Enumerable.Range(100, 240).SelectMany(days => city.CasesFiledOn(Cities.Day.AddDays(-days))).Where(plan => parents.Contains(plan.Number)).ToArray();

        Assert.True(children.Length > 20, $"only {children.Length} children");
        Assert.True(told.Length > 0.9 * parents.Count, $"{told.Length} of {parents.Count} parents lie in the city");
        Assert.All(told, parent =>
        {
            var closing = Assert.Single(parent.Steps, step => step.Data is CaseClosed { Way: "ZB" });
            Assert.All(children.Where(child => ((CaseFiled)child.Steps[0].Data).Parent == parent.Number), child => Assert.True(closing.At < child.FiledAt, child.Number));
        });
    }

    private static IEnumerable<DateOnly> WorkingDays(int count) =>
        Enumerable.Range(0, int.MaxValue).Select(day => Cities.Day.AddDays(day)).Where(Cities.Calendar.IsWorkingDay).Take(count);

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
