using System.Text;
using System.Text.Json;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Domain.Officers;
using CommandCenter.Domain.Properties;
using CommandCenter.Web.Grains;
using static CommandCenter.Domain.Cases.CaseCommand;

namespace CommandCenter.Web.Intake;

/// <summary>Reads one line of the intake into a command for a grain, or says what is wrong with it. Belongs to one thread.</summary>
/// <remarks>
/// Example: <c>{"id":"a-1","type":"funds.received","at":"2017-09-01T09:30:00+08:00","court":"沪0115","case":"(2017)沪0115执1234号","data":{"amountFen":100,"serial":"b-7"}}</c>.
/// Written by hand over <see cref="Utf8JsonReader"/>: strictness (unknown and repeated keys) and speed are both the point.
/// </remarks>
internal sealed class EventParser
{
    /// <summary>Longest line, in bytes.</summary>
    public const int LineBytesMax = 64 * 1024;

    /// <summary>How far ahead of our clock an event may be dated.</summary>
    public static readonly TimeSpan FutureMax = TimeSpan.FromMinutes(10);

    private const int DepthMax = 8;
    private const int IdMax = 64;
    private const int TypeMax = 64;
    private const int TimeMax = 64;
    private const int FieldNameShownMax = 64;
    private static readonly DateTimeOffset s_oldest = new(1992, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CourtTree _courts;
    private readonly RecentTexts _texts = new();
    private readonly EventDataReader _dataReader;
    private readonly EventData _data = new();

    public EventParser(CourtTree courts, NodeCatalog nodes)
    {
        _courts = courts;
        _dataReader = new EventDataReader(courts, nodes, _texts);
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">Without its line end.</param>
    /// <param name="source">Who sends it.</param>
    /// <param name="now">Our clock, in UTC.</param>
    /// <param name="fact">The command read.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public EventFault? Parse(ReadOnlySpan<byte> line, string source, DateTimeOffset now, out GrainCommand.Fact? fact)
    {
        fact = null;
        if (line.Length > LineBytesMax)
        {
            return new EventFault(EventCodes.LineTooLong, null, $"The line is longer than {LineBytesMax} bytes.");
        }

        if (!JsonText.IsUtf8(line))
        {
            return new EventFault(EventCodes.BadText, null, "The line is not UTF-8.");
        }

        try
        {
            return ParseObject(line, source, now, out fact);
        }
        catch (JsonException exception)
        {
            return IsTooDeep(line)
                ? new EventFault(EventCodes.TooDeep, null, $"Deeper than {DepthMax} levels.")
                : new EventFault(EventCodes.NotJson, null, $"Not JSON at byte {exception.BytePositionInLine}.");
        }
    }

    // The reader has one exception for all that is wrong, and its message speaks of depth when a bracket is missing, too.
    private static bool IsTooDeep(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = DepthMax + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == DepthMax && reader.TokenType is (JsonTokenType.StartObject or JsonTokenType.StartArray))
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            // Broken before it is too deep.
        }

        return false;
    }

