using CommandCenter.Domain;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Replay;

/// <summary>What is recorded.</summary>
/// <param name="RecordedFrom">The first picture that is kept.</param>
/// <param name="RecordedTo">The last one.</param>
/// <param name="KnownFrom">The first window of which figures are known at all; between it and <paramref name="RecordedFrom"/> nothing was on the walls.</param>
/// <param name="Spans">Times with a picture for every second, cut to what was asked for.</param>
/// <param name="Gaps">Times without.</param>
/// <param name="HasMoreGaps">More gaps than an answer lists; ask for a shorter time.</param>
/// <param name="DaysMax">Days for which pictures are kept.</param>
/// <param name="SizeBytes">On disk.</param>
/// <param name="Fault">Why nothing can be recorded now.</param>
/// <param name="FaultSince">Since when.</param>
/// <param name="PutAside">Why an older recording could not be used, and where it is.</param>
internal sealed record HistoryView(
    DateTimeOffset? RecordedFrom, DateTimeOffset? RecordedTo, DateTimeOffset? KnownFrom, IReadOnlyList<HistorySpan> Spans, IReadOnlyList<HistoryGap> Gaps,
    bool HasMoreGaps, int DaysMax, long SizeBytes, string? Fault, DateTimeOffset? FaultSince, string? PutAside);

