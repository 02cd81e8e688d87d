using CommandCenter.Domain;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Watch;

namespace CommandCenter.Web.Overview;

/// <summary>The figures of a scope and of its next level, at one instant.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Figures">The wall's figures, cut to the scope: what a wall of this scope would show.</param>
/// <param name="Growth">By how much 存 grew since the first of the month and of the year, transfers included; <see langword="null"/> of a handler.</param>
/// <param name="Lapsing">控制措施 that lapse within <see cref="ScopeBook.LapsingDays"/> days; <see langword="null"/> while unknown.</param>
/// <param name="Handler">The figures of a handler's page.</param>
/// <param name="HandlerReceived">新收 of each piece of a handler's chart.</param>
/// <param name="HandlerClosed">结案 of each piece.</param>
/// <param name="Lines">The next level, in no order.</param>
/// <param name="Period">Of which time the next level counts, as <see cref="OverviewState.Periods"/> names it.</param>
/// <param name="Recount">What the recount says of the scope.</param>
internal sealed record ScopeFigures(
    OverviewScope Scope, CityFigures Figures, (long Month, long Year)? Growth, long? Lapsing, HandlerFigures? Handler, IReadOnlyList<long> HandlerReceived,
    IReadOnlyList<long> HandlerClosed, IReadOnlyList<FigureLine> Lines, string Period, RecountView Recount);

/// <summary>
/// Gathers what the pages of the overview show: the wall's figures cut to a scope, and beside them what only these pages need, counted
/// once in some seconds for everybody who looks.
/// </summary>
internal sealed class ScopeBook(GrainHost grains, IFigureSource source, CaseWatch watch, TimeProvider time)
{
    /// <summary>Controls that lapse within so many days are counted.</summary>
    public const int LapsingDays = 7;

    private const double CoreTarget = 0.9;
    private const double CoreTargetThreeYears = 0.8;

    // What is compared with changes once a window, so it may be older than what is counted of today.
    private readonly ShortMemory<int, CourtPast[]> _past = new(TimeSpan.FromSeconds(10), time);
    private readonly ShortMemory<(string Mark, string? Handler, string Span), HandlerCount> _handlers = new(TimeSpan.FromSeconds(5), time);

    /// <summary>The figures of a scope; <see langword="null"/> when no case of it has the handler and he is not asking himself.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="span">Of a handler's chart.</param>
    /// <param name="period">Of which time the next level counts: 0 today, 1 month, 2 year.</param>
    /// <param name="isHimself">Whether the handler himself asks: he has a page before he has a case.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ScopeFigures?> ReadAsync(OverviewScope scope, ChartSpan span, int period, bool isHimself, CancellationToken cancellationToken)
    {
        var city = source.Read();
        var recount = RecountView.Of(scope.Court, city.Recount);
        if (scope.Handler is { } name)
        {
            var count = await CountAsync(scope, span, cancellationToken);
            var found = count.Find(name) ?? (isHimself ? new HandlerFigures(name) : null);
            return found is null ? null : new ScopeFigures(scope, city, null, null, found, count.Received, count.Closed, [], OverviewState.Periods[period], recount);
        }

        var past = await _past.GetAsync(0, PastAsync, cancellationToken);
        var byMark = new Dictionary<string, CourtFigures>(city.Courts.Select(static court => KeyValuePair.Create(court.Mark, court)), StringComparer.Ordinal);
        CourtPast[] own = [.. past.Where(one => scope.Courts.Any(court => court.Index == one.Court))];
        var stopped = city.Stopped.SelectMany(static part => part.CourtMarks).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<FigureLine> lines = scope.HasCourts
            ? [.. scope.Parts.Select(part => LineOf(part, byMark, city, stopped, period))]
            : LinesOf(scope, await CountAsync(scope, span, cancellationToken), period);
        var figures = city with
        {
            Courts = FiguresOf(scope, byMark),
            Indicators = IndicatorsOf(own),
            LastYear = LastYearOf(own),
            Stopped = [.. city.Stopped.Where(part => scope.Courts.Any(court => part.CourtMarks.Contains(court.Mark)))],
            Funds24h = [],
            Recent = [],
            Trends = [],
        };
        return new ScopeFigures(
            scope, figures, (own.Sum(static one => one.MonthGrowth), own.Sum(static one => one.YearGrowth)), LapsingOf(scope), null, [], [], lines, OverviewState.Periods[period], recount);
    }

    private Task<HandlerCount> CountAsync(OverviewScope scope, ChartSpan span, CancellationToken cancellationToken)
    {
        // A court's handlers have no chart; only one of them has.
        var isOne = scope.Handler is not null;
        return _handlers.GetAsync((scope.Mark, scope.Handler, isOne ? span.Name : ""), CountNowAsync, cancellationToken);

        async Task<HandlerCount> CountNowAsync()
        {
            var now = time.GetUtcNow();
            var edges = isOne ? span.Edges(now) : [];
            var parts = await grains.AskScopeAsync(scope.Court, model => HandlerCount.Read(model, scope.Courts, scope.Handler, now, edges), CancellationToken.None);
            return parts.Aggregate(static (sum, part) => sum.Add(part));
        }
    }

    private async Task<CourtPast[]> PastAsync()
    {
        var now = time.GetUtcNow();
        var parts = await Task.WhenAll(Enumerable.Range(0, grains.PartitionCount).Select(partition => PastAsync(partition, now)));
        return [.. parts.SelectMany(static part => part)];
    }

