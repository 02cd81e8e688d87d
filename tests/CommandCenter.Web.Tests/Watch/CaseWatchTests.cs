using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Properties;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Tests.Grains;
using CommandCenter.Web.Watch;

namespace CommandCenter.Web.Tests.Watch;

public sealed class CaseWatchTests
{
    private const string Court = ShippedConfig.Pudong;

    public static TheoryData<int> Seeds => [.. LongRun.Seeds(900, 6)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Random facts, late ones, refused ones, transfers, kills and passivations: the watch says what a count over whole states says.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Controls_and_waiting_money_are_what_a_naive_count_says(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1 + (seed % 4));
        var run = new CityRun(seed, lab);
        var watch = WatchLab.Open(lab);
        try
        {
            for (var part = 0; part < 4; part++)
            {
                await run.TellAsync(120);
                await MoneyAsync(run, lab, part);
                if (part == 2)
                {
                    await lab.PassivateAsync();
                    await lab.KillAsync();
                    watch.Dispose();
                    watch = WatchLab.Open(lab);
                }

                await PassAsync(lab, watch);
            }

            var naive = await WatchLab.CountAsync(lab, Receipts(run));
            foreach (var court in lab.Host.Courts.Courts)
            {
                var counted = watch.Controls.Courts[court.Index];
                Assert.Equal(naive.Lapsed(court.Mark), counted.Lapsed);
                Assert.Equal(ControlsState.Days.Select(days => naive.Within(court.Mark, days)), counted.Within);
            }

            Assert.False(watch.Waiting.IsSearching);
            Assert.Equal(default, watch.Waiting.Undated);
            Assert.Equal(naive.Band(int.MinValue, 15), watch.Waiting.UpTo15);
            Assert.Equal(naive.Band(16, 30), watch.Waiting.UpTo30);
            Assert.Equal(naive.Band(31, int.MaxValue), watch.Waiting.Over30);
            Assert.Equal(naive.Band(int.MinValue, int.MaxValue), watch.Waiting.Total);
            Assert.NotEqual(0, watch.Waiting.Total.Fen);
            Assert.NotEmpty(naive.Controls);
            Assert.All(watch.Waiting.Oldest, item => Assert.Equal(naive.Waiting[item.Number].Sum(static lot => lot.Fen), item.Fen));
        }
        finally
        {
            watch.Dispose();
        }
    }

