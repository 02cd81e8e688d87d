using System.Text.RegularExpressions;
using CommandCenter.Testing;
using CommandCenter.Web.Components;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Components;

/// <summary>The colours of both themes: readable, and apart from each other for every eye.</summary>
public sealed partial class ThemeTests
{
    /// <summary>Money in and out is told apart in a chart, where no word stands beside every bar.</summary>
    private const double MoneyApart = 40;

    /// <summary>A status has a shape and a word; its colour must still not say another one.</summary>
    private const double StatusApart = 15;

    /// <summary>Two neighbours of the map's shades; every district has its number, too.</summary>
    private const double ShadesApart = 7;

    private static readonly string[] s_ownColours = ["theme.css", "director.css", "cuts.css"]; // A director works beside a dark wall, whatever his desk.
    private static readonly string[] s_texts = ["ink", "ink-2", "ink-3", "in", "out", "good", "warn", "bad"];
    private static readonly string[] s_statuses = ["good", "warn", "bad"];

    private static readonly string[][] s_marks = [["connecting", "live", "stale", "lost"], ["holds", "violated", "proved", "recounting", "differs", "paused", "unknown"]];
    private static readonly string[] s_connections = ["js.connecting", "js.live", "js.stale", "js.lost"];
    private static readonly string[] s_caseStatuses = ["open", "suspended", "closed", "moved", "overdue"];

    private static readonly string s_source = File.ReadAllText(RepositoryRoot.Combine("src", "CommandCenter.Web", "wwwroot", "css", "theme.css"));
    private static readonly IReadOnlyList<Dictionary<string, string>> s_blocks = [.. Block().Matches(s_source).Select(block =>
        Property().Matches(block.Value).ToDictionary(property => property.Groups[1].Value, property => property.Groups[2].Value))];

    public static TheoryData<string> Themes => ["dark", "light"];

    public static TheoryData<string, string> ThemesSeen => [.. from theme in Themes.Select(row => row.Data) from vision in ColourVision.Visions select (theme, vision)];

    [Fact]
    public void Who_follows_the_system_gets_the_very_same_light_theme_and_every_colour_has_both()
    {
        Assert.Equal(3, s_blocks.Count);
        Assert.Equal(s_blocks[1], s_blocks[2]);
        Assert.Equal(s_blocks[0].Keys.Order(), s_blocks[1].Keys.Order());
        Assert.All(s_texts, name => Assert.NotEqual(s_blocks[0][name], s_blocks[1][name]));
    }

    /// <summary>A colour anywhere else would stay as it is when the theme changes.</summary>
    [Fact]
    public void No_other_style_sheet_names_a_colour()
    {
        var folder = RepositoryRoot.Combine("src", "CommandCenter.Web", "wwwroot", "css");
        var named = from file in Directory.EnumerateFiles(folder, "*.css", SearchOption.AllDirectories)
                    where !s_ownColours.Contains(Path.GetFileName(file))
                    from Match colour in Colour().Matches(File.ReadAllText(file))
                    select $"{Path.GetFileName(file)}: {colour.Value}";

        Assert.Empty(named);
    }

