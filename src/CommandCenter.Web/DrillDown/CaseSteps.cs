using System.Globalization;
using System.Text.Json;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.DrillDown;

/// <summary>One row of a case's timeline, in words.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Event">What.</param>
/// <param name="Detail">What the event says apart from money.</param>
/// <param name="Amount">Money, in yuan.</param>
/// <param name="By">Who did it, as its source says.</param>
/// <param name="Flags">What is against procedure in it.</param>
/// <param name="Source">The source that reported it; empty when it follows from another record.</param>
/// <param name="Id">The source's id of it.</param>
/// <param name="RecordedAt">When it was recorded here.</param>
/// <param name="IsLate">Whether that was more than a day after it happened.</param>
internal sealed record CaseStep(
    DateTimeOffset At, string Event, string Detail, string Amount, string By, string Flags, string Source, string Id, DateTimeOffset RecordedAt, bool IsLate);

/// <summary>Events of a case in words. Names come as they may be read: the mask is not taken off or put on here.</summary>
internal sealed class CaseSteps(WallLanguage language, GrainHost grains)
{
    private static readonly TimeSpan s_late = TimeSpan.FromDays(1);
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public CaseStep Of(TimelineEntry entry)
    {
        var data = JsonSerializer.SerializeToElement(entry.Data, s_json);
        return new CaseStep(
            entry.At, EventName(entry.Type), Detail(entry.Type, data), Fen(data) is { } fen ? DeskMoney.Yuan(fen) : "", entry.By ?? "", Flags(entry.Irregular),
            entry.Source ?? T("source.house"), entry.Id ?? "", entry.RecordedAt, entry.RecordedAt - entry.At > s_late);
    }

    public string CourtName(string mark) => grains.Courts.TryFind(mark, out var court) ? DeskNames.Of(court, language) : mark;

    public string? NodeName(string? code) =>
        code is null ? null : grains.Nodes.TryFind(code, out var node) ? language == WallLanguage.En ? node.NameEn : node.NameZh : code;

    public string Flags(IReadOnlyList<string> irregular) => string.Join(T("parties.join"), irregular.Select(flag => DrillTexts.Find("flag." + flag, language) ?? flag));

    private string EventName(string type) => DrillTexts.Find("event." + type, language) ?? WallTexts.OfOrKey("event.", type, language);

    // What each event says apart from money; a field that is not named here is not shown.
    private string Detail(string type, JsonElement data) => type switch
    {
        "case.filed" => Text(data, "cause"),
        "case.assigned" => Text(data, "handler"),
        "case.node" => Joined(NodeName(Text(data, "node")) ?? "", T("phase." + Text(data, "phase"))),
        "case.closed" or "case.closingRevoked" => DrillTexts.Find("way." + Text(data, "way"), language) ?? "",
        "party.renamed" => string.Format(CultureInfo.InvariantCulture, T("formerName"), Text(data, "now"), Text(data, "was")),
        "case.suspended" or "case.resumed" => Text(data, "ground"),
        "case.transferred" => CourtName(Text(data, "toCourt")),
        "case.admitted" => CourtName(Text(data, "court")),
        "case.reinstatementNoted" => Text(data, "child"),
        "funds.received" => Joined(Text(data, "serial"), Text(data, "payer")),
        "funds.disbursed" => Joined(Text(data, "serial"), Text(data, "payee")),
        "funds.reversed" => Joined(Text(data, "serial"), Text(data, "of")),
        "property.controlled" or "property.renewed" => Joined(Text(data, "propertyId"), T("properties.until") + " " + Text(data, "until")),
        "property.released" => Text(data, "propertyId"),
        "petition.received" or "petition.answered" => Text(data, "petitionId"),
        "case.urged" => Joined(Urging.UrgeTexts.Of("about." + Text(data, "about"), language), Text(data, "text")),
        "case.urgeAnswered" => Text(data, "text"),
        _ => "",
    };

    private static long? Fen(JsonElement data) =>
        (data.TryGetProperty("amountFen", out var fen) || data.TryGetProperty("claimFen", out fen)) && fen.ValueKind == JsonValueKind.Number ? fen.GetInt64() : null;

    private static string Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private string Joined(params string[] parts) => string.Join(T("words.join"), parts.Where(part => part.Length > 0));

    private string T(string key) => DrillTexts.Of(key, language);
}
