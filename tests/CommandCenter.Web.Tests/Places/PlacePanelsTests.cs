using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CommandCenter.Web.Places;
using CommandCenter.Web.Tests.Wall;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Wall.Panels;

namespace CommandCenter.Web.Tests.Places;

/// <summary>The map and the tiles as the page holds them before its script runs.</summary>
public sealed class PlacePanelsTests
{
    [Theory]
    [InlineData("", "示意图", "各区存案", "浦东新区")]
    [InlineData("&lang=en", "Schematic", "Pending by district", "Pudong")]
    public async Task The_map_holds_all_districts_and_courts_and_says_that_it_is_schematic(string language, string schematic, string title, string district)
    {
        var map = (await PageAsync(language)).QuerySelector(".panel.map")!;

        Assert.StartsWith(title, map.QuerySelector("h2")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(schematic, map.QuerySelector(".city .note")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(16, map.QuerySelectorAll(".outlines path").Length);
        Assert.Equal(15, map.QuerySelectorAll(".city [data-district]").Length);
        Assert.Equal(Enumerable.Range(0, 16), map.QuerySelectorAll("[data-label]").Select(label => int.Parse(label.GetAttribute("data-label")!, System.Globalization.CultureInfo.InvariantCulture)).Order());
        Assert.Contains(district, map.QuerySelectorAll(".name").Select(name => name.TextContent));
        Assert.Equal(
            ShippedMap.Map.Courts.Select(court => court.Mark).Order(StringComparer.Ordinal),
            map.QuerySelectorAll(".court[data-mark]").Select(court => court.GetAttribute("data-mark")!).Order(StringComparer.Ordinal));
        Assert.Equal(ShippedMap.Map.Districts.Count(one => one.HasLeader), map.QuerySelectorAll(".leader[x1]").Length);
    }

    [Fact]
    public async Task Every_outline_that_is_used_is_there_once()
    {
        var page = await PageAsync("");
        var outlines = page.QuerySelectorAll(".outlines path").Select(path => "#" + path.Id).ToList();

        Assert.Equal(outlines.Count, outlines.Distinct().Count());
        Assert.All(page.QuerySelectorAll("[data-district]"), use => Assert.Contains(use.GetAttribute("href"), outlines));
    }

    [Theory]
    [InlineData("", "未接入摄像头", "在线 停滞 失联 离岗")]
    [InlineData("&lang=en", "No camera", "Live Stalled Lost Off duty")]
    public async Task Tiles_without_cameras_say_so_and_have_a_word_and_a_shape_for_each_state(string language, string noCamera, string words)
    {
        var panel = (await PageAsync(language)).QuerySelector(".panel.officers")!;
        var tiles = panel.QuerySelectorAll(".officer");

        Assert.Equal(8, tiles.Length);
        Assert.All(tiles, tile =>
        {
            Assert.Equal("empty", tile.GetAttribute("data-state"));
            Assert.Equal(noCamera, tile.QuerySelector("[data-source=none]")!.TextContent);
            Assert.Equal(words, string.Join(' ', tile.QuerySelectorAll(".word").Select(word => word.TextContent)));
            Assert.NotNull(tile.QuerySelector(".mark use"));
        });
        Assert.Equal(4, panel.QuerySelectorAll(".counts use").Select(use => use.GetAttribute("href")).Distinct().Count());
    }

    [Fact]
    public async Task The_first_picture_carries_districts_and_officers()
    {
        var parts = JsonElement.Parse((await PageAsync("")).GetElementById("wall-first")!.TextContent).GetProperty("parts");

        Assert.Equal(16, parts.GetProperty("districts").GetProperty("figures").GetProperty("pending").GetProperty("values").GetArrayLength());
        Assert.Equal(48, parts.GetProperty("officers").GetProperty("shown").GetArrayLength());
    }

    [Theory]
    [InlineData(1_240, 374, 1, "{}", 4, 2)]
    [InlineData(2_360, 856, 1, "{}", 7, 4)]
    [InlineData(2_520, 856, 1, "{}", 8, 4)]
    [InlineData(2_360, 856, 1, """{"columns":6,"rows":3}""", 6, 3)]
    [InlineData(2_360, 856, 1, """{"columns":40,"rows":40}""", 7, 4)]
    [InlineData(2_360, 856, 1, """{"columns":0,"rows":-1}""", 1, 1)]
    [InlineData(2_360, 856, 1.3, """{"columns":"six"}""", 5, 3)]
    [InlineData(4_680, 856, 1, "{}", 12, 2)]
    internal void There_are_as_many_tiles_as_are_asked_for_and_fit(int width, int height, double scale, string options, int columns, int rows) =>
        Assert.Equal((columns, rows), PlaceOptions.TilesOf(Panel(width, height, scale, options)));

    [Theory]
    [InlineData("{}", DistrictFigure.Pending)]
    [InlineData("""{"figure":"fundsIn"}""", DistrictFigure.FundsIn)]
    [InlineData("""{"figure":"overdue"}""", DistrictFigure.Overdue)]
    [InlineData("""{"figure":"weather"}""", DistrictFigure.Pending)]
    [InlineData("""{"figure":7}""", DistrictFigure.Pending)]
    internal void The_wall_file_chooses_the_figure(string options, DistrictFigure figure) =>
        Assert.Equal(figure, PlaceOptions.FigureOf(Panel(1_240, 470, 1, options)));

    [Theory]
    [InlineData("map", """{"figure":"weather"}""", "figure is \"weather\"; it must be one of pending, received, overdue, fundsIn.")]
    [InlineData("map", """{"figure":7}""", "figure is 7; it must be one of pending, received, overdue, fundsIn.")]
    [InlineData("officers", """{"columns":4,"rows":0}""", "rows is 0; it must be 1 to 32.")]
    [InlineData("officers", """{"columns":"six"}""", "columns is \"six\"; it must be 1 to 32.")]
    public void A_wrong_option_is_named(string kind, string options, string fault) =>
        Assert.Equal(fault, PanelKinds.Find(kind)!.Check(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(options)!));

    [Theory]
    [InlineData("map", """{"figure":"fundsIn"}""")]
    [InlineData("officers", """{"columns":8,"rows":4}""")]
    [InlineData("officers", "{}")]
    public void A_right_option_is_taken(string kind, string options) =>
        Assert.Null(PanelKinds.Find(kind)!.Check(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(options)!));

    private static PanelDefinition Panel(int width, int height, double scale, string options) => new()
    {
        Kind = "officers",
        X = 60,
        Y = 134,
        Width = width,
        Height = height,
        Scale = scale,
        Options = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(options)!,
    };

    private static async Task<IDocument> PageAsync(string language)
    {
        await using var host = await WallHost.StartAsync();
        var html = await host.Client.GetStringAsync(new Uri("/wall/main?scene=overview" + language, UriKind.Relative), TestContext.Current.CancellationToken);
        return await new HtmlParser().ParseDocumentAsync(html, TestContext.Current.CancellationToken);
    }
}
