using System.Text.Json;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Wall.Directing;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Wall.Directing;

/// <summary>What is pinned, as the product itself tells it to a wall.</summary>
public sealed class PinnedPartTests
{
    private const string Case = "(2026)沪0115执1号";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_court_a_case_and_an_officer_show_the_figures_that_exist()
    {
        await using var product = await ProductUnderTest.StartAsync();
        _ = await product.SendAsync(
            $$$"""{"id":"a","type":"case.filed","at":"2026-01-05T09:00:00+08:00","court":"沪0115","case":"{{{Case}}}","data":{"kind":"执","cause":"借款","claimFen":12345678901234,"basis":"判决","applicants":["甲"],"debtors":["乙"]}}""",
            $$$"""{"id":"b","type":"case.assigned","at":"2026-01-06T09:00:00+08:00","court":"沪0115","case":"{{{Case}}}","data":{"handler":"handler-7"}}""",
            $$$"""{"id":"c","type":"funds.received","at":"2026-01-07T09:00:00+08:00","court":"沪0115","case":"{{{Case}}}","data":{"amountFen":101,"serial":"s-1"}}""",
            """{"id":"d","type":"officer.duty","at":"2026-01-05T09:30:00+08:00","court":"沪0115","by":"017","data":{"state":"on"}}""",
            """{"id":"e","type":"officer.position","at":"2026-01-05T09:31:00+08:00","court":"沪0115","by":"017","data":{"lat":31.2,"lon":121.5,"datum":"WGS84"}}""");
        await product.Services.GetRequiredService<FigureSource>().RefreshAsync(Token);
        var director = product.Services.GetRequiredService<WallDirector>();
        _ = director.Order("main", new DirectorCommand.PinUp(PinKind.Court, "沪0115", Revision(director), "王敏"));
        _ = director.Order("main", new DirectorCommand.PinUp(PinKind.Case, Case, Revision(director), "王敏"));
        _ = director.Order("main", new DirectorCommand.PinUp(PinKind.Officer, "沪0115/017", Revision(director), "王敏"));

        var cards = await CardsAsync(product, WallLanguage.Zh);

        Assert.Equal(["浦东新区", Case, "017"], cards.Select(static card => card.GetProperty("title").GetString()));
        Assert.Equal(["存案", "1", "件"], Texts(cards[0].GetProperty("figures")[2]));
        Assert.Equal(["标的", "123,456,789,012.34", "元"], Texts(cards[1].GetProperty("figures")[0]));
        Assert.Equal(["到账", "1.01", "元"], Texts(cards[1].GetProperty("figures")[1]));
        Assert.Equal(("bad", "超期"), (cards[1].GetProperty("state").GetString(), cards[1].GetProperty("word").GetString()));
        Assert.Equal(["handler-7", "浦东新区", "2026-07-05"], cards[1].GetProperty("lines").EnumerateArray().Skip(1).Select(static line => line[1].GetString()));
        Assert.Equal(("good", "在岗"), (cards[2].GetProperty("state").GetString(), cards[2].GetProperty("word").GetString()));
        Assert.Equal(DateTimeOffset.Parse("2026-01-05T09:31:00+08:00", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), cards[2].GetProperty("reportedAt").GetInt64());
        var english = await CardsAsync(product, WallLanguage.En);
        Assert.Equal(["claim", "¥123,456,789,012.34", ""], Texts(english[1].GetProperty("figures")[0]));
        Assert.Equal("Pudong", english[0].GetProperty("title").GetString());
    }

    [Fact]
    public async Task What_cannot_be_told_says_so_and_unchanged_facts_do_not_travel_again()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var director = product.Services.GetRequiredService<WallDirector>();
        _ = director.Order("main", new DirectorCommand.PinUp(PinKind.Case, Case, Revision(director), "王敏")); // Never filed here.

        var card = Assert.Single(await CardsAsync(product, WallLanguage.Zh));

        Assert.Equal(("unknown", "暂时无法读取"), (card.GetProperty("state").GetString(), card.GetProperty("word").GetString()));
        Assert.Equal(0, card.GetProperty("figures").GetArrayLength());
        var watch = product.Services.GetRequiredService<PinWatch>();
        var before = watch.Latest;
        await watch.LookAsync(Token);
        Assert.Same(before, watch.Latest);
    }

    private static long Revision(WallDirector director)
    {
        Assert.True(director.TryRead("main", out var directed));
        return directed.State.Revision;
    }

    private static async Task<JsonElement[]> CardsAsync(ProductUnderTest product, WallLanguage language)
    {
        await product.Services.GetRequiredService<PinWatch>().LookAsync(Token);
        var part = product.Services.GetServices<IWallPartSource>().OfType<PinnedPart>().Single();
        var sample = new WallSample(product.Services.GetRequiredService<IFigureSource>().Read());
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            part.Write(json, part.Read(sample), language);
        }

        return [.. JsonSerializer.Deserialize<JsonElement>(buffer.ToArray()).GetProperty("main").EnumerateArray()];
    }

    private static IEnumerable<string?> Texts(JsonElement line) => line.EnumerateArray().Select(static text => text.GetString());
}
