using System.Globalization;
using System.Text.Json;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Wall.Panels;

namespace CommandCenter.Web.Places;

/// <summary>The officers for the map and for the tiles.</summary>
internal sealed class OfficersPart(IOfficerSource officers, PlaceMap map) : WallPartSource<OfficerBoard>
{
    public const string PartName = "officers";

    private readonly Dictionary<string, MapCourt> _courts = map.Courts.ToDictionary(court => court.Mark, StringComparer.Ordinal);

    public override string Name => PartName;

    protected override OfficerBoard Read() => officers.Read();

    /// <summary><c>{"counts":{"live":48,"stalled":1,"lost":1,"off":50},"shown":[["officer-0115-07a","浦东新区",512.3,404.1,1763791283000,"定位","live"],…],"rest":{"live":[5124,4041,…],…}}</c>:
    /// id, court, place on the map or two nulls, when last heard of or null, what it was, state then; since when he calls for help or null; and of who is sent
    /// somewhere, that place, when he was sent, and when he arrived or null. Of the rest, where those on duty are, in tenths, by their state.</summary>
    protected override void Write(Utf8JsonWriter json, OfficerBoard state, WallLanguage language)
    {
        json.WriteStartObject();
        json.WriteStartObject("counts");
        foreach (var condition in Enum.GetValues<OfficerCondition>())
        {
            json.WriteNumber(NameOf(condition), state.CountOf(condition));
        }

        json.WriteEndObject();
        json.WriteStartArray("shown");
        foreach (var officer in state.Shown)
        {
            WriteOfficer(json, officer, language);
        }

        json.WriteEndArray();
        WriteRest(json, state.Rest);
        json.WriteEndObject();
    }

    private static void WriteRest(Utf8JsonWriter json, IEnumerable<ShownOfficer> rest)
    {
        var places = rest.Where(static officer => officer.Condition != OfficerCondition.Off && officer.At is not null).ToLookup(static officer => officer.Condition, static officer => officer.At!.Value);
        json.WriteStartObject("rest");
        foreach (var condition in Enum.GetValues<OfficerCondition>().Where(places.Contains))
        {
            json.WriteStartArray(NameOf(condition));
            foreach (var at in places[condition])
            {
                json.WriteNumberValue((int)Math.Round(at.X * 10));
                json.WriteNumberValue((int)Math.Round(at.Y * 10));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>The word that scripts and styles know a state by.</summary>
    public static string NameOf(OfficerCondition condition) => JsonNamingPolicy.CamelCase.ConvertName(condition.ToString());

    private void WriteOfficer(Utf8JsonWriter json, ShownOfficer officer, WallLanguage language)
    {
        json.WriteStartArray();
        json.WriteStringValue(officer.Id);
        json.WriteStringValue(CourtOf(officer.CourtMark, language));
        if (officer.At is { } at)
        {
            // A hundredth of the map's 1000 is about a metre and a half.
            json.WriteNumberValue(Math.Round(at.X, 2));
            json.WriteNumberValue(Math.Round(at.Y, 2));
        }
        else
        {
            json.WriteNullValue();
            json.WriteNullValue();
        }

        WriteOrNull(json, officer.ReportedAtMs);
        json.WriteStringValue(ReportOf(officer, language));
        json.WriteStringValue(NameOf(officer.Condition));
        WriteOrNull(json, officer.CallingSinceMs);
        if (officer.Errand is { } errand)
        {
            json.WriteStartArray();
            json.WriteNumberValue(Math.Round(errand.At.X, 2));
            json.WriteNumberValue(Math.Round(errand.At.Y, 2));
            json.WriteNumberValue(errand.SentAtMs);
            WriteOrNull(json, errand.ArrivedAtMs);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteOrNull(Utf8JsonWriter json, long? value)
    {
        if (value is { } known)
        {
            json.WriteNumberValue(known);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private string CourtOf(string mark, WallLanguage language) => !_courts.TryGetValue(mark, out var court) ? mark
        : language == WallLanguage.En ? CourtNames.ShortEn(court.NameEn) : CourtNames.ShortZh(court.NameZh);

    private static string ReportOf(ShownOfficer officer, WallLanguage language) => officer switch
    {
        { IsPosition: true, Errand: not { ArrivedAtMs: not null }, AwayIn: { } district } =>
            string.Format(CultureInfo.InvariantCulture, PlaceTexts.Of("report.away", language), district.Name.In(language)),
        _ => PlaceTexts.Of(ReportOf(officer), language),
    };

    private static string ReportOf(ShownOfficer officer) => officer switch
    {
        { ReportedAtMs: null } => "report.none",
        { IsPosition: true, Errand.ArrivedAtMs: not null } => "report.arrived",
        { IsPosition: true, Errand: not null } => "report.sent",
        { IsPosition: true } => "report.position",
        { Condition: OfficerCondition.Off } => "report.off",
        _ => "report.on",
    };
}