    private EventFault? ParseObject(ReadOnlySpan<byte> line, string source, DateTimeOffset now, out GrainCommand.Fact? fact)
    {
        fact = null;
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = DepthMax });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            // Read the rest: broken JSON is named before a wrong kind.
            while (reader.Read())
            {
            }

            return new EventFault(EventCodes.NotObject, null, "A line is one JSON object.");
        }

        var head = default(Head);
        var dataReader = default(Utf8JsonReader);
        EventFault? first = null;
        while (first is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            first = ReadHead(ref reader, ref head, ref dataReader);
        }

        // The rest is read all the same, and so is what follows the object: broken JSON is named before a wrong field.
        while (reader.Read())
        {
        }

        return first ?? Check(ref head, ref dataReader, source, now, out fact);
    }

    private EventFault? ReadHead(ref Utf8JsonReader reader, ref Head head, ref Utf8JsonReader dataReader)
    {
        var field =
            !JsonText.IsWhole(ref reader) ? HeadFields.None :
            reader.ValueTextEquals("id"u8) ? HeadFields.Id :
            reader.ValueTextEquals("type"u8) ? HeadFields.Type :
            reader.ValueTextEquals("at"u8) ? HeadFields.At :
            reader.ValueTextEquals("court"u8) ? HeadFields.Court :
            reader.ValueTextEquals("case"u8) ? HeadFields.Case :
            reader.ValueTextEquals("by"u8) ? HeadFields.By :
            reader.ValueTextEquals("data"u8) ? HeadFields.Data : HeadFields.None;
        if (field == HeadFields.None)
        {
            var nameFault = JsonText.Read(ref reader, LineBytesMax, out var name);
            reader.Skip();
            return nameFault ?? new EventFault(EventCodes.UnknownField, JsonText.Shortened(name, FieldNameShownMax), "No event has this field.");
        }

        var isRepeated = (head.Seen & field) != 0;
        head.Seen |= field;
        _ = reader.Read();
        EventFault? fault = null;
        switch (field)
        {
            case HeadFields.Id:
                fault = JsonText.Read(ref reader, IdMax, out head.Id);
                fault ??= head.Id.Length == 0 ? new EventFault(EventCodes.BadValue, null, "The id is empty.") : null;
                break;
            case HeadFields.Type:
                fault = JsonText.Read(ref reader, TypeMax, _texts, out var type);
                head.Type = EventType.Find(type);
                fault ??= head.Type is null ? new EventFault(EventCodes.UnknownType, null, $"There is no event of type {type}.") : null;
                break;
            case HeadFields.At:
                fault = ReadTime(ref reader, out head.At);
                break;
            case HeadFields.Court:
                fault = JsonText.Read(ref reader, IdMax, _texts, out var mark);
                head.Court = fault is null && _courts.TryFind(mark, out var court) ? court : null;
                fault ??= head.Court is null ? new EventFault(EventCodes.UnknownCourt, null, $"{mark} is no court.") : null;
                break;
            case HeadFields.Case:
                fault = ReadNumber(ref reader, ref head);
                break;
            case HeadFields.By:
                fault = JsonText.Read(ref reader, IdMax, _texts, out head.By!);
                break;
            default:
                dataReader = reader;
                fault = reader.TokenType == JsonTokenType.StartObject ? null : new EventFault(EventCodes.WrongKind, null, "data is an object.");
                if (fault is null && head.Type is { } known)
                {
                    ReadDataNow(ref reader, ref head, known);
                }

                break;
        }

        reader.Skip();
        return isRepeated
            ? new EventFault(EventCodes.DuplicateKey, WireName(field), "The key is given twice.")
            : fault is { Field: null } ? fault with { Field = WireName(field) } : fault;
    }

    // Sources write the type first, and then data is read in passing; after another order Check reads it from dataReader.
    private void ReadDataNow(ref Utf8JsonReader reader, ref Head head, EventType type)
    {
        var begin = reader;
        head.IsDataRead = true;
        head.DataFault = _dataReader.Read(ref reader, _data, type);
        if (head.DataFault is not null)
        {
            reader = begin; // It stopped somewhere inside; the line is read to its end from here.
        }
    }

    private EventFault? ReadNumber(ref Utf8JsonReader reader, ref Head head)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && reader.ValueSpan.Length <= CaseNumber.LengthMax * 3)
        {
            Span<char> chars = stackalloc char[CaseNumber.LengthMax * 3];
            head.HasNumber = CaseNumber.TryParse(chars[..Encoding.UTF8.GetChars(reader.ValueSpan, chars)], _courts, out head.Number);
            if (head.HasNumber)
            {
                return null;
            }
        }

        var fault = JsonText.Read(ref reader, LineBytesMax, out var text);
        head.HasNumber = fault is null && CaseNumber.TryParse(text, _courts, out head.Number);
        return fault;
    }

    private static EventFault? ReadTime(ref Utf8JsonReader reader, out DateTimeOffset at)
    {
        at = default;
        var utf8 = reader.ValueSpan;
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
        {
            // Many writers of JSON escape the plus sign of the offset.
            if (JsonText.Read(ref reader, TimeMax, out var text) is { } fault)
            {
                return fault;
            }

            utf8 = Encoding.UTF8.GetBytes(text);
        }

        return Rfc3339.TryParse(utf8, out at)
            ? null
            : new EventFault(EventCodes.BadTime, null, "A time such as 2017-09-01T09:30:00+08:00, with its offset, is needed.");
    }

    private EventFault? Check(ref Head head, ref Utf8JsonReader dataReader, string source, DateTimeOffset now, out GrainCommand.Fact? fact)
    {
        fact = null;
        if (head.Type is null)
        {
            return Missing("type");
        }

        var required = HeadFields.Id | HeadFields.At | HeadFields.Court | HeadFields.Data | (head.Type.IsOfOfficer ? HeadFields.By : HeadFields.Case)
            | (head.Type.IsSigned ? HeadFields.By : HeadFields.None);
        if ((required & ~head.Seen) is var missing and not HeadFields.None)
        {
            var lowest = (HeadFields)((int)missing & -(int)missing);
            return Missing(WireName(lowest));
        }

        if (head.Type.IsOfOfficer && (head.Seen & HeadFields.Case) != 0)
        {
            return new EventFault(EventCodes.UnknownField, "case", $"{head.Type.Name} is about the officer in by, not about a case.");
        }

        if (head.Type.IsOfOfficer && head.By!.Length == 0)
        {
            return new EventFault(EventCodes.BadValue, "by", "The officer's id is empty.");
        }

        if (head.Type.IsSigned && string.IsNullOrWhiteSpace(head.By))
        {
            return new EventFault(EventCodes.BadValue, "by", "The name of who gives the order is empty.");
        }

        if (head.At > now + FutureMax)
        {
            return new EventFault(EventCodes.InFuture, "at", "The time is more than 10 minutes ahead of ours.");
        }

        if (head.At < s_oldest)
        {
            return new EventFault(EventCodes.TooOld, "at", "The time is before 1992.");
        }

        if (!head.Type.IsOfOfficer && !head.HasNumber)
        {
            return new EventFault(EventCodes.BadCaseNumber, "case", "This is no case number.");
        }

        if ((head.IsDataRead ? head.DataFault : _dataReader.Read(ref dataReader, _data, head.Type)) is { } fault)
        {
            return fault;
        }

        if (CheckFields(head.Type) is { } dataFault)
        {
            return dataFault;
        }

        if (head.Type.Name == "case.filed" && _data.Kind != head.Number.Type)
        {
            return new EventFault(EventCodes.KindMismatch, "data.kind", $"The number's type is {head.Number.Type.Mark}.");
        }

        var hash = ContentHash.Of(head.Type, head.At, head.Court!.Mark, head.Type.IsOfOfficer ? null : head.Number, head.By, _data);
        var envelope = new Envelope(source, head.Id, hash, head.Court.Mark, head.By);
        fact = head.Type.IsOfOfficer
            ? new GrainCommand.OfficerFact(envelope, head.Court, now, head.By!, OfficerCommandOf(head))
            : new GrainCommand.CaseFact(envelope, head.Court, now, head.Number, CaseCommandOf(head));
        return null;
    }

    private EventFault? CheckFields(EventType type)
    {
        if ((_data.Seen & ~(type.Required | type.Optional)) is var unknown and not EventFields.None)
        {
            return new EventFault(EventCodes.UnknownField, "data." + EventType.WireName(Lowest(unknown)), $"{type.Name} has no such field.");
        }

        return (type.Required & ~_data.Seen) is var missing and not EventFields.None
            ? Missing("data." + EventType.WireName(Lowest(missing)))
            : null;
    }

    private CaseCommand CaseCommandOf(in Head head) => head.Type!.Name switch
    {
        "case.filed" => new FileCase(
            head.Number, head.Court!.Mark, _data.Cause, _data.ClaimFen, _data.Basis, _data.Applicants, _data.Debtors,
            _data.Has(EventFields.Parent) ? _data.Parent : null, head.At),
        "case.assigned" => new AssignCase(_data.Handler, head.At),
        "case.node" => new ReachNode(_data.Node, _data.Phase, _data.Has(EventFields.Occurrence) ? _data.Occurrence : null, head.At),
        "case.claimChanged" => new ChangeClaim(_data.ClaimFen, head.At),
        "party.renamed" => new RenameParty(_data.Was, _data.Now, head.At),
        "case.suspended" => new SuspendCase(_data.Ground, head.At),
        "case.resumed" => new ResumeCase(_data.Ground, head.At),
        "case.closed" => new CloseCase(_data.Way, head.At),
        "case.closingRevoked" => new RevokeClosing(_data.Reason, head.At),
        "case.transferred" => new TransferCase(_data.ToCourt!.Mark, head.At),
        "funds.received" => new ReceiveFunds(_data.AmountFen, _data.Serial, _data.Has(EventFields.Payer) ? _data.Payer : null, head.At),
        "funds.disbursed" => new DisburseFunds(_data.AmountFen, _data.Serial, _data.Has(EventFields.Payee) ? _data.Payee : null, head.At),
        "funds.reversed" => new ReverseFunds(_data.AmountFen, _data.Serial, _data.Of, head.At),
        "property.controlled" => new ControlProperty(
            new ControlledProperty(
                _data.PropertyId, _data.Class, _data.Act, _data.Until,
                _data.Has(EventFields.AmountFen) ? _data.AmountFen : null, _data.Has(EventFields.Rank) ? _data.Rank : null),
            head.At),
        "property.renewed" => new RenewProperty(_data.PropertyId, _data.Until, head.At),
        "property.released" => new ReleaseProperty(_data.PropertyId, head.At),
        "petition.received" => new ReceivePetition(_data.PetitionId, head.At),
        "petition.answered" => new AnswerPetition(_data.PetitionId, head.At),
        "case.urged" => new UrgeCase(
            _data.UrgeId, _data.About, _data.Has(EventFields.Text) ? _data.Text : null, head.By!, _data.Has(EventFields.Due) ? _data.Due : null, head.At),
        "case.urgeAnswered" => new AnswerUrge(_data.UrgeId, _data.Text, head.By!, head.At),
        _ => throw new InvalidOperationException($"{head.Type.Name} has no command."),
    };

    private OfficerCommand OfficerCommandOf(in Head head) => head.Type!.Name switch
    {
        "officer.duty" => new OfficerCommand.SetDuty(_data.IsOn, _data.Has(EventFields.Device) ? _data.Device : null, head.At),
        "officer.sos" => new OfficerCommand.SetSos(_data.IsOn, _data.Has(EventFields.Device) ? _data.Device : null, head.At),
        "officer.dispatched" => new OfficerCommand.Dispatch(TargetOf(_data), head.At),
        "officer.recalled" => new OfficerCommand.Recall(head.At),
        "officer.position" => new OfficerCommand.ReportPosition(PositionOf(_data), head.At),
        _ => throw new InvalidOperationException($"{head.Type.Name} has no command."),
    };

    private static Target TargetOf(EventData data)
    {
        var (lat, lon) = Wgs84Of(data);
        return new Target(lat, lon, data.Has(EventFields.RadiusM) ? data.RadiusM : Target.RadiusDefault, data.Has(EventFields.For) ? data.For : null, data.Datum);
    }

    private static (double Latitude, double Longitude) Wgs84Of(EventData data) =>
        data.Datum == Datum.Gcj02 ? Gcj02.ToWgs84(data.Lat, data.Lon) : (data.Lat, data.Lon);

    private static Position PositionOf(EventData data)
    {
        var (lat, lon) = Wgs84Of(data);
        return new Position(
            lat,
            lon,
            data.Has(EventFields.AccuracyM) ? data.AccuracyM : null,
            data.Has(EventFields.HeadingDeg) ? data.HeadingDeg : null,
            data.Has(EventFields.SpeedMps) ? data.SpeedMps : null,
            data.Datum);
    }

    private static string WireName(HeadFields field) => field.ToString().ToLowerInvariant();

    private static EventFault Missing(string field) => new(EventCodes.MissingField, field, "The field is missing.");

    private static EventFields Lowest(EventFields fields) => (EventFields)((ulong)fields & (~(ulong)fields + 1));

    [Flags]
    private enum HeadFields
    {
        None = 0,
        Id = 1 << 0,
        Type = 1 << 1,
        At = 1 << 2,
        Court = 1 << 3,
        Case = 1 << 4,
        By = 1 << 5,
        Data = 1 << 6,
    }

    private struct Head
    {
        public HeadFields Seen;
        public string Id;
        public EventType? Type;
        public DateTimeOffset At;
        public Court? Court;
        public bool HasNumber;
        public CaseNumber Number;
        public string? By;
        public bool IsDataRead;
        public EventFault? DataFault;
    }
}
