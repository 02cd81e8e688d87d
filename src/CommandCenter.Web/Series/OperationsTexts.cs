using System.Collections.Frozen;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Series;

/// <summary>Every word of the operations page, both languages side by side.</summary>
internal static class OperationsTexts
{
    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["title"] = ("运维", "Operations"),
        ["home"] = ("首页", "Home"),
        ["trail"] = ("留痕", "Trace"),
        ["trail.state"] = ("状态", "State"),
        ["trail.live"] = ("正常", "live"),
        ["trail.fault"] = ("无法写入，凡须留痕的查看与操作均已停止：{0}", "cannot be written; whatever leaves a trace is refused: {0}"),
        ["trail.lost"] = (
            "留痕的末尾不见了：启动时密钥旁记下的第 {0} 条不在其中。若刚恢复过备份属正常，否则可能有人删改了留痕，请立即通知审计管理员。",
            "The end of the trace is missing: record {0}, noted beside its key, was not there at the start. After a restored backup that is as it must be; else somebody cut it off. Tell the audit administrator now."),
        ["trail.incomplete"] = ("末尾缺失，仍在记录", "its end is missing; goes on recording"),
        ["trail.head"] = ("最后一条", "Last record"),
        ["https"] = ("HTTPS 证书", "Certificate of https"),
        ["https.ends"] = ("有效期至", "Good until"),
        ["https.file"] = ("文件", "File"),
        ["https.fingerprint"] = ("SHA-256 指纹", "SHA-256"),
        ["walls"] = ("大屏配置", "Wall files"),
        ["walls.faults"] = ("以下文件有误，大屏仍按上一份正确的配置显示。改正后自动生效，无需重启。", "These files are wrong; the walls go on with the last good ones. Correct them, and they take effect by themselves."),
        ["store"] = ("时序数据（内置存储）", "Time series (embedded store)"),
        ["points"] = ("五分钟数据点", "Five-minute points"),
        ["scopes"] = ("序列（法院、辖区、全市）", "Series (courts, areas, the city)"),
        ["size"] = ("占用磁盘", "Size on disk"),
        ["asOf"] = ("与指标一致的时间", "Equal to the figures as of"),
        ["lastWrite"] = ("最近写入", "Last write"),
        ["feeder"] = ("状态", "State"),
        ["feeder.live"] = ("正常", "live"),
        ["feeder.catchingUp"] = ("正在核对历史", "comparing the past"),
        ["feeder.fault"] = ("写入失败，自动重试：{0}", "failed, tried again by itself: {0}"),
        ["retention"] = ("保存期限", "Retention"),
        ["retention.text"] = (
            "五分钟数据保存 {0} 天，小时数据 {1} 天，日数据 {2} 天。迟到的更正改写所在窗口及其小时、日数据。可由日志重建，抽样值（超期、控制到期、在岗）除外。",
            "Five minutes are kept for {0} days, hours for {1}, days for {2}. A late correction rewrites its window, its hour and its day. All of it can be built again from the journal, except samples (overdue, controls about to lapse, officers on duty)."),
        ["shown"] = ("大屏画面留存", "Recording of the walls"),
        ["shown.state"] = ("状态", "State"),
        ["shown.live"] = ("正常", "live"),
        ["shown.fault"] = ("自 {0} 起无法记录：{1}", "nothing is recorded since {0}: {1}"),
        ["shown.first"] = ("最早画面", "First picture"),
        ["shown.last"] = ("最近画面", "Last picture"),
        ["shown.retention"] = ("保存 {0} 天。无法重建，请随数据一并备份。", "Kept for {0} days. It cannot be built again; a backup takes it along."),
        ["shown.putAside"] = ("损坏文件已另存", "A damaged file was put aside"),
        ["influx"] = ("InfluxDB", "InfluxDB"),
        ["influx.none"] = ("未配置，数据只存于内置存储。启动时加 --influx-url 与 --influx-db 即可。", "Not configured; the series are kept here alone. Start with --influx-url and --influx-db to have a copy there."),
        ["influx.target"] = ("目标", "Target"),
        ["influx.state"] = ("状态", "State"),
        ["influx.live"] = ("正常", "live"),
        ["influx.behind"] = ("追赶中", "catching up"),
        ["influx.failing"] = ("自 {0} 起不可写（{1} {2}），数据保留不丢，下次重试 {3}", "takes nothing since {0} ({1} {2}); nothing is lost, next attempt {3}"),
        ["influx.lag"] = ("待送", "Waiting"),
        ["influx.lag.text"] = ("{0} 点，最久 {1} 秒", "{0} points, the oldest for {1} s"),
        ["influx.last"] = ("最近送达", "Last delivery"),
        ["influx.delivered"] = ("启动以来送达", "Delivered since the start"),
        ["dead"] = ("死信", "Dead letters"),
        ["dead.none"] = ("无", "none"),
        ["dead.some"] = ("{0} 点被拒收。排除原因后重放，即按现值再送。", "{0} points were refused. Remove the cause, then replay: they are sent again as they are now."),
        ["dead.series"] = ("序列", "Series"),
        ["dead.window"] = ("窗口", "Window"),
        ["dead.at"] = ("拒收时间", "Refused at"),
        ["dead.reason"] = ("原因", "Reason"),
        ["dead.key"] = ("接口密钥", "API key"),
        ["dead.replay"] = ("重放", "Replay"),
        ["dead.replayed"] = ("已重放 {0} 点。", "{0} points replayed."),
        ["never"] = ("尚无", "never"),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that keeps both languages complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;
}
