using System.Collections.Frozen;
using System.Globalization;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Watch;

/// <summary>Every word of the four lists, both languages side by side.</summary>
internal static class WatchTexts
{
    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["counting"] = ("清点中", "Counting"),
        ["counted"] = ("清点于 {0}", "counted {0}"),
        ["courts.all"] = ("全市", "City"),
        ["courts.more"] = ("等 {0} 院", "+{0}"),
        ["list"] = ("、", ", "),

        ["controls.title"] = ("查控到期", "Controls that lapse"),
        ["controls.court"] = ("法院", "Court"),
        ["controls.lapsed"] = ("已失效", "lapsed"),
        ["controls.days"] = ("{0} 天内", "in {0} d"),
        ["controls.unit"] = ("项", "controls"),
        ["controls.more"] = ("另有 {0} 院", "and {0} more courts"),
        ["controls.next"] = ("最先到期", "Next to lapse"),
        ["controls.nextMore"] = ("另有 {0} 项", "and {0} more"),
        ["controls.today"] = ("今日", "today"),
        ["controls.tomorrow"] = ("明日", "tomorrow"),
        ["controls.inDays"] = ("{0} 天后", "in {0} d"),
        ["controls.none"] = ("六十天内没有查控到期", "No control lapses within sixty days"),
        ["class.Deposit"] = ("存款", "deposit"),
        ["class.RealEstate"] = ("不动产", "real estate"),
        ["class.Vehicle"] = ("车辆", "vehicle"),
        ["class.Equity"] = ("股权", "equity"),
        ["class.Security"] = ("证券", "securities"),
        ["class.Movable"] = ("动产", "movable"),
        ["class.Other"] = ("其他财产", "other"),
        ["act.Freeze"] = ("冻结", "frozen"),
        ["act.Seal"] = ("查封", "sealed"),
        ["act.Impound"] = ("扣押", "impounded"),

        ["alarms.title"] = ("预警", "Alarms"),
        ["alarms.none"] = ("目前没有预警", "No alarm stands"),
        ["alarms.more"] = ("另有 {0} 条", "and {0} more"),
        ["alarms.owner"] = ("未认领", "nobody yet"),
        ["alarms.head.text"] = ("事由", "What"),
        ["alarms.head.court"] = ("法院", "Court"),
        ["alarms.head.since"] = ("已持续", "For"),
        ["alarms.head.owner"] = ("处置人", "Who has it"),
        ["tier.red"] = ("红", "Red"),
        ["tier.orange"] = ("橙", "Orange"),
        ["tier.yellow"] = ("黄", "Yellow"),
        ["alarm." + AlarmCodes.OfficerSos] = ("求助 {0} 人", "Calls for help: {0}"),
        ["alarm." + AlarmCodes.IdentityViolated] = ("收结存不符", "Identity violated"),
        ["alarm." + AlarmCodes.RecountDiffers] = ("复核不符 {0} 处", "Cells that differ: {0}"),
        ["alarm." + AlarmCodes.RecountUnknown] = ("无法复核", "Cannot be recounted"),
        ["alarm." + AlarmCodes.CourtsStopped] = ("数据停更", "Not updating"),
        ["alarm." + AlarmCodes.CourtSilent] = ("{2} 起无数据", "Silent since {2}"),
        ["alarm." + AlarmCodes.IntakeSilent] = ("{0} 院同时无数据", "Courts silent: {0}"),
        ["alarm." + AlarmCodes.IdConflicts] = ("同号异文 {0} 条", "Ids in conflict: {0}"),
        ["alarm." + AlarmCodes.ControlLapsed] = ("查控已失效 {0} 项", "Controls lapsed: {0}"),
        ["alarm." + AlarmCodes.ControlLapsesToday] = ("查控今日到期 {0} 项", "Controls end today: {0}"),
        ["alarm." + AlarmCodes.OverdueRisen] = ("今日超期增加 {0} 件", "Cases overdue: +{0}"),
        ["alarm." + AlarmCodes.SeriesFailing] = ("时序数据写入失败", "Series not written"),
        ["alarm." + AlarmCodes.SeriesUndelivered] = ("时序数据送不出", "Series not delivered"),
        ["alarm." + AlarmCodes.SeriesRefused] = ("时序数据被拒 {0} 点", "Points refused: {0}"),
        ["detail." + AlarmCodes.OfficerSos] = ("{2} 起：{3}", "Since {2}: {3}"),
        ["detail." + AlarmCodes.IdentityViolated] = ("收、结、存之间不平：{3}", "The counting identity does not hold: {3}"),
        ["detail." + AlarmCodes.RecountDiffers] = ("日志独立重算与所示不同", "The recount of the journal differs"),
        ["detail." + AlarmCodes.RecountUnknown] = ("日志无法重算：{3}", "Journal cannot be recounted: {3}"),
        ["detail." + AlarmCodes.CourtsStopped] = ("不接收事件，所示为此前数据", "Takes no events; figures are old"),
        ["detail." + AlarmCodes.CourtSilent] = ("超过平时最长间隔的一倍半", "Longer than its longest usual pause"),
        ["detail." + AlarmCodes.IntakeSilent] = ("自 {2} 起，多为数据通道中断", "Since {2}: most likely the feed"),
        ["detail." + AlarmCodes.IdConflicts] = ("近 10 分钟，内容不同，已拒收", "Refused in the last 10 minutes"),
        ["detail." + AlarmCodes.ControlLapsed] = ("上一工作日以来到期未续，案件未结", "Since the last working day, case open"),
        ["detail." + AlarmCodes.ControlLapsesToday] = ("末日为今日，案件未结", "Last day is today, case open"),
        ["detail." + AlarmCodes.OverdueRisen] = ("昨日末 {1} 件，现 {3} 件", "From {1} yesterday to {3} now"),
        ["detail." + AlarmCodes.SeriesFailing] = ("自动重试：{3}", "Tried again by itself: {3}"),
        ["detail." + AlarmCodes.SeriesUndelivered] = ("InfluxDB 自 {2} 起不可写", "InfluxDB takes nothing since {2}"),
        ["detail." + AlarmCodes.SeriesRefused] = ("见运维页死信", "See dead letters of operations"),

