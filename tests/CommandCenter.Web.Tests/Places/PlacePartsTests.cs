using System.Text;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Places;
using CommandCenter.Web.Tests.Wall;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Wall.Panels;

namespace CommandCenter.Web.Tests.Places;

/// <summary>What travels to the map and the tiles.</summary>
public sealed class PlacePartsTests
{
    private static readonly ManualTime s_time = new(new DateTimeOffset(2026, 11, 22, 1, 41, 23, TimeSpan.Zero));

    [Theory]
    [InlineData("pending")]
    [InlineData("received")]
    [InlineData("overdue")]
    [InlineData("fundsIn")]
    public void Each_figure_has_a_value_and_a_shade_for_each_district(string figure)
    {
        var city = new MovingCity(s_time).Read();

        var part = Write(new DistrictsPart(ShippedMap.Map), city, WallLanguage.Zh).GetProperty("figures").GetProperty(figure);

        Assert.Equal(16, part.GetProperty("values").GetArrayLength());
        Assert.InRange(part.GetProperty("breaks").GetArrayLength(), 1, 4);
        foreach (var (index, district) in ShippedMap.Map.Districts.Index())
        {
            var court = city.Courts.Single(one => one.Mark == district.CourtMark);
            var value = part.GetProperty("values")[index];
            Assert.Equal(
                figure switch
                {
                    "pending" => CountText.Of(court.Pending),
                    "received" => CountText.Of(court.Today.Received),
                    "overdue" => CountText.Of(court.Overdue!.Value),
                    _ => CountText.Of(court.Today.FundsInFen / 1_000_000), // Whole 万元.
                },
                value[0].GetString());
            Assert.InRange(value[1].GetInt32(), 0, 5);
        }
    }

    [Theory]
    [InlineData(0, "0.0", "0.00")]
    [InlineData(99_99_99_99, "99.9", "0.99")]
    [InlineData(12_345_67_00_00, "12,345", "123")]
    [InlineData(-500_00_00_00, "−500", "−5.00")]
    internal void An_amount_has_room_in_its_district(long fen, string zh, string en)
    {
        var city = new MovingCity(s_time).Read();
        city = city with { Courts = [.. city.Courts.Select(court => court with { Today = court.Today with { FundsInFen = fen } })] };

        Assert.Equal(zh, TextIn(WallLanguage.Zh));
        Assert.Equal(en, TextIn(WallLanguage.En));

        string? TextIn(WallLanguage language) =>
            Write(new DistrictsPart(ShippedMap.Map), city, language).GetProperty("figures").GetProperty("fundsIn").GetProperty("values")[0][0].GetString();
    }

    [Fact]
    public void A_court_without_figures_has_no_shade_and_a_stopped_one_is_named()
    {
        var city = new MovingCity(s_time) { EverySource = false, Stopped = [new StoppedPartition(1, "poison", ["沪0115"])] }.Read();
        city = city with { Courts = [.. city.Courts.Where(court => court.Mark != "沪0101")] };

        var part = Write(new DistrictsPart(ShippedMap.Map), city, WallLanguage.En);

        Assert.Equal("""["—",null]""", part.GetProperty("figures").GetProperty("pending").GetProperty("values")[0].GetRawText());
        Assert.All(part.GetProperty("figures").GetProperty("overdue").GetProperty("values").EnumerateArray(), value => Assert.Equal(JsonValueKind.Null, value[1].ValueKind));
        Assert.Equal("[10]", part.GetProperty("stopped").GetRawText());
    }

    [Fact]
    public void Limits_hold_for_a_minute_and_states_are_equal_as_long_as_nothing_is_seen_to_change()
    {
        var city = new MovingCity(s_time).Read();
        var part = new DistrictsPart(ShippedMap.Map);
        var first = State(part, city);
        var more = city with { Courts = [.. city.Courts.Select(court => court with { Pending = court.Pending * 11 / 10 })] };

        Assert.Equal(first, State(part, city with { Version = city.Version + 1 }));
        Assert.Equal(first.Figures[0].Breaks, State(part, more).Figures[0].Breaks);
        Assert.NotEqual(first, State(part, more));
        Assert.NotEqual(first.Figures[0].Breaks, State(part, more with { AsOf = city.AsOf.AddMinutes(1) }).Figures[0].Breaks);
    }

    [Fact]
    public void Limits_that_no_longer_tell_districts_apart_do_not_wait_for_the_minute()
    {
        var city = new MovingCity(s_time).Read();
        var part = new DistrictsPart(ShippedMap.Map);
        var first = State(part, city);

        var grown = State(part, city with { Courts = [.. city.Courts.Select(court => court with { Pending = court.Pending * 5 })] });

        Assert.NotEqual(first.Figures[0].Breaks, grown.Figures[0].Breaks);
    }

    [Fact]
    public void The_first_figures_of_a_day_do_not_wait_for_their_legend()
    {
        var city = new MovingCity(s_time).Read();
        var part = new DistrictsPart(ShippedMap.Map);
        var empty = city with { Courts = [.. city.Courts.Select(court => court with { Today = PeriodFigures.Zero })] };
        Assert.Empty(State(part, empty).Figures[(int)DistrictFigure.Received].Breaks);

        Assert.NotEmpty(State(part, city).Figures[(int)DistrictFigure.Received].Breaks);
    }

