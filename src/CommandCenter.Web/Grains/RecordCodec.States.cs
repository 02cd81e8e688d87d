using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Funds;
using CommandCenter.Domain.Properties;

namespace CommandCenter.Web.Grains;

/// <content>States of cases: in snapshots, in the passive store, and with a case that moves to another court.</content>
internal sealed partial class RecordCodec
{
    // A file with former names, with urges or with both has tags of its own, so that what was written before there were any is read as it is.
    private const byte WithFormerNames = 3;
    private const byte WithUrges = 6;

    public static void WriteState(ByteWriter to, CaseState state)
    {
        var more = (state.FileOrNull is { FormerNames.Count: > 0 } ? WithFormerNames : 0) + (state.FileOrNull is { Urges.Count: > 0 } ? WithUrges : 0);
        switch (state)
        {
            case CaseState.Open s:
                to.Byte((byte)(1 + more));
                WriteFile(to, s.File);
                break;
            case CaseState.Closed s:
                to.Byte((byte)(2 + more));
                to.Byte((byte)s.Way);
                to.Instant(s.ClosedAt);
                WriteNumberOrNull(to, s.ReinstatedAs);
                WriteFile(to, s.File);
                break;
            case CaseState.Moved s:
                to.Byte((byte)(3 + more));
                to.Text(s.ToCourt);
                WriteFile(to, s.File);
                break;
            default:
                throw new CorruptJournalException($"{state.GetType().Name} has no binary form");
        }

        WriteFormerNames(to, state.FileOrNull!);
        WriteUrges(to, state.FileOrNull!);
    }

    /// <summary>Whether the binary form of a state has urges, without reading it.</summary>
    public static bool HasUrges(ReadOnlySpan<byte> state) => !state.IsEmpty && state[0] > WithUrges;

    public static CaseState ReadState(ref ByteReader from)
    {
        var tag = (int)from.Byte();
        var hasUrges = tag > WithUrges;
        tag -= hasUrges ? WithUrges : 0;
        var hasFormerNames = tag > WithFormerNames;
        tag -= hasFormerNames ? WithFormerNames : 0;
        switch (tag)
        {
            case 1:
                return new CaseState.Open(ReadFile(ref from, hasFormerNames, hasUrges));
            case 2:
                var way = (CloseWay)from.Byte();
                var closedAt = from.Instant();
                var child = ReadNumberOrNull(ref from);
                return new CaseState.Closed(ReadFile(ref from, hasFormerNames, hasUrges), way, closedAt, child);
            case 3:
                var to = from.SharedText();
                return new CaseState.Moved(ReadFile(ref from, hasFormerNames, hasUrges), to);
            default:
                throw new CorruptJournalException("A case state has an unknown tag");
        }
    }

    private static void WriteProperty(ByteWriter to, ControlledProperty property)
    {
        to.Text(property.Id);
        to.Byte((byte)property.Class);
        to.Byte((byte)property.Act);
        to.Day(property.Until);
        to.Number(property.AmountFen is { } amount ? (ulong)amount + 1 : 0);
        to.Number(property.Rank is { } rank ? (ulong)rank + 1 : 0);
    }

    private static ControlledProperty ReadProperty(ref ByteReader from)
    {
        var id = from.Text();
        var @class = (PropertyClass)from.Byte();
        var act = (ControlAct)from.Byte();
        var until = from.Day();
        var amount = from.Long();
        var rank = from.Int();
        return new ControlledProperty(id, @class, act, until, amount == 0 ? null : amount - 1, rank == 0 ? null : rank - 1);
    }

    private static void WriteFile(ByteWriter to, CaseFile file)
    {
        WriteNumber(to, file.Number);
        to.Text(file.CourtMark);
        to.Text(file.Cause);
        to.Text(file.Basis);
        to.Number(file.ClaimFen);
        to.Texts(file.Applicants);
        to.Texts(file.Debtors);
        WriteNumberOrNull(to, file.Parent);
        to.Instant(file.FiledAt);
        to.Instant(file.StatusAt);
        to.TextOrNull(file.Handler);
        to.Number((ulong)file.Irregular);
        to.Number((ulong)file.SuspendedFor.Ticks);
        to.Instant(file.SuspendedUntil);
        to.Instant(file.ClaimAt);
        to.Instant(file.HandlerAt);
        WriteFlow(to, file.Flow);
        to.Number(file.Suspensions.Count);
        foreach (var suspension in file.Suspensions)
        {
            to.Text(suspension.Ground);
            to.Instant(suspension.Since);
        }

        WriteFunds(to, file.Funds);
        to.Number(file.Properties.Count);
        foreach (var property in file.Properties)
        {
            WriteProperty(to, property);
        }

        to.Texts(file.OpenPetitions);
        to.Texts(file.AnsweredPetitions);
    }

    // After the file, and nothing when there are none: the tag says whether they are there.
    private static void WriteFormerNames(ByteWriter to, CaseFile file)
    {
        if (file.FormerNames.Count == 0)
        {
            return;
        }

        to.Number(file.FormerNames.Count);
        foreach (var former in file.FormerNames)
        {
            to.Text(former.Was);
            to.Text(former.Now);
            to.Instant(former.At);
        }
    }

    // As the former names, and after them.
    private static void WriteUrges(ByteWriter to, CaseFile file)
    {
        if (file.Urges.Count == 0)
        {
            return;
        }

        to.Number(file.Urges.Count);
        foreach (var urge in file.Urges)
        {
            to.Text(urge.Id);
            to.Byte((byte)urge.About);
            to.TextOrNull(urge.Text);
            to.Text(urge.By);
            to.Instant(urge.At);
            WriteDayOrNull(to, urge.Due);
            to.Byte(urge.Answer is null ? (byte)0 : (byte)1);
            if (urge.Answer is { } answer)
            {
                to.Text(answer.Text);
                to.Text(answer.By);
                to.Instant(answer.At);
            }
        }
    }