        ["waiting.title"] = ("待发案款", "Money waiting"),
        ["waiting.band0"] = ("15 天内", "up to 15 d"),
        ["waiting.band1"] = ("16–30 天", "16–30 d"),
        ["waiting.band2"] = ("超过 30 天", "over 30 d"),
        ["waiting.total"] = ("合计", "in all"),
        ["waiting.cases"] = ("{0} 件", "{0} cases"),
        ["waiting.undated"] = ("{0} 件到账日不明", "{0} undated"),
        ["waiting.searching"] = ("{0} 件核对中", "{0} being dated"),
        ["waiting.unidentified"] = ("不明款", "Unidentified"),
        ["waiting.noSource"] = ("无数据源", "no source"),
        ["waiting.oldest"] = ("等待最久", "Oldest"),
        ["waiting.days"] = ("{0} 天", "{0} d"),
        ["waiting.more"] = ("另有 {0} 件", "and {0} more cases"),

        ["rollcall.title"] = ("点名", "Roll-call"),
        ["rollcall.now"] = ("现在岗", "On duty"),
        ["rollcall.here"] = ("在岗", "here"),
        ["rollcall.nobody"] = ("无人", "nobody"),
        ["rollcall.unknown"] = ("不明", "unknown"),
        ["rollcall.nosource"] = ("无数据源", "no source"),
        ["rollcall.of"] = ("{0}/{1} 院", "{0}/{1}"),
        ["rollcall.call"] = ("{0} 点名 {1}/{2} 院", "{0}: {1}/{2}"),
        ["rollcall.late"] = ("补记", "read later"),
        ["rollcall.next"] = ("下次 {0}", "next {0}"),
        ["rollcall.rest"] = ("今日休息", "rest day"),
        ["rollcall.provisional"] = ("本年节假日未载入", "holidays of this year not loaded"),
        ["rollcall.people"] = ("{0} 人", "{0}"),
        ["rollcall.located"] = ("{0} 人有定位", "{0} with a position"),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that keeps both languages complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;

    public static string Of(string key, WallLanguage language, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, Of(key, language), values);
}
