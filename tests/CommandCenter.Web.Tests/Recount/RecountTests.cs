using CommandCenter.Domain.Cases;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Tests.Grains;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Recount;

public sealed class RecountTests
{
    private static readonly GrainLimits s_limits = new(IdsPerGeneration: 1 << 20, PassivateAfter: TimeSpan.FromDays(20));

    public static TheoryData<int> Seeds => [.. LongRun.Seeds(200, 8)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_random_city_recounts_to_no_difference_before_and_after_restarts(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1 + (seed % 5), s_limits);
        var run = new CityRun(seed, lab);
        using (var recount = lab.NewRecount())
        {
            await run.TellAsync(250);
            await lab.PassivateAsync();
            RecountLab.AssertProved(await recount.CycleAsync(Cancellation));

            await run.TellAsync(100);
            var later = await recount.CycleAsync(Cancellation);
            RecountLab.AssertProved(later);
            Assert.Equal(lab.Host.Statuses.Select(status => status.Position), later.Partitions.Select(partition => partition.Position));
        }

        await lab.RestartAsync();
        RecountLab.AssertProved(await lab.RecountAsync());
        await lab.RebuildAsync();
        RecountLab.AssertProved(await lab.RecountAsync());
    }

    /// <summary>Equal to nothing is easily equal: the city above must fill every kind of cell.</summary>
    [Fact]
    public async Task A_random_city_fills_every_figure_that_is_compared()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        await new CityRun(100, lab).TellAsync(2_000);
        var shown = new HashSet<string>();
        foreach (var court in lab.Host.Courts.Courts)
        {
            var cells = await lab.Host.AskAsync(0, model => ShownCells.Read(model, court.Index, days: false, int.MinValue), Cancellation);
            shown.UnionWith(cells.Cells.Select(cell => CellTable.NameOf(cell.Figure)));
        }

        // On which day a control lapses or a case is new is the city's chance.
        foreach (var day in Enumerable.Range(-400, 800))
        {
            var stocks = await lab.Host.AskAsync(0, model => ShownStocks.Read(model, lab.Host, Day(day)), Cancellation);
            shown.UnionWith(Enum.GetValues<CountedStock>().Where(stock => stocks.Courts.Any(court => court.Values[(int)stock] > 0)).Select(CellTable.NameOf));
            shown.UnionWith(stocks.Courts.SelectMany(static court => court.Parts.Keys).Select(static part => CellTable.NameOf(part.Figure)));
        }

