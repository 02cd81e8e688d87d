using System.Reflection;
using CommandCenter.Web.Places;

namespace CommandCenter.Web.Tests.Docs;

public sealed class MapDocsTests
{
    [Fact]
    public void Every_code_of_a_wrong_map_is_explained()
    {
        var codes = typeof(MapCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(codes.Order(StringComparer.Ordinal), MarkdownFile.Read("docs", "map.md").FirstColumnOf("code").Order(StringComparer.Ordinal));
    }
}