    // One stopped partition must not take the pages of the other courts away.
    private async Task<CourtPast[]> PastAsync(int partition, DateTimeOffset now)
    {
        try
        {
            return await grains.AskAsync(partition, model => CourtPast.Read(model, now), CancellationToken.None);
        }
        catch (PartitionUnavailableException)
        {
            return [];
        }
    }

    private FigureLine LineOf(
        OverviewScope part, Dictionary<string, CourtFigures> byMark, CityFigures city, HashSet<string> stopped, int period)
    {
        var courts = FiguresOf(part, byMark);
        var sum = CityTotals.Of(courts);
        var of = period switch { 0 => sum.Today, 1 => sum.Month, _ => sum.Year };
        var isComplete = courts.Count == part.Courts.Count; // A court whose partition has not answered yet is unknown, not zero.
        var values = new Dictionary<string, long?>(StringComparer.Ordinal)
        {
            ["overdue"] = isComplete ? sum.Overdue : null,
            ["pending"] = isComplete ? sum.Pending : null,
            ["received"] = isComplete ? of.Received : null,
            ["closed"] = isComplete ? of.Closed : null,
            ["in"] = isComplete ? of.FundsInFen : null,
            ["out"] = isComplete ? of.FundsOutFen : null,
            ["lapsing"] = LapsingOf(part),
            ["terminal"] = isComplete ? sum.TerminalStock : null,
        };
        return new FigureLine(part.Mark, part, part.Mark, values, TrendOf(part, city), part.Courts.Any(court => stopped.Contains(court.Mark)));
    }

    private static FigureLine[] LinesOf(OverviewScope scope, HandlerCount count, int period)
    {
        var lines = count.Named.Select(figures => LineOf(scope, figures, period));
        return count.Nobody.Pending + count.Nobody.Received[2] + count.Nobody.Closed[2] == 0 ? [.. lines] : [.. lines, LineOf(scope, count.Nobody, period)];
    }

    private static FigureLine LineOf(OverviewScope scope, HandlerFigures figures, int period) => new(
        "@" + figures.Name, scope with { Handler = figures.Name }, figures.Name ?? "",
        new Dictionary<string, long?>(StringComparer.Ordinal)
        {
            ["overdue"] = figures.Overdue,
            ["pending"] = figures.Pending,
            ["suspended"] = figures.Suspended,
            ["received"] = figures.Received[period],
            ["closed"] = figures.Closed[period],
            ["held"] = figures.HeldFen,
            ["terminal"] = figures.Terminal,
        },
        figures.ClosedByMonth, IsStopped: false);

    private static List<CourtFigures> FiguresOf(OverviewScope scope, Dictionary<string, CourtFigures> byMark) =>
        [.. scope.Courts.Select(court => byMark.GetValueOrDefault(court.Mark)).OfType<CourtFigures>()];

    private static long[] TrendOf(OverviewScope scope, CityFigures city)
    {
        var sums = Array.Empty<long>();
        foreach (var trend in city.Trends.Where(trend => scope.Courts.Any(court => court.Mark == trend.Mark)))
        {
            sums = sums.Length == 0 ? [.. trend.PendingByDay] : [.. sums.Zip(trend.PendingByDay, static (sum, more) => sum + more)];
        }

        return sums;
    }

    private long? LapsingOf(OverviewScope scope)
    {
        var sum = 0L;
        foreach (var court in scope.Courts)
        {
            if (watch.ControlsOf(court.Index) is not { } controls)
            {
                return null; // Its partition has not answered yet.
            }

            sum += controls.WithinDays(LapsingDays);
        }

        return sum;
    }

    // As the wall counts them for the city; official numerators and denominators of core 1 and 2 need data that no source gives yet.
    private static IndicatorFigure[] IndicatorsOf(CourtPast[] past)
    {
        var petitions = past.Sum(static one => one.PetitionsReceived);
        var handled = past.Sum(static one => one.HandledThreeYears);
        return
        [
            new("core1", null, CoreTarget) { HasSource = false },
            new("core2", null, CoreTarget) { HasSource = false },
            new("core3", petitions == 0 ? null : (double)past.Sum(static one => one.PetitionsAnswered) / petitions, CoreTarget),
            new("core4", handled == 0 ? null : (double)past.Sum(static one => one.ClosedThreeYears) / handled, CoreTargetThreeYears),
        ];
    }

    private LastYearFigures LastYearOf(CourtPast[] past)
    {
        // No figures of then is not zero: the scope's first window says from when on there are any.
        var first = past.Select(static one => one.FirstWindow).DefaultIfEmpty(int.MaxValue).Min();
        var day = ShanghaiTime.DayOf(time.GetUtcNow()).AddYears(-1);
        return new LastYearFigures(
            Of(day, static one => one.Today), Of(new DateOnly(day.Year, day.Month, 1), static one => one.Month), Of(new DateOnly(day.Year, 1, 1), static one => one.Year));

        PeriodFigures? Of(DateOnly from, Func<CourtPast, PeriodFigures> figuresOf) => ShanghaiTime.WindowOf(ShanghaiTime.StartOf(from)) < first
            ? null
            : past.Aggregate(PeriodFigures.Zero, (sum, one) => sum + figuresOf(one));
    }
}
