using System.Text;

namespace CommandCenter.Web.Intake;

/// <summary>The fields that <c>data</c> can have, each one bit.</summary>
[Flags]
internal enum EventFields : ulong
{
    None = 0,
    Kind = 1UL << 0,
    Cause = 1UL << 1,
    ClaimFen = 1UL << 2,
    Basis = 1UL << 3,
    Applicants = 1UL << 4,
    Debtors = 1UL << 5,
    Parent = 1UL << 6,
    Handler = 1UL << 7,
    Node = 1UL << 8,
    Occurrence = 1UL << 9,
    Phase = 1UL << 10,
    Ground = 1UL << 11,
    Way = 1UL << 12,
    Reason = 1UL << 13,
    ToCourt = 1UL << 14,
    AmountFen = 1UL << 15,
    Serial = 1UL << 16,
    Payer = 1UL << 17,
    Payee = 1UL << 18,
    Of = 1UL << 19,
    PropertyId = 1UL << 20,
    Class = 1UL << 21,
    Act = 1UL << 22,
    Until = 1UL << 23,
    Rank = 1UL << 24,
    State = 1UL << 25,
    Device = 1UL << 26,
    Lat = 1UL << 27,
    Lon = 1UL << 28,
    AccuracyM = 1UL << 29,
    HeadingDeg = 1UL << 30,
    SpeedMps = 1UL << 31,
    Datum = 1UL << 32,
    PetitionId = 1UL << 33,
    Was = 1UL << 34,
    Now = 1UL << 35,
    UrgeId = 1UL << 36,
    About = 1UL << 37,
    Text = 1UL << 38,
    Due = 1UL << 39,
    RadiusM = 1UL << 40,
    For = 1UL << 41,
}

/// <summary>One type of event: which fields its data must and may have, and whether it is about a case or an officer.</summary>
/// <param name="Name">The wire name.</param>
/// <param name="Required">Fields that must be there.</param>
/// <param name="Optional">Fields that may be there.</param>
/// <param name="IsOfOfficer">About the officer in <c>by</c>, not about a case.</param>
/// <param name="IsSigned">An order or its reply: worth nothing without the name of who gave it in <c>by</c>.</param>
internal sealed record EventType(string Name, EventFields Required, EventFields Optional, bool IsOfOfficer = false, bool IsSigned = false)
{
    private static readonly EventType[] s_all =
    [
        new("case.filed",
            EventFields.Kind | EventFields.Cause | EventFields.ClaimFen | EventFields.Basis | EventFields.Applicants | EventFields.Debtors,
            EventFields.Parent),
        new("case.assigned", EventFields.Handler, EventFields.None),
        new("case.node", EventFields.Node | EventFields.Phase, EventFields.Occurrence),
        new("case.claimChanged", EventFields.ClaimFen, EventFields.None),
        new("party.renamed", EventFields.Was | EventFields.Now, EventFields.None),
        new("case.suspended", EventFields.Ground, EventFields.None),
        new("case.resumed", EventFields.Ground, EventFields.None),
        new("case.closed", EventFields.Way, EventFields.None),
        new("case.closingRevoked", EventFields.Reason, EventFields.None),
        new("case.transferred", EventFields.ToCourt, EventFields.None),
        new("funds.received", EventFields.AmountFen | EventFields.Serial, EventFields.Payer),
        new("funds.disbursed", EventFields.AmountFen | EventFields.Serial, EventFields.Payee),
        new("funds.reversed", EventFields.AmountFen | EventFields.Serial | EventFields.Of, EventFields.None),
        new("property.controlled",
            EventFields.PropertyId | EventFields.Class | EventFields.Act | EventFields.Until,
            EventFields.AmountFen | EventFields.Rank),
        new("property.renewed", EventFields.PropertyId | EventFields.Until, EventFields.None),
        new("property.released", EventFields.PropertyId, EventFields.None),
        new("officer.duty", EventFields.State, EventFields.Device, IsOfOfficer: true),
        new("officer.sos", EventFields.State, EventFields.Device, IsOfOfficer: true),
        new("officer.position",
            EventFields.Lat | EventFields.Lon | EventFields.Datum,
            EventFields.AccuracyM | EventFields.HeadingDeg | EventFields.SpeedMps,
            IsOfOfficer: true),
        new("officer.dispatched",
            EventFields.Lat | EventFields.Lon | EventFields.Datum,
            EventFields.RadiusM | EventFields.For,
            IsOfOfficer: true),
        new("officer.recalled", EventFields.None, EventFields.None, IsOfOfficer: true),
        new("petition.received", EventFields.PetitionId, EventFields.None),
        new("petition.answered", EventFields.PetitionId, EventFields.None),
        new("case.urged", EventFields.UrgeId | EventFields.About, EventFields.Text | EventFields.Due, IsSigned: true),
        new("case.urgeAnswered", EventFields.UrgeId | EventFields.Text, EventFields.None, IsSigned: true),
    ];

    private static readonly Dictionary<string, EventType>.AlternateLookup<ReadOnlySpan<char>> s_byName =
        s_all.ToDictionary(type => type.Name, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The fields that the type must and may have, with their names as they are in a line.</summary>
    public (byte[] Name, EventFields Field)[] Fields { get; } = NamesOf(Required | Optional);

    /// <summary>All types.</summary>
    public static IReadOnlyList<EventType> All => s_all;

    public static EventType? Find(ReadOnlySpan<char> name) => s_byName.TryGetValue(name, out var type) ? type : null;

    /// <summary>Names of a set of fields in UTF-8.</summary>
    public static (byte[] Name, EventFields Field)[] NamesOf(EventFields fields) =>
        [.. Enum.GetValues<EventFields>().Where(field => (fields & field) != 0).Select(field => (Encoding.UTF8.GetBytes(WireName(field)), field))];

    /// <summary>The wire name of a field: the member's name with a small first letter.</summary>
    public static string WireName(EventFields field)
    {
        var name = field.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
