using System.Text.Json;
using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Indicators;
using CommandCenter.Testing;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Tests.Intake;
using CommandCenter.Web.Tests.Wall;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Recount;

/// <summary>Which marks turn when a cell differs: those of the figures that rest on it, and no others.</summary>
public sealed class RecountMarksTests
{
    private const string Court = ShippedConfig.Pudong;
    private const string Other = "沪0104";

    private static readonly DateTimeOffset s_now = TestCalendar.Shanghai(2017, 9, 20, 10, 2);
    private static readonly DateTimeOffset s_today = TestCalendar.Shanghai(2017, 9, 20);

    /// <summary>The cell, and the marks of city and court that must turn.</summary>
    public static TheoryData<string, string, string> Cells => new()
    {
        { "fundsIn 5m 2017-09-20T09:55", "in.today in.month in.year chart", "in" },
        { "fundsIn 1d 2017-09-20T00:00", "in.today in.month in.year chart", "in" },
        { "fundsOutReversed 5m 2017-09-19T09:55", "out.month out.year", "" },
        { "fundsOut 5m 2017-09-19T10:05", "out.month out.year chart", "" },
        { "received.执恢 5m 2017-09-20T08:00", "received.today received.month received.year pending.month pending.year", "received" },
        { "received.执保 5m 2017-09-20T08:00", "", "" },
        { "revoked.执 1d 2017-03-20T00:00", "closed.year pending.year core4", "" },
        { "closed.执 5m 2015-09-20T08:00", "core4", "" },
        { "petitionsAnswered 1d 2016-09-20T00:00", "core3", "" },
        { "petitionsAnswered 1d 2013-09-20T00:00", "", "" },
        { "pending.执 now", "pending.today core4", "pending" },
        { "terminalStock now", "terminal", "" },
        { "overdue now", "overdue", "overdue" },
        { "controlsLapsed now", "controls", "" },
        { "controlsWithin.30 now", "controls", "" },
        { "officersOnDuty now", "rollcall", "" },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_that_differs_turns_the_marks_of_the_figures_that_rest_on_it(string cell, string city, string court)
    {
        var parts = cell.Split(' ');
        var at = parts.Length == 3 ? DateTimeOffset.Parse(parts[2] + "+08:00", System.Globalization.CultureInfo.InvariantCulture) : (DateTimeOffset?)null;
        var marks = new RecountMarks(Report(new RecountDifference(Court, at, parts[1], parts[0], 101, 100)), s_now);

        Assert.Equal(Words(city), RecountMarks.Figures.Where(figure => marks.Of(figure).State == RecountState.Differs).Order());
        Assert.Equal(Words(court), RecountMarks.CourtFigures.Where(one => marks.Of(one.Figure, Court).State == RecountState.Differs).Select(one => one.Name).Order());
        Assert.All(RecountMarks.CourtFigures, one => Assert.Equal(RecountState.Proved, marks.Of(one.Figure, Other).State));
    }

    [Fact]
    public void Every_figure_of_the_wall_has_cells_or_no_source()
    {
        var view = WallPresenter.Present(new MovingCity(TimeProvider.System).Read(), WallLanguage.Zh);

        Assert.Empty(view.Totals.Keys.Except(RecountMarks.Figures));
        Assert.Empty(view.Indicators.Where(indicator => indicator.Condition != IndicatorCondition.NoSource).Select(indicator => indicator.Code)
            .Except(RecountMarks.Figures).Except(["core1", "core2"]));
    }

    [Fact]
    public void Every_name_of_a_cell_has_words_in_both_languages()
    {
        var names = Enumerable.Range(0, NaiveCourt.Figures).Select(CellTable.NameOf).Concat(Enum.GetValues<CountedStock>().Select(CellTable.NameOf));

        Assert.All(names, name => Assert.Contains("cell." + name.Split('.')[0], WallTexts.Keys));
    }

    [Fact]
    public void A_stopped_partition_makes_its_courts_and_the_city_unknown()
    {
        var report = Report() with { Partitions = [Proof(0, Court), Proof(1, Other) with { State = RecountState.Unknown, Fault = "partition.stopped" }] };
        var marks = new RecountMarks(report, s_now);

        Assert.Equal(RecountState.Proved, marks.Of("in.today", Court).State);
        Assert.Equal(RecountState.Unknown, marks.Of("in.today", Other).State);
        Assert.Equal(RecountState.Unknown, marks.Of("in.today").State);
    }

    [Fact]
    public void More_differences_than_are_kept_leave_no_figure_of_their_court_proved()
    {
        var report = Report() with { Partitions = [Proof(0, Court, Other) with { State = RecountState.Differs, Courts = [new CourtProof(Court, 9_000, 2_000, [new RecountDifference(Court, s_today, "1d", "irregular", 1, 2)])] }] };
        var marks = new RecountMarks(report, s_now);

        Assert.All(RecountMarks.CourtFigures, one => Assert.Equal(RecountState.Differs, marks.Of(one.Figure, Court).State));
        Assert.All(RecountMarks.CourtFigures, one => Assert.Equal(RecountState.Proved, marks.Of(one.Figure, Other).State));
    }

    [Theory]
    [InlineData("zh", "浦东新区 2017-09-20 09:55 款入：显示 1.01 元，日志 1.00 元")]
    [InlineData("en", "Pudong 2017-09-20 09:55 money in: shown ¥1.01, the journal says ¥1.00")]
    public void The_wall_names_the_cell_in_words(string language, string words)
    {
        var report = Report(new RecountDifference(Court, TestCalendar.Shanghai(2017, 9, 20, 9, 55), "5m", "fundsIn", 101, 100));
        var figures = new MovingCity(TimeProvider.System).Read() with { AsOf = s_now, Recount = report };

        var view = WallPresenter.Present(figures, WallTexts.Parse(language));

        Assert.Equal(("differs", words), (view.Proof.State, view.Proof.Detail));
        Assert.Equal(words, view.Marks.Of("in.today").Title);
        Assert.Equal(words, view.Marks.Of($"{Court}/in").Title);
        Assert.EndsWith(words, view.Marks.Alert, StringComparison.Ordinal);
        Assert.Equal((RecountState.Proved, "09:58"), (view.Marks.Usual.State, view.Marks.Usual.Text));
        Assert.Equal(["chart", "in.month", "in.today", "in.year", $"{Court}/in"], view.Marks.But.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>From the fault in memory to what the page would paint.</summary>
    [Fact]
    public async Task One_wrong_fen_in_a_running_product_turns_its_mark_on_the_wall_within_one_cycle()
    {
        await using var product = await PlantedFaultTests.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        _ = await product.Recount.CycleAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await AlertAsync(product));

        await PlantedFaultTests.PlantAsync(product, grain => grain.Days.Add(ShanghaiTime.DayNumberOf(now), Flows.FundsIn, 1));
        _ = await product.Recount.CycleAsync(TestContext.Current.CancellationToken);

        var bar = await PartAsync(product, new BarPart());
        Assert.Equal("differs", bar.GetProperty("proof")[0].GetString());
        Assert.Equal(["chart", "in.month", "in.today", "in.year", $"{Court}/in"], await TurnedAsync(product));
        Assert.Contains("显示 0.01 元，日志 0.00 元", await AlertAsync(product), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_filing_and_a_payment_counted_twice_turn_their_marks_on_the_wall_and_no_others()
    {
        await using var product = await PlantedFaultTests.StartAsync();
        var at = TimeProvider.System.GetUtcNow();
        var answer = await product.SendAsync(EventLine.Of("case.filed", "a-9", 9, at: $"{at.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd'T'HH:mm:sszzz}"));
        Assert.Equal(1, answer.Accepted);
        _ = await product.Recount.CycleAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await TurnedAsync(product));

        await PlantedFaultTests.PlantAsync(product, (grain, state) =>
        {
            grain.Windows.Add(ShanghaiTime.WindowOf(at), Flows.Received, -1);
            grain.Days.Add(ShanghaiTime.DayNumberOf(at), Flows.Received, -1);
            grain.Count(new CaseEvent.CaseAssigned("甲", at, Irregularities.None), state, CaseState.NotFiled.Instance, CaseClass.First);
        });
        _ = await product.Recount.CycleAsync(TestContext.Current.CancellationToken);
        string[] lost =
        [
            "core4", "pending.month", "pending.today", "pending.year", "received.month", "received.today", "received.year", $"{Court}/pending", $"{Court}/received",
        ];
        Assert.Equal(lost, await TurnedAsync(product));

        await PlantedFaultTests.PlantAsync(product, (grain, state) =>
            grain.Count(new CaseEvent.FundsDisbursed(40, "P-1", null, at, Irregularities.None), state, state, CaseClass.First));
        _ = await product.Recount.CycleAsync(TestContext.Current.CancellationToken);
        string[] twice = ["chart", "out.month", "out.today", "out.year", $"{Court}/out"];
        Assert.Equal(lost.Concat(twice).Order(StringComparer.Ordinal), await TurnedAsync(product));
    }

    private static async Task<string[]> TurnedAsync(ProductUnderTest product) =>
    [
        .. (await PartAsync(product, new CityPart())).GetProperty("marks").GetProperty("but").EnumerateObject()
            .Where(one => one.Value[0].GetString() == RecountState.Differs).Select(one => one.Name).Order(StringComparer.Ordinal),
    ];

    private static async Task<string?> AlertAsync(ProductUnderTest product) => (await PartAsync(product, new BarPart())).GetProperty("differs").GetString();

    private static async Task<JsonElement> PartAsync(ProductUnderTest product, IWallPartSource part)
    {
        var figures = (CommandCenter.Web.Reading.FigureSource?)product.Services.GetService(typeof(CommandCenter.Web.Reading.FigureSource));
        await figures!.RefreshAsync(TestContext.Current.CancellationToken);
        return WallParts.Read(part, figures.Read());
    }

    private static IEnumerable<string> Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order();

    private static RecountReport Report(params RecountDifference[] differences) => new(
        IsPaused: false, 1,
        [Proof(0, [.. ShippedConfig.Courts.Courts.Select(court => court.Mark)]) with
        {
            State = differences.Length == 0 ? RecountState.Proved : RecountState.Differs,
            Courts = [new CourtProof(Court, 900, differences.Length, differences)],
        }]);

    private static PartitionProof Proof(int index, params string[] marks) => new(
        index, marks, RecountState.Proved, TestCalendar.Shanghai(2017, 9, 20, 9, 58), 7, 7, 7, TimeSpan.FromSeconds(1), [], null);
}
