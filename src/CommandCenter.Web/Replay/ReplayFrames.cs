using System.Globalization;
using System.Text.Json;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Replay;

/// <summary>What a frame of the past says beside its parts, in words of one language.</summary>
internal static class ReplayFrames
{
    // The figures of a court that its row shows, by the names of the row.
    private static readonly Dictionary<string, string> s_rowFigures = new(StringComparer.Ordinal)
    {
        ["received.today"] = "received",
        ["closed.today"] = "closed",
        ["pending.today"] = "pending",
        ["in.today"] = "in",
        ["out.today"] = "out",
    };

    /// <summary>What a gap, or a time before the recording, says on the screen; empty when the picture is one that was shown.</summary>
    public static string NoticeOf(ReplayMark mark, DateTimeOffset? knownAt, WallLanguage language) => mark switch
    {
        { Gap: { } gap } => In("gap." + gap.Reason, language, Stamp(gap.From), Stamp(gap.To)),
        { Kind: MomentKind.NotOnTheWall } => In("notOnTheWall", language, Stamp(knownAt ?? KnownFigures.BoundaryOf(mark.At))),
        _ => "",
    };

    /// <summary>A correction in words: what was shown, what is known now, and both in a sentence.</summary>
    public static (string Shown, string Known, string Sentence) WordsOf(Correction correction, DateTimeOffset comparedAt, WallLanguage language)
    {
        var (shown, known) = (Text(correction, correction.Shown, language), Text(correction, correction.Known, language));
        var (exactShown, exactKnown) = correction.Unit == FigureNames.Fen
            ? (MoneyText.Of(correction.Shown, language).Exact, MoneyText.Of(correction.Known, language).Exact)
            : (shown, known);
        return (shown, known, In("corrected", language, Stamp(comparedAt), exactShown, exactKnown));
    }

    /// <summary>Writes what is said of the moment.</summary>
    public static void Write(Utf8JsonWriter json, ReplayMark mark, WallLanguage language)
    {
        json.WriteStartObject("replay");
        json.WriteNumber("at", mark.At.ToUnixTimeMilliseconds());
        json.WriteNumber("speed", mark.Speed);
        json.WriteString("kind", mark.Kind);
        json.WriteBoolean("end", mark.IsEnd);
        json.WriteString("notice", NoticeOf(mark, null, language));
        json.WriteStartArray("parts");
        foreach (var name in mark.Parts)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        if (mark.Gap is { } gap)
        {
            json.WriteStartObject("gap");
            json.WriteNumber("from", gap.From.ToUnixTimeMilliseconds());
            json.WriteNumber("to", gap.To.ToUnixTimeMilliseconds());
            json.WriteString("reason", gap.Reason);
            json.WriteEndObject();
        }

        if (mark.Corrections.ComparedAt is { } comparedAt)
        {
            json.WriteNumber("comparedAt", comparedAt.ToUnixTimeMilliseconds());
            WriteCorrections(json, mark.Corrections, comparedAt, language);
        }

        json.WriteEndObject();
    }

    private static void WriteCorrections(Utf8JsonWriter json, CorrectionReport report, DateTimeOffset comparedAt, WallLanguage language)
    {
        json.WriteStartObject("corrections");
        foreach (var correction in report.Figures)
        {
            var key = correction.Court is null ? correction.Figure
                : s_rowFigures.TryGetValue(correction.Figure, out var name) ? $"{correction.Court}/{name}"
                : null;
            if (key is null)
            {
                continue; // The API has it; no row shows it.
            }

            var (shown, known, sentence) = WordsOf(correction, comparedAt, language);
            json.WriteStartArray(key);
            json.WriteStringValue(shown);
            // With its time: the figure beside it is of a later moment, and the two must not be read as one.
            var time = TimeText.ClockMinutes(comparedAt);
            json.WriteStringValue(shown != known ? In("corrected.short", language, time, known)
                // Both are the same in the wall's units: what differs is below them.
                : In("corrected.by", language, time, (correction.Known > correction.Shown ? "+" : "") + Text(correction with { Court = null }, correction.Known - correction.Shown, language)));
            json.WriteStringValue(sentence);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartArray("fundsCorrected");
        foreach (var step in report.Funds)
        {
            json.WriteNumberValue(step.T.ToUnixTimeMilliseconds());
        }

        json.WriteEndArray();
    }

    private static string Text(Correction correction, long value, WallLanguage language) => (correction.Unit, correction.Figure, correction.Court) switch
    {
        (FigureNames.Permille, _, _) => CountText.OfRatio(value / 1_000.0),
        (FigureNames.Fen, _, null) => MoneyText.Of(value, language) is var money ? money.Value + (money.Unit.Length == 0 ? "" : " " + money.Unit) : "",
        (FigureNames.Fen, _, _) => MoneyText.OfColumn(value, language).Value,
        (_, "pending.month" or "pending.year", _) => CountText.OfChange(value),
        _ => CountText.Of(value),
    };

    private static string In(string key, WallLanguage language, params ReadOnlySpan<object?> values) =>
        string.Format(CultureInfo.InvariantCulture, ReplayTexts.Of(key, language), values);

    private static string Stamp(DateTimeOffset at) => TimeText.InShanghai(at).ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
