using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Funds;
using static CommandCenter.Domain.Cases.CaseEvent;

namespace CommandCenter.Web.Grains;

/// <content>Events of cases.</content>
internal sealed partial class RecordCodec
{
    private static void WriteEvent(ByteWriter to, CaseEvent @event)
    {
        to.Byte(TagOf(@event));
        to.Instant(@event.At);
        to.Number((ulong)@event.Irregular);
        switch (@event)
        {
            case CaseFiled e:
                WriteNumber(to, e.Number);
                to.Text(e.CourtMark);
                to.Text(e.Cause);
                to.Number(e.ClaimFen);
                to.Text(e.Basis);
                to.Texts(e.Applicants);
                to.Texts(e.Debtors);
                WriteNumberOrNull(to, e.Parent);
                break;
            case CaseAssigned e:
                to.Text(e.Handler);
                break;
            case NodeReached e:
                to.Byte((byte)e.Node);
                to.Byte((byte)e.Phase);
                to.Number(e.Occurrence);
                break;
            case ClaimChanged e:
                to.Number(e.ClaimFen);
                break;
            case PartyRenamed e:
                to.Text(e.Was);
                to.Text(e.Now);
                break;
            case CaseSuspended e:
                to.Text(e.Ground);
                break;
            case CaseResumed e:
                to.Text(e.Ground);
                break;
            case CaseClosed e:
                to.Byte((byte)e.Way);
                break;
            case ClosingRevoked e:
                to.Byte((byte)e.Way);
                to.Text(e.Reason);
                break;
            case CaseTransferred e:
                to.Text(e.ToCourt);
                break;
            case CaseAdmitted e:
                to.Text(e.CourtMark);
                WriteWholeFile(to, e.File);
                break;
            case ReinstatementNoted e:
                WriteNumber(to, e.Child);
                break;
            case FundsReceived e:
                to.Number(e.AmountFen);
                to.Text(e.Serial);
                to.TextOrNull(e.Payer);
                break;
            case FundsDisbursed e:
                to.Number(e.AmountFen);
                to.Text(e.Serial);
                to.TextOrNull(e.Payee);
                break;
            case FundsReversed e:
                to.Byte((byte)e.Direction);
                to.Number(e.AmountFen);
                to.Text(e.Serial);
                to.Text(e.Original);
                break;
            case PropertyControlled e:
                WriteProperty(to, e.Property);
                break;
            case PropertyRenewed e:
                to.Text(e.PropertyId);
                to.Day(e.Until);
                break;
            case PropertyReleased e:
                to.Text(e.PropertyId);
                break;
            case PetitionReceived e:
                to.Text(e.PetitionId);
                break;
            case PetitionAnswered e:
                to.Text(e.PetitionId);
                break;
            case CaseUrged e:
                to.Text(e.UrgeId);
                to.Byte((byte)e.About);
                to.TextOrNull(e.Text);
                to.Text(e.By);
                WriteDayOrNull(to, e.Due);
                break;
            case UrgeAnswered e:
                to.Text(e.UrgeId);
                to.Text(e.Text);
                to.Text(e.By);
                break;
            default:
                throw new CorruptJournalException($"{@event.GetType().Name} has no binary form");
        }
    }

    private static byte TagOf(CaseEvent @event) => @event switch
    {
        CaseFiled => 1,
        CaseAssigned => 2,
        NodeReached => 3,
        ClaimChanged => 4,
        CaseSuspended => 5,
        CaseResumed => 6,
        CaseClosed => 7,
        ClosingRevoked => 8,
        CaseTransferred => 9,
        CaseAdmitted { File: { FormerNames.Count: > 0, Urges.Count: > 0 } } => 25,
        CaseAdmitted { File.Urges.Count: > 0 } => 24,
        CaseAdmitted { File.FormerNames.Count: > 0 } => 21,
        CaseAdmitted => 10,
        ReinstatementNoted => 11,
        FundsReceived => 12,
        FundsDisbursed => 13,
        FundsReversed => 14,
        PropertyControlled => 15,
        PropertyRenewed => 16,
        PropertyReleased => 17,
        PetitionReceived => 18,
        PetitionAnswered => 19,
        PartyRenamed => 20,
        CaseUrged => 22,
        UrgeAnswered => 23,
        _ => throw new CorruptJournalException($"{@event.GetType().Name} has no tag"),
    };

    private static CaseEvent ReadEvent(ref ByteReader from)
    {
        var tag = from.Byte();
        var at = from.Instant();
        var flags = (Irregularities)from.Unsigned();
        return tag switch
        {
            1 => new CaseFiled(
                ReadNumber(ref from), from.SharedText(), from.SharedText(), from.Long(), from.Text(), from.Texts(), from.Texts(),
                ReadNumberOrNull(ref from), at, flags),
            2 => new CaseAssigned(from.SharedText(), at, flags),
            3 => new NodeReached(from.Byte(), (NodePhase)from.Byte(), from.Int(), at, flags),
            4 => new ClaimChanged(from.Long(), at, flags),
            5 => new CaseSuspended(from.SharedText(), at, flags),
            6 => new CaseResumed(from.SharedText(), at, flags),
            7 => new CaseClosed((CloseWay)from.Byte(), at, flags),
            8 => new ClosingRevoked((CloseWay)from.Byte(), from.Text(), at, flags),
            9 => new CaseTransferred(from.SharedText(), at, flags),
            10 or 21 or 24 or 25 => ReadAdmitted(ref from, at, flags, hasFormerNames: tag is 21 or 25, hasUrges: tag is 24 or 25),
            11 => new ReinstatementNoted(ReadNumber(ref from), at, flags),
            12 => new FundsReceived(from.Long(), from.Text(), from.TextOrNull(), at, flags),
            13 => new FundsDisbursed(from.Long(), from.Text(), from.TextOrNull(), at, flags),
            14 => new FundsReversed((FundsDirection)from.Byte(), from.Long(), from.Text(), from.Text(), at, flags),
            15 => new PropertyControlled(ReadProperty(ref from), at, flags),
            16 => new PropertyRenewed(from.Text(), from.Day(), at, flags),
            17 => new PropertyReleased(from.Text(), at, flags),
            18 => new PetitionReceived(from.Text(), at, flags),
            19 => new PetitionAnswered(from.Text(), at, flags),
            20 => new PartyRenamed(from.Text(), from.Text(), at, flags),
            22 => new CaseUrged(from.Text(), (UrgeAbout)from.Byte(), from.TextOrNull(), from.SharedText(), ReadDayOrNull(ref from), at, flags),
            23 => new UrgeAnswered(from.Text(), from.Text(), from.SharedText(), at, flags),
            _ => throw new CorruptJournalException($"Event tag {tag} is unknown"),
        };
    }

    private static CaseAdmitted ReadAdmitted(ref ByteReader from, DateTimeOffset at, Irregularities flags, bool hasFormerNames, bool hasUrges)
    {
        var mark = from.SharedText();
        return new CaseAdmitted(ReadFile(ref from, hasFormerNames, hasUrges), mark, at, flags);
    }
}
