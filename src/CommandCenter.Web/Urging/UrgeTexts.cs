using System.Collections.Frozen;
using System.Globalization;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Urging;

/// <summary>Every word of urging, both languages side by side.</summary>
internal static class UrgeTexts
{
    /// <summary>Before the code of a refusal.</summary>
    public const string RefusedPrefix = "refused.";

    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["urges"] = ("督促", "Urges"),
        ["none"] = ("尚无督促。", "Nobody has urged yet."),
        ["about.limit"] = ("办案期限", "time limit"),
        ["about.control"] = ("查控到期", "control that lapses"),
        ["about.money"] = ("案款发放", "money to be paid out"),
        ["about.other"] = ("其他事项", "another matter"),
        ["about"] = ("事由", "About"),
        ["text"] = ("附言（可不填）", "Note (optional)"),
        ["urge"] = ("督促承办人 {0}", "Urge {0}"),
        ["urge.lead"] = ("一经点击即以您的姓名写入案件记录，不能撤回；承办人将看到并答复。", "One click writes it into the case in your name, and it cannot be taken back. The handler sees it and replies."),
        ["noHandler"] = ("案件尚无承办人，无人可督促。", "The case has no handler yet; there is nobody to urge."),
        ["said"] = ("{0} 于 {1} 督促：{2}", "{0} urged on {1}: {2}"),
        ["due"] = ("请于 {0} 前答复", "reply asked by {0}"),
        ["waits"] = ("待答复，已 {0}", "waits for a reply, for {0}"),
        ["replied"] = ("{0} 于 {1} 答复：{2}", "{0} replied on {1}: {2}"),
        ["reply"] = ("答复", "Reply"),
        ["reply.text"] = ("办理情况", "What was done"),
        ["outcome.recorded"] = ("已记录。", "Recorded."),
        ["outcome.refused"] = ("未记录：{0}", "Not recorded: {0}"),
        ["refused.case.already-closed"] = ("案件已结，不能督促。", "The case is closed and cannot be urged."),
        ["refused.case.no-handler"] = ("案件尚无承办人。", "The case has no handler."),
        ["refused.case.urged-before"] = ("这一督促已在案。", "This urge was recorded before."),
        ["refused.case.unknown-urge"] = ("本案没有这一督促。", "The case has no such urge."),
        ["refused.case.urge-answered"] = ("这一督促已有答复。", "The urge was answered before."),
        ["refused.case.too-many-urges"] = ("本案督促已达上限。", "The case was urged too often."),
        ["refused.case.unknown"] = ("没有这一案件，或不在您的范围。", "There is no such case, or it is none of yours."),
        ["refused.case.transferred-away"] = ("案件已移送其他法院。", "The case was transferred to another court."),
        ["refused.event.text-too-long"] = ("文字超过 256 字。", "The text is longer than 256 characters."),
        ["refused.event.bad-text"] = ("文字含有不可用的字符。", "The text holds characters that cannot be kept."),
        ["refused.event.bad-value"] = ("内容为空或不合要求。", "Something is empty or out of range."),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that both languages are complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;

    public static string Format(string key, WallLanguage language, params object[] values) => string.Format(CultureInfo.InvariantCulture, Of(key, language), values);

    /// <summary>A refusal in words; a code without words of its own is shown as it is.</summary>
    public static string Refusal(string code, WallLanguage language) => s_texts.ContainsKey(RefusedPrefix + code) ? Of(RefusedPrefix + code, language) : code;
}
