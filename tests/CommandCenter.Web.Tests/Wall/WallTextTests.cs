using System.Text.Json;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Wall;

public sealed class WallTextTests
{
    [Theory]
    [InlineData(0, "0.00", "元", "0.00 元")]
    [InlineData(5, "0.05", "元", "0.05 元")]
    [InlineData(99_99_99, "9,999.99", "元", "9,999.99 元")]
    [InlineData(100_00_00, "1.00", "万元", "10,000.00 元")]
    [InlineData(99_999_999_99, "9,999.99", "万元", "99,999,999.99 元")]
    [InlineData(100_000_000_00, "1.0000", "亿元", "100,000,000.00 元")]
    [InlineData(302_134_512_34, "3.0213", "亿元", "302,134,512.34 元")]
    [InlineData(999_999_999_999_99, "9,999.99", "亿元", "999,999,999,999.99 元")]
    [InlineData(-12_00, "−12.00", "元", "−12.00 元")]
    [InlineData(-302_134_512_34, "−3.0213", "亿元", "−302,134,512.34 元")]
    [InlineData(long.MaxValue, "922,337,203.6", "亿元", "92,233,720,368,547,758.07 元")]
    [InlineData(long.MinValue, "−922,337,203.6", "亿元", "−92,233,720,368,547,758.08 元")]
    public void Money_in_Chinese_takes_the_unit_that_fits_and_keeps_every_fen_aside(long fen, string value, string unit, string exact) =>
        Assert.Equal(new MoneyText(value, unit, exact), MoneyText.Of(fen, WallLanguage.Zh));

    [Theory]
    [InlineData(0, "¥0.00", "", "¥0.00")]
    [InlineData(999_99, "¥999.99", "", "¥999.99")]
    [InlineData(1_000_00, "¥1.00", "k", "¥1,000.00")]
    [InlineData(912_345_67, "¥912.34", "k", "¥912,345.67")]
    [InlineData(302_134_512_34, "¥302.13", "m", "¥302,134,512.34")]
    [InlineData(6_213_452_000_00, "¥6,213", "m", "¥6,213,452,000.00")]
    [InlineData(123_456_789_012_34, "¥123.4", "bn", "¥123,456,789,012.34")]
    [InlineData(-302_134_512_34, "−¥302.13", "m", "−¥302,134,512.34")]
    public void Money_in_English_is_yuan_thousands_millions_or_billions(long fen, string value, string unit, string exact) =>
        Assert.Equal(new MoneyText(value, unit, exact), MoneyText.Of(fen, WallLanguage.En));

    [Theory]
    [InlineData(13_641_234_56, "1,364.1", "13.64")]
    [InlineData(-1, "−0.0", "−0.00")]
    [InlineData(1_033_164_000_00, "103,316", "1,033")]
    public void A_money_column_keeps_one_unit_from_top_to_bottom(long fen, string zh, string en)
    {
        Assert.Equal((zh, ""), (MoneyText.OfColumn(fen, WallLanguage.Zh).Value, MoneyText.OfColumn(fen, WallLanguage.Zh).Unit));
        Assert.Equal((en, ""), (MoneyText.OfColumn(fen, WallLanguage.En).Value, MoneyText.OfColumn(fen, WallLanguage.En).Unit));
    }

    [Theory]
    [InlineData(0.9, "90.0%")]
    [InlineData(0.89999, "89.9%")]
    [InlineData(1, "100.0%")]
    public void A_ratio_below_its_target_never_reads_as_the_target(double ratio, string text) =>
        Assert.Equal(text, CountText.OfRatio(ratio));

    [Theory]
    [InlineData(17_288, "+17,288")]
    [InlineData(-321, "−321")]
    [InlineData(0, "±0")]
    public void A_change_carries_its_sign(long change, string text) => Assert.Equal(text, CountText.OfChange(change));

