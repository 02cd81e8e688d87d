using System.Collections.Frozen;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Replay;

/// <summary>Every word of the time machine, both languages side by side. What begins with <c>js.</c> is for the script.</summary>
internal static class ReplayTexts
{
    private const string ScriptPrefix = "js.";

    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["corrected"] = ("截至 {0} 大屏显示 {1}，迟到数据更正后为 {2}", "As of {0} the wall showed {1}; with late events it is known to be {2}"),
        ["corrected.short"] = ("{0} 应为 {1}", "{1} at {0}"),
        ["corrected.by"] = ("{0} 更正 {1}", "{1} at {0}"),
        ["gap.stopped"] = ("{0} 至 {1} 系统未运行，画面停在 {0}", "Not running from {0} to {1}; this is the picture of {0}"),
        ["gap.not-written"] = ("{0} 至 {1} 未能录像，画面停在 {0}", "Not recorded from {0} to {1}; this is the picture of {0}"),
        ["gap.silent"] = ("{0} 至 {1} 服务器无响应，画面停在 {0}", "The server stood still from {0} to {1}; this is the picture of {0}"),
        ["gap.damaged"] = ("{0} 至 {1} 的录像已损坏", "The recording from {0} to {1} is damaged"),
        ["gap.now"] = ("{0} 之后没有录像，画面停在 {0}", "Nothing is recorded after {0}; this is the picture of {0}"),
        ["notOnTheWall"] = ("当时未在线：所示为现在所知截至 {0} 的数据", "Not on the wall then: these are the figures of {0} as they are known now"),
        ["badge"] = ("回放", "REPLAY"),
        ["controls"] = ("回放控制", "Replay controls"),
        ["speed"] = ("速度", "Speed"),
        ["moment"] = ("时刻", "Moment"),
        ["span"] = ("时间轴范围", "Span of the time line"),
        ["earlier"] = ("更早", "Earlier"),
        ["later"] = ("更晚", "Later"),
        ["days.1"] = ("日", "day"),
        ["days.7"] = ("周", "week"),
        ["days.60"] = ("60日", "60 d"),
        ["live"] = ("回到实时", "Back to live"),
        ["close"] = ("关闭", "Close"),
        ["changes.title"] = ("变化清单", "What changed"),
        ["changes.since"] = ("起点", "Since"),
        ["since.nine"] = ("自 09:00", "since 09:00"),
        ["since.hour"] = ("自 1 小时前", "in the hour before"),
        ["since.day"] = ("自 24 小时前", "in the 24 hours before"),
        ["since.then"] = ("自此刻至今", "from this moment until now"),

        ["js.play"] = ("播放", "Play"),
        ["js.pause"] = ("暂停", "Pause"),
        ["js.playing"] = ("回放中", "Playing"),
        ["js.standing"] = ("静止", "still"),
        ["js.city"] = ("全市", "City"),
        ["js.since.gap"] = ("起点无录像，取此前最后的画面", "The beginning is not recorded; the last picture before it stands for it"),
        ["js.since.not-on-the-wall"] = ("起点当时未在线，按现在所知", "The beginning was not on the wall; it is taken as known now"),
        ["js.corrections"] = ("△ {0} 处后经更正", "△ {0} figures corrected since"),
        ["js.corrected.row"] = ("{0} 当时显示 {1}，现为 {2}", "{0} shown {1}, now known {2}"),
        ["js.scene.gone"] = ("当时的场景「{0}」已不在大屏配置中", "The scene of then, “{0}”, is no longer in the wall's file"),
        ["js.panel.none"] = ("此刻无此面板的录像", "Nothing of this panel is recorded here"),
        ["js.shade.unrecorded"] = ("尚未录像：只有现在所知", "Not recorded yet: only what is known now"),
        ["js.shade.gap"] = ("无录像", "Not recorded"),
        ["js.shade.future"] = ("尚未到来", "Still to come"),
        ["js.changes.none"] = ("无法读取变化清单", "What changed cannot be read"),
        ["js.changes.same"] = ("全市数据没有变化", "No figure of the city changed"),
        ["js.changes.city"] = ("全市", "City"),
        ["js.changes.events"] = ("期间", "Between"),
        ["js.changes.corrections"] = ("起点之后的更正（截至 {0}）", "Corrected since then (as of {0})"),
        ["js.gap.line"] = ("{0} 至 {1} 无录像：{2}", "{0} to {1} not recorded: {2}"),
        ["js.reason.stopped"] = ("系统未运行", "not running"),
        ["js.reason.not-written"] = ("未能写入", "could not be written"),
        ["js.reason.silent"] = ("服务器无响应", "the server stood still"),
        ["js.reason.damaged"] = ("录像损坏", "damaged"),
        ["js.reason.now"] = ("尚未恢复", "not back yet"),
        ["js.event.recount-differs"] = ("复核不符", "Recount differs"),
        ["js.event.recount-agrees"] = ("复核恢复相符", "Recount agrees again"),
        ["js.event.identity-violated"] = ("收结存不符", "Identity violated"),
        ["js.event.identity-holds"] = ("收结存恢复相符", "Identity holds again"),
        ["js.event.partition-stopped"] = ("分区停更", "Partition stopped"),
        ["js.event.partition-back"] = ("分区恢复", "Partition back"),
        ["js.period.today"] = ("今日", "Today"),
        ["js.period.month"] = ("本月", "Month"),
        ["js.period.year"] = ("今年", "Year"),
        ["js.figure.received"] = ("新收", "received"),
        ["js.figure.closed"] = ("结案", "closed"),
        ["js.figure.pending"] = ("存案", "pending"),
        ["js.figure.in"] = ("款入", "money in"),
        ["js.figure.out"] = ("款出", "money out"),
        ["js.figure.terminal"] = ("终本存量", "Terminal stock"),
        ["js.figure.overdue"] = ("超期案件", "Overdue cases"),
        ["js.figure.core3"] = ("信访办结率", "Petitions done"),
        ["js.figure.core4"] = ("三年执结率", "3-year closing"),
        ["js.history.bad-time"] = ("时刻有误，应如 2026-11-22T09:00:00+08:00", "That is no time; one looks like 2026-11-22T09:00:00+08:00"),
        ["js.history.bad-speed"] = ("速度应为 1 至 600", "The speed must be 1 to 600"),
        ["js.history.in-the-future"] = ("这一时刻尚未到来", "That moment has not come yet"),
        ["js.history.before-first"] = ("早于最早的数据", "Nothing is known of that time"),
        ["js.history.too-many-replays"] = ("同时回放过多，请稍后再试", "Too many replays run now; try again later"),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that keeps both languages complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;

    /// <summary>What the script needs: its own keys without their prefix.</summary>
    public static SortedDictionary<string, string> ForScript(WallLanguage language) => new(
        s_texts.Where(static text => text.Key.StartsWith(ScriptPrefix, StringComparison.Ordinal))
            .ToDictionary(static text => text.Key[ScriptPrefix.Length..], text => language == WallLanguage.En ? text.Value.En : text.Value.Zh),
        StringComparer.Ordinal);
}