/// <summary>A time for which there is a picture of every second.</summary>
internal sealed record HistorySpan(DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// A picture as the API gives it: when it was on the walls, or of which boundary it is known; the commit that it counts up to; the sum of the courts,
/// and the courts. The state of the recount is <see langword="null"/> before its first word.
/// </summary>
internal sealed record PictureView(
    DateTimeOffset At, DateTimeOffset AsOf, CityTotals City, IReadOnlyList<CourtFigures> Courts, IReadOnlyList<FundsStep> Funds24h,
    IReadOnlyList<IndicatorFigure> Indicators, IReadOnlyList<RecentEvent> Recent, ProofMark Proof, string? RecountState,
    IReadOnlyList<StoppedPartition> Stopped, bool Demonstration)
{
    public static PictureView Of(DateTimeOffset at, CityFigures figures) => new(
        at, figures.AsOf, CityTotals.Of(figures.Courts), figures.Courts, figures.Funds24h, figures.Indicators, figures.Recent, figures.Proof,
        figures.Recount.Partitions.Count == 0 ? null : Recount.RecountState.Worst(figures.Recount.Partitions.Select(static partition => partition.State)),
        figures.Stopped, figures.Demonstration);
}

/// <summary>A gap with what stands at its ends.</summary>
internal sealed record GapView(DateTimeOffset From, DateTimeOffset To, string Reason, PictureView? Before, PictureView? After);

/// <summary>A moment: what was shown, what is known of it now, and where they differ.</summary>
/// <param name="At">The moment.</param>
/// <param name="Kind">shown, gap or not-on-the-wall.</param>
/// <param name="Shown">What the walls showed; only with kind shown.</param>
/// <param name="Gap">Only with kind gap.</param>
/// <param name="Known">What is known now of the last boundary of five minutes.</param>
/// <param name="UnknownCourts">Courts of which nothing can be said now.</param>
/// <param name="ComparedAt">The boundary at which both were compared; <see langword="null"/> when one of them is missing.</param>
/// <param name="Corrections">Figures that differ.</param>
/// <param name="FundsCorrections">Windows of money that differ.</param>
internal sealed record MomentView(
    DateTimeOffset At, string Kind, PictureView? Shown, GapView? Gap, PictureView Known, IReadOnlyList<string> UnknownCourts,
    DateTimeOffset? ComparedAt, IReadOnlyList<Correction> Corrections, IReadOnlyList<FundsCorrection> FundsCorrections);

/// <summary>What became of a figure.</summary>
/// <param name="Figure">Its name, such as <c>received.today</c>.</param>
/// <param name="Unit">cases or fen.</param>
/// <param name="Before">Then.</param>
/// <param name="After">Later.</param>
/// <param name="Change">The difference; <see langword="null"/> when one is unknown, or when they are of two days, months or years.</param>
internal sealed record FigureChange(string Figure, string Unit, long? Before, long? After, long? Change);

/// <summary>What became of a court.</summary>
internal sealed record CourtChange(string Mark, string NameZh, string NameEn, IReadOnlyList<FigureChange> Figures);

/// <summary>What changed between two moments.</summary>
/// <param name="Since">The earlier moment.</param>
/// <param name="Until">The later one.</param>
/// <param name="SinceKind">What there is of the earlier one: shown, gap or not-on-the-wall.</param>
/// <param name="UntilKind">What there is of the later one.</param>
/// <param name="SinceAt">The picture that stands for the earlier one.</param>
/// <param name="UntilAt">The picture that stands for the later one.</param>
/// <param name="City">Figures of the city that changed.</param>
/// <param name="Courts">Courts of which a figure changed.</param>
/// <param name="ComparedAt">The boundary for which corrections were looked for.</param>
/// <param name="Corrections">Figures of the earlier moment that are known better now.</param>
/// <param name="Events">Alarms of the recount and partitions that stopped or came back.</param>
/// <param name="Gaps">Times between that nobody recorded.</param>
internal sealed record ChangesView(
    DateTimeOffset Since, DateTimeOffset Until, string SinceKind, string UntilKind, DateTimeOffset SinceAt, DateTimeOffset UntilAt,
    IReadOnlyList<FigureChange> City, IReadOnlyList<CourtChange> Courts, DateTimeOffset? ComparedAt, IReadOnlyList<Correction> Corrections,
    IReadOnlyList<NotableEvent> Events, IReadOnlyList<HistoryGap> Gaps)
{
    /// <summary>What changed between two moments.</summary>
    public static ChangesView Of(PastMoment since, PastMoment until, IReadOnlyList<NotableEvent> events, IReadOnlyList<HistoryGap> gaps)
    {
        var (before, after) = (since.Figures, until.Figures);
        var (first, last) = (ShanghaiTime.DayOf(MeantBy(since)), ShanghaiTime.DayOf(MeantBy(until)));
        var earlier = before.Courts.ToDictionary(static court => court.Mark, StringComparer.Ordinal);
        var courts = after.Courts.Where(court => earlier.ContainsKey(court.Mark))
            .Select(court => new CourtChange(
                court.Mark, court.NameZh, court.NameEn,
                Changes(FigureNames.Of(earlier[court.Mark]), FigureNames.Of(court), earlier[court.Mark].Overdue, court.Overdue, first, last)))
            .Where(static court => court.Figures.Count > 0);
        var (a, b) = (CityTotals.Of(before.Courts), CityTotals.Of(after.Courts));
        return new ChangesView(
            since.At, until.At, since.Kind, until.Kind, AtOf(since), AtOf(until), Changes(FigureNames.Of(a), FigureNames.Of(b), a.Overdue, b.Overdue, first, last),
            [.. courts], since.Corrections.ComparedAt, since.Corrections.Figures, events, gaps);
    }

    private static DateTimeOffset AtOf(PastMoment moment) => moment.Shown?.At ?? moment.Known.At;

    // A picture counts the day it was shown on; what is known counts the day that its last window belongs to.
    private static DateTimeOffset MeantBy(PastMoment moment) => moment.Shown?.Figures.AsOf ?? moment.Known.At.AddTicks(-1);

    private static FigureChange[] Changes(
        IReadOnlyList<NamedFigure> before, IReadOnlyList<NamedFigure> after, long? overdueBefore, long? overdueAfter, DateOnly first, DateOnly last)
    {
        var changes = before.Zip(after).Where(static pair => pair.First.Value != pair.Second.Value).Select(pair => new FigureChange(
            pair.First.Name, pair.First.Unit, pair.First.Value, pair.Second.Value,
            IsSamePeriod(pair.First.Name, first, last) ? pair.Second.Value - pair.First.Value : null));
        return overdueBefore == overdueAfter
            ? [.. changes]
            : [.. changes, new FigureChange("overdue", FigureNames.Cases, overdueBefore, overdueAfter, overdueAfter - overdueBefore)];
    }

    private static bool IsSamePeriod(string name, DateOnly first, DateOnly last) => FigureNames.PeriodOf(name) switch
    {
        "today" => first == last,
        "month" => (first.Year, first.Month) == (last.Year, last.Month),
        "year" => first.Year == last.Year,
        _ => true,
    };
}
