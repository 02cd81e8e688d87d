using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Cameras;

/// <summary>Every word of the cameras, both languages side by side.</summary>
internal static class CameraTexts
{
    /// <summary>Before the code of a refusal.</summary>
    public const string RefusedPrefix = "refused.";

    private const string ScriptPrefix = "script.";

    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["product"] = ("执行指挥中心", "Enforcement Command Centre"),
        ["home"] = ("首页", "Home"),
        ["title"] = ("外勤画面", "Officers live"),
        ["tiles"] = ("执法人员的实时画面", "Live pictures of officers"),
        ["lead"] = ("查看谁的画面、何时、从何处，均留痕。", "Who looks at whom, when and from where, leaves a trace."),
        ["keys"] = ("方向键选择，回车放大，Esc 返回", "Arrows choose, Enter enlarges, Esc goes back"),
        ["court"] = ("法院", "Court"),
        ["court.all"] = ("全部", "All"),
        ["show"] = ("显示", "Show"),
        ["skip"] = ("跳到画面", "Skip to the pictures"),
        ["noScript"] = ("实时画面需要启用 JavaScript。", "Live pictures need JavaScript."),

        ["devices"] = ("摄像头登记", "Registered cameras"),
        ["devices.lead"] = ("每个摄像头登记给一名执法人员。口令只能写入，不再显示；每次变更均留痕。", "Each camera is registered to an officer. A secret can be written and is never shown again; every change leaves a trace."),
        ["devices.none"] = ("尚未登记摄像头。", "No camera is registered."),
        ["devices.new"] = ("登记摄像头", "Register a camera"),
        ["devices.id"] = ("编号", "Id"),
        ["devices.officer"] = ("执法人员编号", "Officer's id"),
        ["devices.name"] = ("名称", "Name"),
        ["devices.kind"] = ("接入方式", "Source"),
        ["devices.main"] = ("主码流地址", "Main stream"),
        ["devices.sub"] = ("子码流地址", "Small stream"),
        ["devices.user"] = ("用户名", "User"),
        ["devices.secret"] = ("口令", "Secret"),
        ["devices.secret.kept"] = ("已设，留空不变", "set; empty keeps it"),
        ["devices.secret.clear"] = ("清除口令", "Clear the secret"),
        ["devices.datum"] = ("位置坐标系", "Frame of its positions"),
        ["datum.WGS84"] = ("WGS-84", "WGS-84"),
        ["datum.GCJ02"] = ("国测局坐标 GCJ-02", "GCJ-02"),
        ["devices.gb"] = ("国标服务 {0}：{1} 台在线，登记 {2} 台，拒绝 {3} 次", "GB/T 28181 at {0}: {1} devices online of {2} known, {3} requests refused"),
        ["devices.enabled"] = ("启用", "Enabled"),
        ["devices.state"] = ("状态", "State"),
        ["devices.save"] = ("保存", "Save"),
        ["devices.remove"] = ("删除", "Remove"),
        ["devices.change"] = ("修改 {0}", "Change {0}"),
        ["devices.saved"] = ("已保存 {0}。", "{0} is saved."),
        ["devices.removed"] = ("已删除 {0}。", "{0} is removed."),
        ["devices.refused"] = ("未保存：{0}", "Not saved: {0}"),
        ["devices.off"] = ("视频未启用：{0}", "Video off: {0}"),
        ["kind.rtsp-pull"] = ("RTSP 拉流", "RTSP, fetched"),
        ["kind.rtsp-push"] = ("RTSP 推流", "RTSP, sent to us"),
        ["kind.srt"] = ("SRT", "SRT"),
        ["kind.rtmp"] = ("RTMP", "RTMP"),
        ["kind.gb28181"] = ("国标 GB/T 28181", "GB/T 28181"),

