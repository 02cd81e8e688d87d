using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CommandCenter.Domain.Properties;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Wall.Panels;
using CommandCenter.Web.Watch;

namespace CommandCenter.Web.Tests.Watch;

public sealed class WatchPartsTests
{
    private static readonly DateTimeOffset s_at = TestCalendar.Shanghai(2017, 9, 1, 14, 5);
    private static readonly int s_courtCount = ShippedConfig.Courts.Courts.Count;

    [Fact]
    public void Controls_travel_with_the_counts_to_sort_by_and_the_texts_to_show()
    {
        var state = new ControlsState(
            new DateOnly(2017, 9, 1), s_at,
            [.. Enumerable.Range(0, s_courtCount).Select(static i => new CourtControls(i, i == 1 ? 1_234 : 0, 0, 0, [0, 0, i, i, i, i]))],
            [new LapsingControl(17, NewCase.Number(7), PropertyClass.RealEstate, ControlAct.Seal, new DateOnly(2017, 9, 2))]);

        var zh = Json(json => ControlsPart.Write(json, state, ShippedConfig.Courts, WallLanguage.Zh));
        Assert.Equal("清点于 14:05", zh.GetProperty("counted").GetString());
        Assert.Equal(["沪01", "第一中院", "上海市第一中级人民法院"], zh.GetProperty("courts")[1].EnumerateArray().Take(3).Select(static one => one.GetString()));
        Assert.Equal("1,234", zh.GetProperty("courts")[1][4][0].GetString());
        Assert.Equal(1_234, zh.GetProperty("courts")[1][3][0].GetInt64());
        var sum = s_courtCount * (s_courtCount - 1) / 2;
        Assert.Equal([1_234, 0, 0, sum, sum, sum, sum], zh.GetProperty("city")[0].EnumerateArray().Select(static one => one.GetInt32()));
        Assert.Equal(
            [1L, "明日", "09-02", "浦东新区", "(2017)沪0115执7号", "不动产", "查封"], zh.GetProperty("next")[0].EnumerateArray().Select(ValueOf));

        var en = Json(json => ControlsPart.Write(json, state, ShippedConfig.Courts, WallLanguage.En));
        Assert.Equal("counted 14:05", en.GetProperty("counted").GetString());
        Assert.Equal([1L, "tomorrow", "09-02", "Pudong", "(2017)沪0115执7号", "real estate", "sealed"], en.GetProperty("next")[0].EnumerateArray().Select(ValueOf));
    }

    [Fact]
    public void Before_the_first_count_controls_have_no_number()
    {
        var json = Json(json => ControlsPart.Write(json, new ControlsState(new DateOnly(2017, 9, 1), null, [], []), ShippedConfig.Courts, WallLanguage.Zh));

        Assert.Equal(("清点中", 0), (json.GetProperty("counted").GetString(), json.GetProperty("courts").GetArrayLength()));
    }

    [Fact]
    public void An_alarm_travels_with_its_code_tier_courts_and_words_and_nobody_has_it()
    {
        var state = new AlarmsState(
        [
            new Alarm(AlarmCodes.CourtsStopped, AlarmTier.Red, s_at, ["沪0101", "沪02", "沪0115"], new AlarmFacts(3, Detail: "partition.stopped")),
            new Alarm(AlarmCodes.CourtSilent, AlarmTier.Orange, s_at, ["沪0115"], new AlarmFacts(At: s_at.AddHours(-2))),
            new Alarm(AlarmCodes.IdConflicts, AlarmTier.Yellow, s_at, [], new AlarmFacts(1_200)),
        ], Beyond: 9);

        var zh = Json(json => AlarmsPart.Write(json, state, ShippedConfig.Courts, WallLanguage.Zh));
        Assert.Equal((12, true), (zh.GetProperty("all").GetInt32(), zh.GetProperty("known").GetBoolean()));
        Assert.False(Json(json => AlarmsPart.Write(json, AlarmsState.None, ShippedConfig.Courts, WallLanguage.Zh)).GetProperty("known").GetBoolean());
        Assert.Equal(["red:1", "orange:1", "yellow:1"], zh.GetProperty("tiers").EnumerateArray().Select(static tier => $"{tier[0]}:{tier[1]}"));
        Assert.Equal(
            [AlarmCodes.CourtsStopped, "red", "红", "数据停更", "不接收事件，所示为此前数据", "黄浦等 3 院", "黄浦、第二中院、浦东新区", s_at.ToUnixTimeMilliseconds(), "未认领"],
            zh.GetProperty("alarms")[0].EnumerateArray().Select(ValueOf));
        Assert.Equal("12:05 起无数据", zh.GetProperty("alarms")[1][3].GetString());
        Assert.Equal<IEnumerable<string?>>(["同号异文 1,200 条", "全市"], [zh.GetProperty("alarms")[2][3].GetString(), zh.GetProperty("alarms")[2][5].GetString()]);

        var en = Json(json => AlarmsPart.Write(json, state, ShippedConfig.Courts, WallLanguage.En));
        Assert.Equal<IEnumerable<string?>>(["Huangpu +2", "Huangpu, No.2 Int., Pudong"], [en.GetProperty("alarms")[0][5].GetString(), en.GetProperty("alarms")[0][6].GetString()]);
        Assert.Equal<IEnumerable<string?>>(["Silent since 12:05", "Orange", "nobody yet"], [en.GetProperty("alarms")[1][3].GetString(), en.GetProperty("alarms")[1][2].GetString(), en.GetProperty("alarms")[1][8].GetString()]);
    }

