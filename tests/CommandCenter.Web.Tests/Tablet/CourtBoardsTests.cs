using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Tablet;
using CommandCenter.Web.Tests.Grains;
using CommandCenter.Web.Tests.Watch;

namespace CommandCenter.Web.Tests.Tablet;

/// <summary>A board against the same figures counted the slow and obvious way from whole states.</summary>
public sealed class CourtBoardsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_counts_of_a_random_city_are_those_of_its_states(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 2);
        await new CityRun(seed, lab).TellAsync(600);
        await lab.SettleAsync();
        lab.Time.Advance(TimeSpan.FromDays(200));
        using var watch = WatchLab.Open(lab);
        var boards = new CourtBoards(lab.Host, watch, lab.Time);
        var now = lab.Time.GetUtcNow();
        var today = ShanghaiTime.DayOf(now);
        List<CaseState> states = [];
        for (var partition = 0; partition < lab.Host.PartitionCount; partition++)
        {
            states.AddRange(await lab.Host.AskAsync(
                partition, static model => Enumerable.Range(0, model.Cases.Count).Select(place => model.Look(model.Cases[place].Number)!).ToArray(), TestContext.Current.CancellationToken));
        }

        long seen = 0;
        foreach (var court in lab.Host.Courts.Courts)
        {
            var handlers = (await boards.ReadAsync(court))!.Handlers;
            var mine = states.Where(state => state is CaseState.Open or CaseState.Closed && state.FileOrNull!.CourtMark == court.Mark).ToArray();
            var open = mine.OfType<CaseState.Open>().Select(static state => state.File).ToArray();
            var main = open.Where(static file => file.Number.Type.Class is CaseClass.First or CaseClass.Reinstated).ToArray();
            var running = main.Where(static file => file.Suspensions.Count == 0).ToArray();
            var controls = open.SelectMany(static file => file.Properties).Select(property => property.Until.DayNumber - today.DayNumber).ToArray();
            var held = mine.Select(static state => state.FileOrNull!.Funds.HeldFen).Where(static fen => fen > 0).ToArray();

            Assert.Equal(main.Length, handlers.Sum(static board => board.Pending));
            Assert.Equal(running.Count(file => now > CaseRow.DueAtOf(file)), handlers.Sum(static board => board.Overdue));
            Assert.Equal(controls.Count(static days => days < 0), handlers.Sum(static board => board.Lapsed));
            Assert.Equal((held.Length, held.Sum()), (handlers.Sum(static board => board.Waiting.Cases), handlers.Sum(static board => board.Waiting.Fen)));
            for (var i = 0; i < BoardDays.Ahead.Count; i++)
            {
                var ahead = BoardDays.Ahead[i];
                Assert.Equal(controls.Count(days => days >= 0 && days <= ahead), handlers.Sum(board => board.ControlsWithin[i]));
                Assert.Equal(
                    running.Count(file => now <= CaseRow.DueAtOf(file) && ShanghaiTime.DayOf(CaseRow.DueAtOf(file).AddTicks(-1)).DayNumber - today.DayNumber <= ahead),
                    handlers.Sum(board => board.LimitsWithin[i]));
            }

            seen += main.Length;
        }

        Assert.True(seen > 0, "The city has no pending case.");
    }
}