        ["refused.camera.id-invalid"] = ("编号只能用小写字母、数字和中间的连字符，最多 64 位。", "An id is made of small letters, digits and dashes between them, at most 64."),
        ["refused.camera.id-taken"] = ("这个编号已登记。", "This id is registered already."),
        ["refused.camera.court-unknown"] = ("没有这个法院。", "There is no such court."),
        ["refused.camera.officer-invalid"] = ("执法人员编号不符合要求。", "This cannot be the id of an officer."),
        ["refused.camera.name-invalid"] = ("名称需为 1 至 40 个字符。", "A name has 1 to 40 characters."),
        ["refused.camera.kind-unknown"] = ("没有这种接入方式。", "There is no such source."),
        ["refused.camera.address"] = ("地址不符合这种接入方式。", "The address is not one of such a source."),
        ["refused.camera.datum"] = ("没有这种坐标系。", "There is no such frame."),
        ["refused.camera.address-scheme"] = ("地址的协议与接入方式不符。", "The address is of another protocol than the source."),
        ["refused.camera.address-user"] = ("地址中不能写用户名和口令，请填在各自的栏里。", "An address holds no user and no secret; they have fields of their own."),
        ["refused.camera.address-port"] = ("地址缺少端口。", "The address has no port."),
        ["refused.camera.address-option"] = ("SRT 地址只写主机和端口。", "An address of SRT is a host and a port, nothing else."),
        ["refused.camera.address-twice"] = ("子码流与主码流的地址相同。", "Both streams have the same address."),
        ["refused.camera.kind"] = ("这种接入方式尚不可用。", "Such a source cannot be used yet."),
        ["refused.camera.user"] = ("用户名过长或含不可用的字符。", "The user is too long, or holds characters that cannot be kept."),
        ["refused.camera.password"] = ("口令不合要求：推流至少 16 位字母、数字、连字符，SRT 为 10 至 79 位。", "The secret does not do: what is sent to us needs 16 letters, digits and dashes or more, SRT 10 to 79 characters."),
        ["refused.camera.unknown"] = ("没有这个摄像头。", "There is no such camera."),
        ["refused.camera.changed-meanwhile"] = ("其间已有他人修改，请核对后重新提交。", "Somebody changed it meanwhile. Look again and repeat."),
        ["refused.camera.too-many"] = ("登记数量已达上限。", "There are as many cameras as there may be."),