    /// <summary>A rule that looks into what stands below an element is asked again with every figure that changes there, and everything it speaks of is styled anew.</summary>
    [Fact]
    public void No_style_sheet_of_a_wall_looks_into_what_changes()
    {
        var folder = RepositoryRoot.Combine("src", "CommandCenter.Web", "wwwroot", "css");

        Assert.DoesNotContain(
            Directory.EnumerateFiles(folder, "*.css", SearchOption.AllDirectories),
            static file => Path.GetFileName(file) != "director.css" && File.ReadAllText(file).Contains(":has(", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void Every_text_keeps_its_contrast_on_ground_and_panel(string theme)
    {
        var colours = Of(theme);

        foreach (var text in s_texts)
        {
            foreach (var ground in new[] { "ground", "panel" })
            {
                var contrast = ColourVision.Contrast(colours[text], colours[ground]);
                Assert.True(contrast >= 4.5, $"{theme}: {text} on {ground} has {contrast:F2} : 1.");
            }
        }

        for (var shade = 0; shade <= 5; shade++)
        {
            Assert.True(ColourVision.Contrast(colours["ink"], colours[$"shade-{shade}"]) >= 4.5, $"{theme}: a number on shade {shade} is too dim.");
        }

        foreach (var alert in new[] { "warn", "bad" })
        {
            Assert.True(ColourVision.Contrast(colours["on-alert"], colours[alert]) >= 4.5, $"{theme}: an alert on {alert} is too dim.");
        }
    }

    [Theory]
    [MemberData(nameof(ThemesSeen))]
    public void What_means_different_things_stays_apart_for_every_eye(string theme, string vision)
    {
        var colours = Of(theme);

        AssertApart("in", "out", MoneyApart);
        foreach (var (i, one) in s_statuses.Index())
        {
            foreach (var other in s_statuses.Skip(i + 1))
            {
                AssertApart(one, other, StatusApart);
            }

            AssertApart(one, "ink", StatusApart);
        }

        for (var shade = 0; shade < 5; shade++)
        {
            AssertApart($"shade-{shade}", $"shade-{shade + 1}", ShadesApart);
        }

        void AssertApart(string one, string other, double bound)
        {
            var difference = ColourVision.Difference(colours[one], colours[other], vision);
            Assert.True(difference >= bound, $"{theme}, {vision}: {one} and {other} are only {difference:F1} apart, less than {bound}.");
        }
    }

    [Theory]
    [InlineData("normal", "#ff0000", "#00ff00", 170.6)] // The well-known distance of the two primaries.
    [InlineData("protanopia", "#000000", "#ffffff", 100)]
    [InlineData("tritanopia", "#808080", "#808080", 0)]
    public void The_simulation_leaves_greys_alone_and_measures_as_the_standard_does(string vision, string one, string other, double expected) =>
        Assert.Equal(expected, ColourVision.Difference(one, other, vision), 0.5);

    [Fact]
    public void Red_and_green_of_one_brightness_run_together_without_one_of_their_cones()
    {
        Assert.True(ColourVision.Difference("#c05050", "#508050", "normal") > 60);
        Assert.True(ColourVision.Difference("#c05050", "#808020", "deuteranopia") < ColourVision.Difference("#c05050", "#808020", "normal") / 2);
    }

    [Fact]
    public void Every_status_of_a_case_has_a_shape_and_a_word_of_its_own()
    {
        Assert.Equal(s_caseStatuses.Order(StringComparer.Ordinal), CaseStatusMark.Shapes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(s_caseStatuses.Length, CaseStatusMark.Shapes.Values.Distinct().Count());
        foreach (var language in Enum.GetValues<WallLanguage>())
        {
            Assert.Equal(s_caseStatuses.Length, s_caseStatuses.Select(status => DrillTexts.Of("status." + status, language)).Distinct().Count());
        }
    }

    /// <summary>The wall's own statuses: a mark in the page's sprite with a drawing of its own, and a word.</summary>
    [Fact]
    public void Every_status_of_the_wall_has_a_shape_and_a_word_of_its_own()
    {
        var page = File.ReadAllText(RepositoryRoot.Combine("src", "CommandCenter.Web", "Wall", "WallPage.razor"));
        var shapes = Symbol().Matches(page).ToDictionary(symbol => symbol.Groups[1].Value, symbol => symbol.Groups[2].Value);

        foreach (var statuses in s_marks)
        {
            Assert.All(statuses, status => Assert.Contains(status, shapes.Keys));
            Assert.InRange(statuses.Select(status => shapes[status]).Distinct().Count(), statuses.Length - 1, statuses.Length); // Two ways of "it is right" look alike.
        }

        foreach (var language in Enum.GetValues<WallLanguage>())
        {
            Assert.Equal(s_connections.Length, s_connections.Select(key => WallTexts.Of(key, language)).Distinct().Count());
        }
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("light", "light", "/cases?theme=light")]
    [InlineData("DARK", null, "/cases")]
    [InlineData("\"><script>", null, "/cases")]
    public void A_theme_is_one_of_three_or_none(string? asked, string? theme, string? url)
    {
        var look = PageLook.Of("zh", asked);

        Assert.Equal(theme, look.Theme);
        Assert.Equal(url ?? "/cases", look.Url("/cases"));
        Assert.Equal(theme is null ? "/cases?a=1&lang=en" : "/cases?a=1&lang=en&theme=light", look.InOtherLanguage.Url("/cases?a=1"));
    }

    private static Dictionary<string, string> Of(string theme) => s_blocks[theme == "dark" ? 0 : 1];

    [GeneratedRegex(@":root(\[[^\]]+\])? \{[^}]+\}")]
    private static partial Regex Block();

    [GeneratedRegex(@"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])|rgba?\(")]
    private static partial Regex Colour();

    [GeneratedRegex(@"--([a-z0-9-]+): (#[0-9a-f]{6});")]
    private static partial Regex Property();

    [GeneratedRegex("<symbol id=\"mark-([a-z]+)\"[^>]*>(.*?)</symbol>")]
    private static partial Regex Symbol();
}
