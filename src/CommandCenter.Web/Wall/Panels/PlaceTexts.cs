using System.Collections.Frozen;

namespace CommandCenter.Web.Wall.Panels;

/// <summary>Every word of the map and of the officers' tiles, both languages side by side.</summary>
internal static class PlaceTexts
{
    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["map.title.pending"] = ("各区存案", "Pending by district"),
        ["map.title.received"] = ("各区今日新收", "Received today by district"),
        ["map.title.overdue"] = ("各区超期案件", "Overdue by district"),
        ["map.title.fundsIn"] = ("各区今日款入", "Money in today by district"),
        ["map.unit.pending"] = ("件", "cases"),
        ["map.unit.received"] = ("件", "cases"),
        ["map.unit.overdue"] = ("件", "cases"),
        ["map.unit.fundsIn"] = ("万元", "¥ m"),
        ["map.schematic"] = ("示意图", "Schematic"),
        ["map.schematic.long"] = (
            "示意图：区界为示意轮廓，非测绘成果；法院位置为约略位置",
            "Schematic: outlines are drawn by hand, not surveyed; seats of courts are approximate"),
        ["map.approved"] = ("审图号", "Map approval"),
        ["map.city"] = ("全市（不含崇明）", "The city without Chongming"),
        ["map.centre"] = ("中心城区", "Centre"),
        ["map.islands"] = ("崇明", "Chongming"),
        ["map.none"] = ("无数据源", "no source yet"),
        ["map.legend"] = ("图例", "Legend"),
        ["map.noData"] = ("无数据", "no data"),
        ["map.stopped"] = ("数据停更", "figures are old"),
        ["map.court.high"] = ("高院", "High"),
        ["map.court.intermediate"] = ("中院", "Interm."),
        ["map.court.basic"] = ("基层", "Basic"),
        ["map.more"] = ("另有 {0} 人未在图上", "and {0} more not on the map"),

        ["officers.title"] = ("外勤人员", "Field officers"),
        ["officers.onDuty"] = ("人在岗", "on duty"),
        ["officers.more"] = ("另有 {0} 人", "and {0} more"),
        ["officers.none"] = ("暂无在岗人员上报", "No officer has reported yet"),
        ["officers.noCamera"] = ("未接入摄像头", "No camera"),
        ["officers.empty"] = ("空位", "vacant"),
        ["tile.live"] = ("在线", "Live"),
        ["tile.stalled"] = ("停滞", "Stalled"),
        ["tile.lost"] = ("失联", "Lost"),
        ["tile.off"] = ("离岗", "Off duty"),
        ["tile.call"] = ("求助", "SOS"),
        ["tile.ago"] = ("{0}前", "{0}"),

        ["report.position"] = ("定位", "GPS"),
        ["report.sent"] = ("前往", "On the way"),
        ["report.arrived"] = ("已到达", "Arrived"),
        ["report.away"] = ("在{0}", "In {0}"),
        ["report.on"] = ("上岗", "On duty"),
        ["report.off"] = ("下岗", "Off duty"),
        ["report.none"] = ("未上报", "Silent"),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that keeps both languages complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;
}
