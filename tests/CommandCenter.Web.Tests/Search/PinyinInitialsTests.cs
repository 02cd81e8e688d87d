using CommandCenter.Web.Search;

namespace CommandCenter.Web.Tests.Search;

public sealed class PinyinInitialsTests
{
    private const string CommonSurnames =
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

    [Theory]
    [InlineData('张', "z")]
    [InlineData('三', "s")]
    [InlineData('一', "y")]
    [InlineData('吕', "l")]
    [InlineData('〇', "l")]
    [InlineData('a', "a")]
    [InlineData('7', "7")]
    [InlineData('(', "")]
    [InlineData('·', "")]
    [InlineData('的', "d")]
    public void A_character_has_the_letters_of_its_readings(char character, string letters) => Assert.Equal(letters, PinyinInitials.Of(character));

    [Theory]
    [InlineData('单', "sd")]
    [InlineData('曾', "zc")]
    [InlineData('重', "cz")]
    [InlineData('行', "hx")]
    [InlineData('仇', "qc")]
    [InlineData('区', "oq")]
    [InlineData('查', "zc")]
    [InlineData('解', "xj")]
    [InlineData('尉', "yw")]
    [InlineData('万', "wm")]
    [InlineData('覃', "qt")]
    [InlineData('翟', "zd")]
    [InlineData('乐', "yl")]
    [InlineData('朴', "p")]
    [InlineData('缪', "m")]
    [InlineData('盖', "g")]
    [InlineData('召', "sz")]
    [InlineData('长', "cz")]
    [InlineData('厦', "xs")]
    [InlineData('都', "d")]
    [InlineData('传', "cz")]
    [InlineData('朝', "cz")]
    [InlineData('沈', "s")]
    [InlineData('石', "s")]
    [InlineData('种', "cz")]
    [InlineData('会', "hk")]
    [InlineData('调', "dt")]
    public void A_character_with_several_readings_is_found_by_each(char character, string letters) =>
        Assert.All(letters, letter => Assert.Contains(letter, PinyinInitials.Of(character)));

    [Fact]
    public void Nearly_every_character_has_a_letter()
    {
        var missing = Enumerable.Range(0x4E00, 0x9FA6 - 0x4E00).Count(unit => PinyinInitials.Of((char)unit).Length == 0);

        Assert.InRange(missing, 0, 500); // Ghosts of old catalogues without a reading.
        Assert.All(CommonSurnames, surname => Assert.NotEmpty(PinyinInitials.Of(surname)));
    }
}
