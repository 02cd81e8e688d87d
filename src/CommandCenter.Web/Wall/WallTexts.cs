using System.Collections.Frozen;

namespace CommandCenter.Web.Wall;

/// <summary>Language of a page. zh-CN is the default everywhere.</summary>
public enum WallLanguage
{
    /// <summary>Chinese, simplified.</summary>
    Zh,

    /// <summary>English.</summary>
    En,
}

/// <summary>Every word of the wall and the index page, both languages side by side, for the server and the script alike.</summary>
internal static class WallTexts
{
    /// <summary>Keys that start so are handed to the script with the page.</summary>
    private const string ScriptPrefix = "js.";

    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts =
        new Dictionary<string, (string Zh, string En)>
        {
            ["product"] = ("执行指挥中心", "Enforcement Command Centre"),
            ["badge.demonstration"] = ("演示数据", "Demonstration"),

            ["bar.date"] = ("日期与时间（上海）", "Date and time (Shanghai)"),
            ["bar.asOf"] = ("截至", "As of"),
            ["bar.age"] = ("数据时龄", "Age"),
            ["bar.proof"] = ("核对", "Proof"),
            ["bar.connection"] = ("连接", "Connection"),
            ["bar.recent"] = ("最新", "Latest"),
            ["bar.recent.none"] = ("暂无事件", "No events yet"),

            ["proof.identity-holds"] = ("收结存相符", "Identity holds"),
            ["proof.violated"] = ("收结存不符", "Identity violated"),
            ["proof.unknown"] = ("尚未核对", "Not yet checked"),
            ["proof.at"] = ("核对于", "checked at"),

            ["recount.proved.bar"] = ("逐格复核 {0}", "Proved {0}"),
            ["recount.recounting.bar"] = ("复核中 {0}", "Recounting {0}"),
            ["recount.differs.bar"] = ("复核不符 {0} 处", "{0} cells differ"),
            ["recount.unknown.bar"] = ("部分无法复核", "Partly unknown"),
            ["recount.paused.bar"] = ("复核已暂停", "Recount paused"),
            ["recount.recounting"] = ("复核中", "recount"),
            ["recount.differs"] = ("不符", "differs"),
            ["recount.unknown"] = ("未复核", "unclear"),
            ["recount.title.provedAt"] = ("{0} 由日志独立重算，逐件逐分相符", "Recounted from the journal at {0}: equal to the case and the fen"),
            ["recount.title.proved"] = ("全部格子由日志独立重算，逐件逐分相符", "Every cell was recounted from the journal: equal to the case and the fen"),
            ["recount.title.recounting"] = ("正在由日志重算，尚无结论", "Being recounted from the journal; nothing is known yet"),
            ["recount.title.unknown"] = ("此时无法由日志重算", "Cannot be recounted from the journal now"),
            ["recount.title.paused"] = ("复核已暂停；标记为暂停前的结论", "The recount is paused; marks say what was known before"),
            ["recount.cell"] = ("{0} {1} {2}：显示 {3}，日志 {4}", "{0} {1} {2}: shown {3}, the journal says {4}"),
            ["recount.alert.one"] = ("复核不符 · {0}", "Recount differs · {0}"),
            ["recount.alert.more"] = ("复核不符 · {0} · 共 {1} 处", "Recount differs · {0} · {1} cells in all"),

            ["cell.now"] = ("现存", "now"),
            ["cell.received"] = ("新收", "received"),
            ["cell.closed"] = ("结案", "closed"),
            ["cell.revoked"] = ("撤销结案", "closings revoked"),
            ["cell.transferredIn"] = ("移入", "transferred in"),
            ["cell.transferredOut"] = ("移出", "transferred out"),
            ["cell.closedBy"] = ("结案方式", "closed by"),
            ["cell.revokedBy"] = ("撤销结案方式", "revoked by"),
            ["cell.reinstated"] = ("恢复执行", "reinstated"),
            ["cell.fundsIn"] = ("款入", "money in"),
            ["cell.fundsInReversed"] = ("款入冲正", "money in reversed"),
            ["cell.fundsOut"] = ("款出", "money out"),
            ["cell.fundsOutReversed"] = ("款出冲正", "money out reversed"),
            ["cell.petitionsReceived"] = ("信访收到", "petitions received"),
            ["cell.petitionsAnswered"] = ("信访答复", "petitions answered"),
            ["cell.irregular"] = ("不合规事实", "irregular facts"),
            ["cell.pending"] = ("存案", "pending"),
            ["cell.terminalStock"] = ("终本存量", "terminal stock"),
            ["cell.overdue"] = ("超期", "overdue"),
            ["cell.controlsLapsed"] = ("查控已失效", "controls lapsed"),
            ["cell.controlsWithin"] = ("查控到期天数", "controls by days left"),
            ["cell.officersOnDuty"] = ("在岗人员", "officers on duty"),
            ["cell.standing"] = ("停留节点", "standing at node"),
            ["cell.standingOverdue"] = ("停留节点超期", "overdue at node"),
            ["cell.handlerPending"] = ("承办人存案", "a handler's pending"),
            ["cell.handlerSuspended"] = ("承办人中止", "a handler's suspended"),
            ["cell.handlerOverdue"] = ("承办人超期", "a handler's overdue"),
            ["cell.handlerTerminal"] = ("承办人终本存量", "a handler's terminal stock"),
            ["cell.handlerHeld"] = ("承办人款在账", "a handler's money held"),
            ["cell.handlerReceivedToday"] = ("承办人今日新收", "a handler's received today"),
            ["cell.handlerReceivedMonth"] = ("承办人本月新收", "a handler's received this month"),
            ["cell.handlerReceivedYear"] = ("承办人本年新收", "a handler's received this year"),
            ["cell.handlerClosedToday"] = ("承办人今日结案", "a handler's closed today"),
            ["cell.handlerClosedMonth"] = ("承办人本月结案", "a handler's closed this month"),
            ["cell.handlerClosedYear"] = ("承办人本年结案", "a handler's closed this year"),
            ["cell.kind.other"] = ("其他", "other"),

            ["figures.title"] = ("全市执行态势", "City figures"),
            ["figures.today"] = ("今日", "Today"),
            ["figures.month"] = ("本月", "This month"),
            ["figures.year"] = ("今年", "This year"),
            ["figures.received"] = ("新收", "Received"),
            ["figures.closed"] = ("结案", "Closed"),
            ["figures.pending"] = ("存案", "Pending"),
            ["figures.in"] = ("款入", "Money in"),
            ["figures.out"] = ("款出", "Money out"),
            ["figures.cases"] = ("件", "cases"),
            ["figures.since.month"] = ("较月初", "MTD"),
            ["figures.since.year"] = ("较年初", "YTD"),
            ["figures.terminal"] = ("终本存量", "Terminal stock"),
            ["figures.overdue"] = ("超期案件", "Overdue cases"),
            ["figures.noSource"] = ("无数据源", "no source yet"),

            ["compared.head"] = ("较去年同期", "vs last yr"),
            ["compared.title"] = ("去年同日同时刻为 {0}", "{0} at the same time of the same day last year"),
            ["compared.none"] = ("无去年数据", "no data of last year"),

            ["chart.title"] = ("案款收付 · 近24小时", "Money · last 24 hours"),

            ["indicators.title"] = ("核心指标 · 三个90% 一个80%", "Core indicators · 3 × 90%, 1 × 80%"),
            ["indicators.target"] = ("目标", "target"),
            ["indicators.met"] = ("达到", "met"),
            ["indicators.below"] = ("低于", "below"),
            ["indicators.noSource"] = ("无数据源", "no source"),
            ["indicators.noCases"] = ("尚无案件", "no cases yet"),
            ["indicator.core1"] = ("实际执结率", "In-limit closing"),
            ["indicator.core2"] = ("终本合格率", "Terminal quality"),
            ["indicator.core3"] = ("信访办结率", "Petitions done"),
            ["indicator.core4"] = ("三年执结率", "3-year closing"),
            ["indicator.core1.long"] = ("有财产可供执行案件法定期限内实际执结率", "Cases with property closed in fact within the statutory limit"),
            ["indicator.core2.long"] = ("无财产可供执行案件终本合格率", "Terminal closings found qualified on inspection"),
            ["indicator.core3.long"] = ("执行信访办结率", "Enforcement petitions done"),
            ["indicator.core4.long"] = ("近三年整体执结率", "Closing rate over three years"),

            ["courts.title"] = ("各院 · 按超期与存案排序", "Courts · by overdue, then pending"),
            ["courts.court"] = ("法院", "Court"),
            ["courts.received"] = ("收", "New"),
            ["courts.closed"] = ("结", "Done"),
            ["courts.pending"] = ("存", "Open"),
            ["courts.in"] = ("款入", "In"),
            ["courts.out"] = ("款出", "Out"),
            ["courts.trend"] = ("近30天存案", "Pending cases of the last 30 days"),
            ["courts.trend.short"] = ("30天", "30 d"),
            ["courts.overdue"] = ("超期", "Overdue"),
            ["courts.moneyUnit"] = ("万元", "¥ m"),
            ["courts.stopped"] = ("数据停更", "figures are old"),
            ["courts.list"] = ("、", ", "),
            ["courts.more"] = ("等另外 {0} 院", "and {0} more"),

            ["money.yuan"] = ("元", ""),
            ["money.thousand"] = ("千元", "k"),
            ["money.wan"] = ("万元", "m"),
            ["money.yi"] = ("亿元", "bn"),

            ["event.case.filed"] = ("立案", "filed"),
            ["event.case.assigned"] = ("分案", "assigned"),
            ["event.case.node"] = ("节点", "node"),
            ["event.case.claimChanged"] = ("标的变更", "claim changed"),
            ["event.case.suspended"] = ("中止", "suspended"),
            ["event.case.resumed"] = ("恢复", "resumed"),
            ["event.case.closed"] = ("结案", "closed"),
            ["event.case.closingRevoked"] = ("撤销结案", "closing revoked"),
            ["event.case.transferred"] = ("移送", "transferred"),
            ["event.funds.received"] = ("案款到账", "money in"),
            ["event.funds.disbursed"] = ("案款发放", "money out"),
            ["event.funds.reversed"] = ("冲正", "reversed"),
            ["event.property.controlled"] = ("财产控制", "property controlled"),
            ["event.property.renewed"] = ("续控", "control renewed"),
            ["event.property.released"] = ("解控", "control released"),
            ["event.officer.duty"] = ("执勤", "duty"),
            ["event.officer.sos"] = ("求助", "call for help"),
            ["event.officer.dispatched"] = ("派往", "sent"),
            ["event.officer.recalled"] = ("撤回", "recalled"),
            ["event.officer.position"] = ("定位", "position"),
            ["event.petition.received"] = ("信访收到", "petition received"),
            ["event.petition.answered"] = ("信访答复", "petition answered"),

            ["wall.unknown"] = ("没有这个大屏", "There is no such wall"),
            ["wall.headUnknown"] = ("这面大屏没有这一路输出，共 {0} 路", "This wall has no such output; it has {0}"),
            ["wall.needsScript"] = ("画面停在打开页面的时刻：浏览器未运行脚本。", "This picture is frozen at the moment it was opened: the browser runs no scripts."),
            ["home.walls"] = ("大屏", "Walls"),
            ["home.api"] = ("接口与运行状态", "API and health"),
            ["home.lead"] = ("一家高级法院与所辖各院的执行办案数据，逐件逐分可核对。", "Enforcement figures of a high court and its courts, provable to the case and the fen."),
            ["home.otherLanguage"] = ("English", "中文"),
            ["home.openapi"] = ("接口文档 (OpenAPI)", "Interface description (OpenAPI)"),
            ["home.courts"] = ("法院目录", "Courts"),
            ["home.totals"] = ("全市收结存与案款", "City totals"),
            ["home.ready"] = ("就绪检查", "Readiness"),
            ["home.metrics"] = ("运行指标", "Metrics"),
            ["home.operations"] = ("运维", "Operations"),

            ["age.s"] = ("秒", "s"),
            ["age.min"] = ("分", "min"),
            ["age.h"] = ("小时", "h"),
            ["age.d"] = ("天", "d"),
            ["date"] = ("{0}年{1}月{2}日 {3}", "{3} {2} {4} {0}"),
            ["date.weekdays"] = ("星期日 星期一 星期二 星期三 星期四 星期五 星期六", "Sunday Monday Tuesday Wednesday Thursday Friday Saturday"),
            ["date.months"] = (
                "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
                "January February March April May June July August September October November December"),

            ["js.connecting"] = ("连接中", "Connecting"),
            ["js.live"] = ("实时", "Live"),
            ["js.stale"] = ("数据陈旧", "Stale"),
            ["js.lost"] = ("连接中断", "Connection lost"),
            ["js.alert.silent"] = ("服务器已 {0} 无新数据 · 所示为 {1} 的数据", "No new figures from the server for {0} · showing figures of {1}"),
            ["js.alert.stopped"] = ("{0} 数据停更，其余各院照常更新", "Figures of {0} are not updating; all other courts are live"),
            ["js.alert.missing"] = ("部分内容暂时无法读取，已标明，其余照常更新", "Some of the wall cannot be read now and says so; all else is live"),
            ["js.missing"] = ("暂时无法读取", "Cannot be read now"),
            ["js.alert.lost"] = ("自 {0} 起中断，已 {1} · 所示为 {2} 的数据 · 正在自动重连", "Lost since {0}, for {1} · showing figures of {2} · reconnecting by itself"),
            ["js.chart.in"] = ("款入", "In"),
            ["js.chart.out"] = ("款出", "Out"),
            ["js.chart.unit"] = ("{0} / 5 分钟", "{0} / 5 min"),
            ["js.unit.yuan"] = ("元", "¥"),
            ["js.unit.thousand"] = ("千元", "¥ k"),
            ["js.unit.wan"] = ("万元", "¥ m"),
            ["js.unit.yi"] = ("亿元", "¥ bn"),
            ["js.chart.missing"] = ("图表组件未安装", "The chart library is not installed"),
        }.ToFrozenDictionary();

