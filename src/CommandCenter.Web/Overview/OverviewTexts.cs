using System.Collections.Frozen;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Overview;

/// <summary>Every word of the overview that the wall and the lists do not have, both languages side by side.</summary>
internal static class OverviewTexts
{
    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["title"] = ("办案总览", "Overview"),
        ["skip"] = ("跳到数字", "Skip to the figures"),
        ["path"] = ("层级", "Level"),
        ["jump"] = ("本页", "On this page"),
        ["area"] = ("{0}辖区", "{0} area"),
        ["alone"] = ("{0}本院", "{0} itself"),
        ["high"] = ("高院", "High Court"),
        ["handler"] = ("承办人 {0}", "Handler {0}"),
        ["nobody"] = ("未分案", "not assigned"),
        ["asOf"] = ("截至", "As of"),
        ["live"] = ("实时更新", "live"),
        ["lost"] = ("连接中断，数字停在上述时刻", "connection lost: figures as of the time shown"),
        ["recount.proved"] = ("复核相符", "Recount agrees"),
        ["recount.recounting"] = ("复核中", "Being recounted"),
        ["recount.differs"] = ("复核不符 {0} 处", "Recount differs: {0} cells"),
        ["recount.unknown"] = ("无法复核", "Cannot be recounted"),
        ["recount.paused"] = ("复核已暂停", "Recount paused"),
        ["stopped"] = ("数据停更", "figures are old"),

        ["figures"] = ("收结存与案款", "Cases and money"),
        ["lapsing"] = ("7日内到期控制", "Controls lapsing in 7 d"),
        ["lastYear"] = ("较去年同期", "vs last year"),
        ["indicators"] = ("核心指标 · 三个90% 一个80%", "Core indicators · 3 × 90%, 1 × 80%"),
        ["handler.note"] = (
            "承办人数字按案件现在的承办人统计，与列表一致：新收为其立案的案件，结案为至今仍为已结的案件。案款没有按承办人的收付序列，只有在账余额。",
            "A handler's figures count the cases that carry his name now, as the lists do: received are those filed, closed are those that still are. There is no series of money by handler, only the money held."),

        ["courts"] = ("各院", "Courts"),
        ["handlers"] = ("承办人", "Handlers"),
        ["order"] = ("默认按超期、存案排序", "in the order of trouble: overdue, then pending"),
        ["order.trouble"] = ("按超期排序", "Order of trouble"),
        ["period"] = ("收、结、款统计期", "Received, closed and money of"),
        ["period.today"] = ("今日", "today"),
        ["period.month"] = ("本月", "this month"),
        ["period.year"] = ("今年", "this year"),
        ["column.name"] = ("法院", "Court"),
        ["column.handler"] = ("承办人", "Handler"),
        ["column.overdue"] = ("超期", "Overdue"),
        ["column.pending"] = ("存案", "Pending"),
        ["column.suspended"] = ("其中中止", "Suspended"),
        ["column.received"] = ("新收", "Received"),
        ["column.closed"] = ("结案", "Closed"),
        ["column.in"] = ("款入（万元）", "Money in (¥ m)"),
        ["column.out"] = ("款出（万元）", "Money out (¥ m)"),
        ["column.held"] = ("在账案款（万元）", "Money held (¥ m)"),
        ["column.lapsing"] = ("7日内到期", "Lapsing in 7 d"),
        ["column.terminal"] = ("终本存量", "Terminal stock"),
        ["column.trend"] = ("近30天存案", "Pending, 30 days"),
        ["column.trend.handler"] = ("近12个月结案", "Closed, 12 months"),
        ["sort.by"] = ("按{0}排序", "Sort by {0}"),
        ["alone.note"] = ("“本院”一行只计该院自身案件；列表按辖区查，故无链接。", "“Itself” counts that court's own cases alone; lists are of the whole area, so its figures have no link."),
        ["empty.handlers"] = ("尚无案件分给承办人。", "No case has a handler yet."),

