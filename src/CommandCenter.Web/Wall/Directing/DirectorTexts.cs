using System.Collections.Frozen;

namespace CommandCenter.Web.Wall.Directing;

/// <summary>Every word of the director's page and of refusals, both languages side by side.</summary>
internal static class DirectorTexts
{
    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["title"] = ("导播台", "Director"),
        ["otherLanguage"] = ("English", "中文"),
        ["theme.light"] = ("浅色", "Light"),
        ["theme.dark"] = ("深色", "Dark"),
        ["walls"] = ("首页", "Home"),
        ["openWall"] = ("打开大屏", "Open the wall"),
        ["unknown"] = ("没有这面大屏", "There is no such wall"),
        ["by.hint"] = ("您的名字写入操作记录", "Your name is kept in the trace"),
        ["revision"] = ("版本", "Revision"),

        ["onAir"] = ("播出", "On air"),
        ["onAir.since"] = ("{0} 起", "since {0}"),
        ["preview"] = ("预备", "Preview"),
        ["preview.none"] = ("未选画面", "No scene chosen"),
        ["preview.how"] = ("点选下方画面，或按数字键", "Choose a scene below, or press its number"),
        ["next"] = ("下一画面", "Next"),
        ["next.in"] = ("{0}，{1} 后", "{0} in {1}"),
        ["next.stays"] = ("画面停留，不自动切换", "This scene stays until someone acts"),
        ["next.held"] = ("已锁定，不自动切换", "Held: no scene follows by itself"),
        ["next.preempted"] = ("插播中，不自动切换", "Emergency: no scene follows by itself"),

        ["take"] = ("切换", "TAKE"),
        ["next.do"] = ("下一个", "Next"),
        ["hold"] = ("锁定", "Hold"),
        ["release"] = ("解锁", "Release"),
        ["return"] = ("结束插播", "Return"),
        ["held"] = ("已锁定", "Held"),

        ["scenes"] = ("画面", "Scenes"),
        ["dwell"] = ("{0} 秒", "{0} s"),
        ["dwell.stays"] = ("停留", "stays"),

        ["pins"] = ("置顶（最多 {0} 项）", "Pinned to the wall (at most {0})"),
        ["pins.none"] = ("未置顶", "Nothing is pinned"),
        ["pin.court"] = ("法院", "Court"),
        ["pin.case"] = ("案件", "Case"),
        ["pin.officer"] = ("执行人员", "Officer"),
        ["pin.court.which"] = ("选择法院", "Choose a court"),
        ["pin.case.which"] = ("案号，如 (2026)沪0115执1234号", "Case number, such as (2026)沪0115执1234号"),
        ["pin.officer.which"] = ("人员编号", "Officer id"),
        ["pin.do"] = ("置顶", "Pin"),
        ["unpin"] = ("取消", "Take off"),
        ["unpin.what"] = ("取消置顶 {0}", "Take {0} off the wall"),

        ["emergency"] = ("紧急插播", "Emergency"),
        ["emergency.zh"] = ("中文文字（最多 {0} 字）", "Chinese text (at most {0} characters)"),
        ["emergency.en"] = ("英文文字（最多 {0} 字）", "English text (at most {0} characters)"),
        ["emergency.scene"] = ("画面", "Scene"),
        ["emergency.scene.none"] = ("只显示文字", "Text alone"),
        ["emergency.prepare"] = ("准备插播", "Prepare"),
        ["emergency.confirm"] = ("确认：立即插播到大屏", "Confirm: show it on the wall now"),
        ["emergency.cancel"] = ("取消", "Cancel"),
        ["emergency.shown"] = ("大屏将立即显示", "The wall will show at once"),
        ["emergency.running"] = ("插播中 · {0} · {1} 起", "Emergency on air · {0} · since {1}"),

        ["heads"] = ("大屏输出", "Outputs of the wall"),
        ["heads.none"] = ("没有页面显示这面大屏", "No page shows this wall"),
        ["heads.page"] = ("整屏", "whole wall"),
        ["heads.pages"] = ("{0} 个页面（含导播台小画面）", "pages: {0}, with the small pictures of directors"),
        ["heads.number"] = ("输出 {0}", "output {0}"),
        ["heads.live"] = ("正常", "live"),
        ["heads.behind"] = ("落后", "behind"),
        ["heads.silent"] = ("无响应", "silent"),
        ["heads.fps"] = ("{0} 帧/秒", "{0} fps"),
        ["heads.skew"] = ("切换偏差 {0} 毫秒", "cut {0} ms late"),

