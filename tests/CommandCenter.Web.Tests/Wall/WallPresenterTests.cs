using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Wall;

public sealed class WallPresenterTests
{
    private static readonly CityFigures s_city = new MovingCity(TimeProvider.System).Read();

    [Fact]
    public void A_city_has_a_row_for_each_of_its_courts()
    {
        var view = WallPresenter.Present(s_city, WallLanguage.Zh);

        Assert.Equal(s_city.Courts.Count, view.Courts.Count);
        Assert.Equal("法院", view.CourtsTitle);
    }

    [Theory]
    [InlineData("zh", "法院 24 / 3,332")]
    [InlineData("en", "Court 24 / 3,332")]
    public void A_country_shows_its_most_troubled_courts_and_says_of_how_many(string language, string title)
    {
        var courts = Enumerable.Range(0, 3_332).Select(i => s_city.Courts[0] with { Mark = $"冀{i:D4}", Overdue = i }).ToArray();

        var view = WallPresenter.Present(s_city with { Courts = courts }, WallTexts.Parse(language));

        Assert.Equal(courts.Reverse().Take(24).Select(court => court.Mark), view.Courts.Select(court => court.Mark));
        Assert.Equal(title, view.CourtsTitle);
        Assert.Equal(3_332L * s_city.Courts[0].Pending, long.Parse(view.Totals["pending.today"].Text.Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_figures_of_a_country_travel_as_small_as_those_of_a_city()
    {
        var courts = Enumerable.Range(0, 3_332).Select(i => s_city.Courts[0] with { Mark = $"冀{i:D4}", Overdue = i }).ToArray();

        Assert.InRange(SizeOf(s_city with { Courts = courts }), 1, SizeOf(s_city) * 2);
    }

    private static int SizeOf(CityFigures figures) =>
        WallParts.Write(new CityPart(), figures).Length;
}