    [Fact]
    public void Every_alarm_has_words_that_fit_a_narrow_row_in_both_languages()
    {
        foreach (var code in AlarmCodes.Tiers.Keys)
        {
            var state = new AlarmsState([new Alarm(code, AlarmCodes.Tiers[code], s_at, ["沪0115"], new AlarmFacts(99_999, 88_888, s_at, "沪0115 2017-09-01 14:00 pending: 3 ≠ 4"))], 0);
            var zh = Json(json => AlarmsPart.Write(json, state, ShippedConfig.Courts, WallLanguage.Zh)).GetProperty("alarms")[0];
            var en = Json(json => AlarmsPart.Write(json, state, ShippedConfig.Courts, WallLanguage.En)).GetProperty("alarms")[0];
            Assert.InRange(zh[3].GetString()!.Length, 4, 16);
            Assert.InRange(en[3].GetString()!.Length, 4, 28);
            Assert.DoesNotContain("{", zh[4].GetString() + en[4].GetString(), StringComparison.Ordinal);
            Assert.DoesNotContain(en[3].GetString()!, letter => letter is >= '一' and <= '鿿');
        }
    }

    [Fact]
    public void Waiting_money_travels_to_the_fen_as_text()
    {
        const long Fen = (1L << 53) + 1;
        var state = new WaitingState(
            s_at, new WaitingSum(3, Fen), new WaitingSum(1, 100), default, new WaitingSum(2, Fen - 100), default, IsSearching: false,
            [new WaitingItem(17, NewCase.Number(7), Fen - 100, new DateOnly(2017, 7, 1), 62)]);

        var zh = Json(json => WaitingPart.Write(json, state, ShippedConfig.Courts, WallLanguage.Zh));
        Assert.Equal(["band0", "band1", "band2", "total"], zh.GetProperty("bands").EnumerateArray().Select(static band => band[0].GetString()));
        Assert.Equal("9007199254740993", zh.GetProperty("bands")[3][5].GetString());
        Assert.Equal("90,071,992,547,409.93 元", zh.GetProperty("bands")[3][4].GetString());
        Assert.Equal("3 件", zh.GetProperty("bands")[3][6].GetString());
        Assert.Equal([62L, "62 天", "浦东新区", "(2017)沪0115执7号"], zh.GetProperty("oldest")[0].EnumerateArray().Take(4).Select(ValueOf));
        Assert.Equal(0, zh.GetProperty("undated").GetArrayLength());
        Assert.True(zh.GetProperty("known").GetBoolean());

        var en = Json(json => WaitingPart.Write(json, state with { Undated = new WaitingSum(1, 5), IsSearching = true }, ShippedConfig.Courts, WallLanguage.En));
        Assert.Equal<IEnumerable<string?>>(["1 being dated", "¥0.05"], en.GetProperty("undated").EnumerateArray().Select(static one => one.GetString()));
        Assert.Equal("62 d", en.GetProperty("oldest")[0][1].GetString());
        Assert.False(Json(json => WaitingPart.Write(json, WaitingState.None, ShippedConfig.Courts, WallLanguage.En)).GetProperty("known").GetBoolean());
    }