        ["changes"] = ("操作记录", "Trace"),
        ["changes.none"] = ("尚无操作", "Nothing was done yet"),
        ["change.preview"] = ("预备 {0}", "previewed {0}"),
        ["change.take"] = ("切换到 {0}", "took {0}"),
        ["change.next"] = ("切换到下一画面 {0}", "took the next, {0}"),
        ["change.hold"] = ("锁定", "held"),
        ["change.release"] = ("解锁", "released"),
        ["change.pin"] = ("置顶 {0}", "pinned {0}"),
        ["change.unpin"] = ("取消置顶 {0}", "took off {0}"),
        ["change.preempt"] = ("紧急插播 {0}", "emergency: {0}"),
        ["change.return"] = ("结束插播，恢复 {0}", "ended the emergency, back to {0}"),
        ["change.advance"] = ("自动切换到 {0}", "{0} followed by itself"),
        ["change.plan"] = ("配置变更，显示 {0}", "the wall's file changed, {0} is shown"),
        ["change.house"] = ("系统", "the house"),

        ["refused"] = ("未执行 · {0}", "Not done · {0}"),
        ["refused.stale"] = ("{0} {1} {2}。请看清现状后再操作。", "{0}, {1}: {2}. Look at what is now, then act again."),
        ["refused.director.revision-stale"] = ("大屏已被改动", "The wall has changed since"),
        ["refused.director.scene-unknown"] = ("没有这个画面", "There is no such scene"),
        ["refused.director.already-on-air"] = ("该画面正在播出", "That scene is on air"),
        ["refused.director.nothing-to-take"] = ("没有可切换的画面，请先选预备画面", "There is nothing to take; choose a scene first"),
        ["refused.director.already-held"] = ("已经锁定", "It is held already"),
        ["refused.director.not-held"] = ("未锁定", "It is not held"),
        ["refused.director.preempted"] = ("插播中，请先结束插播", "An emergency is on air; end it first"),
        ["refused.director.not-preempted"] = ("没有插播", "There is no emergency"),
        ["refused.director.message-empty"] = ("插播需要文字或画面", "An emergency needs a text or a scene"),
        ["refused.director.text-too-long"] = ("文字过长", "A text is too long"),
        ["refused.director.bad-text"] = ("文字含控制字符", "A text has control characters"),
        ["refused.director.by-missing"] = ("请先填写导播姓名", "Say who you are first"),
        ["refused.director.pin-exists"] = ("已经置顶", "It is pinned already"),
        ["refused.director.pin-unknown"] = ("未曾置顶", "It is not pinned"),
        ["refused.director.pins-full"] = ("置顶已满，请先取消一项", "Take something off first; no more can be pinned"),
        ["refused.director.court-unknown"] = ("没有这个法院", "There is no such court"),
        ["refused.director.case-unknown"] = ("没有这个案件", "There is no such case"),
        ["refused.director.officer-unknown"] = ("没有这名执行人员，或编号属于多个法院，请加法院代字，如 沪0115/017", "There is no such officer, or several courts have the id: put the court's mark before it, such as 沪0115/017"),
        ["refused.director.bad-command"] = ("指令无法识别", "The command cannot be read"),
        ["refused.wall.unknown"] = ("没有这面大屏", "There is no such wall"),

        ["fault"] = ("配置有误，仍用上一份正确的配置", "The wall's file is wrong; the last good one is in use"),
        ["fault.notKept"] = ("当前画面未能写入磁盘，重启后会回到较早的画面", "What is shown could not be written to disk; a restart would bring back an older picture"),
        ["keys"] = ("键盘", "Keyboard"),
        ["keys.scene"] = ("预备画面", "preview a scene"),
        ["keys.other"] = ("切换 · H 锁定或解锁 · N 下一个 · Esc 结束插播", "take · H hold or release · N next · Esc return"),
        ["lost"] = ("与服务器的连接中断，正在重连", "The connection to the server is lost; trying again"),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that keeps both languages complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;
}
