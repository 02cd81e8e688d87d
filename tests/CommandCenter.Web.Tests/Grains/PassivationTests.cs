using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Tests.Reading;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Grains;

public sealed class PassivationTests
{
    private static readonly CaseNumber s_number = NewCase.Number();

    [Fact]
    public async Task Only_cases_closed_long_before_the_latest_event_leave_memory()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        var (closed, recent, open) = (NewCase.Number(1), NewCase.Number(2), NewCase.Number(3));
        await FileAsync(lab, closed, recent, open);
        await lab.AcceptedAsync(closed, new CloseCase(CloseWay.Performed, Day(10)));
        await lab.AcceptedAsync(recent, new CloseCase(CloseWay.Performed, Day(15)));
        await lab.PassivateAsync();
        Assert.Equal(0, await lab.PassiveCountAsync());
        await lab.AcceptedAsync(open, new ChangeClaim(5, Day(191)));

        await lab.PassivateAsync();

        Assert.Equal(1, await lab.PassiveCountAsync());
        var arePassive = await lab.AskAsync(ShippedConfig.Pudong, model => new[] { closed, recent, open }
            .Select(number => model.Cases.TryFind(number, out var place) && model.Cases.IsPassive(place)).ToArray());
        Assert.Equal([true, false, false], arePassive);
    }

    [Fact]
    public async Task No_more_cases_leave_memory_at_once_than_asked_for()
    {
        await using var lab = await LongClosedAsync(1, 2, 3, 4, 5);

        _ = await lab.PostAsync(0, new GrainCommand.PassivateLongClosed(2));
        Assert.Equal(2, await lab.PassiveCountAsync());
        _ = await lab.PostAsync(0, new GrainCommand.PassivateLongClosed(2));
        Assert.Equal(4, await lab.PassiveCountAsync());
    }

    [Fact]
    public async Task A_case_out_of_memory_shows_the_same_in_look_ups_lists_details_and_timelines()
    {
        await using var lab = await LongClosedAsync(1234, 2);
        var before = await EverythingAsync(lab);

        await lab.PassivateAsync();
        Assert.Equal(2, await lab.PassiveCountAsync());
        Assert.Equal(before, await EverythingAsync(lab));

        await lab.RestartAsync();
        Assert.Equal(2, await lab.PassiveCountAsync());
        Assert.Equal(before, await EverythingAsync(lab));
        Assert.Contains("case.filed", before, StringComparison.Ordinal);
        Assert.Contains("case.closed", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_at_a_case_does_not_bring_it_back_into_memory()
    {
        await using var lab = await LongClosedAsync(1234);
        await lab.PassivateAsync();

        Assert.IsType<CaseState.Closed>(await lab.LookAsync(s_number));

        Assert.Equal(1, await lab.PassiveCountAsync());
    }

    [Fact]
    public async Task A_late_payment_brings_a_case_back_with_all_that_it_had()
    {
        await using var lab = await LongClosedAsync(1234);
        await lab.AcceptedAsync(s_number, new ReceiveFunds(100, "S-1", "乙", Day(11)));
        await lab.PassivateAsync();

        Assert.Equal(GrainReply.Rejected("funds.serial-repeated", "data.serial"), await lab.TellAsync(s_number, new ReceiveFunds(100, "S-1", "乙", Day(300))));
        await lab.AcceptedAsync(s_number, new ReceiveFunds(25, "S-2", "乙", Day(300)));

        Assert.Equal(0, await lab.PassiveCountAsync());
        var state = Assert.IsType<CaseState.Closed>(await lab.LookAsync(s_number));
        Assert.Equal((125, Day(10)), (state.File.Funds.InFen, state.ClosedAt));
        Assert.Null(await lab.CheckAsync());
    }

    [Fact]
    public async Task A_revoked_closing_brings_a_case_back_into_the_stock()
    {
        await using var lab = await LongClosedAsync(1234);
        await lab.PassivateAsync();
        Assert.Equal(new(1, 0, 0, 0, 0), await lab.StockAsync(ShippedConfig.Pudong)); // The open case whose event moved the time.

        await lab.AcceptedAsync(s_number, new RevokeClosing("撤销", Day(300)));

        Assert.Equal(new(2, 0, 0, 0, 0), await lab.StockAsync(ShippedConfig.Pudong));
        Assert.IsType<CaseState.Open>(await lab.LookAsync(s_number));
        Assert.Null(await lab.CheckAsync());
    }

    [Fact]
    public async Task A_terminal_case_out_of_memory_leaves_the_terminal_stock_when_it_is_reinstated()
    {
        await using var lab = await LongClosedAsync(1234);
        var terminal = NewCase.Number(7);
        await FileAsync(lab, terminal);
        await lab.AcceptedAsync(terminal, new CloseCase(CloseWay.Terminal, Day(10)));
        await lab.PassivateAsync();
        Assert.Equal(1, (await lab.StockAsync(ShippedConfig.Pudong)).Terminal);

        await lab.AcceptedAsync(NewCase.Number(8, "执恢"), NewCase.Filing(Day(350), "执恢", terminal, number: 8));

        Assert.Equal(0, (await lab.StockAsync(ShippedConfig.Pudong)).Terminal);
        Assert.Equal(NewCase.Number(8, "执恢"), Assert.IsType<CaseState.Closed>(await lab.LookAsync(terminal)).ReinstatedAs);
        Assert.Null(await lab.CheckAsync());
    }

    [Fact]
    public async Task A_replay_from_before_a_second_passivation_finds_the_state_of_its_own_time()
    {
        await using var lab = await LongClosedAsync(1234);
        await lab.AcceptedAsync(s_number, new ReceiveFunds(100, "S-1", "乙", Day(11)));
        await lab.PassivateAsync();
        await lab.SnapshotAsync();
        var old = lab.CopySnapshots();
        await lab.AcceptedAsync(s_number, new ReceiveFunds(25, "S-2", "乙", Day(300)));
        await lab.PassivateAsync();
        await lab.AcceptedAsync(s_number, new ReverseFunds(5, "R-1", "S-2", Day(301)));
        await lab.PassivateAsync();
        await lab.SnapshotAsync();
        var living = await lab.ImageAsync();
        Assert.Equal(1, await lab.PassiveCountAsync());

        await lab.RestartFromAsync(old);

        Assert.Contains(lab.Observer.Lines, line => line.EndsWith("replayed 2", StringComparison.Ordinal));
        Assert.Equal(living, await lab.ImageAsync());
        Assert.Equal(120, Assert.IsType<CaseState.Closed>(await lab.LookAsync(s_number)).File.Funds.InFen);

        await lab.RebuildAsync();
        Assert.Equal(living, await lab.ImageAsync());
    }

    [Fact]
    public async Task Repeats_of_a_case_out_of_memory_are_duplicates()
    {
        await using var lab = await LongClosedAsync(1234);
        var payment = lab.Fact(s_number, new ReceiveFunds(100, "S-1", "乙", Day(11)));
        Assert.Equal(Outcome.Accepted, (await lab.TellAsync(payment)).Outcome);
        await lab.PassivateAsync();
        var before = await lab.ImageAsync();

        Assert.Equal(Outcome.Duplicate, (await lab.TellAsync(payment)).Outcome);
        Assert.Equal(
            GrainReply.Rejected("event.id-conflict", "id"),
            await lab.TellAsync(payment with { Envelope = payment.Envelope with { ContentHash = payment.Envelope.ContentHash + 1 } }));

        Assert.Equal(1, await lab.PassiveCountAsync());
        Assert.Equal(before, await lab.ImageAsync());
    }

    // Cases closed on day 10 and one open case whose event on day 250 is the latest.
    private static async Task<GrainLab> LongClosedAsync(params int[] numbers)
    {
        var lab = await GrainLab.OpenAsync(partitions: 1);
        var open = NewCase.Number(9_999);
        await FileAsync(lab, [open, .. numbers.Select(number => NewCase.Number(number))]);
        foreach (var number in numbers)
        {
            await lab.AcceptedAsync(NewCase.Number(number), new CloseCase(CloseWay.Performed, Day(10)));
        }

        await lab.AcceptedAsync(open, new ChangeClaim(5, Day(250)));
        return lab;
    }

    private static async Task FileAsync(GrainLab lab, params CaseNumber[] numbers)
    {
        foreach (var number in numbers)
        {
            await lab.AcceptedAsync(number, NewCase.Filing(Day(0), number: number.Number));
        }
    }

    private static async Task<string> EverythingAsync(GrainLab lab)
    {
        var api = new Api(lab);
        return string.Join(
            '\n',
            await lab.ImageAsync(),
            StateText.Of(await api.CasesAsync(new CaseParameters { Query = "甲" })),
            StateText.Of(await api.CasesAsync(new CaseParameters { Status = "closed", Way = "WB", Sort = "-number" })),
            StateText.Of(await api.CaseAsync(s_number)));
    }
}