        ["calls"] = ("求助", "Calls for help"),
        ["script.sos"] = ("求助", "SOS"),
        ["script.call"] = ("{0} · {1} 求助 {2}", "{0} · {1} calls for help, for {2}"),
        ["script.call.end"] = ("结束求助", "End the call"),
        ["script.call.sure"] = ("确认已安全，结束 {0} 的求助？", "Is {0} safe? End the call?"),
        ["script.call.failed"] = ("未能结束：{0}", "Not ended: {0}"),
        ["script.live"] = ("直播", "Live"),
        ["script.connecting"] = ("连接中", "Connecting"),
        ["script.stalled"] = ("停滞", "Stalled"),
        ["script.lost"] = ("中断", "Lost"),
        ["script.off"] = ("无画面", "Off"),
        ["script.keys"] = ("关键帧", "key pictures"),
        ["script.main"] = ("主码流", "main"),
        ["script.latency.captured"] = ("延迟 {0} ms（自拍摄）", "{0} ms since taken"),
        ["script.latency.arrived"] = ("延迟 {0} ms（自到达）", "{0} ms since arrival"),
        ["script.latency.short"] = ("{0} ms", "{0} ms"),
        ["script.since"] = ("{0}前", "for {0}"),
        ["script.count"] = ("{0} 路，{1} 路直播", "{0} cameras, {1} live"),
        ["script.none"] = ("范围内没有登记的摄像头", "No camera is registered in this scope"),
        ["script.away"] = ("与服务器的连接中断，正在重连", "The server does not answer; trying again"),
        ["script.ended"] = ("登录已结束，请重新登录", "You are signed out. Sign in again"),
        ["script.video.off"] = ("视频未启用：{0}", "Video off: {0}"),
        ["script.errand.sent"] = ("{0} 派往", "sent {0}"),
        ["script.errand.arrived"] = ("{0} 已到达", "arrived {0}"),
        ["script.duty.live"] = ("在线", "on duty"),
        ["script.duty.stalled"] = ("位置停滞", "position stalled"),
        ["script.duty.lost"] = ("失联", "not heard of"),
        ["script.duty.off"] = ("离岗", "off duty"),
        ["script.duty.unknown"] = ("未上报", "never reported"),
        ["script.enlarge"] = ("放大 {0}", "Enlarge {0}"),
        ["script.reduce"] = ("缩小 {0}", "Reduce {0}"),
        ["script.reason.gateway-off"] = ("本服务器未启用视频网关", "this server runs no video gateway"),
        ["script.reason.gateway-broken"] = ("视频网关不能运行（{0}）", "the video gateway cannot run ({0})"),
        ["script.reason.video.off"] = ("视频网关不可用", "the video gateway cannot run"),
        ["script.reason.video.silent"] = ("设备已应答，但没有画面", "the device answers and sends no picture"),
        ["script.reason.video.unreachable"] = ("设备连接不上", "the device cannot be reached"),
        ["script.reason.video.not-found"] = ("设备上没有这个码流", "the device does not know the stream"),
        ["script.reason.video.ended"] = ("设备结束了码流", "the device ended the stream"),
        ["script.reason.video.stream"] = ("收到的不是视频流", "what comes is no stream"),
        ["script.reason.video.password"] = ("设备拒绝用户名或口令", "the device refuses user or secret"),
        ["script.reason.video.codec"] = ("编码方式不支持：请设为 H.264、无 B 帧", "coded in a way that is not shown: set it to H.264 without B-frames"),
        ["script.reason.video.budget"] = ("转码路数已满", "as many streams are coded anew as may be"),
        ["script.reason.video.plugin"] = ("服务器缺少视频插件", "a plug-in for video is missing on the server"),
        ["script.reason.video.port"] = ("接收端口未设或被占用", "our port is not set or taken"),
        ["script.reason.video.failed"] = ("视频网关出错", "the video gateway failed"),
        ["script.reason.gb28181-off"] = ("本服务器未启用国标接入", "this server takes no GB/T 28181 devices"),
        ["script.reason.gb28181.offline"] = ("设备未注册或已离线", "the device is offline"),
        ["script.reason.gb28181.timeout"] = ("设备未应答", "the device does not answer"),
        ["script.reason.gb28181.busy"] = ("设备码流已用尽", "the device has no stream left"),
        ["script.reason.gb28181.no-channel"] = ("设备没有这个通道", "the device knows no such channel"),
        ["script.reason.gb28181.unavailable"] = ("通道暂不可用", "the channel is not there now"),
        ["script.reason.gb28181.no-media"] = ("设备未送来画面", "no picture comes from the device"),
        ["script.reason.gb28181.ended-by-device"] = ("设备中止了画面", "the device ended the stream"),
        ["script.reason.disabled"] = ("设备已停用", "the camera is disabled"),
        ["script.reason.removed"] = ("设备已删除", "the camera was removed"),
        ["script.reason.no-stream"] = ("没有码流", "it has no stream"),
        ["script.reason.not-asked"] = ("设备未接通", "nobody fetches it"),
        ["script.reason.camera.unknown"] = ("不在您的范围", "none of yours"),
        ["script.reason.camera.reassigned"] = ("设备已改派他人", "it was given to another officer"),
        ["script.reason.trail.unavailable"] = ("暂时无法留痕，不能查看", "the trace cannot be written, so nothing is shown"),
        ["script.reason.no-decoder"] = ("本浏览器不能显示实时画面", "this browser cannot show live pictures"),
        ["script.reason.codec"] = ("本浏览器不能解码这种画面（{0}）", "this browser cannot decode these pictures ({0})"),
        ["script.reason.away"] = ("与服务器的连接中断", "the server does not answer"),
        ["script.reason.full"] = ("本页画面已达上限", "this page shows as many as it can"),
        ["script.unit.s"] = ("{0} 秒", "{0} s"),
        ["script.unit.min"] = ("{0} 分钟", "{0} min"),
        ["script.unit.h"] = ("{0} 小时", "{0} h"),
        ["script.unit.d"] = ("{0} 天", "{0} d"),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that both languages are complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;

    public static string Format(string key, WallLanguage language, params object[] values) => string.Format(CultureInfo.InvariantCulture, Of(key, language), values);

    /// <summary>A refusal in words; a code without words of its own is shown as it is.</summary>
    public static string Refusal(string code, WallLanguage language) => s_texts.ContainsKey(RefusedPrefix + code) ? Of(RefusedPrefix + code, language) : code;

    /// <summary>Why there is no picture, in words; a reason without words of its own is shown as it is.</summary>
    public static string Reason(string reason, WallLanguage language) =>
        reason.Split(' ', 2) is [var word, .. var rest] && s_texts.ContainsKey(ScriptPrefix + "reason." + word) ? Format(ScriptPrefix + "reason." + word, language, rest is [var more] ? more : "") : reason;

    /// <summary>The words that the scripts need, by their names there, as JSON in which no letter ends an element or an attribute.</summary>
    public static string OfScript(WallLanguage language) => JsonSerializer.Serialize(
        s_texts.Keys.Where(static key => key.StartsWith(ScriptPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ToDictionary(static key => key[ScriptPrefix.Length..], key => Of(key, language), StringComparer.Ordinal));
}
