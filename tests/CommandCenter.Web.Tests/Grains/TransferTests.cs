using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Tests.Reading;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Grains;

public sealed class TransferTests
{
    private const string From = ShippedConfig.Pudong;
    private static readonly CaseNumber s_number = NewCase.Number();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transfer_moves_one_case_and_leaves_the_city_as_it_was(bool samePartition)
    {
        await using var lab = await GrainLab.OpenAsync();
        var to = lab.OtherCourt(From, samePartition);
        var api = new Api(lab);
        await lab.AcceptedAsync(s_number, NewCase.Filing(Day(0)));
        await lab.AcceptedAsync(s_number, new ReceiveFunds(100, "S-1", "乙", Day(1)));

        await lab.AcceptedAsync(s_number, new TransferCase(to, Day(2)));

        Assert.Equal((0, 1), ((await lab.StockAsync(From)).Pending, (await lab.StockAsync(to)).Pending));
        var (city, source, target) = (await api.TotalsAsync("沪", "2017-09-03"), await api.TotalsAsync(From, "2017-09-03"), await api.TotalsAsync(to, "2017-09-03"));
        Assert.Equal((1L, 1L), (city.Day.PendingBefore, city.Day.Pending));
        Assert.Equal((1L, 0L, 0L, 1L), (source.Day.PendingBefore, source.Day.Pending, source.Day.TransferredIn, source.Day.TransferredOut));
        Assert.Equal((0L, 1L, 1L, 0L), (target.Day.PendingBefore, target.Day.Pending, target.Day.TransferredIn, target.Day.TransferredOut));
        Assert.Equal((1L, 0L), (source.All.Received, target.All.Received));
        Assert.All([city, source, target], totals => Assert.Equal("holds", totals.Identity));
        foreach (var period in new[] { city.Day, source.Day, target.Day, city.Month, source.Month, target.Month })
        {
            Assert.Equal(
                period.PendingBefore + period.Received + period.TransferredIn,
                period.Closed + period.TransferredOut + period.Pending);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_moved_case_goes_on_at_the_other_court_only(bool samePartition)
    {
        await using var lab = await GrainLab.OpenAsync();
        var to = lab.OtherCourt(From, samePartition);
        await lab.AcceptedAsync(s_number, NewCase.Filing(Day(0)));
        await lab.AcceptedAsync(s_number, new ReceiveFunds(100, "S-1", "乙", Day(1)));
        await lab.AcceptedAsync(s_number, new TransferCase(to, Day(2)));

        var atSource = await lab.TellAsync(s_number, new CloseCase(CloseWay.Performed, Day(3)), From);
        Assert.Equal(samePartition ? "case.unknown" : "case.transferred-away", atSource.Code);
        Assert.Equal("funds.serial-repeated", (await lab.TellAsync(s_number, new ReceiveFunds(100, "S-1", "乙", Day(3)), to)).Code);
        await lab.AcceptedAsync(s_number, new CloseCase(CloseWay.Performed, Day(3)), to);

        var state = Assert.IsType<CaseState.Closed>(await lab.LookAsync(s_number, to));
        Assert.Equal((to, 100L), (state.File.CourtMark, state.File.Funds.InFen));
        Assert.Null(await lab.CheckAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transfer_committed_at_the_source_arrives_after_a_crash_and_arrives_once(bool withSnapshot)
    {
        await using var lab = await GrainLab.OpenAsync();
        var to = lab.OtherCourt(From, samePartition: false);
        await lab.AcceptedAsync(s_number, NewCase.Filing(Day(0)));
        Assert.Equal(GrainReply.Accepted, await lab.TellAsync(s_number, new TransferCase(to, Day(2))));
        Assert.Equal(0, (await lab.StockAsync(to)).Pending);
        if (withSnapshot)
        {
            await lab.SnapshotAsync();
        }

        await lab.KillAsync();
        await lab.SettleAsync();
        Assert.Equal((0, 1), ((await lab.StockAsync(From)).Pending, (await lab.StockAsync(to)).Pending));

        // The source does not journal that it was rid of the message: it sends again, and the target knows better.
        await lab.KillAsync();
        await lab.SettleAsync();
        Assert.Equal((0, 1), ((await lab.StockAsync(From)).Pending, (await lab.StockAsync(to)).Pending));
        Assert.Null(await lab.CheckAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_case_comes_back_to_its_first_court_with_what_it_met_elsewhere(bool samePartition)
    {
        await using var lab = await GrainLab.OpenAsync();
        var to = lab.OtherCourt(From, samePartition);
        await lab.AcceptedAsync(s_number, NewCase.Filing(Day(0)));
        await lab.AcceptedAsync(s_number, new TransferCase(to, Day(2)));
        await lab.AcceptedAsync(s_number, new ReceiveFunds(100, "S-1", "乙", Day(3)), to);

        await lab.AcceptedAsync(s_number, new TransferCase(From, Day(4)), to);

        var state = Assert.IsType<CaseState.Open>(await lab.LookAsync(s_number));
        Assert.Equal((From, 100L), (state.File.CourtMark, state.File.Funds.InFen));
        Assert.Equal((1, 0), ((await lab.StockAsync(From)).Pending, (await lab.StockAsync(to)).Pending));
        await lab.AcceptedAsync(s_number, new CloseCase(CloseWay.Performed, Day(5)));
        Assert.Null(await lab.CheckAsync());

        var living = await lab.ImageAsync();
        await lab.RebuildAsync();
        await lab.SettleAsync();
        Assert.Equal(living, await lab.ImageAsync());
    }

    [Fact]
    public async Task A_stopped_target_holds_up_no_message_to_other_courts()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 4);
        var stopped = lab.OtherCourt(From, samePartition: false);
        var healthy = lab.Host.Courts.Courts.First(court =>
            lab.PartitionOf(court.Mark) > lab.PartitionOf(From) && lab.PartitionOf(court.Mark) != lab.PartitionOf(stopped)).Mark;
        var (first, second) = (NewCase.Number(1), NewCase.Number(2));
        await lab.AcceptedAsync(first, NewCase.Filing(Day(0), number: 1));
        await lab.AcceptedAsync(second, NewCase.Filing(Day(0), number: 2));
        await Poison.StopAsync(lab, stopped);

        // The message that cannot go comes first.
        Assert.Equal(GrainReply.Accepted, await lab.TellAsync(first, new TransferCase(stopped, Day(1))));
        Assert.Equal(GrainReply.Accepted, await lab.TellAsync(second, new TransferCase(healthy, Day(2))));
        await lab.SettleAsync();

        Assert.Equal(1, (await lab.StockAsync(healthy)).Pending);
        Assert.Equal(0, (await lab.StockAsync(From)).Pending);
        Assert.Equal([first], await lab.AskAsync(From, model => model.Outbox.Select(message => message.Number).ToArray()));
        Assert.Contains($"delivery-failed {lab.PartitionOf(From)} to {lab.PartitionOf(stopped)}", lab.Observer.Lines);

        await Poison.SkipAsync(lab, stopped);
        await lab.SettleAsync();
        Assert.Equal(1, (await lab.StockAsync(stopped)).Pending);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reinstated_case_takes_its_parent_out_of_the_terminal_stock_of_whatever_partition(bool samePartition)
    {
        await using var lab = await GrainLab.OpenAsync();
        var parentCourt = lab.OtherCourt(From, samePartition);
        var parent = NewCase.Number(1, court: parentCourt);
        await lab.AcceptedAsync(parent, NewCase.Filing(Day(0)) with { Number = parent, CourtMark = parentCourt });
        await lab.AcceptedAsync(parent, new CloseCase(CloseWay.Terminal, Day(100)));
        Assert.Equal(1, (await lab.StockAsync(parentCourt)).Terminal);

        var child = NewCase.Number(2, "执恢");
        await lab.AcceptedAsync(child, NewCase.Filing(Day(200), "执恢", parent, number: 2));
        await lab.AcceptedAsync(NewCase.Number(3, "执恢"), NewCase.Filing(Day(201), "执恢", parent, number: 3)); // One parent leaves once.

        Assert.Equal((0, 0), ((await lab.StockAsync(parentCourt)).Terminal, (await lab.StockAsync(parentCourt)).Pending));
        Assert.Equal(child, Assert.IsType<CaseState.Closed>(await lab.LookAsync(parent)).ReinstatedAs);
        Assert.Equal(1, (await new Api(lab).TotalsAsync(parentCourt, "2018-06-01")).All.Closed); // The old closing still counts.
        Assert.Null(await lab.CheckAsync());

        var living = await lab.ImageAsync();
        await lab.RebuildAsync();
        await lab.SettleAsync();
        Assert.Equal(living, await lab.ImageAsync());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_parent_that_moved_is_reached_where_it_lies_now(bool childNearFirst, bool movedNearFirst)
    {
        await using var lab = await GrainLab.OpenAsync();
        var movedTo = lab.OtherCourt(From, movedNearFirst);
        var childCourt = lab.OtherCourt(From, childNearFirst, except: movedTo);
        var parent = NewCase.Number(1);
        await lab.AcceptedAsync(parent, NewCase.Filing(Day(0), number: 1));
        await lab.AcceptedAsync(parent, new TransferCase(movedTo, Day(1)));
        await lab.AcceptedAsync(parent, new CloseCase(CloseWay.Terminal, Day(100)), movedTo);

        var child = NewCase.Number(2, "执恢", childCourt);
        await lab.AcceptedAsync(child, NewCase.Filing(Day(200), "执恢", parent) with { Number = child, CourtMark = childCourt });

        Assert.Equal(0, (await lab.StockAsync(movedTo)).Terminal);
        Assert.Equal(child, Assert.IsType<CaseState.Closed>(await lab.LookAsync(parent, movedTo)).ReinstatedAs);
        Assert.Null(await lab.CheckAsync());
    }

    [Fact]
    public async Task A_reinstatement_of_a_case_that_nobody_knows_is_dealt_with_once_and_changes_nothing()
    {
        await using var lab = await GrainLab.OpenAsync();
        var parent = NewCase.Number(1, court: lab.OtherCourt(From, samePartition: false));
        await lab.AcceptedAsync(NewCase.Number(2, "执恢"), NewCase.Filing(Day(200), "执恢", parent, number: 2));
        var position = await lab.AskAsync(parent.CourtMark, model => model.Position);

        await lab.KillAsync();
        await lab.SettleAsync();

        Assert.Equal(1, position);
        Assert.Equal(position, await lab.AskAsync(parent.CourtMark, model => model.Position));
        Assert.Null(await lab.LookAsync(parent));
        Assert.Null(await lab.CheckAsync());
    }
}
