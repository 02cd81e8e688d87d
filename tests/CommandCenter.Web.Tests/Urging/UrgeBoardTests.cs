using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Access;
using CommandCenter.Web.Tests.Access;
using CommandCenter.Web.Tests.Grains;
using CommandCenter.Web.Urging;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Urging;

public sealed class UrgeBoardTests
{
    private static readonly CaseNumber s_here = NewCase.Number(1);
    private static readonly CaseNumber s_there = NewCase.Number(2, court: ShippedConfig.Huangpu);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_board_knows_every_urge_of_a_pending_case_also_from_a_snapshot_and_from_the_journal_alone()
    {
        await using var lab = await UrgedAsync();
        var board = new UrgeBoard(lab.Host);
        Assert.Equal([s_here, s_there], await NumbersAsync(board, lab, Viewers.Command));
        Assert.Equal([s_here], await NumbersAsync(board, lab, Viewers.Of(Role.CourtChief, ShippedConfig.Pudong)));
        Assert.Equal([s_here], await NumbersAsync(board, lab, Viewers.Of(Role.Handler, ShippedConfig.Pudong, "judge-1")));
        Assert.Empty(await NumbersAsync(board, lab, Viewers.Of(Role.Handler, ShippedConfig.Pudong, "judge-2")));
        Assert.Empty(await NumbersAsync(board, lab, Viewers.Of(Role.Handler, ShippedConfig.Pudong, "")));

        await lab.SnapshotAsync();
        await lab.RestartAsync();
        Assert.Equal([s_here, s_there], await NumbersAsync(new UrgeBoard(lab.Host), lab, Viewers.Command));
        await lab.RebuildAsync();
        Assert.Equal([s_here, s_there], await NumbersAsync(new UrgeBoard(lab.Host), lab, Viewers.Command));
    }

    [Fact]
    public async Task A_reply_another_handler_and_a_closing_are_seen_at_once()
    {
        await using var lab = await UrgedAsync();
        var board = new UrgeBoard(lab.Host);
        _ = await NumbersAsync(board, lab, Viewers.Command);

        await lab.AcceptedAsync(s_here, new AnswerUrge("U-1", "已办", "承办人", Day(4)));
        Assert.NotNull((await ReadAsync(board, lab, Viewers.Of(Role.CourtChief, ShippedConfig.Pudong))).Single().Urge.Answer);
        await lab.AcceptedAsync(s_here, new AssignCase("judge-2", Day(5)));
        Assert.Equal([s_here], await NumbersAsync(board, lab, Viewers.Of(Role.Handler, ShippedConfig.Pudong, "judge-2")));
        await lab.AcceptedAsync(s_there, new CloseCase(CloseWay.Performed, Day(6)));
        Assert.Equal([s_here], await NumbersAsync(board, lab, Viewers.Command));
    }

    private static async Task<GrainLab> UrgedAsync()
    {
        var lab = await GrainLab.OpenAsync();
        foreach (var number in new[] { s_here, s_there })
        {
            await lab.AcceptedAsync(number, NewCase.Filing(Day(0)) with { Number = number, CourtMark = number.CourtMark });
            await lab.AcceptedAsync(number, new AssignCase("judge-1", Day(1)));
            await lab.AcceptedAsync(number, new UrgeCase("U-1", UrgeAbout.Limit, null, "局长", null, Day(2)));
        }

        return lab;
    }

    private static Task<IReadOnlyList<UrgeItem>> ReadAsync(UrgeBoard board, GrainLab lab, Viewer viewer) => board.ReadAsync(ViewScope.Of(viewer, lab.Host.Courts), Token);

    private static async Task<IEnumerable<CaseNumber>> NumbersAsync(UrgeBoard board, GrainLab lab, Viewer viewer) =>
        (await ReadAsync(board, lab, viewer)).Select(static item => item.Number).OrderBy(static number => number.Number);
}