    [Fact]
    public async Task A_control_counts_from_its_last_day_back_and_lapses_the_day_after_even_on_a_Sunday()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1); // Friday, 2017-09-01, 09:00.
        using var watch = WatchLab.Open(lab);
        var today = new DateOnly(2017, 9, 1);
        await FileAsync(lab, 1);
        foreach (var days in new[] { -8, -1, 0, 1, 2, 7, 30, 60, 61 })
        {
            await lab.AcceptedAsync(NewCase.Number(1), new CaseCommand.ControlProperty(
                NewCase.Deposit($"P{days}", today.AddDays(days)), lab.Time.GetUtcNow().AddDays(-20)));
        }

        await PassAsync(lab, watch);

        var court = watch.Controls.Courts[GrainLab.Court(Court).Index];
        Assert.Equal((2, 1, 1), (court.Lapsed, court.LapsedLately, court.Today));
        Assert.Equal([2, 3, 4, 4, 5, 6], court.Within);
        Assert.Equal([0, 1, 2, 7, 30, 60], watch.Controls.Lapsing.Select(one => one.Until.DayNumber - today.DayNumber));

        lab.Time.Advance(TimeSpan.FromDays(2)); // Sunday; what was counted on Friday is read as of today before the next pass is whole.
        await watch.TurnAsync(Token);
        court = watch.Controls.Courts[GrainLab.Court(Court).Index];
        Assert.Equal((4, 2, 1), (court.Lapsed, court.LapsedLately, court.Today));
    }

    [Fact]
    public async Task Only_cases_that_are_open_have_controls_that_lapse()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 2);
        using var watch = WatchLab.Open(lab);
        var at = lab.Time.GetUtcNow().AddDays(-10);
        foreach (var number in new[] { 1, 2, 3 })
        {
            await FileAsync(lab, number);
            await lab.AcceptedAsync(NewCase.Number(number), new CaseCommand.ControlProperty(NewCase.Deposit("P", new DateOnly(2017, 9, 2)), at));
        }

        await lab.AcceptedAsync(NewCase.Number(2), new CaseCommand.CloseCase(CloseWay.Performed, at.AddDays(1)));
        await lab.AcceptedAsync(NewCase.Number(3), new CaseCommand.SuspendCase("和解", at.AddDays(1)));
        await PassAsync(lab, watch);

        Assert.Equal(2, watch.Controls.Courts.Sum(static court => court.Within[0]));
        Assert.Equal([NewCase.Number(1), NewCase.Number(3)], watch.Controls.Lapsing.Select(static one => one.Number));
        Assert.All(watch.Controls.Lapsing, one => Assert.Equal((PropertyClass.Deposit, ControlAct.Freeze), (one.Class, one.Act)));
    }

    [Fact]
    public async Task Money_paid_out_counts_against_what_came_first_and_a_reversal_against_its_receipt()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        using var watch = WatchLab.Open(lab);
        await FileAsync(lab, 1);
        await FundsAsync(lab, 1, new CaseCommand.ReceiveFunds(1_000, "S1", null, Days(lab, -40)));
        await FundsAsync(lab, 1, new CaseCommand.ReceiveFunds(500, "S2", null, Days(lab, -20)));
        await FundsAsync(lab, 1, new CaseCommand.ReceiveFunds(300, "S3", null, Days(lab, -3)));
        await FundsAsync(lab, 1, new CaseCommand.DisburseFunds(900, "D1", null, Days(lab, -2)));
        await FundsAsync(lab, 1, new CaseCommand.ReverseFunds(200, "R1", "S2", Days(lab, -1)));
        await PassAsync(lab, watch);

        Assert.Equal(
            (new WaitingSum(1, 700), new WaitingSum(0, 300), new WaitingSum(0, 300), new WaitingSum(1, 100)),
            (watch.Waiting.Total, watch.Waiting.UpTo15, watch.Waiting.UpTo30, watch.Waiting.Over30));
        Assert.Equal((NewCase.Number(1), 700, 40), watch.Waiting.Oldest.Select(static item => (item.Number, (int)item.Fen, item.Days)).Single());

        // The rest of the first receipt goes out: the second is the oldest now, and its date needs no second search.
        await FundsAsync(lab, 1, new CaseCommand.DisburseFunds(100, "D2", null, Days(lab, 0)));
        await PassAsync(lab, watch);
        Assert.Equal((new WaitingSum(1, 600), new WaitingSum(1, 300)), (watch.Waiting.Total, watch.Waiting.UpTo30));
        Assert.Equal(20, watch.Waiting.Oldest[0].Days);
    }

    [Fact]
    public async Task Money_of_a_case_that_moved_waits_where_the_case_is_with_the_dates_of_the_court_before()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 4);
        using var watch = WatchLab.Open(lab);
        var other = lab.OtherCourt(Court, samePartition: false);
        await FileAsync(lab, 1);
        await FundsAsync(lab, 1, new CaseCommand.ReceiveFunds(1_000, "S1", null, Days(lab, -33)));
        await lab.AcceptedAsync(NewCase.Number(1), new CaseCommand.TransferCase(other, Days(lab, -5)));
        await PassAsync(lab, watch);

        var item = Assert.Single(watch.Waiting.Oldest);
        Assert.Equal((GrainLab.Court(other).Index, 1_000, 33), (item.Court, item.Fen, item.Days));
        Assert.Equal(new WaitingSum(1, 1_000), watch.Waiting.Over30);
    }

    [Fact]
    public async Task Nothing_is_said_before_every_case_was_looked_at_once()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 2);
        using var watch = WatchLab.Open(lab);
        Assert.Null(watch.Controls.CountedSince);
        Assert.Null(watch.Waiting.CountedSince);
        Assert.Null(watch.ControlsOf(0));

        await watch.TurnAsync(Token);
        Assert.Equal(lab.Time.GetUtcNow(), watch.Controls.CountedSince);
        Assert.Equal(lab.Host.Courts.Courts.Count, watch.Controls.Courts.Count);
    }

    [Fact]
    public async Task What_says_the_same_is_the_same_value()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 2);
        using var watch = WatchLab.Open(lab);
        await FileAsync(lab, 1);
        await FundsAsync(lab, 1, new CaseCommand.ReceiveFunds(1_000, "S1", null, Days(lab, -3)));
        await PassAsync(lab, watch);
        var (controls, waiting, roll) = (watch.Controls, watch.Waiting, watch.RollCall);

        lab.Time.Advance(TimeSpan.FromSeconds(11)); // The same minute.
        await watch.TurnAsync(Token);

        Assert.Same(controls, watch.Controls);
        Assert.Same(waiting, watch.Waiting);
        Assert.Same(roll, watch.RollCall);
    }

    /// <summary>However few cases a look takes in, a whole pass lists each once.</summary>
    [Fact]
    public void A_list_is_known_after_a_whole_pass_and_stays_while_the_next_is_under_way()
    {
        var today = new DateOnly(2017, 9, 1);
        var sweep = new CaseSweep();
        sweep.Begin(TestCalendar.Day(0), today);
        sweep.Take(Look(20, 1, 2));
        Assert.Equal((20, null), (sweep.Next, sweep.Known));

        sweep.Take(Look(0, 3));
        Assert.Equal([1, 2, 3], Listed());

        sweep.Begin(TestCalendar.Day(0), today);
        sweep.Take(Look(20, 9));
        Assert.Equal([1, 2, 3], Listed());
        sweep.Restart();
        sweep.Begin(TestCalendar.Day(0), today);
        sweep.Take(Look(0, 4));
        Assert.Equal([4], Listed());

        IEnumerable<int> Listed() => sweep.Known!.Lapsing.Select(static one => one.Number.Number);

        CaseLook Look(int next, params int[] numbers) => new(
            next, [.. numbers.Select(number => new LapsingControl(1, NewCase.Number(number), PropertyClass.Deposit, ControlAct.Freeze, today))], []);
    }

    /// <summary>Turns until a pass that began after this call is whole and every date is found.</summary>
    private static async Task PassAsync(GrainLab lab, CaseWatch watch)
    {
        lab.Time.Advance(TimeSpan.FromMinutes(1));
        var from = lab.Time.GetUtcNow();
        for (var turn = 0; watch.Controls.CountedSince is not { } since || since < from.AddSeconds(-60) || turn < 2; turn++)
        {
            Assert.True(turn < 50, "A pass does not end.");
            lab.Time.Advance(TimeSpan.FromSeconds(11));
            await watch.TurnAsync(Token);
        }
    }

    private static Task FileAsync(GrainLab lab, int number) =>
        lab.AcceptedAsync(NewCase.Number(number), NewCase.Filing(lab.Time.GetUtcNow().AddDays(-60), number: number));

    private static Task FundsAsync(GrainLab lab, int number, CaseCommand command) => lab.AcceptedAsync(NewCase.Number(number), command);

    private static DateTimeOffset Days(GrainLab lab, int days) => ShanghaiTime.StartOf(ShanghaiTime.DayOf(lab.Time.GetUtcNow()).AddDays(days)).AddHours(1);

    // The random city knows three serials only; money of its own kind comes on top, so that something waits.
    private static async Task MoneyAsync(CityRun run, GrainLab lab, int part)
    {
        foreach (var number in run.City.Cases.Where(number => run.Naive.HolderOf(number) is not null))
        {
            var fact = lab.Fact(
                number, new CaseCommand.ReceiveFunds(1_000 + number.Number, $"M{part}", null, Days(lab, -13 * part)), run.Naive.HolderOf(number));
            run.Told.Add((fact, await lab.TellAsync(fact)));
        }
    }

    private static Dictionary<(CaseNumber, string), DateTimeOffset> Receipts(CityRun run)
    {
        var receipts = new Dictionary<(CaseNumber, string), DateTimeOffset>();
        foreach (var (fact, reply) in run.Told)
        {
            if (reply.Outcome == Outcome.Accepted && fact is GrainCommand.CaseFact { Number: var number, Command: CaseCommand.ReceiveFunds receipt })
            {
                _ = receipts.TryAdd((number, receipt.Serial), receipt.At);
            }
        }

        return receipts;
    }
}
