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
        ["courts.more"] = ("等 {0} 院", "and {0} more"),
        ["list"] = ("、", ", "),

        ["controls.title"] = ("查控到期", "Controls that lapse"),
        ["controls.court"] = ("法院", "Court"),
        ["controls.lapsed"] = ("已失效", "lapsed"),
        ["controls.days"] = ("{0} 天内", "in {0} d"),
        ["controls.day"] = ("明日止", "by tomorrow"),
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
        ["alarm." + AlarmCodes.IdentityViolated] = ("收结存不符：{3}", "Identity violated: {3}"),
        ["alarm." + AlarmCodes.RecountDiffers] = ("复核不符 {0} 处", "{0} cells differ from the recount"),
        ["alarm." + AlarmCodes.RecountUnknown] = ("无法复核", "Cannot be recounted"),
        ["alarm." + AlarmCodes.CourtsStopped] = ("数据停更", "Figures are not updating"),
        ["alarm." + AlarmCodes.CourtSilent] = ("工作时间无数据，自 {2} 起", "Silent in working hours since {2}"),
        ["alarm." + AlarmCodes.IntakeSilent] = ("{0} 院同时无数据，自 {2} 起", "{0} courts silent at once since {2}"),
        ["alarm." + AlarmCodes.IdConflicts] = ("同号异文事件 {0} 条（近 10 分钟）", "{0} event ids reused with other content (10 min)"),
        ["alarm." + AlarmCodes.ControlLapsed] = ("查控失效 {0} 项（近 7 天），案件未结", "{0} controls lapsed within 7 days, cases open"),
        ["alarm." + AlarmCodes.ControlLapsesToday] = ("查控今日到期 {0} 项", "{0} controls lapse today"),
        ["alarm." + AlarmCodes.OverdueRisen] = ("超期今日增加 {0} 件，现 {3} 件", "{0} more overdue today, now {3}"),
        ["alarm." + AlarmCodes.SeriesFailing] = ("时序数据写入失败", "Time series cannot be written"),
        ["alarm." + AlarmCodes.SeriesUndelivered] = ("时序数据送不出，自 {2} 起", "Time series undelivered since {2}"),
        ["alarm." + AlarmCodes.SeriesRefused] = ("时序数据被拒 {0} 点", "{0} points of the series refused"),

        ["waiting.title"] = ("待发案款", "Money waiting to be paid out"),
        ["waiting.band0"] = ("15 天内", "up to 15 d"),
        ["waiting.band1"] = ("16–30 天", "16–30 d"),
        ["waiting.band2"] = ("超过 30 天", "over 30 d"),
        ["waiting.total"] = ("合计", "in all"),
        ["waiting.cases"] = ("{0} 件", "{0} cases"),
        ["waiting.undated"] = ("到账日不明", "date unknown"),
        ["waiting.searching"] = ("正在核对到账日", "dates being looked up"),
        ["waiting.unidentified"] = ("不明款", "Unidentified"),
        ["waiting.noSource"] = ("无数据源", "no source yet"),
        ["waiting.oldest"] = ("等待最久", "Oldest"),
        ["waiting.days"] = ("{0} 天", "{0} d"),
        ["waiting.more"] = ("另有 {0} 件", "and {0} more cases"),

        ["rollcall.title"] = ("点名", "Roll-call"),
        ["rollcall.now"] = ("现在岗", "On duty now"),
        ["rollcall.here"] = ("在岗", "here"),
        ["rollcall.nobody"] = ("无人", "nobody"),
        ["rollcall.unknown"] = ("不明", "unknown"),
        ["rollcall.nosource"] = ("无数据源", "no source"),
        ["rollcall.of"] = ("{0}/{1} 院", "{0}/{1} courts"),
        ["rollcall.call"] = ("{0} 点名 {1}/{2} 院", "{0}: {1}/{2} courts"),
        ["rollcall.late"] = ("补记", "read later"),
        ["rollcall.next"] = ("下次 {0}", "next {0}"),
        ["rollcall.rest"] = ("今日休息", "day of rest"),
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
