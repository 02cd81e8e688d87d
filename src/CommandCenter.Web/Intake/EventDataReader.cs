using System.Globalization;
using System.Text.Json;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Domain.Funds;
using CommandCenter.Domain.Officers;
using CommandCenter.Domain.Properties;

namespace CommandCenter.Web.Intake;

/// <summary>Reads the <c>data</c> object of an event: every field that exists, with its range. Which of them a type may have is <see cref="EventType"/>.</summary>
internal sealed class EventDataReader(CourtTree courts, NodeCatalog nodes, RecentTexts texts)
{
    private const int NamesMax = 200;
    private const int ShortTextMax = 64;
    private const int TextMax = 256;
    private const int LongTextMax = 1_000;
    private const int RankMax = 10_000;
    private const int FieldNameShownMax = 64;

    /// <summary>Reads an object; the reader stands on its opening brace and ends on its closing one.</summary>
    /// <param name="reader">Where.</param>
    /// <param name="data">What is read goes here.</param>
    /// <param name="type">Whose fields are looked for first; others are read too, so that each is refused by its own name.</param>
    public EventFault? Read(ref Utf8JsonReader reader, EventData data, EventType type)
    {
        data.Seen = EventFields.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldAt(ref reader, type);
            if (field == EventFields.None)
            {
                return UnknownField(ref reader);
            }

            if (data.Has(field))
            {
                return new EventFault(EventCodes.DuplicateKey, "data." + EventType.WireName(field), "The key is given twice.");
            }

            data.Seen |= field;
            _ = reader.Read();
            if (ReadField(ref reader, field, data) is { } fault)
            {
                return fault with { Field = "data." + EventType.WireName(field) };
            }
        }