        string[] missing =
        [
            .. Enumerable.Range(0, NaiveCourt.Figures).Select(CellTable.NameOf).Concat(Enum.GetValues<CountedStock>().Select(CellTable.NameOf))
                .Concat(Enum.GetValues<CountedPart>().Select(CellTable.NameOf)).Except(shown),
        ];
        Assert.Empty(missing);
        RecountLab.AssertProved(await lab.RecountAsync());
    }

    [Fact]
    public async Task A_partition_without_a_court_is_proved_like_any_other()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 40);
        await lab.AcceptedAsync(NewCase.Number(1), NewCase.Filing(Day(0)));

        var report = await lab.RecountAsync();

        Assert.Contains(report.Partitions, static partition => partition.Marks.Count == 0);
        RecountLab.AssertProved(report);
    }

    [Fact]
    public async Task A_control_or_an_officer_that_a_court_forgot_is_named()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        var (number, at) = (NewCase.Number(1), lab.Time.GetUtcNow().AddDays(-2));
        await lab.AcceptedAsync(number, NewCase.Filing(at));
        await lab.AcceptedAsync(number, new ControlProperty(NewCase.Deposit("P", DateOnly.FromDateTime(at.Date.AddDays(5))), at));
        _ = await lab.Host.AskAsync(0, model =>
        {
            model.CourtAt(GrainLab.Court(ShippedConfig.Pudong).Index).Controls.Change(model.Look(number)!, CaseState.NotFiled.Instance);
            return true;
        }, Cancellation);

        var report = await lab.RecountAsync();

        Assert.Equal(
            ["controlsWithin.15 0 1", "controlsWithin.3 0 1", "controlsWithin.30 0 1", "controlsWithin.60 0 1", "controlsWithin.7 0 1"],
            report.Differences.Select(one => $"{one.Figure} {one.Shown} {one.Counted}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_case_that_a_list_shows_at_another_node_or_with_another_handler_is_named()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        var (number, at) = (NewCase.Number(1), lab.Time.GetUtcNow().AddDays(-400));
        await lab.AcceptedAsync(number, NewCase.Filing(at));
        await lab.AcceptedAsync(number, new AssignCase("甲", at));
        RecountLab.AssertProved(await lab.RecountAsync());
        _ = await lab.Host.AskAsync(0, model =>
        {
            ref var row = ref model.Cases.ForChange(0);
            row.Node++;
            row.Handler = -1;
            return true;
        }, Cancellation);

        var report = await lab.RecountAsync();

        Assert.Equal(
            [
                "handlerOverdue. 1 0", "handlerOverdue.甲 0 1", "handlerPending. 1 0", "handlerPending.甲 0 1",
                "standing.2 0 1", "standing.3 1 0", "standingOverdue.2 0 1", "standingOverdue.3 1 0",
            ],
            report.Differences.Select(one => $"{one.Figure} {one.Shown} {one.Counted}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Overdue_cases_are_recounted_with_their_suspensions_and_across_courts()
    {
        await using var lab = await GrainLab.OpenAsync();
        var elsewhere = lab.OtherCourt(ShippedConfig.Pudong, samePartition: false);
        foreach (var number in Enumerable.Range(1, 6))
        {
            await lab.AcceptedAsync(NewCase.Number(number), NewCase.Filing(Day(-200), number: number));
        }

        await lab.AcceptedAsync(NewCase.Number(1), new SuspendCase("和解", Day(-190)));
        await lab.AcceptedAsync(NewCase.Number(2), new SuspendCase("和解", Day(-190)));
        await lab.AcceptedAsync(NewCase.Number(2), new SuspendCase("异议", Day(-180)));
        await lab.AcceptedAsync(NewCase.Number(2), new ResumeCase("和解", Day(-170)));
        await lab.AcceptedAsync(NewCase.Number(2), new ResumeCase("异议", Day(-150)));
        await lab.AcceptedAsync(NewCase.Number(3), new SuspendCase("和解", Day(-190)));
        await lab.AcceptedAsync(NewCase.Number(3), new TransferCase(elsewhere, Day(-100)));
        await lab.AcceptedAsync(NewCase.Number(4), new TransferCase(elsewhere, Day(-100)));
        await lab.AcceptedAsync(NewCase.Number(5), new CloseCase(CloseWay.Performed, Day(-100)));

        var report = await lab.RecountAsync();

        RecountLab.AssertProved(report);
        var here = await lab.AskAsync(ShippedConfig.Pudong, model => ShownStocks.Read(model, lab.Host, lab.Time.GetUtcNow()));
        Assert.Equal(1, here.Courts.Single(court => court.Court.Mark == ShippedConfig.Pudong).Values[(int)CountedStock.Overdue]); // Number 6; 2 stood still for 40 days.
    }

    [Fact]
    public async Task A_stopped_partition_is_unknown_and_the_others_are_proved()
    {
        await using var lab = await GrainLab.OpenAsync();
        using var recount = lab.NewRecount();
        await Poison.StopAsync(lab, ShippedConfig.Pudong);
        var sick = lab.PartitionOf(ShippedConfig.Pudong);

        var report = await recount.CycleAsync(Cancellation);

        Assert.All(report.Partitions, partition => Assert.Equal(
            partition.Index == sick ? (RecountState.Unknown, PartitionUnavailableException.Stopped) : (RecountState.Proved, null), (partition.State, partition.Fault)));

        await Poison.SkipAsync(lab, ShippedConfig.Pudong);
        Assert.Equal(RecountState.Proved, (await recount.CycleAsync(Cancellation)).Partitions[sick].State);
    }

    [Fact]
    public async Task A_record_that_was_skipped_is_left_out_as_the_grains_leave_it_out()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        using var recount = lab.NewRecount();
        await lab.AcceptedAsync(NewCase.Number(1), NewCase.Filing(Day(0), number: 1));
        await lab.AcceptedAsync(NewCase.Number(1), new ReceiveFunds(500, "S-1", null, Day(1)));
        RecountLab.AssertProved(await recount.CycleAsync(Cancellation));

        await lab.RestartAsync(() => SkippedRecords.Add(lab, partition: 0, position: 2));
        using var again = lab.NewRecount();
        var report = await again.CycleAsync(Cancellation);

        RecountLab.AssertProved(report);
        Assert.Equal(0, await lab.AskAsync(ShippedConfig.Pudong, model => model.CourtAt(GrainLab.Court(ShippedConfig.Pudong).Index).BookedFen));
    }

    [Fact]
    public async Task A_journal_that_was_changed_behind_the_figures_is_met_when_the_count_begins_again()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        using var recount = lab.NewRecount(new RecountOptions { StartAgainAfter = TimeSpan.FromDays(1) });
        await lab.AcceptedAsync(NewCase.Number(1), NewCase.Filing(Day(0), number: 1));
        await lab.AcceptedAsync(NewCase.Number(1), new ReceiveFunds(500, "S-1", null, Day(1)));
        RecountLab.AssertProved(await recount.CycleAsync(Cancellation));

        SkippedRecords.AddAFen(lab, partition: 0);
        RecountLab.AssertProved(await recount.CycleAsync(Cancellation));
        lab.Time.Advance(TimeSpan.FromDays(1));
        var report = await recount.CycleAsync(Cancellation);

        Assert.All(report.Partitions, partition => Assert.Null(partition.Fault));
        Assert.Contains(
            new RecountDifference(ShippedConfig.Pudong, Day(1), RecountDifference.Window, "fundsIn", 500, 501), report.Differences);
    }

    [Fact]
    public async Task A_paused_recount_waits_and_goes_on_where_it_was()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        using var recount = lab.NewRecount();
        await lab.AcceptedAsync(NewCase.Number(1), NewCase.Filing(Day(0), number: 1));
        _ = await recount.CycleAsync(Cancellation);
        await lab.AcceptedAsync(NewCase.Number(2), NewCase.Filing(Day(0), number: 2));
        recount.Pause();

        var cycle = recount.CycleAsync(Cancellation);

        Assert.False(cycle.IsCompleted);
        Assert.True(recount.Latest.IsPaused);
        Assert.Equal((1L, RecountState.Proved), (recount.Latest.Partitions[0].RecordsRead, recount.Latest.Partitions[0].State));
        recount.Resume();
        var report = await cycle;
        RecountLab.AssertProved(report);
        Assert.Equal((2L, false), (report.Partitions[0].RecordsRead, report.IsPaused));
    }
}
