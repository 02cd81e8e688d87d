namespace CommandCenter.Web.Tablet;

/// <summary>Why something is one of the three things today. In the order of urgency: what is lost for good comes first.</summary>
internal enum ThingKind
{
    /// <summary>A control lapses today or tomorrow: after it the property is free (查封规定27条).</summary>
    ControlNow,

    /// <summary>The six months of a case end today or tomorrow.</summary>
    LimitNow,

    /// <summary>An urge waits for a reply: to its handler always, to a chief after its day or after three days.</summary>
    UrgeWaits,

    /// <summary>Money came more than 30 days ago and was not paid out (法发〔2017〕6号).</summary>
    MoneyLong,

    /// <summary>超期未结.</summary>
    Overdue,

    /// <summary>A control lapses within a week.</summary>
    ControlSoon,

    /// <summary>The six months end within a week.</summary>
    LimitSoon,

    /// <summary>Money came more than 15 days ago.</summary>
    MoneySoon,

    /// <summary>A control lapses within 30 days.</summary>
    ControlLater,

    /// <summary>The six months end within 30 days.</summary>
    LimitLater,
}

/// <summary>今日三件事: what a chief does first. Pure, so that the order can be argued about in a test.</summary>
internal static class ThingsToday
{
    /// <summary>Three: as many as somebody remembers on his way to a meeting.</summary>
    public const int Count = 3;

    /// <summary>Days after which an urge without a day of its own waits too long.</summary>
    public const int UrgeDays = 3;

    private const int Soon = 7;
    private const int MoneySoonDays = 15;

    /// <summary>The kind of a control; <see langword="null"/> when it is none of today's business.</summary>
    public static ThingKind? OfControl(int days) => days switch
    {
        < 0 => null,
        <= 1 => ThingKind.ControlNow,
        <= Soon => ThingKind.ControlSoon,
        _ => ThingKind.ControlLater,
    };

    /// <summary>The kind of a limit.</summary>
    public static ThingKind OfLimit(int days) => days switch
    {
        < 0 => ThingKind.Overdue,
        <= 1 => ThingKind.LimitNow,
        <= Soon => ThingKind.LimitSoon,
        _ => ThingKind.LimitLater,
    };

    /// <summary>The kind of money that waits; <see langword="null"/> while it is young or its age is unknown.</summary>
    public static ThingKind? OfMoney(int? days) => days switch
    {
        > BoardDays.MoneyMax => ThingKind.MoneyLong,
        > MoneySoonDays => ThingKind.MoneySoon,
        _ => null,
    };

    /// <summary>
    /// The three first. Every kind has one turn before any has a second: three controls of one day are one errand, and the money that waits
    /// beside them would not be seen.
    /// </summary>
    /// <param name="candidates">Within a kind in the order of urgency.</param>
    /// <param name="kindOf">The kind of a candidate.</param>
    public static IReadOnlyList<T> Pick<T>(IEnumerable<T> candidates, Func<T, ThingKind> kindOf)
    {
        var kinds = candidates.GroupBy(kindOf).OrderBy(static kind => kind.Key).Select(static kind => kind.Take(Count).ToArray()).ToArray();
        return [.. Enumerable.Range(0, Count).SelectMany(turn => kinds.Where(kind => kind.Length > turn).Select(kind => kind[turn])).Take(Count)];
    }
}
