using System.Globalization;
using System.Text.Json;
using CommandCenter.Domain.Courts;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Watch;

/// <summary>查控到期 as walls show it.</summary>
internal sealed class ControlsPart(CaseWatch watch, GrainHost grains) : WallPartSource<ControlsState>
{
    public const string PartName = "controls";

    public override string Name => PartName;

    protected override ControlsState Read() => watch.Controls;

    protected override void Write(Utf8JsonWriter json, ControlsState state, WallLanguage language) => Write(json, state, grains.Courts, language);

    internal static void Write(Utf8JsonWriter json, ControlsState state, CourtTree courts, WallLanguage language)
    {
        json.WriteStartObject();
        json.WriteString("counted", PartText.Counted(state.CountedSince, language));
        json.WriteStartArray("days");
        foreach (var days in ControlsState.Days)
        {
            json.WriteNumberValue(days);
        }

        json.WriteEndArray();
        json.WriteStartArray("city");
        WriteCounts(json, state.Courts.Sum(static court => court.Lapsed), [.. ControlsState.Days.Select((_, i) => state.Courts.Sum(court => court.Within[i]))]);
        json.WriteEndArray();
        json.WriteStartArray("courts");
        foreach (var court in state.Courts)
        {
            json.WriteStartArray();
            PartText.WriteCourt(json, courts.Courts[court.Court], language);
            WriteCounts(json, court.Lapsed, court.Within);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("next");
        foreach (var control in state.Lapsing)
        {
            var days = control.Until.DayNumber - state.Today.DayNumber;
            json.WriteStartArray();
            json.WriteNumberValue(days);
            json.WriteStringValue(days switch
            {
                0 => WatchTexts.Of("controls.today", language),
                1 => WatchTexts.Of("controls.tomorrow", language),
                _ => WatchTexts.Of("controls.inDays", language, days),
            });
            json.WriteStringValue(control.Until.ToString("MM-dd", CultureInfo.InvariantCulture));
            json.WriteStringValue(PartText.NameOf(courts.Courts[control.Court], language));
            json.WriteStringValue(control.Number.ToString());
            json.WriteStringValue(WatchTexts.Of("class." + control.Class, language));
            json.WriteStringValue(WatchTexts.Of("act." + control.Act, language));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        PartText.WriteTexts(json, language, "controls.more", "controls.nextMore", "controls.none");
        json.WriteEndObject();
    }

    // Numbers to sort by and their texts: the order depends on the thresholds of the panel.
    private static void WriteCounts(Utf8JsonWriter json, long lapsed, IReadOnlyList<long> within)
    {
        json.WriteStartArray();
        foreach (var count in within.Prepend(lapsed))
        {
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
        json.WriteStartArray();
        foreach (var count in within.Prepend(lapsed))
        {
            json.WriteStringValue(CountText.Of(count));
        }

        json.WriteEndArray();
    }
}

/// <summary>预警 as walls show them.</summary>
internal sealed class AlarmsPart(AlarmWatch watch, GrainHost grains) : WallPartSource<AlarmsState>
{
    public const string PartName = "alarms";

    /// <summary>More rows than any wall has room for.</summary>
    public const int RowsMax = 40;

    private const int CourtsNamedMax = 1;

    public override string Name => PartName;

    protected override AlarmsState Read() => watch.Alarms;

    protected override void Write(Utf8JsonWriter json, AlarmsState state, WallLanguage language) => Write(json, state, grains.Courts, language);

    internal static void Write(Utf8JsonWriter json, AlarmsState state, CourtTree courts, WallLanguage language)
    {
        json.WriteStartObject();
        json.WriteStartArray("tiers");
        foreach (var tier in Enum.GetValues<AlarmTier>())
        {
            json.WriteStartArray();
            json.WriteStringValue(WallWords.NameOf(tier));
            json.WriteStringValue(CountText.Of(state.Alarms.Count(alarm => alarm.Tier == tier)));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteNumber("all", state.Alarms.Count + state.Beyond);
        json.WriteBoolean("known", state.IsKnown);
        json.WriteStartArray("alarms");
        foreach (var alarm in state.Alarms.Take(RowsMax))
        {
            json.WriteStartArray();
            json.WriteStringValue(alarm.Code);
            json.WriteStringValue(WallWords.NameOf(alarm.Tier));
            json.WriteStringValue(WatchTexts.Of("tier." + WallWords.NameOf(alarm.Tier), language));
            json.WriteStringValue(TextOf("alarm.", alarm, language));
            json.WriteStringValue(TextOf("detail.", alarm, language));
            json.WriteStringValue(CourtsOf(alarm.Courts, courts, language, CourtsNamedMax));
            json.WriteStringValue(CourtsOf(alarm.Courts, courts, language, int.MaxValue));
            json.WriteNumberValue(alarm.Since.ToUnixTimeMilliseconds());
            json.WriteStringValue(WatchTexts.Of("alarms.owner", language)); // There are no accounts yet, so nobody can have taken it.
            json.WriteEndArray();
        }

        json.WriteEndArray();
        PartText.WriteTexts(json, language, "alarms.more", "alarms.none", "counting");
        json.WriteEndObject();
    }

    private static string TextOf(string kind, Alarm alarm, WallLanguage language) => WatchTexts.Of(
        kind + alarm.Code, language, CountText.Of(alarm.Facts.Count), CountText.Of(alarm.Facts.Before),
        alarm.Facts.At is { } at ? TimeText.ClockMinutes(at) : "", alarm.Facts.Detail);

    private static string CourtsOf(ValueList<string> marks, CourtTree courts, WallLanguage language, int namedMax)
    {
        if (marks.Count == 0)
        {
            return WatchTexts.Of("courts.all", language);
        }

        var names = string.Join(WatchTexts.Of("list", language), marks.Take(namedMax).Select(
            mark => courts.TryFind(mark, out var court) ? PartText.NameOf(court, language) : mark));
        return marks.Count <= namedMax ? names
            : language == WallLanguage.En ? $"{names} {WatchTexts.Of("courts.more", language, marks.Count - namedMax)}"
            : names + WatchTexts.Of("courts.more", language, marks.Count);
    }
}

/// <summary>待发案款 as walls show it. Fen travel as text: a script's numbers lose whole fen beyond 2^53.</summary>
internal sealed class WaitingPart(CaseWatch watch, GrainHost grains) : WallPartSource<WaitingState>
{
    public const string PartName = "waiting";

    public override string Name => PartName;

    protected override WaitingState Read() => watch.Waiting;

    protected override void Write(Utf8JsonWriter json, WaitingState state, WallLanguage language) => Write(json, state, grains.Courts, language);

    internal static void Write(Utf8JsonWriter json, WaitingState state, CourtTree courts, WallLanguage language)
    {
        json.WriteStartObject();
        json.WriteString("counted", PartText.Counted(state.CountedSince, language));
        json.WriteBoolean("known", state.CountedSince is not null);
        json.WriteStartArray("bands");
        foreach (var (key, band) in new[] { ("band0", state.UpTo15), ("band1", state.UpTo30), ("band2", state.Over30), ("total", state.Total) })
        {
            WriteSum(json, key, band, language);
        }

        json.WriteEndArray();
        json.WriteStartArray("undated");
        if (state.Undated.Cases > 0)
        {
            json.WriteStringValue(WatchTexts.Of(state.IsSearching ? "waiting.searching" : "waiting.undated", language, CountText.Of(state.Undated.Cases)));
            json.WriteStringValue(MoneyText.Of(state.Undated.Fen, language).Exact);
        }

        json.WriteEndArray();
        json.WriteStartArray("oldest");
        foreach (var item in state.Oldest)
        {
            json.WriteStartArray();
            json.WriteNumberValue(item.Days);
            json.WriteStringValue(WatchTexts.Of("waiting.days", language, CountText.Of(item.Days)));
            json.WriteStringValue(PartText.NameOf(courts.Courts[item.Court], language));
            json.WriteStringValue(item.Number.ToString());
            WriteMoney(json, item.Fen, language);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteNumber("cases", state.Total.Cases);
        PartText.WriteTexts(json, language, "waiting.more");
        json.WriteEndObject();
    }

    private static void WriteSum(Utf8JsonWriter json, string key, WaitingSum sum, WallLanguage language)
    {
        json.WriteStartArray();
        json.WriteStringValue(key);
        json.WriteStringValue(WatchTexts.Of("waiting." + key, language));
        WriteMoney(json, sum.Fen, language);
        json.WriteStringValue(WatchTexts.Of("waiting.cases", language, CountText.Of(sum.Cases)));
        json.WriteEndArray();
    }

    private static void WriteMoney(Utf8JsonWriter json, long fen, WallLanguage language)
    {
        var money = MoneyText.Of(fen, language);
        json.WriteStringValue(money.Value);
        json.WriteStringValue(money.Unit);
        json.WriteStringValue(money.Exact);
        json.WriteStringValue(fen.ToString(CultureInfo.InvariantCulture));
    }
}

/// <summary>点名 as walls show it: one place for each institution, since two courts that share a body answer together.</summary>
internal sealed class RollCallPart(CaseWatch watch, GrainHost grains) : WallPartSource<RollCallState>
{
    public const string PartName = "rollcall";

    private const string Here = "here";

    public override string Name => PartName;

    protected override RollCallState Read() => watch.RollCall;

    protected override void Write(Utf8JsonWriter json, RollCallState state, WallLanguage language) => Write(json, state, grains.Courts, language);

    internal static void Write(Utf8JsonWriter json, RollCallState state, CourtTree courts, WallLanguage language)
    {
        var bodies = courts.Courts.GroupBy(static court => court.Definition.Institution, StringComparer.Ordinal).Select(static body => body.ToArray()).ToArray();
        var now = bodies.Select(body => Now(body, state.Now)).ToArray();
        json.WriteStartObject();
        json.WriteString("now", WatchTexts.Of("rollcall.of", language, now.Count(static one => one.State == Here), bodies.Length));
        json.WriteStartArray("courts");
        for (var i = 0; i < bodies.Length; i++)
        {
            json.WriteStartArray();
            json.WriteStringValue(bodies[i][0].Mark);
            json.WriteStringValue(PartText.NameOf(bodies[i][0], language));
            json.WriteStringValue(string.Join(" / ", bodies[i].Select(court => language == WallLanguage.En ? court.Definition.NameEn : court.Definition.NameZh)));
            json.WriteStringValue(now[i].State);
            json.WriteStringValue(WatchTexts.Of("rollcall." + now[i].State, language));
            json.WriteStringValue(now[i].State == Here ? WatchTexts.Of("rollcall.people", language, CountText.Of(now[i].OnDuty)) : "");
            json.WriteStringValue(now[i].State == Here ? WatchTexts.Of("rollcall.located", language, CountText.Of(now[i].Located)) : "");
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("calls");
        foreach (var call in state.Calls)
        {
            var answers = bodies.Select(body => AtCall(body, call.Courts)).ToArray();
            var hour = TimeText.ClockMinutes(call.At);
            json.WriteStartArray();
            json.WriteStringValue(hour);
            json.WriteStringValue(WatchTexts.Of("rollcall.call", language, hour, answers.Count(static one => one == Here), bodies.Length));
            json.WriteStringValue(call.IsLate ? WatchTexts.Of("rollcall.late", language) : "");
            json.WriteStartArray();
            foreach (var answer in answers)
            {
                json.WriteStringValue(answer);
                json.WriteStringValue(WatchTexts.Of("rollcall." + answer, language));
            }

            json.WriteEndArray();
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteNumber("nextAt", state.Next?.ToUnixTimeMilliseconds() ?? 0);
        json.WriteString("next", state.Next is { } next ? WatchTexts.Of("rollcall.next", language, NextText(next, state.IsWorkingDay, language)) : "");
        json.WriteString("note", !state.IsWorkingDay ? WatchTexts.Of("rollcall.rest", language)
            : !state.IsCalendarKnown ? WatchTexts.Of("rollcall.provisional", language) : "");
        json.WriteEndObject();
    }

    private static (string State, int OnDuty, int Located) Now(Court[] body, ValueList<CourtPresence?> courts)
    {
        var known = body.Select(court => courts[court.Index]).OfType<CourtPresence>().ToArray();
        var onDuty = known.Sum(static court => court.OnDuty);
        return (onDuty > 0 ? Here : known.Length < body.Length ? "unknown" : known.Sum(static court => court.Officers) == 0 ? "nosource" : "nobody",
            onDuty, known.Sum(static court => court.Located));
    }

    private static string AtCall(Court[] body, ValueList<CourtAtCall?> courts)
    {
        var known = body.Select(court => courts[court.Index]).OfType<CourtAtCall>().ToArray();
        return known.Any(static court => court.OnDuty > 0) ? Here
            : known.Length < body.Length || known.Any(static court => court.Unknown > 0) ? "unknown"
            : known.Sum(static court => court.Officers) == 0 ? "nosource"
            : "nobody";
    }

    // Today the hour says it all; another day is named.
    private static string NextText(DateTimeOffset next, bool isWorkingDay, WallLanguage language)
    {
        var local = TimeText.InShanghai(next);
        var weekday = WallTexts.Of("date.weekdays", language).Split(' ')[(int)local.DayOfWeek];
        weekday = language == WallLanguage.En ? weekday[..3] : weekday;
        return isWorkingDay ? TimeText.ClockMinutes(next)
            : string.Create(CultureInfo.InvariantCulture, $"{weekday} {TimeText.ClockMinutes(next)}");
    }
}

/// <summary>What the parts have in common.</summary>
internal static class PartText
{
    public static string NameOf(Court court, WallLanguage language) =>
        language == WallLanguage.En ? CourtNames.ShortEn(court.Definition.NameEn) : CourtNames.ShortZh(court.Definition.NameZh);

    /// <summary>清点于 14:05: no case was looked at earlier.</summary>
    public static string Counted(DateTimeOffset? since, WallLanguage language) =>
        since is { } at ? WatchTexts.Of("counted", language, TimeText.ClockMinutes(at)) : WatchTexts.Of("counting", language);

    public static void WriteCourt(Utf8JsonWriter json, Court court, WallLanguage language)
    {
        json.WriteStringValue(court.Mark);
        json.WriteStringValue(NameOf(court, language));
        json.WriteStringValue(language == WallLanguage.En ? court.Definition.NameEn : court.Definition.NameZh);
    }

    /// <summary>Templates that the script fills once it knows how many rows fit.</summary>
    public static void WriteTexts(Utf8JsonWriter json, WallLanguage language, params ReadOnlySpan<string> keys)
    {
        json.WriteStartObject("texts");
        foreach (var key in keys)
        {
            json.WriteString(key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..], WatchTexts.Of(key, language));
        }

        json.WriteEndObject();
    }
}
