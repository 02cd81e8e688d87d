using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Officers;

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

    /// <summary>The district in which he is, when that is none of his court's.</summary>
    public MapDistrict? AwayIn { get; init; }
}

/// <summary>An errand as the wall shows it.</summary>
/// <param name="At">The place, on the drawn map.</param>
/// <param name="SentAtMs">When he was sent, milliseconds since 1970.</param>
/// <param name="ArrivedAtMs">When he arrived; <see langword="null"/> while he has not.</param>
/// <param name="Case">The case for which he goes there; <see langword="null"/> when that was not said.</param>
internal sealed record ShownErrand(MapPoint At, long SentAtMs, long? ArrivedAtMs, CaseNumber? Case);

/// <summary>The officers of the city at one instant. Immutable.</summary>
/// <param name="Counts">How many are in each <see cref="OfficerCondition"/>, of all officers.</param>
/// <param name="Shown">At most <see cref="ShownMax"/>: who calls for help first, the longest first; then who has just arrived, the latest first; then on duty, the latest report first.</param>
internal sealed record OfficerBoard(IReadOnlyList<int> Counts, IReadOnlyList<ShownOfficer> Shown)
{
    /// <summary>As many as a map can carry and a page can move; the counts tell of the rest.</summary>
    public const int ShownMax = 500;

    /// <summary>Silent for longer, an officer is stalled. <c>officer-tile.js</c> says the same, and a test compares them.</summary>
    public static readonly TimeSpan LiveMax = TimeSpan.FromSeconds(60);

    /// <summary>Silent for longer, he is lost.</summary>
    public static readonly TimeSpan StalledMax = TimeSpan.FromMinutes(5);

    /// <summary>For so long after his arrival an officer comes before others. <c>officer-tile.js</c> says the same.</summary>
    public static readonly TimeSpan ArrivalMax = TimeSpan.FromMinutes(10);

    /// <summary>Nobody known.</summary>
    public static OfficerBoard Empty { get; } = new(new int[Enum.GetValues<OfficerCondition>().Length], []);

    /// <summary>Officers beyond those shown.</summary>
    public int More => Counts.Sum() - Shown.Count;

    public int CountOf(OfficerCondition condition) => Counts[(int)condition];

    public bool Equals(OfficerBoard? other) => other is not null && Counts.SequenceEqual(other.Counts) && Shown.SequenceEqual(other.Shown);

    public override int GetHashCode() => HashCode.Combine(Counts.Sum(), Shown.Count);

    /// <param name="officers">All that are known, each with the mark of his court.</param>
    /// <param name="map">Puts positions on the map.</param>
    /// <param name="now">The instant that conditions are of.</param>
    public static OfficerBoard Of(IEnumerable<(string CourtMark, OfficerState State)> officers, PlaceMap map, DateTimeOffset now)
    {
        var counts = new int[Empty.Counts.Count];
        var seen = new List<(ShownOfficer Officer, OfficerState State)>();
        foreach (var (courtMark, state) in officers)
        {
            var officer = Show(courtMark, state, now);
            counts[(int)officer.Condition]++;
            seen.Add((officer, state));
        }

        // The id settles ties, so that officers who reported together do not change places from one second to the next.
        return new OfficerBoard(counts, [.. seen
            .OrderBy(one => one.Officer.CallingSinceMs ?? long.MaxValue)
            .ThenByDescending(one => ArrivalOf(one.State, now))
            .ThenBy(one => one.Officer.Condition == OfficerCondition.Off)
            .ThenByDescending(one => one.Officer.ReportedAtMs ?? long.MinValue)
            .ThenBy(one => one.Officer.Id, StringComparer.Ordinal)
            .ThenBy(one => one.Officer.CourtMark, StringComparer.Ordinal)
            .Take(ShownMax)
            .Select(one => Place(one.Officer, one.State, map))]);
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

    private static ShownOfficer Place(ShownOfficer officer, OfficerState state, PlaceMap map)
    {
        var at = state.LastPosition is { } position ? map.At(position) : (MapPoint?)null;
        return officer with
        {
            At = at,
            AwayIn = at is { } here && state.IsOnDuty ? map.AwayFrom(officer.CourtMark, here) : null,
            Errand = state is { IsOnDuty: true, Errand: { } errand }
                ? new ShownErrand(map.At(errand.Target), errand.SentAt.ToUnixTimeMilliseconds(), errand.ArrivedAt?.ToUnixTimeMilliseconds(), errand.Target.Case)
                : null,
        };
    }

    private static ShownOfficer Show(string courtMark, OfficerState state, DateTimeOffset now)
    {
        var isPosition = state.LastPosition is not null && state.PositionAt >= state.DutyAt;
        var reported = isPosition ? state.PositionAt : state.DutyAt;
        DateTimeOffset? known = reported == DateTimeOffset.UnixEpoch ? null : reported;
        return new ShownOfficer(
            state.Id, courtMark, At: null, known?.ToUnixTimeMilliseconds(), isPosition, ConditionOf(state.IsOnDuty, now - known), state.CallingSince?.ToUnixTimeMilliseconds());
    }
}
