using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Officers;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Places;

/// <summary>What an officer's line says. The script <c>officer-tile.js</c> draws the same lines.</summary>
internal enum OfficerCondition
{
    /// <summary>在线: reported within the last minute.</summary>
    Live,

    /// <summary>停滞: silent for longer, up to five minutes.</summary>
    Stalled,

    /// <summary>失联: silent for longer still, or never heard of.</summary>
    Lost,

    /// <summary>离岗: off duty.</summary>
    Off,
}

/// <summary>One officer as the wall shows him.</summary>
/// <param name="Id">His id; no name.</param>
/// <param name="CourtMark">His court.</param>
/// <param name="At">Where he was last, on the drawn map; <see langword="null"/> when he never said.</param>
/// <param name="ReportedAtMs">When he last reported anything, milliseconds since 1970; <see langword="null"/> for never.</param>
/// <param name="IsPosition">Whether that was where he is, rather than going on or off duty.</param>
/// <param name="Condition">His state when it was read.</param>
/// <param name="CallingSinceMs">Since when he calls for help, milliseconds since 1970; <see langword="null"/> when he does not.</param>
internal sealed record ShownOfficer(
    string Id, string CourtMark, MapPoint? At, long? ReportedAtMs, bool IsPosition, OfficerCondition Condition, long? CallingSinceMs = null)
{
    /// <summary>Where he is sent; <see langword="null"/> when nowhere, and off duty.</summary>
    public ShownErrand? Errand { get; init; }

    /// <summary>The district in which he is, when that is none of his court's; only of those that a wall knows one by one.</summary>
    public MapDistrict? AwayIn { get; init; }
}

/// <summary>An errand as the wall shows it.</summary>
/// <param name="At">The place, on the drawn map.</param>
/// <param name="SentAtMs">When he was sent, milliseconds since 1970.</param>
/// <param name="ArrivedAtMs">When he arrived; <see langword="null"/> while he has not.</param>
/// <param name="Case">The case for which he goes there; <see langword="null"/> when that was not said.</param>
internal sealed record ShownErrand(MapPoint At, long SentAtMs, long? ArrivedAtMs, CaseNumber? Case);

/// <summary>The officers of the city at one instant. Immutable.</summary>
/// <param name="Officers">All: who calls for help first, the longest first; then who has just arrived, the latest first; then those on duty, in an order that no report changes.</param>
internal sealed record OfficerBoard(IReadOnlyList<ShownOfficer> Officers)
{
    /// <summary>So many a wall knows one by one; of the rest it shows where they are.</summary>
    public const int ShownMax = 500;

    private readonly int[] _counts = CountsOf(Officers);

    /// <summary>Silent for longer, an officer is stalled. <c>officer-tile.js</c> says the same, and a test compares them.</summary>
    public static readonly TimeSpan LiveMax = TimeSpan.FromSeconds(60);

    /// <summary>Silent for longer, he is lost.</summary>
    public static readonly TimeSpan StalledMax = TimeSpan.FromMinutes(5);

    /// <summary>For so long after his arrival an officer comes before others. <c>officer-tile.js</c> says the same.</summary>
    public static readonly TimeSpan ArrivalMax = TimeSpan.FromMinutes(10);

    /// <summary>Nobody known.</summary>
    public static OfficerBoard Empty { get; } = new([]);

    /// <summary>Those that a wall knows one by one.</summary>
    public IEnumerable<ShownOfficer> Shown => Officers.Take(ShownMax);

    /// <summary>The others.</summary>
    public IEnumerable<ShownOfficer> Rest => Officers.Skip(ShownMax);

    /// <summary>How many officers are in a state.</summary>
    public int CountOf(OfficerCondition condition) => _counts[(int)condition];

    public bool Equals(OfficerBoard? other) => other is not null && Officers.SequenceEqual(other.Officers);

    public override int GetHashCode() => Officers.Count;

    /// <param name="officers">All that are known, each with the mark of his court.</param>
    /// <param name="map">Puts positions on the map.</param>
    /// <param name="now">The instant that conditions are of.</param>
    public static OfficerBoard Of(IEnumerable<(string CourtMark, OfficerState State)> officers, PlaceMap map, DateTimeOffset now)
    {
        // A hash is a fair draw of all courts that stays the same: by their reports, thousands would change places each second, and tiles with them.
        var ordered = officers
            .Select(one => (one.CourtMark, one.State, Officer: Show(one.CourtMark, one.State, map, now)))
            .OrderBy(static one => one.Officer.CallingSinceMs ?? long.MaxValue)
            .ThenByDescending(one => ArrivalOf(one.State, now))
            .ThenBy(static one => one.Officer.Condition == OfficerCondition.Off)
            .ThenBy(static one => StableHash.Finish(StableHash.Add(StableHash.Add(StableHash.Start, one.CourtMark), one.State.Id)))
            .ThenBy(static one => one.Officer.Id, StringComparer.Ordinal)
            .ThenBy(static one => one.CourtMark, StringComparer.Ordinal);
        return new OfficerBoard([.. ordered.Select((one, place) => place < ShownMax ? Closer(one.Officer, one.State, map) : one.Officer)]);
    }

    /// <summary>When somebody on duty arrived, as long as that puts him before others; otherwise the least there is.</summary>
    public static long ArrivalOf(OfficerState state, DateTimeOffset now) =>
        state is { IsOnDuty: true, Errand.ArrivedAt: { } arrived } && now - arrived <= ArrivalMax ? arrived.ToUnixTimeMilliseconds() : long.MinValue;

    /// <summary>A report dated ahead of our clock, which the intake lets pass by up to ten minutes, counts as one of now.</summary>
    public static OfficerCondition ConditionOf(bool isOnDuty, TimeSpan? silence) => (isOnDuty, silence) switch
    {
        (false, _) => OfficerCondition.Off,
        (_, null) => OfficerCondition.Lost,
        (_, { } span) when span <= LiveMax => OfficerCondition.Live,
        (_, { } span) when span <= StalledMax => OfficerCondition.Stalled,
        _ => OfficerCondition.Lost,
    };

    private static int[] CountsOf(IEnumerable<ShownOfficer> officers)
    {
        var counts = new int[Enum.GetValues<OfficerCondition>().Length];
        foreach (var officer in officers)
        {
            counts[(int)officer.Condition]++;
        }

        return counts;
    }

    private static ShownOfficer Closer(ShownOfficer officer, OfficerState state, PlaceMap map) =>
        officer.At is { } here && state.IsOnDuty ? officer with { AwayIn = map.AwayFrom(officer.CourtMark, here) } : officer;

    private static ShownOfficer Show(string courtMark, OfficerState state, PlaceMap map, DateTimeOffset now)
    {
        var isPosition = state.LastPosition is not null && state.PositionAt >= state.DutyAt;
        var reported = isPosition ? state.PositionAt : state.DutyAt;
        DateTimeOffset? known = reported == DateTimeOffset.UnixEpoch ? null : reported;
        return new ShownOfficer(
            state.Id, courtMark, state.LastPosition is { } position ? map.At(position) : null, known?.ToUnixTimeMilliseconds(), isPosition,
            ConditionOf(state.IsOnDuty, now - known), state.CallingSince?.ToUnixTimeMilliseconds())
        {
            Errand = state is { IsOnDuty: true, Errand: { } errand }
                ? new ShownErrand(map.At(errand.Target), errand.SentAt.ToUnixTimeMilliseconds(), errand.ArrivedAt?.ToUnixTimeMilliseconds(), errand.Target.Case)
                : null,
        };
    }
}
