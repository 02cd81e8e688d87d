using System.Globalization;
using System.Text.RegularExpressions;
using CommandCenter.Web.PersonalData;

namespace CommandCenter.Web.DrillDown;

/// <summary>Names of parties as anybody may read them: organisations whole, people with their first character only.</summary>
/// <remarks>When in doubt it is a person: a masked company costs a click, a person's name in the open cannot be taken back.</remarks>
internal static partial class PartyMask
{
    private const string Hidden = "**";

    private static readonly string[] s_endings =
    [
        "公司", "集团", "银行", "支行", "分行", "合作社", "信用社", "事务所", "委员会", "居委会", "村委会", "业委会", "政府", "管理局", "税务局", "公安局", "分局",
        "学校", "大学", "学院", "中学", "小学", "幼儿园", "医院", "卫生院", "基金会", "协会", "商会", "工会", "研究院", "研究所", "设计院", "出版社", "企业", "工厂", "商行",
        "经营部", "门市部", "服务部", "合伙企业", "(有限合伙)", "（有限合伙）", "个人独资企业", "中心", "酒店", "宾馆", "超市", "商店", "餐厅", "饭店", "药店", "法院", "检察院",
    ];

    public static string Of(string name)
    {
        var plain = name.Trim();
        if (plain.Length == 0)
        {
            return "";
        }

        return s_endings.Any(ending => plain.EndsWith(ending, StringComparison.Ordinal)) || LatinCompany().IsMatch(plain)
            ? PersonalText.Of(plain)
            : StringInfo.GetNextTextElement(plain) + Hidden;
    }

    [GeneratedRegex(@"\b(ltd|limited|inc|llc|llp|corp|corporation|company|co|group|bank|gmbh|plc|university|hospital|association|foundation|fund)\.?\s*\)?$", RegexOptions.IgnoreCase)]
    private static partial Regex LatinCompany();
}