        return null;
    }

    private static EventFault UnknownField(ref Utf8JsonReader reader)
    {
        var fault = JsonText.Read(ref reader, LongTextMax, out var name);
        return fault ?? new EventFault(
            EventCodes.UnknownField, "data." + JsonText.Shortened(name, FieldNameShownMax), "No type of event has this field.");
    }

    private static EventFields FieldAt(ref Utf8JsonReader reader, EventType type)
    {
        if (!JsonText.IsWhole(ref reader))
        {
            return EventFields.None;
        }

        var field = FieldAmong(ref reader, type.Fields);
        return field != EventFields.None ? field : FieldAmong(ref reader, s_fields);
    }

    private static EventFields FieldAmong(ref Utf8JsonReader reader, ReadOnlySpan<(byte[] Name, EventFields Field)> fields)
    {
        foreach (var (name, field) in fields)
        {
            if (reader.ValueTextEquals(name))
            {
                return field;
            }
        }

        return EventFields.None;
    }

    private EventFault? ReadField(ref Utf8JsonReader reader, EventFields field, EventData data)
    {
        EventFault? fault;
        switch (field)
        {
            case EventFields.Kind:
                fault = JsonText.Read(ref reader, ShortTextMax, texts, out var kind);
                data.Kind = fault is null && CaseType.TryFind(kind, out var type) ? type : null;
                return fault ?? Unless(data.Kind is not null, $"{kind} is no type of case.");
            case EventFields.Cause:
                fault = JsonText.Read(ref reader, TextMax, texts, out var cause);
                data.Cause = cause;
                return fault;
            case EventFields.ClaimFen:
                fault = ReadAmount(ref reader, out var claim);
                data.ClaimFen = claim;
                return fault;
            case EventFields.Basis:
                fault = JsonText.Read(ref reader, LongTextMax, texts, out var basis);
                data.Basis = basis;
                return fault;
            case EventFields.Applicants:
                fault = ReadNames(ref reader, out var applicants);
                data.Applicants = applicants;
                return fault;
            case EventFields.Debtors:
                fault = ReadNames(ref reader, out var debtors);
                data.Debtors = debtors;
                return fault;
            case EventFields.Parent:
                fault = ReadCaseNumber(ref reader, out var parent);
                data.Parent = parent;
                return fault;
            case EventFields.For:
                fault = ReadCaseNumber(ref reader, out var @for);
                data.For = @for;
                return fault;
            case EventFields.Handler:
                fault = JsonText.Read(ref reader, ShortTextMax, texts, out var handler);
                data.Handler = handler;
                return fault ?? UnlessBlank(handler);
            case EventFields.Node:
                fault = JsonText.Read(ref reader, ShortTextMax, texts, out var code);
                if (fault is null && !nodes.TryFind(code, out _))
                {
                    return new EventFault(EventCodes.UnknownNode, null, $"{code} is none of the nodes.");
                }

                data.Node = fault is null && nodes.TryFind(code, out var node) ? node.Seq : 0;
                return fault;
            case EventFields.Occurrence:
                fault = ReadInteger(ref reader, 1, NodeFlow.OccurrenceMax, out var occurrence);
                data.Occurrence = occurrence;
                return fault;
            case EventFields.Rank:
                fault = ReadInteger(ref reader, 1, RankMax, out var rank);
                data.Rank = rank;
                return fault;
            case EventFields.Phase:
                fault = ReadOneOf(ref reader, s_phases, out var phase);
                data.Phase = (NodePhase)phase;
                return fault;
            case EventFields.Way:
                fault = JsonText.Read(ref reader, ShortTextMax, texts, out var way);
                if (fault is null && !CloseWays.TryParse(way, out _))
                {
                    return new EventFault(EventCodes.BadValue, null, $"{way} is none of WB ZB ZJ XA BY BH.");
                }

                data.Way = fault is null && CloseWays.TryParse(way, out var closeWay) ? closeWay : default;
                return fault;
            case EventFields.Ground:
                fault = JsonText.Read(ref reader, TextMax, texts, out var ground);
                data.Ground = ground;
                return fault ?? UnlessBlank(ground);
            case EventFields.Reason:
                fault = JsonText.Read(ref reader, LongTextMax, out var reason);
                data.Reason = reason;
                return fault ?? UnlessBlank(reason);
            case EventFields.ToCourt:
                fault = JsonText.Read(ref reader, ShortTextMax, texts, out var mark);
                data.ToCourt = fault is null && courts.TryFind(mark, out var court) ? court : null;
                return fault ?? (data.ToCourt is null ? new EventFault(EventCodes.UnknownCourt, null, $"{mark} is no court.") : null);
            case EventFields.AmountFen:
                fault = ReadAmount(ref reader, out var amount);
                data.AmountFen = amount;
                return fault;
            case EventFields.Serial:
                fault = JsonText.Read(ref reader, TextMax, out var serial);
                data.Serial = serial;
                return fault ?? UnlessBlank(serial);
            case EventFields.Payer:
                fault = JsonText.Read(ref reader, TextMax, out var payer);
                data.Payer = payer;
                return fault;
            case EventFields.Payee:
                fault = JsonText.Read(ref reader, TextMax, out var payee);
                data.Payee = payee;
                return fault;
            case EventFields.Of:
                fault = JsonText.Read(ref reader, TextMax, out var of);
                data.Of = of;
                return fault;
            case EventFields.PropertyId:
                fault = JsonText.Read(ref reader, TextMax, out var propertyId);
                data.PropertyId = propertyId;
                return fault ?? UnlessBlank(propertyId);
            case EventFields.PetitionId:
                fault = JsonText.Read(ref reader, TextMax, out var petitionId);
                data.PetitionId = petitionId;
                return fault ?? UnlessBlank(petitionId);
            case EventFields.Was:
                fault = JsonText.Read(ref reader, TextMax, out var was);
                data.Was = was;
                return fault ?? UnlessBlank(was);
            case EventFields.Now:
                fault = JsonText.Read(ref reader, TextMax, out var now);
                data.Now = now;
                return fault ?? UnlessBlank(now);
            case EventFields.UrgeId:
                fault = JsonText.Read(ref reader, ShortTextMax, out var urgeId);
                data.UrgeId = urgeId;
                return fault ?? UnlessBlank(urgeId);
            case EventFields.About:
                fault = ReadOneOf(ref reader, s_abouts, out var about);
                data.About = (UrgeAbout)about;
                return fault;
            case EventFields.Text:
                fault = JsonText.Read(ref reader, TextMax, out var text);
                data.Text = text;
                return fault ?? UnlessBlank(text);
            case EventFields.Due:
                fault = ReadDate(ref reader, out var due);
                data.Due = due;
                return fault;
            case EventFields.Device:
                fault = JsonText.Read(ref reader, TextMax, out var device);
                data.Device = device;
                return fault;
            case EventFields.Class:
                fault = ReadOneOf(ref reader, s_classes, out var @class);
                data.Class = (PropertyClass)@class;
                return fault;
            case EventFields.Act:
                fault = ReadOneOf(ref reader, s_acts, out var act);
                data.Act = (ControlAct)act;
                return fault;
            case EventFields.Until:
                fault = ReadDate(ref reader, out var until);
                data.Until = until;
                return fault;
            case EventFields.State:
                fault = ReadOneOf(ref reader, s_dutyStates, out var duty);
                data.IsOn = duty == 1;
                return fault;
            case EventFields.Datum:
                fault = ReadOneOf(ref reader, s_datums, out var datum);
                data.Datum = (Datum)datum;
                return fault;
            case EventFields.Lat:
                fault = ReadDouble(ref reader, -90, 90, out var lat);
                data.Lat = lat;
                return fault;
            case EventFields.Lon:
                fault = ReadDouble(ref reader, -180, 180, out var lon);
                data.Lon = lon;
                return fault;
            case EventFields.AccuracyM:
                fault = ReadDouble(ref reader, 0, 1_000_000, out var accuracy);
                data.AccuracyM = accuracy;
                return fault;
            case EventFields.HeadingDeg:
                fault = ReadDouble(ref reader, 0, 360, out var heading);
                data.HeadingDeg = heading;
                return fault;
            case EventFields.SpeedMps:
                fault = ReadDouble(ref reader, 0, 1_000, out var speed);
                data.SpeedMps = speed;
                return fault;
            case EventFields.RadiusM:
                fault = ReadDouble(ref reader, Target.RadiusMin, Target.RadiusMax, out var radius);
                data.RadiusM = radius;
                return fault;
            default:
                throw new InvalidOperationException($"Field {field} has no reader.");
        }
    }

    private static EventFault? Unless(bool isGood, string message) => isGood ? null : new EventFault(EventCodes.BadValue, null, message);

    // A serial or an id that many could share is none, and what gives a reason gives one.
    private static EventFault? UnlessBlank(string text) => Unless(!string.IsNullOrWhiteSpace(text), "The text is empty.");

    private EventFault? ReadCaseNumber(ref Utf8JsonReader reader, out CaseNumber number)
    {
        number = default;
        var fault = JsonText.Read(ref reader, LongTextMax, out var text);
        return fault ?? (CaseNumber.TryParse(text, courts, out number) ? null : new EventFault(EventCodes.BadCaseNumber, null, "This is no case number."));
    }

    private static EventFault? ReadAmount(ref Utf8JsonReader reader, out long amount)
    {
        amount = 0;
        if (reader.TokenType != JsonTokenType.Number)
        {
            return new EventFault(EventCodes.WrongKind, null, "An amount is a whole number of fen.");
        }

        if (!reader.TryGetInt64(out amount))
        {
            // Beyond 64 bits, or with a fraction or an exponent. Only digits mean that it is too large.
            var isInteger = reader.ValueSpan.IndexOfAnyExceptInRange((byte)'0', (byte)'9') <= 0;
            return isInteger && reader.ValueSpan[0] != '-'
                ? new EventFault(EventCodes.AmountTooLarge, null, "The amount is beyond 2^53 − 1 fen.")
                : new EventFault(
                    isInteger ? EventCodes.AmountNegative : EventCodes.AmountNotInteger, null, "An amount is a whole number of fen and not negative.");
        }

        if (amount < 0)
        {
            return new EventFault(EventCodes.AmountNegative, null, "An amount is not negative; a reversal is an event of its own.");
        }

        return amount > CaseFunds.AmountFenMax ? new EventFault(EventCodes.AmountTooLarge, null, "The amount is beyond 2^53 − 1 fen.") : null;
    }

    private static EventFault? ReadInteger(ref Utf8JsonReader reader, int min, int max, out int value)
    {
        value = 0;
        if (reader.TokenType != JsonTokenType.Number)
        {
            return new EventFault(EventCodes.WrongKind, null, "A whole number is needed.");
        }

        return reader.TryGetInt32(out value) && value >= min && value <= max
            ? null
            : new EventFault(EventCodes.BadValue, null, $"A whole number from {min} to {max} is needed.");
    }

    private static EventFault? ReadDouble(ref Utf8JsonReader reader, double min, double max, out double value)
    {
        value = 0;
        if (reader.TokenType != JsonTokenType.Number)
        {
            return new EventFault(EventCodes.WrongKind, null, "A number is needed.");
        }

        return reader.TryGetDouble(out value) && value >= min && value <= max
            ? null
            : new EventFault(EventCodes.BadValue, null, string.Create(CultureInfo.InvariantCulture, $"A number from {min} to {max} is needed."));
    }

    private static EventFault? ReadDate(ref Utf8JsonReader reader, out DateOnly date)
    {
        date = default;
        var fault = JsonText.Read(ref reader, ShortTextMax, out var text);
        return fault ?? (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
            ? null
            : new EventFault(EventCodes.BadDate, null, "A date such as 2017-09-01 is needed."));
    }

    private static EventFault? ReadOneOf(ref Utf8JsonReader reader, string[] values, out int index)
    {
        index = -1;
        if (reader.TokenType != JsonTokenType.String)
        {
            return new EventFault(EventCodes.WrongKind, null, "A text is needed.");
        }

        if (!JsonText.IsWhole(ref reader))
        {
            return JsonText.Read(ref reader, TextMax, out _);
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (reader.ValueTextEquals(values[i]))
            {
                index = i;
                return null;
            }
        }

        return new EventFault(EventCodes.BadValue, null, $"One of {string.Join(", ", values)} is needed.");
    }

    private static EventFault? ReadNames(ref Utf8JsonReader reader, out IReadOnlyList<string> names)
    {
        names = [];
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return new EventFault(EventCodes.WrongKind, null, "A list of names is needed.");
        }

        List<string>? list = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (JsonText.Read(ref reader, TextMax, out var name) is { } fault)
            {
                return fault;
            }

            list ??= [];
            list.Add(name);
            if (list.Count > NamesMax)
            {
                return new EventFault(EventCodes.TooMany, null, $"More than {NamesMax} names.");
            }
        }

        names = list?.ToArray() ?? [];
        return null;
    }

    private static readonly (byte[] Name, EventFields Field)[] s_fields = EventType.NamesOf((EventFields)ulong.MaxValue);

    private static readonly string[] s_phases = ["entered", "done"];
    private static readonly string[] s_classes = ["deposit", "realEstate", "vehicle", "equity", "security", "movable", "other"];
    private static readonly string[] s_acts = ["freeze", "seal", "impound"];
    private static readonly string[] s_dutyStates = ["off", "on"];
    private static readonly string[] s_abouts = ["other", "limit", "control", "money"];
    private static readonly string[] s_datums = ["WGS84", "GCJ02"];
}
