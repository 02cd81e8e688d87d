using System.Collections.Frozen;
using System.Globalization;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tablet;

/// <summary>Every word of the tablet, both languages side by side. Those that begin with <c>script.</c> go to the page for what it says by itself.</summary>
internal static class TabletTexts
{
    private const string ScriptPrefix = "script.";

    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["title"] = ("掌上指挥", "Command tablet"),
        ["product"] = ("执行指挥中心", "Enforcement Command Centre"),
        ["home"] = ("首页", "Home"),
        ["cases"] = ("案件", "Cases"),
        ["search"] = ("搜索", "Search"),
        ["account"] = ("我的账号", "My account"),
        ["skip"] = ("跳到今日三件事", "Skip to three things today"),
        ["nav"] = ("页面", "Pages"),
        ["things"] = ("今日三件事", "Three things today"),
        ["figures"] = ("本院数字", "My court"),
        ["figures.area"] = ("辖区数字", "My courts"),
        ["figures.handler"] = ("我的案件", "My cases"),
        ["lapses"] = ("将到期", "What lapses"),
        ["next"] = ("最先到期", "Next to lapse"),
        ["waiting"] = ("谁的钱在等", "Whose money waits"),
        ["late"] = ("谁超期了", "Who is late"),
        ["urges"] = ("督促", "Urges"),
        ["urges.handler"] = ("收到的督促", "Urges to me"),
        ["noScript"] = ("本页需要脚本。", "This page needs its script."),
        ["city"] = ("全市", "City"),
        ["date"] = ("{0} 月 {1} 日 {2}", "{2} {1} {0}"),

        ["figure.pending"] = ("存案", "pending"),
        ["figure.received"] = ("今日新收", "received today"),
        ["figure.closed"] = ("今日结案", "closed today"),
        ["figure.in"] = ("今日款入", "in today"),
        ["figure.out"] = ("今日款出", "out today"),
        ["figure.overdue"] = ("超期未结", "overdue"),
        ["figure.closedYear"] = ("今年结案", "closed this year"),
        ["figure.terminal"] = ("终本存量", "terminal stock"),
        ["figure.controls"] = ("七日内查控到期", "controls, 7 days"),
        ["figure.limits"] = ("七日内期限届满", "limits, 7 days"),
        ["figure.waiting"] = ("待发案款", "money waits"),
        ["stopped"] = ("{0} 数据停更，数字仍是旧的。", "{0}: not updating, the figures are old."),
        ["join"] = ("、", ", "),

        ["thing.ControlNow"] = ("{0}{1}到期", "Control lapses: {0}, {1}"),
        ["thing.ControlSoon"] = ("{0}{1}到期", "Control lapses: {0}, {1}"),
        ["thing.ControlLater"] = ("{0}{1}到期", "Control lapses: {0}, {1}"),
        ["thing.LimitNow"] = ("六个月办案期限届满", "Six-month limit ends"),
        ["thing.LimitSoon"] = ("六个月办案期限届满", "Six-month limit ends"),
        ["thing.LimitLater"] = ("六个月办案期限届满", "Six-month limit ends"),
        ["thing.Overdue"] = ("六个月办案期限已过", "Beyond the six-month limit"),
        ["thing.MoneyLong"] = ("{0} 的案款等了 {1} 天", "Money of {0} has waited {1} d"),
        ["thing.MoneySoon"] = ("{0} 的案款等了 {1} 天", "Money of {0} has waited {1} d"),
        ["thing.UrgeWaits"] = ("督促至今未答复", "An urge without a reply"),
        ["thing.UrgeWaits.handler"] = ("{0} 督促，待您答复", "{0} urges; waits for your reply"),
        ["money.undated"] = ("{0} 的案款待发", "Money of {0} waits"),

        ["rule.ControlNow"] = ("不续即失效，财产脱控（查封规定27条）", "Not renewed it ends, and the property is free (查封规定 art. 27)"),
        ["rule.ControlSoon"] = ("须在到期前续行（解释485条）", "To be renewed before it ends (解释 art. 485)"),
        ["rule.ControlLater"] = ("须在到期前续行（解释485条）", "To be renewed before it ends (解释 art. 485)"),
        ["rule.LimitNow"] = ("届满前结案，或五日前报请延长（法发〔2006〕35号）", "Close it, or ask for longer five days before (法发〔2006〕35号)"),
        ["rule.LimitSoon"] = ("届满前结案，或五日前报请延长（法发〔2006〕35号）", "Close it, or ask for longer five days before (法发〔2006〕35号)"),
        ["rule.LimitLater"] = ("届满前结案，或五日前报请延长（法发〔2006〕35号）", "Close it, or ask for longer five days before (法发〔2006〕35号)"),
        ["rule.Overdue"] = ("应在六个月内结案（法发〔2006〕35号）", "To be closed within six months (法发〔2006〕35号)"),
        ["rule.MoneyLong"] = ("应在 30 日内发放（法发〔2017〕6号）", "To be paid out within 30 days (法发〔2017〕6号)"),
        ["rule.MoneySoon"] = ("应在 30 日内发放（法发〔2017〕6号）", "To be paid out within 30 days (法发〔2017〕6号)"),
        ["rule.UrgeWaits"] = ("事由：{0}", "About: {0}"),
        ["more"] = ("同类另有 {0} 件", "{0} more like it"),

