using System.Globalization;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Tests.Grains;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Reading;

/// <summary>Behind every figure lies the list of the very cases that it counts, in every court, area and in the city.</summary>
public sealed class FigureListTests
{
    private static readonly CaseParameters s_main = new() { Kind = "main", Size = "500" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. LongRun.Seeds(500, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_cases_received_in_a_day_a_month_or_a_year_are_as_many_as_the_figure_says_and_the_same_ones(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1 + (seed % 4));
        var run = new CityRun(seed, lab);
        await run.TellAsync(350);
        var filed = await FiledAsync(lab, run.City.Cases);

        await ForEveryPeriodAsync(lab, run.Naive, async (court, marks, period, from, to) =>
        {
            var page = await AskAsync(lab, s_main with { Scope = court.Mark, FiledFrom = Text(from), FiledTo = Text(to) });
            var expected = filed.Where(file => marks.Contains(file.Number.CourtMark) && IsMain(file) && Lies(file.FiledAt, from, to));

            Assert.Equal((court.Mark, from, period.Received, (long?)period.Received), (court.Mark, from, page.Total, page.Figure));
            Assert.Equal(Sorted(expected), Sorted(page));
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_cases_closed_in_a_period_are_as_many_as_the_figure_says_unless_closings_were_revoked(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1 + (seed % 4));
        var run = new CityRun(seed, lab);
        await run.TellAsync(350);
        var closed = (await HeldAsync(lab, run.City.Cases)).OfType<CaseState.Closed>().ToArray();
        var revoked = run.Naive.Happenings.Where(happening => happening is { What: What.Revoked, IsMain: true }).ToArray();
        var equal = 0;

        await ForEveryPeriodAsync(lab, run.Naive, async (court, marks, period, from, to) =>
        {
            var page = await AskAsync(lab, s_main with { Scope = court.Mark, ClosedFrom = Text(from), ClosedTo = Text(to) });
            var expected = closed.Where(state => marks.Contains(state.File.CourtMark) && IsMain(state.File) && Lies(state.ClosedAt, from, to));

            Assert.Equal(Sorted(expected.Select(state => state.File)), Sorted(page));
            Assert.Equal(period.Closed, page.Figure); // Closings less closings revoked: what the wall shows.
            if (!revoked.Any(happening => marks.Contains(happening.Court) && happening.At >= Start(from)))
            {
                Assert.Equal(page.Figure, page.Total);
                equal += page.Total > 0 ? 1 : 0;
            }
        });

        Assert.True(equal > 0 || revoked.Length > 0, "Nothing was compared.");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_stocks_are_as_many_cases_as_the_figures_say_also_after_a_restart(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1 + (seed % 4));
        var run = new CityRun(seed, lab);
        await run.TellAsync(350);
        for (var start = 0; start < 2; start++)
        {
            foreach (var court in lab.Host.Courts.Courts)
            {
                var marks = court.Scope.Select(inferior => inferior.Mark).ToHashSet();
                var pending = marks.Sum(mark => run.Naive.OpenIn(mark, CaseClass.First) + run.Naive.OpenIn(mark, CaseClass.Reinstated));
                var terminal = marks.Sum(run.Naive.TerminalIn);

                var open = await AskAsync(lab, s_main with { Scope = court.Mark, Status = "pending" });
                var stock = await AskAsync(lab, s_main with { Scope = court.Mark, Terminal = "true" });

                Assert.Equal((court.Mark, pending, (long?)pending), (court.Mark, open.Total, open.Figure));
                Assert.Equal((court.Mark, terminal, (long?)terminal), (court.Mark, stock.Total, stock.Figure));
            }

            await lab.RestartAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_overdue_cases_are_as_many_as_the_wall_counts(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1 + (seed % 4));
        var run = new CityRun(seed, lab);
        await run.TellAsync(350);
        lab.Time.Advance(TimeSpan.FromDays(250));
        var now = lab.Time.GetUtcNow();
        var counted = (await lab.Host.AskScopeAsync(lab.Host.Courts.Root, model => PartitionFigures.Overdue(model, lab.Host, now), Cancellation)).ToArray();

        foreach (var court in lab.Host.Courts.Courts)
        {
            var figure = court.Scope.Sum(inferior => counted.Sum(part => part[inferior.Index]));
            var page = await AskAsync(lab, s_main with { Scope = court.Mark, Overdue = "true" });

            Assert.Equal((court.Mark, figure), (court.Mark, page.Total));
            Assert.All(page.Items, item => Assert.True(item.Overdue));
        }

        Assert.True(counted.Sum(part => part.Sum()) > 0, "No case is overdue, so nothing was compared.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_case_that_moved_on_stays_received_where_it_was_filed_and_is_pending_where_it_lies(bool samePartition)
    {
        await using var lab = await GrainLab.OpenAsync();
        var other = lab.OtherCourt(ShippedConfig.Pudong, samePartition);
        await lab.AcceptedAsync(NewCase.Number(1), NewCase.Filing(Day(0), number: 1));
        await lab.AcceptedAsync(NewCase.Number(1), new TransferCase(other, Day(1)));

        var received = await AskAsync(lab, s_main with { Scope = ShippedConfig.Pudong, FiledFrom = "2017-09-01", FiledTo = "2017-09-02" });
        var elsewhere = await AskAsync(lab, s_main with { Scope = other, FiledFrom = "2017-09-01", FiledTo = "2017-09-02" });
        var city = await AskAsync(lab, s_main with { FiledFrom = "2017-09-01", FiledTo = "2017-09-02" });
        var pending = await AskAsync(lab, s_main with { Scope = other, Status = "pending" });

        Assert.Equal((1, 1, 0, 0, 1, 1), (received.Total, received.Figure, elsewhere.Total, elsewhere.Figure, city.Total, city.Figure));
        Assert.Equal((1, 1, "open"), (pending.Total, pending.Figure, Assert.Single(pending.Items).Status));
        Assert.Equal(samePartition ? "open" : "moved", Assert.Single(received.Items).Status);
    }

    [Fact]
    public async Task A_period_begins_with_its_first_moment_in_Shanghai_and_ends_before_its_last()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        DateTimeOffset[] moments = [Shanghai(2017, 9, 1).AddSeconds(-1), Shanghai(2017, 9, 1), Shanghai(2017, 9, 2).AddSeconds(-1), Shanghai(2017, 9, 2)];
        foreach (var (i, at) in moments.Index())
        {
            await lab.AcceptedAsync(NewCase.Number(i + 1), NewCase.Filing(at, number: i + 1));
        }

        string[] froms = ["2017-09-01", "2017-09-01T00:00:00+08:00", "2017-08-31T16:00:00Z"];
        foreach (var from in froms)
        {
            var page = await AskAsync(lab, s_main with { FiledFrom = from, FiledTo = "2017-09-02", Sort = "filedAt" });
            Assert.Equal(["(2017)沪0115执2号", "(2017)沪0115执3号"], page.Items.Select(item => item.Number));
            Assert.Equal(2, page.Figure);
        }

        Assert.Equal(3, (await AskAsync(lab, s_main with { FiledFrom = "2017-09-01" })).Total);
        Assert.Equal(3, (await AskAsync(lab, s_main with { FiledTo = "2017-09-02" })).Figure);
        Assert.Equal(0, (await AskAsync(lab, s_main with { FiledFrom = "2017-09-01", FiledTo = "2017-09-01" })).Total);

        // A part of a day is a list and no figure.
        var part = await AskAsync(lab, s_main with { FiledFrom = "2017-09-01T00:00:01+08:00", FiledTo = "2017-09-02" });
        Assert.Equal((1, null), (part.Total, part.Figure));
    }

    [Fact]
    public async Task A_closing_of_an_earlier_month_revoked_in_this_one_is_in_the_figure_and_in_no_list()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        foreach (var number in new[] { 1, 2 })
        {
            await lab.AcceptedAsync(NewCase.Number(number), NewCase.Filing(Day(0), number: number));
        }

        await lab.AcceptedAsync(NewCase.Number(1), new CloseCase(CloseWay.Performed, Day(5)));
        await lab.AcceptedAsync(NewCase.Number(1), new RevokeClosing("撤销", Day(35)));
        await lab.AcceptedAsync(NewCase.Number(2), new CloseCase(CloseWay.Performed, Day(36)));

        var page = await AskAsync(lab, s_main with { ClosedFrom = "2017-10-01", ClosedTo = "2017-11-01" });

        Assert.Equal((1, 0), (page.Total, page.Figure));
    }

    private static async Task ForEveryPeriodAsync(
        GrainLab lab, NaiveCity naive, Func<Court, HashSet<string>, NaiveTotals, DateOnly, DateOnly, Task> checkAsync)
    {
        DateOnly[] days = [.. naive.Happenings.Select(happening => DateOnly.FromDateTime(happening.At.ToOffset(TimeSpan.FromHours(8)).DateTime)).Distinct().Order()];
        foreach (var court in lab.Host.Courts.Courts)
        {
            var marks = court.Scope.Select(inferior => inferior.Mark).ToHashSet();
            foreach (var day in new[] { days[days.Length / 4], days[days.Length / 2], days[^1] })
            {
                foreach (var from in new[] { day, new DateOnly(day.Year, day.Month, 1), new DateOnly(day.Year, 1, 1) })
                {
                    await checkAsync(court, marks, naive.Sum(marks, Start(from), Start(day.AddDays(1))), from, day.AddDays(1));
                }
            }
        }
    }

    private static async Task<CasePage> AskAsync(GrainLab lab, CaseParameters asked) => await new Api(lab).CasesAsync(asked);

    // In the court that filed it: there the state of filing stays, however far the case went.
    private static async Task<IReadOnlyList<CaseFile>> FiledAsync(GrainLab lab, IEnumerable<CaseNumber> numbers)
    {
        var files = new List<CaseFile>();
        foreach (var number in numbers)
        {
            if (await lab.LookAsync(number) is { FileOrNull: { } file })
            {
                files.Add(file);
            }
        }

        return files;
    }

    private static async Task<IReadOnlyList<CaseState>> HeldAsync(GrainLab lab, IEnumerable<CaseNumber> numbers)
    {
        var states = new List<CaseState>();
        foreach (var number in numbers)
        {
            for (var partition = 0; partition < lab.Host.PartitionCount; partition++)
            {
                if (await lab.Host.AskAsync(partition, model => model.Look(number), Cancellation) is { } state and not CaseState.Moved)
                {
                    states.Add(state);
                }
            }
        }

        return states;
    }

    private static bool IsMain(CaseFile file) => file.Number.Type.Class is CaseClass.First or CaseClass.Reinstated;

    private static bool Lies(DateTimeOffset at, DateOnly from, DateOnly to) => at >= Start(from) && at < Start(to);

    private static DateTimeOffset Start(DateOnly day) => Shanghai(day.Year, day.Month, day.Day);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Sorted(IEnumerable<CaseFile> files) => files.Select(file => file.Number.ToString()).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Sorted(CasePage page) => page.Items.Select(item => item.Number).Order(StringComparer.Ordinal);
}
