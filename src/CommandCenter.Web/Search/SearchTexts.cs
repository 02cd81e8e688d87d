using System.Collections.Frozen;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Search;

/// <summary>Every word of the page of search and of the box that leads to it, both languages side by side.</summary>
internal static class SearchTexts
{
    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["title"] = ("查找案件", "Find cases"),
        ["skip"] = ("跳到结果", "Skip to the results"),
        ["box"] = ("案号、当事人、承办人或拼音首字母", "Number, party, handler or pinyin initials"),
        ["box.short"] = ("查找案件", "Find cases"),
        ["go"] = ("查找", "Find"),
        ["scope"] = ("法院", "Court"),
        ["found"] = ("找到 {0} 件", "{0} cases found"),
        ["found.one"] = ("找到 {0} 件", "{0} case found"),
        ["found.about"] = ("约 {0} 件", "about {0} cases"),
        ["none"] = ("没有找到。可只输案号中的数字、姓名中的两个字，或拼音首字母（张三：zs）。", "Nothing found. A running number, two characters of a name, or pinyin initials (张三: zs) are enough."),
        ["lead"] = ("案号可省括号和“号”，只输编号也可；单位名称可输其中一段；拼音首字母可查人名和单位（上海某公司：shgs 中的一段）。", "Brackets and 号 may be left out of a number, and so may all but the running number; any part of a name will do; initials find people and companies alike."),
        ["column.found"] = ("命中", "Found in"),
        ["field.number"] = ("案号", "number"),
        ["field.party"] = ("当事人", "party"),
        ["field.formerName"] = ("曾用名", "former name"),
        ["field.handler"] = ("承办人", "handler"),
        ["fault.query.bad-q"] = ("请输 1 至 64 个字。", "Type 1 to 64 characters."),
        ["fault.query.bad-size"] = ("每页 1 至 100 条。", "A page holds 1 to 100."),
        ["fault.query.search-busy"] = ("查找的人很多，请稍候再试。", "Many are searching; try again in a moment."),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that keeps both languages complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    /// <exception cref="KeyNotFoundException">No such text: a slip in our own code, never bad input.</exception>
    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;
}
