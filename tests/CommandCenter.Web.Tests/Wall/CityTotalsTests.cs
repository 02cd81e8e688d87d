using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Wall;

public sealed class CityTotalsTests
{
    [Fact]
    public void The_city_is_the_sum_of_its_courts()
    {
        var city = CityTotals.Of([Court(pending: 5, overdue: 1, fundsInFen: 1), Court(pending: 7, overdue: 2, fundsInFen: 9_007_199_254_740_993)]);

        Assert.Equal(12, city.Pending);
        Assert.Equal(3, city.Overdue);
        Assert.Equal(9_007_199_254_740_994, city.Today.FundsInFen);
        Assert.Equal(4, city.Year.Received);
    }

    [Fact]
    public void One_court_with_unknown_overdue_makes_the_city_unknown() =>
        Assert.Null(CityTotals.Of([Court(pending: 5, overdue: 1, fundsInFen: 0), Court(pending: 7, overdue: null, fundsInFen: 0)]).Overdue);

    [Fact]
    public void A_sum_that_does_not_fit_throws_and_never_wraps() => Assert.Throws<OverflowException>(() =>
        CityTotals.Of([Court(pending: 0, overdue: 0, fundsInFen: long.MaxValue), Court(pending: 0, overdue: 0, fundsInFen: 1)]));

    private static CourtFigures Court(long pending, long? overdue, long fundsInFen)
    {
        var period = new PeriodFigures(Received: 2, Closed: 1, fundsInFen, FundsOutFen: 0);
        return new CourtFigures("沪0115", "上海市浦东新区人民法院", "Pudong New Area People's Court", "basic",
            period, period, period, pending, TerminalStock: 0, overdue);
    }
}
