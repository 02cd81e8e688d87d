using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CommandCenter.Web.Tests.Intake;

/// <summary>Lines as a source would send them: a good one of each type, to be sent as it is or spoiled.</summary>
internal static class EventLine
{
    public const string Case = "(2017)沪0115执1234号";

    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> s_data = new(StringComparer.Ordinal)
    {
        ["case.filed"] = """{"kind":"执","cause":"买卖合同纠纷","claimFen":100000,"basis":"(2016)沪0115民初1号","applicants":["张三"],"debtors":["李四","王五"]}""",
        ["case.assigned"] = """{"handler":"judge-7"}""",
        ["case.node"] = """{"node":"CX","phase":"entered"}""",
        ["case.claimChanged"] = """{"claimFen":90000}""",
        ["party.renamed"] = """{"was":"李四","now":"李肆"}""",
        ["case.suspended"] = """{"ground":"和解"}""",
        ["case.resumed"] = """{"ground":"和解"}""",
        ["case.closed"] = """{"way":"WB"}""",
        ["case.closingRevoked"] = """{"reason":"录入错误"}""",
        ["case.transferred"] = """{"toCourt":"沪0101"}""",
        ["funds.received"] = """{"amountFen":100,"serial":"B-1","payer":"李四"}""",
        ["funds.disbursed"] = """{"amountFen":40,"serial":"P-1","payee":"张三"}""",
        ["funds.reversed"] = """{"amountFen":30,"serial":"R-1","of":"B-1"}""",
        ["property.controlled"] = """{"propertyId":"F-1","class":"realEstate","act":"seal","until":"2020-08-31","amountFen":500,"rank":2}""",
        ["property.renewed"] = """{"propertyId":"F-1","until":"2023-08-31"}""",
        ["property.released"] = """{"propertyId":"F-1"}""",
        ["officer.duty"] = """{"state":"on","device":"cam-3"}""",
        ["officer.sos"] = """{"state":"on","device":"cam-3"}""",
        ["officer.dispatched"] = """{"lat":31.23,"lon":121.47,"datum":"WGS84","radiusM":150,"for":"(2017)沪0115执1234号"}""",
        ["officer.recalled"] = "{}",
        ["officer.position"] = """{"lat":31.23,"lon":121.47,"datum":"WGS84","accuracyM":5.5,"headingDeg":90,"speedMps":1.5}""",
        ["petition.received"] = """{"petitionId":"X-1"}""",
        ["petition.answered"] = """{"petitionId":"X-1"}""",
        ["case.urged"] = """{"urgeId":"U-1","about":"money","text":"请尽快发放","due":"2017-09-08"}""",
        ["case.urgeAnswered"] = """{"urgeId":"U-1","text":"今日发放"}""",
    };

    /// <summary>All types.</summary>
    public static IEnumerable<string> Types => s_data.Keys;

    public static bool IsOfOfficer(string type) => type.StartsWith("officer.", StringComparison.Ordinal);

    /// <summary>A good event of a type, to be changed at will.</summary>
    public static JsonObject Good(string type)
    {
        var line = new JsonObject { ["id"] = "a-1", ["type"] = type, ["at"] = "2017-09-01T09:30:00+08:00", ["court"] = "沪0115" };
        if (!IsOfOfficer(type))
        {
            line["case"] = Case;
        }

        line["by"] = "officer-17";
        line["data"] = JsonNode.Parse(s_data[type]);
        return line;
    }

    /// <summary>A good event with its own id, a case of that number and other data.</summary>
    public static string Of(string type, string id, int number, string? data = null, string at = "2017-09-01T09:30:00+08:00", string court = "沪0115")
    {
        var line = Good(type);
        line["id"] = id;
        line["at"] = at;
        line["court"] = court;
        line["case"] = Number(number, court);
        line["data"] = data is null ? line["data"]!.DeepClone() : JsonNode.Parse(data);
        return Text(line);
    }

    public static string Number(int number, string court = "沪0115") => $"(2017){court}执{number}号";

    public static string Text(JsonNode line) => line.ToJsonString(s_relaxed);
}