        ["charts"] = ("走势", "Over time"),
        ["span"] = ("时段", "Time"),
        ["span.24h"] = ("24 小时", "24 hours"),
        ["span.30d"] = ("30 天", "30 days"),
        ["span.12m"] = ("12 个月", "12 months"),
        ["span.2y"] = ("两年", "2 years"),
        ["chart.cases"] = ("新收（上）与结案（下）", "Received (up) and closed (down)"),
        ["chart.pending"] = ("存案", "Pending"),
        ["chart.money"] = ("款入（上）与款出（下）", "Money in (up) and out (down)"),
        ["chart.cases.unit"] = ("件", "cases"),
        ["chart.sum.cases"] = ("收 {0} · 结 {1}", "received {0} · closed {1}"),
        ["chart.sum.money"] = ("入 {0} · 出 {1}", "in {0} · out {1}"),
        ["chart.sum.pending"] = ("{0} → {1}", "{0} → {1}"),
        ["chart.none"] = ("此间没有数据", "No data in this time"),
        ["chart.none.handler"] = ("没有按承办人保存的序列：存案的历史随承办人变更而变，案款收付不按承办人记账。", "No such series is kept by handler: who had a case in the past changes with it, and money is not booked by handler."),
        ["chart.since"] = ("序列自 {0} 起", "the series begins at {0}"),
        ["chart.asOf"] = ("序列截至 {0}", "series as of {0}"),
        ["chart.behind"] = ("序列与窗口之和尚不一致，正在跟上；请稍候再开", "The series does not add up to the windows yet: it is catching up, open this again in a moment"),
        ["chart.table"] = ("数据表", "Data table"),
        ["chart.time"] = ("时间", "Time"),
        ["chart.in"] = ("款入（元）", "Money in (¥)"),
        ["chart.out"] = ("款出（元）", "Money out (¥)"),
        ["unknown"] = ("—", "—"),

        ["flow"] = ("37 个节点", "The 37 nodes"),
        ["flow.lead"] = ("存案现在停在哪个节点、停了多久；今年离开节点的案件在那里用了多久。", "Where pending cases stand now and since how long; and how long those stood there that went on this year."),
        ["flow.lead.year"] = ("存案现在停在哪个节点、停了多久；{0} 年离开节点的案件在那里用了多久。", "Where pending cases stand now and since how long; and how long those stood there that went on in {0}."),
        ["flow.year"] = ("离开年份", "Went on in"),
        ["flow.node"] = ("节点", "Node"),
        ["flow.standing"] = ("在此存案", "Standing now"),
        ["flow.overdue"] = ("超期", "Overdue"),
        ["flow.median"] = ("已停中位", "Since, median"),
        ["flow.p90"] = ("已停九成", "Since, p90"),
        ["flow.passed"] = ("已离开", "Went on"),
        ["flow.passedMedian"] = ("用时中位", "Took, median"),
        ["flow.passedP90"] = ("用时九成", "Took, p90"),
        ["flow.group.now"] = ("现在", "Now"),
        ["flow.group.passed"] = ("{0} 年离开", "Went on in {0}"),
        ["flow.none.handler"] = ("离开节点用时不按承办人保存。", "How long going on took is not kept by handler."),
        ["flow.note"] = (
            "自案件到达该节点、或（撤销结案、移入后）回到本院存案之日起算，以较晚者为准；不足一小时、0.1天、一天的部分舍去。中位、九成为最近秩。",
            "Counted since the case came to the node, or back to this court's pending ones, whichever is later; truncated to the hour, tenth of a day or day. Median and p90 by nearest rank."),
        ["flow.stopped"] = ("此时无法统计：有分区停止服务。", "Cannot be counted now: a partition is stopped."),
        ["flow.max"] = ("最多", "most"),
        ["stage.A"] = ("准备", "Prepare"),
        ["stage.B"] = ("调查", "Inquire"),
        ["stage.C"] = ("控制", "Control"),
        ["stage.D"] = ("处置", "Realise"),
        ["stage.E"] = ("案款", "Money"),
        ["stage.F"] = ("威慑", "Deter"),
        ["stage.G"] = ("变动", "Change"),
        ["stage.H"] = ("结案", "Close"),
        ["hours"] = ("{0} 小时", "{0} h"),
        ["days"] = ("{0} 天", "{0} d"),

        ["fault"] = ("无法显示", "This cannot be shown"),
        ["fault.code"] = ("代码 {0}", "Code {0}"),
        ["fault.query.no-such-handler"] = ("这里没有这位承办人的案件。", "No case here has a handler of this name."),
        ["fault.stopped"] = ("这些法院的数据所在分区停止服务，请稍候再看。", "The partition that holds these courts is stopped; look again in a moment."),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that keeps both languages complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    /// <exception cref="KeyNotFoundException">No such text: a slip in our own code, never bad input.</exception>
    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;

    public static string? Find(string key, WallLanguage language) => s_texts.TryGetValue(key, out var text) ? language == WallLanguage.En ? text.En : text.Zh : null;

    /// <summary>A time at a node: hours below two days, tenths of a day below thirty, then days.</summary>
    public static string Stay(int? minutes, WallLanguage language)
    {
        if (minutes is not { } known)
        {
            return Of("unknown", language);
        }

        var step = StayTime.StepOf(known);
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        return StayTime.IsHours(step)
            ? string.Format(culture, Of("hours", language), known / 60)
            : string.Format(culture, Of("days", language), (known / 1_440m).ToString(StayTime.HasTenths(step) ? "0.0" : "N0", culture));
    }
}
