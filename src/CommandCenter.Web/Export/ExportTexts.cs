using System.Collections.Frozen;
using System.Globalization;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Export;

/// <summary>Every word of an exported file that no page has, both languages side by side.</summary>
internal static class ExportTexts
{
    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["cases"] = ("案件", "Cases"),
        ["payments"] = ("案款收付", "Payments"),
        ["about"] = ("导出说明", "About this file"),
        ["about.item"] = ("项目", "Item"),
        ["about.value"] = ("内容", "Value"),
        ["about.list"] = ("清单", "List"),
        ["about.filter"] = ("筛选", "Filter"),
        ["about.sort"] = ("排序", "Order"),
        ["about.by"] = ("导出人", "Exported by"),
        ["about.at"] = ("导出时间", "Exported at"),
        ["about.asOf"] = ("数据截至", "Data as of"),
        ["about.rows"] = ("行数", "Rows"),
        ["about.rows.all"] = ("{0}（全部）", "{0} (all)"),
        ["about.rows.cut"] = ("{0}，共 {1} 条中的前 {0} 条：一个文件最多 {0} 条，请缩小筛选范围", "{0}, the first of {1}: a file holds {0} at most; narrow the filter"),
        ["about.sum"] = ("合计（元）", "Sum (¥)"),
        ["about.masked"] = ("个人信息", "Personal data"),
        ["about.masked.yes"] = ("自然人姓名、证件号、电话、账号已隐去。本次导出已留痕。", "Names of people, identity, telephone and account numbers are masked. This export stands in the trace."),
        ["about.money"] = ("金额", "Money"),
        ["about.money.how"] = ("元，两位小数，精确到分；超过 15 位数字的以文本写出。", "Yuan with two decimals, exact to the fen; amounts of more than 15 digits are text."),
        ["position"] = ("分区 {0} 第 {1} 条记录", "partition {0} record {1}"),
        ["yes"] = ("是", "yes"),
        ["column.way"] = ("结案方式", "Way of closing"),
        ["column.overdue"] = ("超期", "Overdue"),
        ["column.fundsOut"] = ("发放（元）", "Paid out (¥)"),
        ["sort.up"] = ("{0} 升序", "{0}, upwards"),
        ["sort.down"] = ("{0} 降序", "{0}, downwards"),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that keeps both languages complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    /// <exception cref="KeyNotFoundException">No such text: a slip in our own code, never bad input.</exception>
    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;

    /// <summary>With values in it.</summary>
    public static string Format(string key, WallLanguage language, params object[] values) => string.Format(CultureInfo.InvariantCulture, Of(key, language), values);
}
