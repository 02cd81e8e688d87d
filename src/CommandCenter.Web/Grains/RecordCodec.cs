using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;

namespace CommandCenter.Web.Grains;

/// <summary>The binary form of the journal's records. Tags and their fields are for ever: add tags, never change one.</summary>
internal sealed partial class RecordCodec(CourtTree courts, TextPool texts)
{
    private const byte OfCaseTag = 1;
    private const byte OfOfficerTag = 2;
    private const byte OfDeliveryTag = 3;
    private const byte AdmitTag = 1;
    private const byte AdmitWithFormerNamesTag = 3;
    private const byte AdmitWithUrgesTag = 4;
    private const byte AdmitWithBothTag = 5;

    public static void Write(ByteWriter to, GrainRecord record)
    {
        switch (record)
        {
            case GrainRecord.OfCase r:
                to.Byte(OfCaseTag);
                to.Instant(r.RecordedAt);
                WriteEnvelope(to, r.Envelope);
                WriteDelivery(to, r.Delivery);
                WriteNumber(to, r.Number);
                WriteLink(to, r.Previous);
                WriteEvent(to, r.Event);
                break;
            case GrainRecord.OfOfficer r:
                to.Byte(OfOfficerTag);
                to.Instant(r.RecordedAt);
                WriteEnvelope(to, r.Envelope);
                to.Text(r.OfficerId);
                WriteOfficerEvent(to, r.Event);
                break;
            case GrainRecord.OfDelivery r:
                to.Byte(OfDeliveryTag);
                to.Instant(r.RecordedAt);
                WriteDelivery(to, r.Delivery);
                WriteNumber(to, r.Number);
                to.Byte(r.Forwarded is null ? (byte)0 : (byte)1);
                if (r.Forwarded is not null)
                {
                    to.Number(r.ForwardedTo);
                    WriteMessageCommand(to, r.Forwarded);
                }

                break;
            default:
                throw new CorruptJournalException($"{record.GetType().Name} has no binary form");
        }
    }

    public GrainRecord Read(ReadOnlySpan<byte> bytes)
    {
        var from = new ByteReader(bytes, texts);
        var tag = from.Byte();
        var recordedAt = from.Instant();
        switch (tag)
        {
            case OfCaseTag:
                return new GrainRecord.OfCase(
                    recordedAt, ReadEnvelope(ref from), ReadDelivery(ref from), ReadNumber(ref from), ReadLink(ref from), ReadEvent(ref from));
            case OfOfficerTag:
                return new GrainRecord.OfOfficer(recordedAt, ReadEnvelope(ref from)!, from.SharedText(), ReadOfficerEvent(ref from));
            case OfDeliveryTag:
                var delivery = ReadDelivery(ref from)!.Value;
                var number = ReadNumber(ref from);
                if (from.Byte() == 0)
                {
                    return new GrainRecord.OfDelivery(recordedAt, delivery, number, Forwarded: null, ForwardedTo: 0);
                }

                var target = from.Int();
                return new GrainRecord.OfDelivery(recordedAt, delivery, number, ReadMessageCommand(ref from), target);
            default:
                throw new CorruptJournalException($"Record tag {tag} is unknown");
        }
    }

    public string MarkOf(int court) => court < 0 ? "" : courts.Courts[court].Mark;

    public static void WriteNumber(ByteWriter to, CaseNumber number)
    {
        to.Number(number.Year);
        to.Text(number.CourtMark);
        to.Byte((byte)number.Type.Index);
        to.Number(number.Number);
    }

    public static CaseNumber ReadNumber(ref ByteReader from)
    {
        var year = from.Int();
        var mark = from.SharedText();
        var type = from.Byte();
        return type < CaseType.All.Count
            ? new CaseNumber(year, mark, CaseType.All[type], from.Int())
            : throw new CorruptJournalException($"Case type {type} is unknown");
    }

    public static void WriteLink(ByteWriter to, ChainLink link)
    {
        to.Number(link.Position);
        if (!link.IsNone)
        {
            to.Byte((byte)link.Partition);
        }
    }

    public static ChainLink ReadLink(ref ByteReader from)
    {
        var position = from.Long();
        return position == 0 ? ChainLink.None : new ChainLink(from.Byte(), position);
    }

    /// <summary>What an outbox holds: a case to admit or a reinstatement to note.</summary>
    public static void WriteMessageCommand(ByteWriter to, CaseCommand command)
    {
        switch (command)
        {
            case CaseCommand.AdmitCase c:
                to.Byte(c.File switch
                {
                    { FormerNames.Count: > 0, Urges.Count: > 0 } => AdmitWithBothTag,
                    { Urges.Count: > 0 } => AdmitWithUrgesTag,
                    { FormerNames.Count: > 0 } => AdmitWithFormerNamesTag,
                    _ => AdmitTag,
                });
                to.Instant(c.At);
                to.Text(c.CourtMark);
                WriteWholeFile(to, c.File);
                break;
            case CaseCommand.NoteReinstatement c:
                to.Byte(2);
                to.Instant(c.At);
                WriteNumber(to, c.Child);
                break;
            default:
                throw new CorruptJournalException($"{command.GetType().Name} is no message between partitions");
        }
    }

    public static CaseCommand ReadMessageCommand(ref ByteReader from)
    {
        var tag = from.Byte();
        var at = from.Instant();
        if (tag == 2)
        {
            return new CaseCommand.NoteReinstatement(ReadNumber(ref from), at);
        }

        var mark = from.SharedText();
        return new CaseCommand.AdmitCase(
            ReadFile(ref from, tag is AdmitWithFormerNamesTag or AdmitWithBothTag, tag is AdmitWithUrgesTag or AdmitWithBothTag), mark, at);
    }

    private static void WriteEnvelope(ByteWriter to, Envelope? envelope)
    {
        to.Byte(envelope is null ? (byte)0 : (byte)1);
        if (envelope is not null)
        {
            to.Text(envelope.Source);
            to.Text(envelope.Id);
            to.Fixed64(envelope.ContentHash);
            to.Text(envelope.CourtMark);
            to.TextOrNull(envelope.By);
        }
    }

    private static Envelope? ReadEnvelope(ref ByteReader from) => from.Byte() == 0
        ? null
        : new Envelope(from.SharedText(), from.Text(), from.Fixed64(), from.SharedText(), from.SharedTextOrNull());

    private static void WriteDelivery(ByteWriter to, Delivery? delivery)
    {
        to.Byte(delivery is null ? (byte)0 : (byte)1);
        if (delivery is { } value)
        {
            to.Number(value.From);
            to.Number(value.Position);
        }
    }

    private static Delivery? ReadDelivery(ref ByteReader from) => from.Byte() == 0 ? null : new Delivery(from.Int(), from.Long());

    private static void WriteNumberOrNull(ByteWriter to, CaseNumber? number)
    {
        to.Byte(number is null ? (byte)0 : (byte)1);
        if (number is { } value)
        {
            WriteNumber(to, value);
        }
    }

    private static CaseNumber? ReadNumberOrNull(ref ByteReader from) => from.Byte() == 0 ? null : ReadNumber(ref from);
}
