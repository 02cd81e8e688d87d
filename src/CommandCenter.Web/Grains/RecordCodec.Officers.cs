using CommandCenter.Domain;
using CommandCenter.Domain.Officers;

namespace CommandCenter.Web.Grains;

/// <content>Events and states of officers.</content>
internal sealed partial class RecordCodec
{
    private static void WriteOfficerEvent(ByteWriter to, OfficerEvent @event)
    {
        switch (@event)
        {
            case OfficerEvent.DutyChanged e:
                to.Byte(1);
                to.Instant(e.At);
                to.Byte(e.IsOn ? (byte)1 : (byte)0);
                to.TextOrNull(e.Device);
                break;
            case OfficerEvent.PositionReported e:
                to.Byte(2);
                to.Instant(e.At);
                WritePosition(to, e.Position);
                break;
            case OfficerEvent.SosChanged e:
                to.Byte(3);
                to.Instant(e.At);
                to.Byte(e.IsOn ? (byte)1 : (byte)0);
                to.TextOrNull(e.Device);
                break;
            case OfficerEvent.Dispatched e:
                to.Byte(4);
                to.Instant(e.At);
                WriteTarget(to, e.Target);
                break;
            case OfficerEvent.Recalled e:
                to.Byte(5);
                to.Instant(e.At);
                break;
            default:
                throw new CorruptJournalException($"{@event.GetType().Name} has no binary form");
        }
    }

    private static OfficerEvent ReadOfficerEvent(ref ByteReader from)
    {
        var tag = from.Byte();
        var at = from.Instant();
        return tag switch
        {
            1 => new OfficerEvent.DutyChanged(from.Byte() == 1, from.SharedTextOrNull(), at),
            2 => new OfficerEvent.PositionReported(ReadPosition(ref from), at),
            3 => new OfficerEvent.SosChanged(from.Byte() == 1, from.SharedTextOrNull(), at),
            4 => new OfficerEvent.Dispatched(ReadTarget(ref from), at),
            5 => new OfficerEvent.Recalled(at),
            _ => throw new CorruptJournalException($"Officer event tag {tag} is unknown"),
        };
    }

    public static void WriteOfficer(ByteWriter to, OfficerState officer)
    {
        to.Text(officer.Id);
        to.Byte(officer.IsOnDuty ? (byte)1 : (byte)0);
        to.Instant(officer.DutyAt);
        to.TextOrNull(officer.Device);
        to.Instant(officer.SosAt);
        to.Byte(officer.CallingSince is null ? (byte)0 : (byte)1);
        if (officer.CallingSince is { } since)
        {
            to.Instant(since);
        }

        to.Instant(officer.ErrandAt);
        to.Byte(officer.Errand is null ? (byte)0 : officer.Errand.ArrivedAt is null ? (byte)1 : (byte)2);
        if (officer.Errand is { } errand)
        {
            WriteTarget(to, errand.Target);
            to.Instant(errand.SentAt);
            if (errand.ArrivedAt is { } arrivedAt)
            {
                to.Instant(arrivedAt);
            }
        }

        to.Instant(officer.PositionAt);
        to.Byte(officer.LastPosition is null ? (byte)0 : (byte)1);
        if (officer.LastPosition is { } position)
        {
            WritePosition(to, position);
        }
    }

    public static OfficerState ReadOfficer(ref ByteReader from)
    {
        var id = from.SharedText();
        var isOnDuty = from.Byte() == 1;
        var dutyAt = from.Instant();
        var device = from.SharedTextOrNull();
        var sosAt = from.Instant();
        DateTimeOffset? callingSince = from.Byte() == 1 ? from.Instant() : null;
        var errandAt = from.Instant();
        var errand = from.Byte() is var step and not 0 ? new Errand(ReadTarget(ref from), from.Instant(), step == 1 ? null : from.Instant()) : null;
        var positionAt = from.Instant();
        return new OfficerState(id, isOnDuty, dutyAt, device, from.Byte() == 0 ? null : ReadPosition(ref from), positionAt)
        {
            CallingSince = callingSince,
            SosAt = sosAt,
            Errand = errand,
            ErrandAt = errandAt,
        };
    }

    private static void WriteTarget(ByteWriter to, Target target)
    {
        to.Double(target.Latitude);
        to.Double(target.Longitude);
        to.Double(target.RadiusM);
        WriteNumberOrNull(to, target.Case);
        to.Byte((byte)target.Source);
    }

    private static Target ReadTarget(ref ByteReader from) =>
        new(from.Double(), from.Double(), from.Double(), ReadNumberOrNull(ref from), (Datum)from.Byte());

    private static void WritePosition(ByteWriter to, Position position)
    {
        to.Double(position.Latitude);
        to.Double(position.Longitude);
        to.Double(position.AccuracyM ?? double.NaN);
        to.Double(position.HeadingDeg ?? double.NaN);
        to.Double(position.SpeedMps ?? double.NaN);
        to.Byte((byte)position.Source);
    }

    private static Position ReadPosition(ref ByteReader from) => new(
        from.Double(), from.Double(), NullIfNaN(from.Double()), NullIfNaN(from.Double()), NullIfNaN(from.Double()), (Datum)from.Byte());

    private static double? NullIfNaN(double value) => double.IsNaN(value) ? null : value;
}
