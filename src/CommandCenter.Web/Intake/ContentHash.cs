using CommandCenter.Domain.Cases;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Intake;

/// <summary>A hash over what an event says, so that white space, key order and escapes do not make another content.</summary>
internal static class ContentHash
{
    public static ulong Of(EventType type, DateTimeOffset at, string courtMark, CaseNumber? number, string? by, EventData data)
    {
        var hash = StableHash.Add(StableHash.Start, type.Name);
        hash = StableHash.Add(hash, at.UtcTicks);
        hash = StableHash.Add(hash, courtMark);
        hash = Add(hash, number);
        hash = StableHash.Add(hash, by);
        hash = StableHash.Add(hash, (long)data.Seen);
        for (var left = (ulong)data.Seen; left != 0; left &= left - 1)
        {
            hash = AddField(hash, (EventFields)(left & (~left + 1)), data);
        }

        return StableHash.Finish(hash);
    }

    private static ulong AddField(ulong hash, EventFields field, EventData data) => field switch
    {
        EventFields.Kind => StableHash.Add(hash, data.Kind!.Mark),
        EventFields.Cause => StableHash.Add(hash, data.Cause),
        EventFields.ClaimFen => StableHash.Add(hash, data.ClaimFen),
        EventFields.Basis => StableHash.Add(hash, data.Basis),
        EventFields.Applicants => AddAll(hash, data.Applicants),
        EventFields.Debtors => AddAll(hash, data.Debtors),
        EventFields.Parent => Add(hash, data.Parent),
        EventFields.For => Add(hash, data.For),
        EventFields.RadiusM => StableHash.Add(hash, BitConverter.DoubleToInt64Bits(data.RadiusM)),
        EventFields.Handler => StableHash.Add(hash, data.Handler),
        EventFields.Node => StableHash.Add(hash, data.Node),
        EventFields.Occurrence => StableHash.Add(hash, data.Occurrence),
        EventFields.Phase => StableHash.Add(hash, (long)data.Phase),
        EventFields.Ground => StableHash.Add(hash, data.Ground),
        EventFields.Way => StableHash.Add(hash, (long)data.Way),
        EventFields.Reason => StableHash.Add(hash, data.Reason),
        EventFields.ToCourt => StableHash.Add(hash, data.ToCourt!.Mark),
        EventFields.AmountFen => StableHash.Add(hash, data.AmountFen),
        EventFields.Serial => StableHash.Add(hash, data.Serial),
        EventFields.Payer => StableHash.Add(hash, data.Payer),
        EventFields.Payee => StableHash.Add(hash, data.Payee),
        EventFields.Of => StableHash.Add(hash, data.Of),
        EventFields.PropertyId => StableHash.Add(hash, data.PropertyId),
        EventFields.Class => StableHash.Add(hash, (long)data.Class),
        EventFields.Act => StableHash.Add(hash, (long)data.Act),
        EventFields.Until => StableHash.Add(hash, data.Until.DayNumber),
        EventFields.Rank => StableHash.Add(hash, data.Rank),
        EventFields.State => StableHash.Add(hash, data.IsOn ? 1 : 0),
        EventFields.Device => StableHash.Add(hash, data.Device),
        EventFields.Lat => StableHash.Add(hash, BitConverter.DoubleToInt64Bits(data.Lat)),
        EventFields.Lon => StableHash.Add(hash, BitConverter.DoubleToInt64Bits(data.Lon)),
        EventFields.AccuracyM => StableHash.Add(hash, BitConverter.DoubleToInt64Bits(data.AccuracyM)),
        EventFields.HeadingDeg => StableHash.Add(hash, BitConverter.DoubleToInt64Bits(data.HeadingDeg)),
        EventFields.SpeedMps => StableHash.Add(hash, BitConverter.DoubleToInt64Bits(data.SpeedMps)),
        EventFields.Datum => StableHash.Add(hash, (long)data.Datum),
        EventFields.PetitionId => StableHash.Add(hash, data.PetitionId),
        EventFields.Was => StableHash.Add(hash, data.Was),
        EventFields.Now => StableHash.Add(hash, data.Now),
        EventFields.UrgeId => StableHash.Add(hash, data.UrgeId),
        EventFields.About => StableHash.Add(hash, (long)data.About),
        EventFields.Text => StableHash.Add(hash, data.Text),
        EventFields.Due => StableHash.Add(hash, data.Due.DayNumber),
        _ => throw new InvalidOperationException($"Field {field} is not hashed."),
    };

    private static ulong Add(ulong hash, CaseNumber? number) => number is { } one
        ? StableHash.Add(StableHash.Add(StableHash.Add(StableHash.Add(hash, one.Year), one.CourtMark), one.Type.Index), one.Number)
        : StableHash.Add(hash, (string?)null);

    private static ulong AddAll(ulong hash, IReadOnlyList<string> texts)
    {
        hash = StableHash.Add(hash, texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            hash = StableHash.Add(hash, texts[i]);
        }

        return hash;
    }
}
