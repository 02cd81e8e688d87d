using System.Collections.Frozen;
using System.Globalization;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Recordings;

/// <summary>Every word of the recordings, both languages side by side.</summary>
internal static class RecordingTexts
{
    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["product"] = ("执行指挥中心", "Enforcement Command Centre"),
        ["title"] = ("外勤录像", "Recordings"),
        ["title.camera"] = ("{0} 的录像", "Recordings of {0}"),
        ["skip"] = ("跳到录像", "Skip to the recordings"),
        ["lead"] = ("谁查看、留存、调取了哪一时段的录像，均留痕。", "Who looked at, held or took out which time leaves a trace."),
        ["unknown"] = ("没有这个摄像头，或不在您的范围。", "There is no such camera, or none of yours."),
        ["camera"] = ("摄像头", "Camera"),
        ["officer"] = ("执法人员", "Officer"),
        ["court"] = ("法院", "Court"),
        ["state"] = ("录制", "Recording"),
        ["last"] = ("今日录像", "Recorded today"),
        ["removed"] = ("已不再登记", "registered no more"),
        ["given"] = ("已改派他人", "given to another officer"),
        ["list.none"] = ("您的范围内没有登记的摄像头，也没有录像。", "No camera is registered in your scope, and nothing of it is recorded."),
        ["fault"] = ("录像目录不可用：{0}。现在不录制，也看不到录像。", "The folder of the recordings cannot be used: {0}. Nothing is recorded now, and nothing can be seen."),

        ["state.recording"] = ("录制中", "recording"),
        ["state.waiting"] = ("等待画面", "waiting for pictures"),
        ["state.slow"] = ("磁盘慢，有丢帧", "disk slow, pictures missing"),
        ["state.full"] = ("磁盘已满，未录制", "disk full, not recording"),
        ["state.failed"] = ("故障，未录制", "failed, not recording"),
        ["state.damaged"] = ("旧录像受损，待人工核查，未录制", "damaged, somebody has to look, not recording"),
        ["state.off"] = ("未录制", "off"),

        ["day"] = ("日期", "Day"),
        ["day.before"] = ("前一天", "Day before"),
        ["day.after"] = ("后一天", "Day after"),
        ["show"] = ("显示", "Show"),
        ["at"] = ("时刻", "Time"),
        ["length"] = ("时长", "Length"),
        ["minutes"] = ("{0} 分钟", "{0} min"),
        ["play"] = ("播放", "Play"),
        ["stream"] = ("码流", "Stream"),
        ["stream.sub"] = ("连续录像", "continuous"),
        ["stream.main"] = ("应请求录制", "on demand"),
        ["timeline"] = ("当天录像时间轴，点按选择时刻", "What was recorded of the day; press to choose a time"),
        ["none"] = ("这一天没有您可以查看的录像。", "Nothing that you may see was recorded on this day."),
        ["ranges"] = ("录像时段", "What is recorded"),
        ["from"] = ("起", "From"),
        ["until"] = ("止", "Until"),
        ["gap"] = ("此前中断", "Gap before"),
        ["more"] = ("另有 {0} 段，见时间轴。", "{0} more on the time line."),
        ["clock"] = ("画面到达时刻", "Arrived at"),
        ["clip.none"] = ("所选时段没有录像。", "Nothing was recorded in this range."),
        ["clip"] = ("{0} 至 {1}", "{0} to {1}"),
        ["clip.next"] = ("接着播放", "Go on from here"),
        ["unplayable"] = ("本浏览器无法播放这段录像。", "This browser cannot play this recording."),

        ["demand"] = ("高清录制", "Main stream"),
        ["demand.lead"] = ("现在起录制主码流，{0} 分钟后自动停止。", "Records the main stream from now on; it ends by itself after {0} minutes."),
        ["demand.until"] = ("主码流录制中，{0} 自动停止。", "The main stream is recorded until {0}."),
        ["demand.start"] = ("开始录制", "Record"),
        ["demand.stop"] = ("停止录制", "Stop"),

        ["holds"] = ("留存", "Holds"),
        ["holds.lead"] = ("留存的时段不因到期或磁盘满而删除，直到解除。", "What is held is not removed for its age or for room until it is let go."),
        ["holds.none"] = ("没有留存。", "Nothing is held."),
        ["why"] = ("事由（4 至 400 字，如案号）", "Why (4 to 400 characters, such as a case)"),
        ["why.head"] = ("事由", "Why"),
        ["by"] = ("决定人", "By"),
        ["on"] = ("决定时间", "On"),
        ["hold"] = ("留存这一时段", "Hold this range"),
        ["release"] = ("解除", "Let go"),
        ["release.why"] = ("解除事由", "Why let go"),

        ["evidence"] = ("证据包", "Evidence pack"),
        ["evidence.lead"] = ("原始录像、哈希链与签名打成一个 ZIP，最长 {0} 小时；任何人可用独立校验程序核验：./verify-audit --evidence。", "The files as they are, their chain and a signature in one ZIP, {0} hours at most; anybody can prove it with the stand-alone verifier: ./verify-audit --evidence."),
        ["evidence.take"] = ("生成并下载", "Make and download"),

        ["done-held"] = ("已留存。", "It is held."),
        ["done-released"] = ("已解除。", "It is let go."),
        ["done-started"] = ("已开始录制主码流。", "The main stream is being recorded."),
        ["done-stopped"] = ("已停止录制主码流。", "The main stream is not recorded any more."),
        ["refused.why"] = ("请写明事由，4 至 400 个字。", "Say why, in 4 to 400 characters."),
        ["refused.range"] = ("时段不对：止须晚于起，不超过上限，且在您的范围内。", "This is no range of yours: it ends after it begins, is not too long, and an officer of your scope carried the camera."),
        ["refused.nothing"] = ("这一时段没有录像。", "Nothing was recorded in this range."),
        ["refused.hold"] = ("没有这项留存。", "There is no such hold."),
        ["refused.busy"] = ("正在生成其他证据包，请稍后再试。", "Other packs are being made. Try again in a moment."),
        ["refused.disk"] = ("磁盘写入失败，未完成。", "The disk failed; it is not done."),
        ["refused.damaged"] = ("录像受损，须先人工核查。", "What lies there is damaged; somebody has to look first."),
        ["refused.off"] = ("本服务器现在不录制这个摄像头。", "This server does not record this camera now."),
        ["refused.running"] = ("已在录制。", "It is recorded already."),
        ["refused.not-running"] = ("没有在录制。", "It is not recorded."),
        ["refused.too-many"] = ("应请求录制的路数已达上限。", "As many are recorded on demand as may be."),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that both languages are complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;

    public static string Format(string key, WallLanguage language, params object[] values) => string.Format(CultureInfo.InvariantCulture, Of(key, language), values);

    /// <summary>What came of a form, in words; <see langword="null"/> for a word that is none of ours.</summary>
    public static string? Outcome(string outcome, WallLanguage language) =>
        outcome.StartsWith("done-", StringComparison.Ordinal) && s_texts.ContainsKey(outcome) ? Of(outcome, language)
        : s_texts.ContainsKey("refused." + outcome) ? Of("refused." + outcome, language) : null;
}