    [Theory]
    [InlineData(106_7, 100_0, "+6.7%")]
    [InlineData(937, 1_000, "−6.3%")]
    [InlineData(1_000, 1_000, "±0.0%")]
    [InlineData(10_009, 10_000, "±0.0%")]
    [InlineData(1_999, 1_000, "+99.9%")]
    [InlineData(0, 7, "−100.0%")]
    [InlineData(10_999, 1_000, "+999.9%")]
    [InlineData(11_000, 1_000, "> +999%")]
    [InlineData(-20_000, 1_000, "< −999%")]
    [InlineData(long.MaxValue, 1, "> +999%")]
    [InlineData(long.MinValue, long.MaxValue, "−200.0%")]
    public void Growth_is_truncated_and_more_than_tenfold_is_only_named(long now, long then, string text) =>
        Assert.Equal(text, CountText.OfGrowth(now, then));

    [Theory]
    [InlineData("上海市浦东新区人民法院", "浦东新区")]
    [InlineData("上海市徐汇区人民法院", "徐汇")]
    [InlineData("上海市第一中级人民法院", "第一中院")]
    [InlineData("上海市高级人民法院", "高院")]
    [InlineData("上海铁路运输法院", "铁路运输")]
    [InlineData("法院", "法院")]
    public void A_Chinese_court_name_is_shortened_to_what_people_say(string name, string shortName) =>
        Assert.Equal(shortName, CourtNames.ShortZh(name));

    [Theory]
    [InlineData("Pudong New Area People's Court", "Pudong")]
    [InlineData("Xuhui District People's Court", "Xuhui")]
    [InlineData("Shanghai No.1 Intermediate People's Court", "No.1 Int.")]
    [InlineData("Shanghai High People's Court", "High Court")]
    [InlineData("Shanghai Intellectual Property Court", "IP Court")]
    public void An_English_court_name_is_shortened_to_fit_a_column(string name, string shortName) =>
        Assert.Equal(shortName, CourtNames.ShortEn(name));

    [Fact]
    public void Every_text_is_there_in_both_languages()
    {
        string[] emptyOnPurpose = ["money.yuan"]; // English writes ¥ before the digits instead.
        foreach (var key in WallTexts.Keys)
        {
            Assert.False(string.IsNullOrWhiteSpace(WallTexts.Of(key, WallLanguage.Zh)), key + " has no Chinese");
            if (!emptyOnPurpose.Contains(key))
            {
                Assert.False(string.IsNullOrWhiteSpace(WallTexts.Of(key, WallLanguage.En)), key + " has no English");
                Assert.DoesNotContain(WallTexts.Of(key, WallLanguage.En), letter => letter is >= '一' and <= '鿿' && key != "home.otherLanguage");
            }
        }
    }

    [Fact]
    public void Ages_and_days_read_as_the_examples_that_the_script_is_tested_with()
    {
        using var examples = JsonDocument.Parse(File.ReadAllText(
            Path.Combine(WallHost.FindRoot(), "tests", "CommandCenter.Web.Tests", "Wall", "wall-examples.json")));

        foreach (var age in examples.RootElement.GetProperty("ages").EnumerateArray())
        {
            var span = TimeSpan.FromMilliseconds(age.GetProperty("ms").GetInt64());
            Assert.Equal(age.GetProperty("zh").GetString(), TimeText.Age(span, WallLanguage.Zh));
            Assert.Equal(age.GetProperty("en").GetString(), TimeText.Age(span, WallLanguage.En));
        }

        foreach (var time in examples.RootElement.GetProperty("times").EnumerateArray())
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetProperty("ms").GetInt64());
            Assert.Equal(time.GetProperty("clock").GetString(), TimeText.Clock(at));
            Assert.Equal(time.GetProperty("zh").GetString(), TimeText.Date(at, WallLanguage.Zh));
            Assert.Equal(time.GetProperty("en").GetString(), TimeText.Date(at, WallLanguage.En));
        }
    }
}
