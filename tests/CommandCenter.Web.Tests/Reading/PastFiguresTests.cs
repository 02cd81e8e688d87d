using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Tests.Grains;
using CommandCenter.Web.Wall;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Reading;

/// <summary>What the figures of now are compared with.</summary>
public sealed class PastFiguresTests : IAsyncLifetime
{
    private const string Court = ShippedConfig.Pudong;
    private GrainLab _lab = null!;

    public async ValueTask InitializeAsync() => _lab = await GrainLab.OpenAsync(partitions: 2);

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Last_year_ends_with_the_window_that_now_is_in()
    {
        await FileAsync(1, Shanghai(2016, 1, 1));
        await FileAsync(2, Shanghai(2016, 8, 31, 23, 59, 59));
        await FileAsync(3, Shanghai(2016, 9, 1));
        await FileAsync(4, Shanghai(2016, 9, 5, 9, 4, 59));
        await FileAsync(5, Shanghai(2016, 9, 5, 9, 5));
        await FileAsync(6, Shanghai(2016, 9, 6));
        await _lab.AcceptedAsync(NewCase.Number(1), new ReceiveFunds(1_234_56, "S-1", "甲", Shanghai(2016, 9, 5, 8)));
        await _lab.AcceptedAsync(NewCase.Number(1), new DisburseFunds(34_56, "S-2", "乙", Shanghai(2016, 9, 4, 8)));
        await _lab.AcceptedAsync(NewCase.Number(2), new CloseCase(CloseWay.Performed, Shanghai(2016, 9, 5, 9)));

        var past = await ReadAsync(Shanghai(2017, 9, 5, 9, 1));

        Assert.Equal(new PeriodFigures(1, 1, 1_234_56, 0), past.Today);
        Assert.Equal(new PeriodFigures(2, 1, 1_234_56, 34_56), past.Month);
        Assert.Equal(new PeriodFigures(4, 1, 1_234_56, 34_56), past.Year);
        Assert.Equal(ShanghaiTime.WindowOf(Shanghai(2016, 1, 1)), past.FirstWindow);
    }

    [Fact]
    public async Task The_29th_of_February_is_compared_with_the_28th()
    {
        await FileAsync(1, Shanghai(2019, 2, 27, 9));
        await FileAsync(2, Shanghai(2019, 2, 28, 9));
        await FileAsync(3, Shanghai(2019, 2, 28, 10));
        await FileAsync(4, Shanghai(2019, 3, 1));

        var past = await ReadAsync(Shanghai(2020, 2, 29, 9, 30));

        Assert.Equal((1L, 2L, 2L), (past.Today.Received, past.Month.Received, past.Year.Received));
    }

    [Fact]
    public async Task Without_any_figure_the_first_window_is_never()
    {
        var past = await ReadAsync(Day(0));

        Assert.Equal(int.MaxValue, past.FirstWindow);
        Assert.All(past.Trends, static trend => Assert.All(trend.PendingByDay, static pending => Assert.Equal(0, pending)));
    }

    [Fact]
    public async Task Trends_equal_what_a_calendar_of_the_cases_says()
    {
        var lives = Enumerable.Range(1, 120).Select(static number => (Number: number, Filed: (number * 7) % 40, Closed: ((number * 7) % 40) + ((number * 5) % 17) + 1)).ToArray();
        foreach (var (number, filed, closed) in lives)
        {
            await FileAsync(number, Day(filed));
            if (closed < 40)
            {
                await _lab.AcceptedAsync(NewCase.Number(number), new CloseCase(CloseWay.Performed, Day(closed + 0.1)));
            }
        }

        var past = await ReadAsync(Day(39.5));

        var expected = Enumerable.Range(10, 30).Select(day => (long)lives.Count(life => life.Filed <= day && life.Closed > day));
        Assert.Equal(expected, past.Trends.Single(trend => trend.Mark == Court).PendingByDay);
    }

    [Fact]
    public async Task A_period_that_began_before_the_first_figures_is_compared_with_nothing()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        var day = ShanghaiTime.DayOf(now).AddYears(-1);
        var first = ShanghaiTime.StartOf(day);
        var line = $$$"""
            {"id":"first","type":"case.filed","at":"{{{first.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}}}","court":"{{{Court}}}","case":"({{{day.Year}}}){{{Court}}}执1号","data":{"kind":"执","cause":"买卖合同纠纷","claimFen":100,"basis":"民事判决书","applicants":["甲"],"debtors":["乙"]}}
            """;
        using var answer = await product.PostAsync(line);
        Assert.Contains("\"accepted\":1", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var figures = (IFigureSource)product.Services.GetService(typeof(IFigureSource))!;
        await Eventually.TrueAsync(
            "last year to be read", TimeSpan.FromSeconds(60), _ => Task.FromResult(figures.Read().LastYear.Today is { Received: 1 }), TestContext.Current.CancellationToken);

        var lastYear = figures.Read().LastYear;
        // Each is whole only when the first day of figures is its own first day.
        Assert.Equal(day.Day != 1, lastYear.Month is null);
        Assert.Equal(day.DayOfYear != 1, lastYear.Year is null);
    }

    private Task FileAsync(int number, DateTimeOffset at) => _lab.AcceptedAsync(NewCase.Number(number), NewCase.Filing(at, number: number));

    private Task<PastFigures> ReadAsync(DateTimeOffset now) => _lab.AskAsync(Court, model => PastFigures.Read(model, now));
}
