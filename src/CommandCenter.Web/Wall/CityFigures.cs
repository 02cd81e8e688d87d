using CommandCenter.Web.Recount;

namespace CommandCenter.Web.Wall;

/// <summary>The one thing the wall asks of the engine: the latest published figures.</summary>
internal interface IFigureSource
{
    /// <summary>The latest value. Cheap, lock-free and safe from any thread; called twice a second and once a page.</summary>
    CityFigures Read();
}

/// <summary>Everything the FIGURES zone shows, at one instant. Immutable; a new version is a new object.</summary>
/// <param name="Version">Rises with every published change. Equal versions mean equal figures.</param>
/// <param name="AsOf">Time of the last commit that is counted in here, not the time of reading.</param>
/// <param name="Courts">The courts, in any order. A court appears once; the city is their sum (<see cref="CityTotals"/>).</param>
/// <param name="Funds24h">288 windows of five minutes, oldest first; the last one is still open.</param>
/// <param name="Indicators">三个90% 一个80%, in any order; an indicator that is missing counts as one without a source.</param>
/// <param name="Recent">Newest first. The wall shows as many as fit on one line.</param>
/// <param name="Proof">What the last check of the counting identity said.</param>
/// <param name="Stopped">Partitions that take no events now. Figures of their courts are old, and the wall says so.</param>
/// <param name="Demonstration">The figures are made up. The wall carries a badge as long as this holds.</param>
internal sealed record CityFigures(
    long Version,
    DateTimeOffset AsOf,
    IReadOnlyList<CourtFigures> Courts,
    IReadOnlyList<FundsStep> Funds24h,
    IReadOnlyList<IndicatorFigure> Indicators,
    IReadOnlyList<RecentEvent> Recent,
    ProofMark Proof,
    IReadOnlyList<StoppedPartition> Stopped,
    bool Demonstration)
{
    /// <summary>What a second count of the journal says of all this.</summary>
    public RecountReport Recount { get; init; } = RecountReport.None;

    /// <summary>The same day a year ago, as far as there are figures of then.</summary>
    public LastYearFigures LastYear { get; init; } = LastYearFigures.Unknown;

    /// <summary>One for each court; the same list as long as nothing in it changes.</summary>
    public IReadOnlyList<CourtTrend> Trends { get; init; } = [];
}

/// <summary>收 结 款 of the city up to the same five-minute window of the same day a year ago. A period that began before the first
/// figures of all is <see langword="null"/>: a part of a year compared with a whole one would look like growth.</summary>
internal sealed record LastYearFigures(PeriodFigures? Today, PeriodFigures? Month, PeriodFigures? Year)
{
    public static LastYearFigures Unknown { get; } = new(null, null, null);
}

/// <summary>Pending cases of a court at the end of each of the last thirty days, oldest first; the last is today's, so far.</summary>
internal sealed record CourtTrend(string Mark, IReadOnlyList<long> PendingByDay);

/// <summary>One court. <paramref name="Pending"/> 存案, <paramref name="TerminalStock"/> 终本存量; <paramref name="Overdue"/> 超期
/// is <see langword="null"/> while no clock feeds it: unknown is not zero.</summary>
internal sealed record CourtFigures(
    string Mark,
    string NameZh,
    string NameEn,
    string Level,
    PeriodFigures Today,
    PeriodFigures Month,
    PeriodFigures Year,
    long Pending,
    long TerminalStock,
    long? Overdue);

/// <summary>收 结 款入 款出 of one period so far.</summary>
internal sealed record PeriodFigures(long Received, long Closed, long FundsInFen, long FundsOutFen)
{
    public static PeriodFigures Zero { get; } = new(0, 0, 0, 0);

    public static PeriodFigures operator +(PeriodFigures left, PeriodFigures right) => new(
        checked(left.Received + right.Received),
        checked(left.Closed + right.Closed),
        checked(left.FundsInFen + right.FundsInFen),
        checked(left.FundsOutFen + right.FundsOutFen));
}

/// <summary>Money of the window that starts at <paramref name="At"/> and lasts five minutes of event time.</summary>
internal sealed record FundsStep(DateTimeOffset At, long InFen, long OutFen);

/// <summary>A core indicator (<c>core1</c> … <c>core4</c>). Both values are ratios, not percents; without any case of its kind there is none.</summary>
internal sealed record IndicatorFigure(string Code, double? Ratio, double Target)
{
    /// <summary>Whether anything that comes in can tell it.</summary>
    public bool HasSource { get; init; } = true;
}

/// <summary>One line of the bottom bar. <paramref name="Type"/> is the wire name, such as <c>funds.received</c>.</summary>
internal sealed record RecentEvent(
    DateTimeOffset At,
    string CourtZh,
    string CourtEn,
    string CaseNumber,
    string Type,
    long? AmountFen);

/// <summary>The recount mark.</summary>
/// <param name="State"><see cref="Holds"/>, <see cref="Violated"/> or <see cref="Unknown"/>.</param>
/// <param name="At">When it was checked.</param>
/// <param name="Cell">The first cell that differs, when violated.</param>
internal sealed record ProofMark(string State, DateTimeOffset? At, string? Cell)
{
    public const string Holds = "identity-holds";
    public const string Violated = "violated";
    public const string Unknown = "unknown";
}

/// <summary>A partition that takes no events, why, and whose figures are old for it.</summary>
internal sealed record StoppedPartition(int Index, string Reason, IReadOnlyList<string> CourtMarks);