        ["day.0"] = ("今日", "today"),
        ["day.1"] = ("明日", "tomorrow"),
        ["day.n"] = ("{0} 天后", "in {0} d"),
        ["days"] = ("{0} 天", "{0} d"),
        ["days.over"] = ("超 {0} 天", "{0} d over"),
        ["days.undated"] = ("日期待查", "date unknown"),
        ["lapses.controls"] = ("查控", "Controls"),
        ["lapses.limits"] = ("办案期限", "Case limits"),
        ["lapses.past"] = ("已过", "past"),
        ["lapses.within"] = ("{0} 天内", "{0} d"),
        ["next.control"] = ("{0}{1}", "{0} {1}"),
        ["next.limit"] = ("六个月期限", "six-month limit"),
        ["who.none"] = ("未分案", "no handler"),
        ["late.cases"] = ("超期 {0} 件", "overdue: {0}"),
        ["late.oldest"] = ("最久 {0} 天", "longest {0} d"),
        ["waiting.sum"] = ("{0} 件，共 {1}{2}；其中逾 30 日 {3} 件", "{0} cases, {1}{2} in all; {3} beyond 30 days"),

        ["waiting.undated"] = ("；{0} 件到账日期待查", "; {0} with a date still looked up"),

        ["script.connecting"] = ("正在连接", "Connecting"),
        ["script.live"] = ("截至 {0}", "as of {0}"),
        ["script.offline"] = ("无网络连接 · 以下为 {0} 的数据，已过 {1}", "No connection · this is as of {0}, {1} old"),
        ["script.silent"] = ("服务器无应答 · 以下为 {0} 的数据，已过 {1}", "The server does not answer · this is as of {0}, {1} old"),
        ["script.nothing"] = ("无网络连接，本机没有可显示的数据。", "No connection, and nothing is kept on this tablet."),
        ["script.wiped"] = ("会话已结束，本机保存的数据已清除。请重新登录。", "The session has ended and what was kept here is gone. Sign in again."),
        ["script.signIn"] = ("登录", "Sign in"),
        ["script.counted"] = ("案件清点于 {0}", "cases counted at {0}"),
        ["script.counting"] = ("案件清点中", "counting the cases"),
        ["script.none.things"] = ("今日没有紧急事项。", "Nothing urgent today."),
        ["script.none.next"] = ("三十天内没有到期。", "Nothing lapses within thirty days."),
        ["script.none.waiting"] = ("没有待发案款。", "No money waits."),
        ["script.none.late"] = ("没有人超期。", "Nobody is late."),
        ["script.none.urges"] = ("没有督促。", "No urges."),
        ["script.open"] = ("查看", "Open"),
        ["script.urge"] = ("督促", "Urge"),
        ["script.urgeAgain"] = ("再督促", "Urge again"),
        ["script.urgeAgainWhom"] = ("再督促 {0} 办理 {1}：{2}。一经点击即以您的姓名记录，不能撤回。", "Urge again {0} about {1}: {2}. One tap records it in your name and cannot be taken back."),
        ["script.urgeWhom"] = ("督促 {0} 办理 {1}：{2}。一经点击即以您的姓名记录，不能撤回。", "Urge {0} about {1}: {2}. One tap records it in your name and cannot be taken back."),
        ["script.urging"] = ("正在写入…", "Writing…"),
        ["script.urged"] = ("已写入案件记录 {0}，不能撤回", "Written into the case {0}, for good"),
        ["script.urgedBefore"] = ("已督促 {0}，待答复", "Urged {0} ago, no reply yet"),
        ["script.urgeOffline"] = ("无网络，督促未发出，也不会补发。", "No connection: the urge was not sent and will not be sent later."),
        ["script.unsure"] = ("没有收到应答：可能已记录。再点一次不会重复。", "No answer came: it may be recorded. Tapping again records it once only."),
        ["script.refused"] = ("未记录：{0}", "Not recorded: {0}"),
        ["script.note"] = ("附言", "Note"),
        ["script.noteLabel"] = ("给承办人的附言，最多 256 字", "A note to the handler, at most 256 characters"),
        ["script.urgeSaid"] = ("{0} 督促：{1}", "{0} urged: {1}"),
        ["script.age"] = ("{0}前", "{0} ago"),
        ["script.due"] = ("请于 {0} 前答复", "reply asked by {0}"),
        ["script.waits"] = ("待答复", "waits for a reply"),
        ["script.replied"] = ("答复", "Reply"),
        ["script.replyLabel"] = ("办理情况，最多 256 字", "What was done, at most 256 characters"),
        ["script.reply"] = ("答复", "Reply"),
        ["script.replied.ok"] = ("答复已写入案件记录 {0}", "The reply is written into the case {0}"),
        ["script.replyOffline"] = ("无网络，答复未发出；文字仍在框内。", "No connection: the reply was not sent; the text is still in the box."),
        ["script.second"] = ("{0} 秒", "{0} s"),
        ["script.minute"] = ("{0} 分钟", "{0} min"),
        ["script.hour"] = ("{0} 小时 {1} 分", "{0} h {1} min"),
        ["script.day"] = ("{0} 天 {1} 小时", "{0} d {1} h"),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that both languages are complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;

    public static string Format(string key, WallLanguage language, params object[] values) => string.Format(CultureInfo.InvariantCulture, Of(key, language), values);

    /// <summary>The words that the script needs, by their names there.</summary>
    public static IReadOnlyDictionary<string, string> OfScript(WallLanguage language) => s_texts.Keys.Where(static key => key.StartsWith(ScriptPrefix, StringComparison.Ordinal))
        .ToDictionary(static key => key[ScriptPrefix.Length..], key => Of(key, language), StringComparer.Ordinal);
}
