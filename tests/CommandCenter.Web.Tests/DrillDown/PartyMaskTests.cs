using CommandCenter.Web.DrillDown;

namespace CommandCenter.Web.Tests.DrillDown;

public sealed class PartyMaskTests
{
    [Theory]
    [InlineData("张三", "张**")]
    [InlineData("张三丰", "张**")]
    [InlineData("欧阳修", "欧**")]
    [InlineData("阿卜杜拉·买买提", "阿**")]
    [InlineData("王", "王**")]
    [InlineData(" 李四 ", "李**")]
    [InlineData("𠮷野家太郎", "𠮷**")] // A character beyond the first plane is one character.
    [InlineData("John Smith", "J**")]
    [InlineData("Nicole Company-Smith", "N**")]
    [InlineData("银行张三", "银**")]
    [InlineData("上海浦江（集团）有限公司", "上海浦江（集团）有限公司")]
    [InlineData("中国建设银行上海分行", "中国建设银行上海分行")]
    [InlineData("浦东新区第一小学", "浦东新区第一小学")]
    [InlineData("Pujiang (Group) Ltd.", "Pujiang (Group) Ltd.")]
    [InlineData("Sea Bank", "Sea Bank")]
    [InlineData("", "")]
    public void People_are_masked_and_organisations_are_not(string name, string shown) => Assert.Equal(shown, PartyMask.Of(name));
}