    [Theory]
    [InlineData(WallLanguage.Zh, "前往", "已到达", "在徐汇")]
    [InlineData(WallLanguage.En, "On the way", "Arrived", "In Xuhui")]
    internal void An_errand_travels_with_its_place_and_in_words(WallLanguage language, string sent, string arrived, string away)
    {
        var errand = new ShownErrand(new MapPoint(498.204, 410.5), 1_763_791_000_000, ArrivedAtMs: null, Case: null);
        var officer = new ShownOfficer("o", "沪0115", new MapPoint(512, 404), 1_763_791_283_000, IsPosition: true, OfficerCondition.Live) { Errand = errand };
        var board = new OfficerBoard(
        [
            officer,
            officer with { Errand = errand with { ArrivedAtMs = 1_763_791_200_000 }, AwayIn = Xuhui },
            officer with { AwayIn = Xuhui },
        ]);

        var shown = Write(new OfficersPart(new Fixed(board), ShippedMap.Map), new MovingCity(s_time).Read(), language).GetProperty("shown");

        Assert.Equal("[498.2,410.5,1763791000000,null]", shown[0][8].GetRawText());
        Assert.Equal("[498.2,410.5,1763791000000,1763791200000]", shown[1][8].GetRawText());
        Assert.Equal([sent, arrived, away], shown.EnumerateArray().Select(static one => one[5].GetString()));
    }

    private static MapDistrict Xuhui => ShippedMap.Map.Districts.Single(static district => district.CourtMark == "沪0104");

    [Theory]
    [InlineData(WallLanguage.Zh, "浦东新区", "定位", "下岗")]
    [InlineData(WallLanguage.En, "Pudong", "GPS", "Off duty")]
    internal void Officers_travel_in_words_of_the_language(WallLanguage language, string court, string position, string off)
    {
        var board = new OfficerBoard(
        [
            new("officer-0115-07a", "沪0115", new MapPoint(512.3456, 404.1), 1_763_791_283_000, IsPosition: true, OfficerCondition.Live),
            new("officer-0115-08a", "沪0115", null, 1_763_791_280_000, IsPosition: false, OfficerCondition.Off, CallingSinceMs: 1_763_791_281_000),
        ]);

        var part = Write(new OfficersPart(new Fixed(board), ShippedMap.Map), new MovingCity(s_time).Read(), language);

        Assert.Equal("""{"live":1,"stalled":0,"lost":0,"off":1}""", part.GetProperty("counts").GetRawText());
        Assert.Equal("{}", part.GetProperty("rest").GetRawText());
        Assert.Equal($"""["officer-0115-07a","{court}",512.35,404.1,1763791283000,"{position}","live",null]""", part.GetProperty("shown")[0].GetRawText());
        Assert.Equal($"""["officer-0115-08a","{court}",null,null,1763791280000,"{off}","off",1763791281000]""", part.GetProperty("shown")[1].GetRawText());
    }

    [Fact]
    public void Five_thousand_officers_are_a_small_part_and_beyond_five_hundred_it_says_where_those_on_duty_are()
    {
        var board = new OfficerBoard([.. Enumerable.Range(0, 5000).Select(static i => new ShownOfficer(
            $"officer-0115-{i:D3}", ShippedConfig.Pudong, i == 4000 ? null : new MapPoint(i / 5.0, i / 10.0), 1_763_791_283_000 + i, IsPosition: true, (OfficerCondition)(i / 1250)))]);

        var part = Write(new OfficersPart(new Fixed(board), ShippedMap.Map), new MovingCity(s_time).Read(), WallLanguage.Zh);

        var rest = part.GetProperty("rest");
        Assert.Equal(["live", "stalled", "lost"], rest.EnumerateObject().Select(static state => state.Name));
        Assert.Equal([2 * 750, 2 * 1250, 2 * 1250], rest.EnumerateObject().Select(static state => state.Value.GetArrayLength()));
        Assert.Equal("[1000,500]", $"[{rest.GetProperty("live")[0]},{rest.GetProperty("live")[1]}]");
        Assert.Equal(OfficerBoard.ShownMax, part.GetProperty("shown").GetArrayLength());
        Assert.InRange(Encoding.UTF8.GetByteCount(part.GetRawText()), 1, 96 * 1024);
    }

    [Fact]
    public void Both_languages_are_complete()
    {
        Assert.NotEmpty(PlaceTexts.Keys);
        Assert.All(PlaceTexts.Keys, key =>
        {
            var (zh, en) = (PlaceTexts.Of(key, WallLanguage.Zh), PlaceTexts.Of(key, WallLanguage.En));
            Assert.NotEqual("", zh.Trim());
            Assert.NotEqual("", en.Trim());
            Assert.Equal(zh.Count(letter => letter == '{'), en.Count(letter => letter == '{'));
            Assert.DoesNotContain(en, letter => letter is >= '一' and <= '鿿');
        });
    }

    private static DistrictsState State(DistrictsPart part, CityFigures city) => (DistrictsState)part.Read(new WallSample(city));

    private static JsonElement Write(IWallPartSource part, CityFigures city, WallLanguage language)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) }))
        {
            part.Write(json, part.Read(new WallSample(city)), language);
        }

        return JsonElement.Parse(buffer.ToArray());
    }

    private sealed class Fixed(OfficerBoard board) : IOfficerSource
    {
        public OfficerBoard Read() => board;
    }
}