    /// <summary>All keys, for the test that keeps both languages complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    /// <exception cref="KeyNotFoundException">No such text: a slip in our own code, never bad input.</exception>
    public static string Of(string key, WallLanguage language) => Pick(s_texts[key], language);

    /// <summary>The text, or <paramref name="key"/>'s own last part when a newer source names something the table does not know.</summary>
    public static string OfOrKey(string prefix, string key, WallLanguage language) =>
        s_texts.TryGetValue(prefix + key, out var text) ? Pick(text, language) : key;

    /// <summary>What the script needs: its own keys without their prefix, and the words for ages and dates.</summary>
    public static SortedDictionary<string, string> ForScript(WallLanguage language)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, text) in s_texts)
        {
            if (key.StartsWith(ScriptPrefix, StringComparison.Ordinal))
            {
                texts[key[ScriptPrefix.Length..]] = Pick(text, language);
            }
            else if (key.StartsWith("age.", StringComparison.Ordinal) || key.StartsWith("date", StringComparison.Ordinal))
            {
                texts[key] = Pick(text, language);
            }
        }

        return texts;
    }

    /// <summary><c>?lang=en</c> and its variants give English; anything else gives Chinese, so that a typo still shows a wall.</summary>
    public static WallLanguage Parse(string? lang) =>
        lang is not null && lang.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? WallLanguage.En : WallLanguage.Zh;

    /// <summary>BCP 47 tag for the <c>lang</c> attribute.</summary>
    public static string TagOf(WallLanguage language) => language == WallLanguage.En ? "en" : "zh-CN";

    private static string Pick((string Zh, string En) text, WallLanguage language) =>
        language == WallLanguage.En ? text.En : text.Zh;
}