    private static void WriteWholeFile(ByteWriter to, CaseFile file)
    {
        WriteFile(to, file);
        WriteFormerNames(to, file);
        WriteUrges(to, file);
    }

    private static CaseFile ReadFile(ref ByteReader from, bool hasFormerNames, bool hasUrges)
    {
        var file = ReadFile(ref from);
        if (hasFormerNames)
        {
            var names = new FormerName[from.Int()];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = new FormerName(from.Text(), from.Text(), from.Instant());
            }

            file = file with { FormerNames = names };
        }

        return hasUrges ? file with { Urges = ReadUrges(ref from) } : file;
    }

    private static Urge[] ReadUrges(ref ByteReader from)
    {
        var urges = new Urge[from.Int()];
        for (var i = 0; i < urges.Length; i++)
        {
            var urge = new Urge(from.Text(), (UrgeAbout)from.Byte(), from.TextOrNull(), from.SharedText(), from.Instant(), ReadDayOrNull(ref from));
            urges[i] = from.Byte() == 0 ? urge : urge with { Answer = new UrgeAnswer(from.Text(), from.SharedText(), from.Instant()) };
        }

        return urges;
    }

    private static void WriteDayOrNull(ByteWriter to, DateOnly? day)
    {
        to.Byte(day is null ? (byte)0 : (byte)1);
        if (day is { } one)
        {
            to.Day(one);
        }
    }

    private static DateOnly? ReadDayOrNull(ref ByteReader from) => from.Byte() == 0 ? null : from.Day();

    private static CaseFile ReadFile(ref ByteReader from)
    {
        var number = ReadNumber(ref from);
        return new CaseFile
        {
            // The initialisers run in this order, which is the order of WriteFile.
            Number = number,
            CourtMark = from.SharedText(),
            Cause = from.SharedText(),
            Basis = from.Text(), // A case has a basis of its own: pooled, none would ever leave memory.
            ClaimFen = from.Long(),
            Applicants = from.Texts(),
            Debtors = from.Texts(),
            Parent = ReadNumberOrNull(ref from),
            FiledAt = from.Instant(),
            StatusAt = from.Instant(),
            Handler = from.SharedTextOrNull(),
            Irregular = (Irregularities)from.Unsigned(),
            SuspendedFor = new TimeSpan(from.Long()),
            SuspendedUntil = from.Instant(),
            ClaimAt = from.Instant(),
            HandlerAt = from.Instant(),
            Flow = ReadFlow(ref from),
            Suspensions = ReadSuspensions(ref from),
            Funds = ReadFunds(ref from),
            Properties = ReadProperties(ref from),
            OpenPetitions = from.Texts(),
            AnsweredPetitions = from.Texts(),
        };
    }

    private static void WriteFlow(ByteWriter to, NodeFlow flow)
    {
        to.Number(flow.Reached);
        to.Number(flow.Unfinished);
        to.Byte((byte)flow.Latest);
        to.Instant(flow.LatestAt);
        to.Number(flow.Occurrences.Count);
        for (var i = 0; i < flow.Occurrences.Count; i++)
        {
            to.Number((ulong)flow.Occurrences[i]);
        }
    }

    private static NodeFlow ReadFlow(ref ByteReader from)
    {
        var reached = from.Unsigned();
        var unfinished = from.Unsigned();
        var latest = from.Byte();
        var latestAt = from.Instant();
        var occurrences = new ushort[from.Int()];
        for (var i = 0; i < occurrences.Length; i++)
        {
            occurrences[i] = (ushort)from.Int();
        }

        return new NodeFlow(reached, unfinished, occurrences, latest, latestAt);
    }

    private static Suspension[] ReadSuspensions(ref ByteReader from)
    {
        var suspensions = new Suspension[from.Int()];
        for (var i = 0; i < suspensions.Length; i++)
        {
            suspensions[i] = new Suspension(from.SharedText(), from.Instant());
        }

        return suspensions;
    }

    private static ControlledProperty[] ReadProperties(ref ByteReader from)
    {
        var properties = new ControlledProperty[from.Int()];
        for (var i = 0; i < properties.Length; i++)
        {
            properties[i] = ReadProperty(ref from);
        }

        return properties;
    }

    private static void WriteFunds(ByteWriter to, CaseFunds funds)
    {
        to.Number(funds.Entries.Count);
        foreach (var entry in funds.Entries)
        {
            to.Text(entry.Serial);
            to.Byte((byte)entry.Direction);
            to.Number(entry.AmountFen);
            to.Number(entry.ReversedFen);
            to.Texts(entry.Reversals);
        }
    }

    private static CaseFunds ReadFunds(ref ByteReader from)
    {
        var count = from.Int();
        if (count == 0)
        {
            return CaseFunds.None;
        }

        long inFen = 0;
        long outFen = 0;
        var entries = new FundsEntry[count];
        for (var i = 0; i < count; i++)
        {
            var entry = new FundsEntry(from.Text(), (FundsDirection)from.Byte(), from.Long(), from.Long(), from.Texts());
            var net = entry.AmountFen - entry.ReversedFen;
            inFen += entry.Direction == FundsDirection.In ? net : 0;
            outFen += entry.Direction == FundsDirection.Out ? net : 0;
            entries[i] = entry;
        }

        return new CaseFunds(inFen, outFen, entries);
    }
}
