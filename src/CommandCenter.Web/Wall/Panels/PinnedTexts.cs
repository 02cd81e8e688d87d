using System.Collections.Frozen;

namespace CommandCenter.Web.Wall.Panels;

/// <summary>Every word of what is pinned to a wall, both languages side by side.</summary>
internal static class PinnedTexts
{
    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["title"] = ("重点关注", "In focus"),
        ["empty"] = ("未置顶法院、案件或人员，可在导播台置顶", "No court, case or officer is pinned; directors pin them"),
        ["more"] = ("另有 {0} 项", "and {0} more"),
        ["by"] = ("{0} {1} 置顶", "pinned by {0} at {1}"),
        ["unknown"] = ("暂时无法读取", "cannot be read now"),
        ["none"] = ("—", "—"),
        ["cases"] = ("件", "cases"),
        ["of-court.received"] = ("今日新收", "received today"),
        ["of-court.closed"] = ("今日结案", "closed today"),
        ["of-court.pending"] = ("存案", "pending"),
        ["of-court.in"] = ("今日款入", "money in today"),
        ["of-court.out"] = ("今日款出", "money out today"),
        ["of-court.terminal"] = ("终本存量", "terminal stock"),
        ["of-court.overdue"] = ("超期 {0} 件", "{0} overdue"),
        ["of-court.inTime"] = ("无超期", "none overdue"),
        ["of-court.overdueUnknown"] = ("超期无数据源", "overdue: no source"),
        ["of-case.claim"] = ("标的", "claim"),
        ["of-case.in"] = ("到账", "received"),
        ["of-case.out"] = ("发放", "paid out"),
        ["of-case.node"] = ("节点", "node"),
        ["of-case.handler"] = ("承办人", "handler"),
        ["of-case.court"] = ("法院", "court"),
        ["of-case.due"] = ("期限", "due"),
        ["of-case.open"] = ("在办", "open"),
        ["of-case.suspended"] = ("中止", "suspended"),
        ["of-case.closed"] = ("已结", "closed"),
        ["of-case.moved"] = ("移送", "moved"),
        ["of-case.overdue"] = ("超期", "overdue"),
        ["of-officer.on"] = ("在岗", "on duty"),
        ["of-officer.off"] = ("离岗", "off duty"),
        ["of-officer.since"] = ("状态自", "since"),
        ["of-officer.reported"] = ("最近位置", "last position"),
        ["of-officer.ago"] = ("{0} 前", "{0} ago"),
        ["of-officer.never"] = ("尚无位置", "no position yet"),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that keeps both languages complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;
}
