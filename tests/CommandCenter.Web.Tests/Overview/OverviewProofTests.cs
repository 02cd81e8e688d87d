using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CommandCenter.Domain;
using CommandCenter.Domain.Indicators;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Overview;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Series;
using CommandCenter.Web.Tests.Recount;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Overview;

/// <summary>The recount's marks on the pages of the overview: beside every figure that it counts, and red where a cell under it differs.</summary>
public sealed class OverviewProofTests
{
    private const string Court = ShippedConfig.Pudong;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_figure_that_is_counted_twice_carries_its_mark_and_others_carry_none()
    {
        await using var product = await PlantedFaultTests.StartAsync();
        await CycleAsync(product);

        foreach (var path in new[] { "/overview", "/overview/沪01?period=year", $"/overview/{Court}" })
        {
            var page = await PageAsync(product, path);
            var unmarked = page.QuerySelectorAll("[data-key]").Select(static figure => figure.GetAttribute("data-key")!)
                .Except(page.QuerySelectorAll("[data-proof-of]").Select(static mark => mark.GetAttribute("data-proof-of")!))
                .Where(static key => !key.EndsWith("/unit", StringComparison.Ordinal) && !key.EndsWith("/change", StringComparison.Ordinal));

            Assert.All(unmarked, static key => Assert.Matches("^node[.].+/(median|p90|passed|passedMedian|passedP90)$", key));
            Assert.All(page.QuerySelectorAll("[data-proof-of]"), static mark => Assert.Equal("proved", mark.GetAttribute("data-proof")));
        }
    }

