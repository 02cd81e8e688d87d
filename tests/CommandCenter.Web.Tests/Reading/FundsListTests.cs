using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Tests.Access;
using CommandCenter.Web.Tests.Grains;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging.Abstractions;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Reading;

/// <summary>Behind every sum of money lie the payments that it is made of.</summary>
public sealed class FundsListTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. LongRun.Seeds(700, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_payments_of_a_period_add_up_to_the_figure_in_every_court_also_after_a_restart(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1 + (seed % 4));
        var run = new CityRun(seed, lab);
        await run.TellAsync(200);
        var book = new FundsBook(lab.Host, lab.Time);
        using var follower = Follower(lab, book);
        await follower.TurnAsync(Cancellation);
        await run.TellAsync(150);
        await follower.TurnAsync(Cancellation);
        var compared = await CompareAsync(lab, run.Naive, book);
        Assert.True(compared > 8, $"Only {compared} sums were above zero.");

        await lab.RestartAsync();
        var again = new FundsBook(lab.Host, lab.Time);
        await ReadAsync(lab, again);
        Assert.Equal(compared, await CompareAsync(lab, run.Naive, again));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Paging_visits_each_payment_once_from_the_latest_to_the_first(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1 + (seed % 4));
        var run = new CityRun(seed, lab);
        await run.TellAsync(350);
        var book = new FundsBook(lab.Host, lab.Time);
        await ReadAsync(lab, book);
        var whole = await AskAsync(lab, book, new FundsParameters { Direction = "in", From = "2017-01-01", To = "2018-06-01", Size = "500" });
        Assert.True(whole.Items.Count > 10, $"Only {whole.Items.Count} payments.");
        Assert.Equal(whole.Items.OrderByDescending(item => item.At).Select(item => item.At), whole.Items.Select(item => item.At));

        var seen = new List<FundsRow>();
        string? next = null;
        string? previous;
        do
        {
            var page = await AskAsync(lab, book, new FundsParameters { Direction = "in", From = "2017-01-01", To = "2018-06-01", Size = "3", Page = next });
            Assert.Equal((whole.Total, whole.SumFen), (page.Total, page.SumFen));
            seen.AddRange(page.Items);
            next = page.NextPage;
            previous = page.PreviousPage;
        }
        while (next is not null);

        Assert.Equal(whole.Items, seen);

        // And back again, to a first page that is whole.
        var back = new List<FundsRow>();
        while (previous is not null)
        {
            var page = await AskAsync(lab, book, new FundsParameters { Direction = "in", From = "2017-01-01", To = "2018-06-01", Size = "3", Page = previous });
            Assert.Equal(3, page.Items.Count);
            back.InsertRange(0, page.Items);
            previous = page.PreviousPage;
        }

        Assert.Equal(whole.Items.Take(back.Count), back);
        Assert.InRange(whole.Items.Count - back.Count, 1, 3);
    }

    [Fact]
    public async Task A_reversal_is_a_row_of_its_own_on_the_day_of_the_reversal()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        await lab.AcceptedAsync(NewCase.Number(1), NewCase.Filing(Day(0), number: 1));
        await lab.AcceptedAsync(NewCase.Number(1), new ReceiveFunds(500, "S-1", "乙", Day(1)));
        await lab.AcceptedAsync(NewCase.Number(1), new ReverseFunds(120, "R-1", "S-1", Day(2)));
        var book = new FundsBook(lab.Host, lab.Time);
        await ReadAsync(lab, book);

        var page = await AskAsync(lab, book, new FundsParameters { Direction = "in", From = "2017-09-02", To = "2017-09-04" });
        var day = await AskAsync(lab, book, new FundsParameters { Direction = "in", From = "2017-09-03", To = "2017-09-04" });

        Assert.Equal(
            [new FundsRow(Day(2), "沪0115", "(2017)沪0115执1号", -120, true), new FundsRow(Day(1), "沪0115", "(2017)沪0115执1号", 500, false)], page.Items);
        Assert.Equal((380, 380, -120, -120), (page.SumFen, page.FigureFen, day.SumFen, day.FigureFen));
        Assert.Equal(0, (await AskAsync(lab, book, new FundsParameters { Direction = "out", From = "2017-09-01", To = "2017-10-01" })).Total);
    }

    [Fact]
    public async Task Today_is_asked_for_unless_a_time_is_given()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        await lab.AcceptedAsync(NewCase.Number(1), NewCase.Filing(Day(-3), number: 1));
        await lab.AcceptedAsync(NewCase.Number(1), new ReceiveFunds(1, "S-1", "乙", Day(-1)));
        await lab.AcceptedAsync(NewCase.Number(1), new ReceiveFunds(20, "S-2", "乙", Day(0)));
        var book = new FundsBook(lab.Host, lab.Time);
        await ReadAsync(lab, book);

        Assert.Equal(20, (await AskAsync(lab, book, new FundsParameters { Direction = "in" })).SumFen);
    }

    [Fact]
    public async Task When_there_are_too_many_the_first_days_are_given_up_and_asking_for_them_is_refused()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        await lab.AcceptedAsync(NewCase.Number(1), NewCase.Filing(Day(-30), number: 1));
        foreach (var day in Enumerable.Range(0, 10))
        {
            await lab.AcceptedAsync(NewCase.Number(1), new ReceiveFunds(1, $"S-{day}", "乙", Day(day)));
        }

        var book = new FundsBook(lab.Host, lab.Time, movementsMax: 4);
        await ReadAsync(lab, book);

        Assert.Equal(new DateOnly(2017, 9, 7), book.From);
        Assert.Equal(4, (await AskAsync(lab, book, new FundsParameters { Direction = "in", From = "2017-09-07", To = "2018-01-01" })).Total);
        Assert.Equal("query.funds-not-kept", await CodeAsync(lab, book, new FundsParameters { Direction = "in", From = "2017-09-06", To = "2018-01-01" }));
    }

    [Fact]
    public async Task Until_the_journal_was_read_an_answer_is_put_off()
    {
        await using var lab = await GrainLab.OpenAsync();
        var book = new FundsBook(lab.Host, lab.Time);

        Assert.Equal("query.funds-being-read", await CodeAsync(lab, book, new FundsParameters { Direction = "in" }));

        await ReadAsync(lab, book);
        Assert.Equal(0, (await AskAsync(lab, book, new FundsParameters { Direction = "in" })).Total);
        Assert.Equal("query.funds-not-kept", await CodeAsync(lab, book, new FundsParameters { Direction = "in", From = "2016-12-31" }));
    }

    [Theory]
    [InlineData("scope.unknown", "沪9999", "in", null, null, null)]
    [InlineData("query.bad-direction", null, null, null, null, null)]
    [InlineData("query.bad-direction", null, "both", null, null, null)]
    [InlineData("query.bad-from", null, "in", "today", null, null)]
    [InlineData("query.bad-from", null, "in", "2017-09-02", "2017-09-01", null)]
    [InlineData("query.bad-to", null, "in", null, "2017-13-01", null)]
    [InlineData("query.bad-size", null, "in", null, null, "501")]
    public async Task A_bad_parameter_is_named_by_its_code(string code, string? scope, string? direction, string? from, string? to, string? size)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        var book = new FundsBook(lab.Host, lab.Time);
        await ReadAsync(lab, book);

        Assert.Equal(code, await CodeAsync(lab, book, new FundsParameters { Scope = scope, Direction = direction, From = from, To = to, Size = size }));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("!")]
    [InlineData("MTIz")]
    public async Task A_page_that_nobody_gave_is_refused(string page)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        var book = new FundsBook(lab.Host, lab.Time);
        await ReadAsync(lab, book);

        Assert.Equal("query.bad-page", await CodeAsync(lab, book, new FundsParameters { Direction = "in", Page = page }));
    }

    private static async Task<int> CompareAsync(GrainLab lab, NaiveCity naive, FundsBook book)
    {
        var compared = 0;
        var kept = Shanghai(2017, 1, 1);
        foreach (var court in lab.Host.Courts.Courts)
        {
            var marks = court.Scope.Select(inferior => inferior.Mark).ToHashSet();
            foreach (var (from, to) in new[] { ("2017-01-01", "2019-01-01"), ("2017-06-01", "2017-07-01"), ("2017-09-01", "2017-09-02") })
            {
                foreach (var direction in new[] { "in", "out" })
                {
                    var page = await AskAsync(lab, book, new FundsParameters { Scope = court.Mark, Direction = direction, From = from, To = to });
                    var period = naive.Sum(marks, kept > Start(from) ? kept : Start(from), Start(to));
                    var expected = direction == "in" ? period.FundsInFen : period.FundsOutFen;

                    Assert.Equal((court.Mark, from, direction, expected, (long?)expected), (court.Mark, from, direction, page.SumFen, page.FigureFen));
                    var what = direction == "in" ? What.FundsIn : What.FundsOut;
                    Assert.Equal(naive.Happenings.LongCount(h => marks.Contains(h.Court) && h.What == what && h.At >= Start(from) && h.At < Start(to)), page.Total);
                    compared += expected == 0 ? 0 : 1;
                }
            }
        }

        return compared;
    }

    private static DateTimeOffset Start(string day) => QueryTime.TryParse(day, out var at) ? at : throw new ArgumentException(day, nameof(day));

    private static JournalFollower Follower(GrainLab lab, FundsBook book) => new(lab.Host, [book], lab.Time, NullLogger<JournalFollower>.Instance);

    private static async Task ReadAsync(GrainLab lab, FundsBook book)
    {
        using var follower = Follower(lab, book);
        await follower.TurnAsync(Cancellation);
    }

    private static async Task<FundsPage> AskAsync(GrainLab lab, FundsBook book, FundsParameters asked)
    {
        var (page, fault) = await new FundsList(lab.Host, book, lab.Time).FindAsync(Viewers.Command, asked, Cancellation);
        Assert.Null(fault);
        return page!;
    }

    private static async Task<string> CodeAsync(GrainLab lab, FundsBook book, FundsParameters asked) =>
        Api.CodeOf(Assert.IsType<ProblemHttpResult>(await new FundsList(lab.Host, book, lab.Time).GetAsync(Viewers.Command, asked, Cancellation)));
}
