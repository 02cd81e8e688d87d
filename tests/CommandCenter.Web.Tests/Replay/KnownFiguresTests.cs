using CommandCenter.Domain;
using CommandCenter.Testing;
using CommandCenter.Web.Replay;
using CommandCenter.Web.Tests.Grains;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Replay;

public sealed class KnownFiguresTests
{
    public static TheoryData<int> Seeds => [.. LongRun.Seeds(700, 6)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Random facts, a third of them late, and boundaries at any time, midnights and the turns of months and years among them.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_court_at_every_boundary_is_what_a_naive_count_says(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1 + (seed % 4));
        var run = new CityRun(seed, lab);
        await run.TellAsync(400);
        var known = new KnownFigures(lab.Host, lab.Time);
        var random = new Random(seed);
        var happenings = run.Naive.Happenings;
        for (var i = 0; i < 25; i++)
        {
            var near = happenings[random.Next(happenings.Count)].At;
            var boundary = random.Next(4) == 0 ? ShanghaiTime.StartOf(ShanghaiTime.DayOf(near)) : KnownFigures.BoundaryOf(near.AddMinutes(random.Next(-9, 9)));

            var picture = await known.ReadAsync(boundary, Token);

            Assert.Empty(picture.UnknownCourts);
            Assert.All(picture.Figures.Courts, court => AssertCounted(run.Naive, court, boundary));
            Assert.Equal(
                run.Naive.Happenings.Where(h => h.At < boundary && h.At >= boundary.AddDays(-1) && h.What is What.FundsIn).Sum(h => h.Amount),
                picture.Figures.Funds24h.Sum(step => step.InFen));
        }
    }

    private static void AssertCounted(NaiveCity naive, CourtFigures court, DateTimeOffset boundary)
    {
        var day = ShanghaiTime.DayOf(boundary.AddTicks(-1));
        AssertPeriod(new DateOnly(day.Year, day.Month, day.Day), court.Today);
        AssertPeriod(new DateOnly(day.Year, day.Month, 1), court.Month);
        AssertPeriod(new DateOnly(day.Year, 1, 1), court.Year);
        var all = naive.Sum([court.Mark], DateTimeOffset.UnixEpoch, boundary);
        Assert.Equal((all.Pending, all.TerminalStock), (court.Pending, court.TerminalStock));

        void AssertPeriod(DateOnly from, PeriodFigures figures)
        {
            var sum = naive.Sum([court.Mark], ShanghaiTime.StartOf(from), boundary);
            Assert.Equal(new PeriodFigures(sum.Received, sum.Closed, sum.FundsInFen, sum.FundsOutFen), figures);
        }
    }
}
