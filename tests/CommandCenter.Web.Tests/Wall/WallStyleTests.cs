using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Wall;

public sealed class WallStyleTests
{
    private static readonly SceneDefinition s_scene = new()
    {
        Id = "overview",
        Title = new WallLabel { Zh = "全市总览", En = "City overview" },
        Panels =
        [
            new PanelDefinition { Kind = "stocks", X = 60, Y = 134, Width = 1_440, Height = 76 },
            new PanelDefinition { Kind = "courts", X = 1_560, Y = 120, Width = 1_840, Height = 760, Scale = 1.6 },
        ],
    };

    [Fact]
    public void A_panel_stands_where_its_file_says_below_the_top_bar()
    {
        var lines = WallStyle.Of([s_scene], head: null).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(
            [
                "[data-scene=\"overview\"] > :nth-child(1){--x:0.6rem;--y:0.14rem;--w:14.4rem;--h:0.76rem;--scale:1}",
                "[data-scene=\"overview\"] > :nth-child(2){--x:15.6rem;--y:0rem;--w:18.4rem;--h:7.6rem;--scale:1.6}",
            ],
            lines);
    }

    [Fact]
    public void An_output_looks_at_its_slice_of_the_canvas()
    {
        var style = WallStyle.Of([], new WallRectangle(1_200, 0, 1_200, 1_080));

        Assert.Contains("font-size:min(100vw / 12, 100vh / 10.8)", style, StringComparison.Ordinal);
        Assert.Contains("left:-12rem", style, StringComparison.Ordinal);
    }
}
