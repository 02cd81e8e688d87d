using CommandCenter.Web.Search;

namespace CommandCenter.Web.Tests.Search;

public sealed class SearchFoldTests
{
    [Theory]
    [InlineData("  张三 ", "张三")]
    [InlineData("ＡＢＣ贸易（上海）有限公司", "abc贸易(上海)有限公司")]
    [InlineData("Pujiang\u3000\u00A0 (Group)", "pujiang (group)")]
    [InlineData("（２０１７）沪０１１５执１２３４号", "(2017)沪0115执1234号")]
    [InlineData("買買提・吐爾遜", "買買提·吐爾遜")]
    [InlineData("买买提•吐尔逊", "买买提·吐尔逊")]
    [InlineData("José MÜLLER Łódź", "jose muller łodz")]
    [InlineData("Jose\u0301", "jose")]
    [InlineData("㈱东方", "(株)东方")]
    [InlineData("①号", "1号")]
    [InlineData("\uF9D1", "六")] // A compatibility form that old systems send.
    [InlineData("张\u200B三\uFEFF", "张三")]
    [InlineData("ｱｲｳ", "アイウ")]
    [InlineData("𠮷野家", "𠮷野家")]
    [InlineData("\u0001\u001F", "")]
    [InlineData("   ", "")]
    [InlineData("", "")]
    public void What_two_people_type_for_one_name_is_the_same(string text, string folded) => Assert.Equal(folded, SearchFold.Of(text));

    /// <summary>Not in a row of data: attributes are UTF-8, which has no half characters.</summary>
    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDFFF)]
    public void Half_a_character_is_replaced(int unit) => Assert.Equal("张\uFFFD三", SearchFold.Of($"张{(char)unit}三"));

    [Fact]
    public void Every_folded_character_knows_where_it_comes_from()
    {
        var (folded, origins) = SearchFold.Trace("  A ㈱\u200BＢ ");

        Assert.Equal("a (株)b", folded);
        Assert.Equal([2, 4, 4, 4, 4, 6], origins);
    }

    [Fact]
    public void Any_unit_folds_to_a_few_and_a_folded_text_stays_as_it_is()
    {
        Span<char> room = stackalloc char[SearchFold.GrowthMax];
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            var length = SearchFold.Fold([(char)unit], room, []);
            var folded = room[..length].ToString();

            Assert.InRange(length, 0, SearchFold.GrowthMax);
            Assert.DoesNotContain(folded, one => one < ' ');
            Assert.Equal(folded, SearchFold.Of(folded));
        }
    }
}