    [Fact]
    public async Task A_cell_that_differs_turns_its_marks_on_the_pages_of_its_court_and_in_what_they_ask_for_later()
    {
        await using var product = await PlantedFaultTests.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        await PlantedFaultTests.PlantAsync(product, grain => grain.Days.Add(ShanghaiTime.DayNumberOf(now), Flows.FundsIn, 1));
        await CycleAsync(product);

        string[] head = ["in.month", "in.today", "in.year"];
        string[] court = ["chart.money", .. head];
        Assert.Equal(court, Turned(await PageAsync(product, $"/overview/{Court}")));
        string[] city = [.. court, "沪01/in"];
        Assert.Equal(city, Turned(await PageAsync(product, "/overview")));
        Assert.Empty(Turned(await PageAsync(product, "/overview/沪0104")));
        var live = await product.GetAsync($"/overview/{Court}/live");
        Assert.Equal(head, live.GetProperty("but").EnumerateObject().Where(static one => one.Value.GetProperty("state").GetString() == "differs").Select(static one => one.Name).Order(StringComparer.Ordinal));
        Assert.Equal("proved", live.GetProperty("usual").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_case_shown_at_another_node_turns_the_marks_of_both_nodes_and_one_of_another_handler_theirs()
    {
        await using var product = await PlantedFaultTests.StartAsync();
        Assert.True(ShippedConfig.Courts.TryFind(Court, out var court));
        _ = await product.Grains.AskAsync(product.Grains.Map.PartitionOf(court), model =>
        {
            ref var row = ref model.Cases.ForChange(model.Cases.PlacesOf(court.Index)[0]);
            row.Node = 37;
            row.Handler = model.Texts.NumberOf("甲.year"); // A name like a key of the page.
            return true;
        }, Token);
        await CycleAsync(product);

        var turned = Turned(await PageAsync(product, $"/overview/{Court}?period=year"));

        Assert.Equal(
            ["@/held", "@/overdue", "@/pending", "@甲.year/held", "@甲.year/overdue", "@甲.year/pending", "node.GD/overdue", "node.GD/standing", "node.LA/overdue", "node.LA/standing", "stage.A", "stage.H"],
            turned);
    }

    [Fact]
    public async Task A_list_behind_a_figure_carries_the_mark_of_the_figure_and_any_other_list_none()
    {
        await using var product = await PlantedFaultTests.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        await product.PaymentsReadAsync();
        await PlantedFaultTests.PlantAsync(product, grain => grain.Days.Add(ShanghaiTime.DayNumberOf(now), Flows.FundsIn, 1));
        await CycleAsync(product);
        var today = Drill.Today(TimeProvider.System);

        Assert.Equal("proved", await MarkOfAsync(product, Drill.UrlOf("received.today", Court, today)!, "list"));
        Assert.Equal("proved", await MarkOfAsync(product, Drill.UrlOf("pending", Court, today)!, "list"));
        Assert.Equal("proved", await MarkOfAsync(product, Drill.UrlOf("overdue", Court, today)!, "list"));
        Assert.Equal("proved", await MarkOfAsync(product, $"/cases?scope={Court}&kind=main&status=pending&node=LA", "list"));
        Assert.Equal("proved", await MarkOfAsync(product, Drill.UrlOf("out.today", Court, today)!, "list"));
        Assert.Equal("proved", await MarkOfAsync(product, Drill.UrlOf("in.today", "沪0104", today)!, "list"));
        Assert.Equal("differs", await MarkOfAsync(product, Drill.UrlOf("in.today", Court, today)!, "figure")); // The list says that the figure differs from it, and the mark says which is wrong.
        Assert.Null(await MarkOfAsync(product, $"/cases?scope={Court}&kind=main&status=pending&cause=x", "list"));
        Assert.Null(await MarkOfAsync(product, $"/cases?scope={Court}&status=pending", "list"));
    }

    [Fact]
    public async Task The_sum_under_a_chart_is_proved_when_series_and_windows_add_up_alike_and_the_windows_are_proved()
    {
        await using var product = await PlantedFaultTests.StartAsync();
        var feeder = product.Services.GetRequiredService<SeriesFeeder>();
        _ = await feeder.TurnAsync(Token);
        await CycleAsync(product);
        string[] charts = ["chart.cases", "chart.money", "chart.pending"];
        foreach (var span in ChartSpan.All)
        {
            var page = await PageAsync(product, $"/overview/{Court}?span={span.Name}");
            Assert.Equal(charts, page.QuerySelectorAll("figcaption [data-proof=proved]").Select(static mark => mark.GetAttribute("data-proof-of")!).Order(StringComparer.Ordinal));
        }

        // A fen too many in the window and not in the series: first the two do not add up alike, then the recount finds it.
        var yesterday = ShanghaiTime.DayNumberOf(TimeProvider.System.GetUtcNow()) - 1;
        await PlantedFaultTests.PlantAsync(product, grain => grain.Days.Add(yesterday, Flows.FundsIn, 1));
        Assert.Equal("recounting", Chart(await PageAsync(product, $"/overview/{Court}?span=30d"), "chart.money"));
        await CycleAsync(product);
        var turned = await PageAsync(product, $"/overview/{Court}?span=30d");
        Assert.Equal("differs", Chart(turned, "chart.money"));
    }

    private static string? Chart(IDocument page, string name) => page.QuerySelector($"[data-proof-of='{name}']")?.GetAttribute("data-proof");

    private static async Task<string?> MarkOfAsync(ProductUnderTest product, string url, string of) =>
        (await PageAsync(product, url)).QuerySelector($"[data-proof-of={of}]")?.GetAttribute("data-proof");

    private static async Task CycleAsync(ProductUnderTest product)
    {
        _ = await product.Recount.CycleAsync(Token);
        await product.Services.GetRequiredService<FigureSource>().RefreshAsync(Token);
    }

    private static async Task<IDocument> PageAsync(ProductUnderTest product, string path) =>
        new HtmlParser().ParseDocument(await product.Client.GetStringAsync(new Uri(path, UriKind.Relative), Token));

    private static string[] Turned(IDocument page) =>
        [.. page.QuerySelectorAll("[data-proof=differs]").Select(static mark => mark.GetAttribute("data-proof-of")!).Distinct().Order(StringComparer.Ordinal)];
}
