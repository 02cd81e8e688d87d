using System.Globalization;
using System.Text.Json;
using CommandCenter.Web.Wall.Panels;

namespace CommandCenter.Web.Wall.Directing;

/// <summary>What is pinned to each wall, as cards: a name, a state, three figures and a few lines.</summary>
internal sealed class PinnedPart(PinWatch watch, IServiceProvider services) : WallPartSource<PinnedState>
{
    public const string PartName = "pinned";

    private readonly Lazy<Dictionary<string, PinChoice>> _courts = new(() =>
        (services.GetService<IPinDirectory>()?.Courts ?? []).ToDictionary(static court => court.Key, StringComparer.Ordinal));

    public override string Name => PartName;

    protected override PinnedState Read() => watch.Latest;

    protected override void Write(Utf8JsonWriter json, PinnedState state, WallLanguage language)
    {
        json.WriteStartObject();
        foreach (var wall in state.Walls)
        {
            json.WriteStartArray(wall.WallId);
            foreach (var card in wall.Cards)
            {
                Write(json, CardOf(card, language));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CardView card)
    {
        json.WriteStartObject();
        json.WriteString("kind", card.Kind);
        json.WriteString("title", card.Title);
        json.WriteString("state", card.State);
        json.WriteString("word", card.Word);
        Write(json, "figures", card.Figures);
        Write(json, "lines", card.Lines);
        if (card.ReportedAt is { } at)
        {
            json.WriteNumber("reportedAt", at.ToUnixTimeMilliseconds());
        }

        json.WriteString("by", card.By);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<CardLine> lines)
    {
        json.WriteStartArray(name);
        foreach (var line in lines)
        {
            json.WriteStartArray();
            json.WriteStringValue(line.Label);
            json.WriteStringValue(line.Value);
            json.WriteStringValue(line.Unit);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private CardView CardOf(PinnedCard card, WallLanguage language)
    {
        var kind = DirectorView.NameOf(card.Pin.Kind);
        var by = string.Format(
            CultureInfo.InvariantCulture, T("by", language), card.Pin.By, TimeText.ClockMinutes(card.Pin.At));
        return card.Facts switch
        {
            PinnedFacts.OfCourt facts => OfCourt(facts.Figures, language) with { Kind = kind, By = by },
            PinnedFacts.OfCase facts => OfCase(card.Pin.Key, facts, language) with { Kind = kind, By = by },
            PinnedFacts.OfOfficer facts => OfOfficer(card.Pin.Key, facts, language) with { Kind = kind, By = by },
            _ => new CardView(card.Pin.Kind == PinKind.Court ? NameOf(card.Pin.Key, language) : card.Pin.Key, "unknown", T("unknown", language), [], []) { Kind = kind, By = by },
        };
    }

    private static CardView OfCourt(CourtFigures court, WallLanguage language) => new(
        language == WallLanguage.En ? CourtNames.ShortEn(court.NameEn) : CourtNames.ShortZh(court.NameZh),
        court.Overdue > 0 ? "bad" : court.Overdue is null ? "unknown" : "good",
        court.Overdue is { } overdue
            ? overdue > 0 ? string.Format(CultureInfo.InvariantCulture, T("of-court.overdue", language), CountText.Of(overdue)) : T("of-court.inTime", language)
            : T("of-court.overdueUnknown", language),
        [
            new(T("of-court.received", language), CountText.Of(court.Today.Received), T("cases", language)),
            new(T("of-court.closed", language), CountText.Of(court.Today.Closed), T("cases", language)),
            new(T("of-court.pending", language), CountText.Of(court.Pending), T("cases", language)),
        ],
        [
            Money("of-court.in", court.Today.FundsInFen, language),
            Money("of-court.out", court.Today.FundsOutFen, language),
            new(T("of-court.terminal", language), CountText.Of(court.TerminalStock), T("cases", language)),
        ]);

    private CardView OfCase(string number, PinnedFacts.OfCase facts, WallLanguage language) => new(
        number,
        facts.IsOverdue ? "bad" : facts.Status switch { "open" => "good", "suspended" => "warn", _ => "quiet" },
        T(facts.IsOverdue ? "of-case.overdue" : "of-case." + facts.Status, language),
        [
            Money("of-case.claim", facts.ClaimFen, language),
            Money("of-case.in", facts.InFen, language),
            Money("of-case.out", facts.OutFen, language),
        ],
        [
            new(T("of-case.node", language), (language == WallLanguage.En ? facts.NodeEn : facts.NodeZh) ?? T("none", language), ""),
            new(T("of-case.handler", language), facts.Handler ?? T("none", language), ""),
            new(T("of-case.court", language), NameOf(facts.CourtMark, language), ""),
            new(T("of-case.due", language), facts.Status == "open" ? TimeText.InShanghai(facts.DueAt.AddTicks(-1)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : T("none", language), ""),
        ]);

    private CardView OfOfficer(string key, PinnedFacts.OfOfficer facts, WallLanguage language) => new(
        key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..],
        facts.IsOnDuty ? "good" : "quiet",
        T(facts.IsOnDuty ? "of-officer.on" : "of-officer.off", language),
        [],
        [
            new(T("of-case.court", language), NameOf(facts.CourtMark, language), ""),
            new(T("of-officer.since", language), facts.DutyAt == DateTimeOffset.UnixEpoch ? T("none", language) : TimeText.InShanghai(facts.DutyAt).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture), ""),
        ])
    {
        ReportedAt = facts.ReportedAt,
    };

    // To the fen: who pins a case wants the amount, not its size.
    private static CardLine Money(string key, long fen, WallLanguage language)
    {
        var exact = MoneyText.Of(fen, language).Exact;
        return language == WallLanguage.En ? new(T(key, language), exact, "") : new(T(key, language), exact[..^2], "元");
    }

    private string NameOf(string mark, WallLanguage language) => _courts.Value.TryGetValue(mark, out var court)
        ? language == WallLanguage.En ? CourtNames.ShortEn(court.NameEn) : CourtNames.ShortZh(court.NameZh)
        : mark;

    private static string T(string key, WallLanguage language) => PinnedTexts.Of(key, language);

    /// <summary>One card in words.</summary>
    private sealed record CardView(string Title, string State, string Word, IReadOnlyList<CardLine> Figures, IReadOnlyList<CardLine> Lines)
    {
        public string Kind { get; init; } = "";

        public string By { get; init; } = "";

        public DateTimeOffset? ReportedAt { get; init; }
    }

    /// <summary>One value with its name.</summary>
    private sealed record CardLine(string Label, string Value, string Unit);
}