    [Fact]
    public void The_roll_is_called_by_institution_and_a_body_is_here_when_one_of_its_courts_is()
    {
        var marks = ShippedConfig.Courts.Courts.Select(static court => court.Mark).ToList();
        var now = new CourtPresence?[s_courtCount];
        Array.Fill(now, new CourtPresence(0, 0, 0));
        now[marks.IndexOf("沪73")] = new CourtPresence(2, 1, 1); // Shares the body of 沪03.
        now[marks.IndexOf("沪0115")] = new CourtPresence(3, 0, 0);
        now[marks.IndexOf("沪0101")] = null;
        var then = new CourtAtCall?[s_courtCount];
        Array.Fill(then, new CourtAtCall(1, 1, 0));
        then[marks.IndexOf("沪0115")] = new CourtAtCall(3, 0, 2);
        var state = new RollCallState([.. now], [new RollCall(s_at.AddHours(-5).AddMinutes(-5), IsLate: true, [.. then])], TestCalendar.Shanghai(2017, 9, 4, 9), true, true);

        var zh = Json(json => RollCallPart.Write(json, state, ShippedConfig.Courts, WallLanguage.Zh));
        Assert.Equal(22, zh.GetProperty("courts").GetArrayLength());
        Assert.Equal("1/22 院", zh.GetProperty("now").GetString());
        Assert.Equal(
            ["沪03", "第三中院", "上海市第三中级人民法院 / 上海知识产权法院", "here", "在岗", "1 人", "1 人有定位"], zh.GetProperty("courts")[3].EnumerateArray().Select(ValueOf));
        var states = zh.GetProperty("courts").EnumerateArray().ToDictionary(static court => court[0].GetString()!, static court => court[3].GetString());
        Assert.Equal<IEnumerable<string?>>(["nobody", "unknown", "nosource"], [states["沪0115"], states["沪0101"], states["沪72"]]);
        Assert.Equal(["09:00", "09:00 点名 21/22 院", "补记"], zh.GetProperty("calls")[0].EnumerateArray().Take(3).Select(ValueOf));
        Assert.Contains("不明", zh.GetProperty("calls")[0][3].EnumerateArray().Select(static one => one.GetString()));

        var en = Json(json => RollCallPart.Write(json, state with { IsWorkingDay = false }, ShippedConfig.Courts, WallLanguage.En));
        Assert.Equal<IEnumerable<string?>>(["1/22", "next Mon 09:00", "rest day"], [en.GetProperty("now").GetString(), en.GetProperty("next").GetString(), en.GetProperty("note").GetString()]);
    }

    [Fact]
    public void Both_languages_have_every_word_and_English_has_no_Chinese()
    {
        Assert.All(WatchTexts.Keys, key =>
        {
            Assert.NotEmpty(WatchTexts.Of(key, WallLanguage.Zh));
            Assert.NotEmpty(WatchTexts.Of(key, WallLanguage.En));
            Assert.DoesNotContain(WatchTexts.Of(key, WallLanguage.En), letter => letter is >= '一' and <= '鿿');
        });
        Assert.All(Enum.GetNames<PropertyClass>(), name => Assert.Contains("class." + name, WatchTexts.Keys));
        Assert.All(Enum.GetNames<ControlAct>(), name => Assert.Contains("act." + name, WatchTexts.Keys));
    }

    [Theory]
    [InlineData("controls", """{"controlDays":[30,15,7,1]}""", true)]
    [InlineData("controls", """{"controlDays":[60]}""", true)]
    [InlineData("controls", """{"controlDays":[]}""", false)]
    [InlineData("controls", """{"controlDays":[7,7]}""", false)]
    [InlineData("controls", """{"controlDays":[10]}""", false)]
    [InlineData("controls", """{"controlDays":"30"}""", false)]
    [InlineData("controls", """{"controlDays":[1,3,7,15,30]}""", false)]
    [InlineData("rollcall", """{"rollCallAt":["09:00","14:00"]}""", true)]
    [InlineData("rollcall", """{"rollCallAt":["9:00"]}""", false)]
    [InlineData("rollcall", """{"rollCallAt":[9]}""", false)]
    public void Wrong_options_of_a_list_are_named(string kind, string options, bool isRight)
    {
        var values = JsonElement.Parse(options).EnumerateObject().ToDictionary(static one => one.Name, static one => one.Value);

        Assert.Equal(isRight, PanelKinds.Find(kind)!.Check(values) is null);
    }

    private static object? ValueOf(JsonElement one) => one.ValueKind == JsonValueKind.Number ? one.GetInt64() : one.GetString();

    private static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }))
        {
            write(json);
        }

        return JsonElement.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
