using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Testing;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Tests.Grains;

namespace CommandCenter.Web.Tests.Reading;

/// <summary>Every figure of the read API against a count that shares nothing with it, for courts, areas and the city.</summary>
public sealed class RandomCityTests
{
    private const string Always = "2000-01-01T00:00:00+08:00";
    private const string Ever = "2030-01-01T00:00:00+08:00";

    public static TheoryData<int> Seeds => [.. LongRun.Seeds(100, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Totals_and_the_sums_of_all_windows_agree_with_a_naive_count(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1 + (seed % 5));
        var run = new CityRun(seed, lab);
        await run.TellAsync(300);
        var api = new Api(lab);
        var dates = Dates(run.Naive, new Random(seed));

        Assert.Null(await lab.CheckAsync());
        foreach (var court in lab.Host.Courts.Courts)
        {
            var marks = court.Scope.Select(inferior => inferior.Mark).ToHashSet();
            foreach (var date in dates)
            {
                AssertEqual(run.Naive, marks, await api.TotalsAsync(court.Mark, $"{date:yyyy-MM-dd}"), date);
            }

            foreach (var step in new[] { "5m", "1h", "1d" })
            {
                AssertEqual(run.Naive, marks, await api.RollupsAsync(court.Mark, Always, Ever, step), step);
            }

            var stock = await lab.StockAsync(court.Mark);
            Assert.Equal(run.Naive.OpenIn(court.Mark, CaseClass.First), stock.OpenFirst);
            Assert.Equal(run.Naive.OpenIn(court.Mark, CaseClass.Reinstated), stock.OpenReinstated);
            Assert.Equal(run.Naive.OpenIn(court.Mark, CaseClass.Preservation), stock.OpenPreservation);
            Assert.Equal(run.Naive.OpenIn(court.Mark, CaseClass.Other), stock.OpenOther);
            Assert.Equal(run.Naive.TerminalIn(court.Mark), stock.Terminal);
        }
    }

    /// <summary>The refusals of a random city must leave enough that counts, or the test above compares nothing with nothing.</summary>
    [Fact]
    public async Task A_random_city_does_everything_that_is_counted()
    {
        await using var lab = await GrainLab.OpenAsync();
        var run = new CityRun(100, lab);

        await run.TellAsync(900);

        Assert.All(Enum.GetValues<What>(), what => Assert.Contains(run.Naive.Happenings, happening => happening.What == what));
        Assert.Contains(run.Naive.Happenings, happening => happening is { What: What.FundsIn, Amount: < 0 });
        Assert.All(Enum.GetValues<CaseClass>(), @class => Assert.Contains(run.Naive.Happenings, happening => happening.Class == @class));
        Assert.InRange(run.Told.Count(told => told.Reply.Outcome == Outcome.Accepted), 300, 800);
    }

    private static DateOnly[] Dates(NaiveCity naive, Random random)
    {
        DateOnly[] days = [.. naive.Happenings.Select(happening => DateOnly.FromDateTime(happening.At.ToOffset(TimeSpan.FromHours(8)).DateTime)).Distinct().Order()];
        return [days[random.Next(days.Length)], days[random.Next(days.Length)], days[0].AddDays(-1), days[^1]];
    }

    private static void AssertEqual(NaiveCity naive, IReadOnlyCollection<string> marks, ScopeTotals totals, DateOnly date)
    {
        Assert.Equal("holds", totals.Identity);
        AssertEqual(naive, marks, totals.Day, date, date);
        AssertEqual(naive, marks, totals.Month, new DateOnly(date.Year, date.Month, 1), date);
        AssertEqual(naive, marks, totals.Year, new DateOnly(date.Year, 1, 1), date);
        AssertEqual(naive, marks, totals.All, new DateOnly(2000, 1, 1), date);
    }

    private static void AssertEqual(NaiveCity naive, IReadOnlyCollection<string> marks, PeriodTotals period, DateOnly from, DateOnly to)
    {
        var expected = naive.Sum(marks, TestCalendar.Shanghai(from.Year, from.Month, from.Day), TestCalendar.Shanghai(to.Year, to.Month, to.Day).AddDays(1));

        Assert.Equal(
            (expected.Received, expected.Closed, expected.Revoked, expected.PendingBefore, expected.Pending),
            (period.Received, period.Closed, period.Revoked, period.PendingBefore, period.Pending));
        Assert.Equal(
            (expected.TransferredIn, expected.TransferredOut, expected.TerminalStock, expected.FundsInFen, expected.FundsOutFen),
            (period.TransferredIn, period.TransferredOut, period.TerminalStock, period.FundsInFen, period.FundsOutFen));
        Assert.Equal(
            Enum.GetValues<CloseWay>().Select(way => (way.Code(), expected.ClosedBy(way))),
            period.ClosedByWay.Select(way => (way.Key, way.Value)));
        Assert.Equal(
            new[] { ("执", CaseClass.First), ("执恢", CaseClass.Reinstated), ("执保", CaseClass.Preservation), ("other", CaseClass.Other) }
                .Select(kind => (kind.Item1, new KindTotals(expected.ReceivedOf(kind.Item2), expected.ClosedOf(kind.Item2), expected.PendingOf(kind.Item2)))),
            period.ByKind.Select(kind => (kind.Key, kind.Value)));
        Assert.Equal(period.PendingBefore + period.Received + period.TransferredIn, period.Closed + period.TransferredOut + period.Pending);
    }

    private static void AssertEqual(NaiveCity naive, IReadOnlyCollection<string> marks, RollupSeries series, string step)
    {
        var length = step switch { "5m" => TimeSpan.FromMinutes(5), "1h" => TimeSpan.FromHours(1), _ => TimeSpan.FromDays(1) };
        var whole = naive.Sum(marks, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

        Assert.Equal(("holds", step), (series.Identity, series.Step));
        Assert.Equal(whole.Received, series.Points.Sum(point => point.Received));
        Assert.Equal(whole.Closed, series.Points.Sum(point => point.Closed));
        Assert.Equal(whole.TransferredIn, series.Points.Sum(point => point.TransferredIn));
        Assert.Equal(whole.TransferredOut, series.Points.Sum(point => point.TransferredOut));
        Assert.Equal(whole.FundsInFen, series.Points.Sum(point => point.FundsInFen));
        Assert.Equal(whole.FundsOutFen, series.Points.Sum(point => point.FundsOutFen));
        Assert.Equal(series.Points.Select(point => point.T).Distinct().Order(), series.Points.Select(point => point.T));
        if (series.Points.Count == 0)
        {
            return;
        }

        Assert.Equal((whole.Pending, whole.TerminalStock), (series.Points[^1].Pending, series.Points[^1].TerminalStock));
        foreach (var point in series.Points.Where((_, i) => i % 7 == 0))
        {
            var window = naive.Sum(marks, point.T, point.T + length);
            Assert.Equal(
                (window.Received, window.Closed, window.Pending, window.FundsInFen, window.FundsOutFen, window.TerminalStock),
                (point.Received, point.Closed, point.Pending, point.FundsInFen, point.FundsOutFen, point.TerminalStock));
            Assert.Equal(0, point.T.ToOffset(TimeSpan.FromHours(8)).TimeOfDay.Ticks % length.Ticks);
        }
    }
}
