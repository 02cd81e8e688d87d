using CommandCenter.Domain;
using CommandCenter.Domain.Indicators;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Reading;

/// <summary>
/// Keeps the latest figures of all courts: asks every partition at its own pace and swaps one immutable value. However many events
/// come in, and however many look, a partition is asked five times a second.
/// </summary>
internal sealed partial class FigureSource : BackgroundService, IFigureSource
{
    private const int FundsSteps = 288;
    private const double CoreTarget = 0.9;
    private const double CoreTargetThreeYears = 0.8;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_checkPace = TimeSpan.FromSeconds(10);

    private readonly GrainHost _grains;
    private readonly RecountJob _recount;
    private readonly TimeProvider _time;
    private readonly ILogger<FigureSource> _logger;
    private readonly bool _isDemonstration;
    private readonly PartitionFigures?[] _parts;
    private volatile CityFigures _latest;
    private ProofMark _proof = new(ProofMark.Unknown, null, null);
    private DateTimeOffset _checkedAt = DateTimeOffset.MinValue;
    private long _lostBefore;

    public FigureSource(GrainHost grains, RecountJob recount, TimeProvider time, IOptions<ServeOptions> options, ILogger<FigureSource> logger)
    {
        _grains = grains;
        _recount = recount;
        _time = time;
        _logger = logger;
        _isDemonstration = options.Value.Demonstration;
        _parts = new PartitionFigures?[grains.PartitionCount];
        _latest = new CityFigures(0, time.GetUtcNow(), [], [], [], [], _proof, [], _isDemonstration);
    }

    public CityFigures Read() => _latest;

    /// <summary>Asks all partitions now. Called at the pace of the loop, and once before the server says it is ready.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var isCheckDue = now - _checkedAt >= s_checkPace;
        var stopped = new List<StoppedPartition>();
        await Task.WhenAll(Enumerable.Range(0, _parts.Length).Select(async partition =>
        {
            try
            {
                _parts[partition] = await _grains.AskAsync(
                    partition, model => PartitionFigures.Read(model, _grains, now, _parts[partition], isCheckDue), cancellationToken);
            }
            catch (PartitionUnavailableException exception)
            {
                var courts = _grains.Courts.Courts.Where(court => _grains.Map.PartitionOf(court) == partition).Select(court => court.Mark).ToArray();
                lock (stopped)
                {
                    stopped.Add(new StoppedPartition(partition, exception.Code, courts));
                }
            }
        }));

        if (isCheckDue)
        {
            _checkedAt = now;
            _proof = Prove(now, isComplete: stopped.Count == 0);
        }

        var figures = Gather(now, [.. stopped.OrderBy(partition => partition.Index)]);
        _latest = figures with { Version = IsSame(figures, _latest) ? _latest.Version : _latest.Version + 1 };
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pace, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RefreshAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // The figures stay as they were, their age grows, and the wall says stale.
                    Log.RefreshFailed(_logger, exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is going down.
        }
    }

    private ProofMark Prove(DateTimeOffset now, bool isComplete)
    {
        var fault = _parts.Select(part => part?.Fault).FirstOrDefault(fault => fault is not null);
        if (fault is not null)
        {
            Log.IdentityViolated(_logger, fault.ToString());
            return new ProofMark(ProofMark.Violated, now, fault.ToString());
        }

        // In sum: what left courts and did not arrive must lie in an outbox. The partitions were asked one after the other, so a message
        // on its way may be seen twice or not at all; a difference that stays is real.
        var lost = _parts.Sum(part => part is null ? 0 : part.TransferredOut - part.TransferredIn - part.InTransit);
        var isLost = lost != 0 && lost == _lostBefore;
        _lostBefore = lost;
        if (isLost && isComplete)
        {
            var cell = $"transfers: {lost} cases left a court and arrived nowhere";
            Log.IdentityViolated(_logger, cell);
            return new ProofMark(ProofMark.Violated, now, cell);
        }

        return new ProofMark(isComplete && _parts.All(part => part is not null) ? ProofMark.Holds : ProofMark.Unknown, now, null);
    }

    private CityFigures Gather(DateTimeOffset now, IReadOnlyList<StoppedPartition> stopped)
    {
        var parts = _parts.OfType<PartitionFigures>().ToArray();
        var funds = new FundsStep[FundsSteps];
        var first = ShanghaiTime.WindowOf(now) - FundsSteps + 1;
        for (var i = 0; i < FundsSteps; i++)
        {
            funds[i] = new FundsStep(
                ShanghaiTime.StartOfWindow(first + i),
                parts.Sum(part => part.FundsAt(first + i).InFen),
                parts.Sum(part => part.FundsAt(first + i).OutFen));
        }

        var recent = parts.SelectMany(part => part.Recent).OrderByDescending(fact => fact.Event.At).Take(8).Select(Recent).ToArray();
        return new CityFigures(
            0,
            parts.Length == 0 ? now : parts.Min(part => part.ReadAt),
            [.. parts.SelectMany(part => part.Courts).OrderBy(court => court.Index).Select(court => court.Figures)],
            funds,
            Indicators(parts),
            recent,
            _proof,
            stopped,
            _isDemonstration)
        {
            Recount = _recount.Latest,
            LastYear = LastYear(parts, now),
            Trends = KeptWhenSame(_latest.Trends, [.. parts.SelectMany(static part => part.Past.Trends)]),
        };
    }

    private static LastYearFigures LastYear(PartitionFigures[] parts, DateTimeOffset now)
    {
        // No figures of then is not zero: the city's first window says from when on there are any.
        var first = parts.Select(static part => part.Past.FirstWindow).DefaultIfEmpty(int.MaxValue).Min();
        var day = ShanghaiTime.DayOf(now).AddYears(-1);
        return new LastYearFigures(
            Of(day, static past => past.Today), Of(new DateOnly(day.Year, day.Month, 1), static past => past.Month), Of(new DateOnly(day.Year, 1, 1), static past => past.Year));

        PeriodFigures? Of(DateOnly from, Func<PastFigures, PeriodFigures> figuresOf) => ShanghaiTime.WindowOf(ShanghaiTime.StartOf(from)) < first
            ? null
            : parts.Aggregate(PeriodFigures.Zero, (sum, part) => sum + figuresOf(part.Past));
    }

    private static IReadOnlyList<CourtTrend> KeptWhenSame(IReadOnlyList<CourtTrend> before, IReadOnlyList<CourtTrend> now) =>
        before.Count == now.Count && before.Zip(now).All(static pair => pair.First.Mark == pair.Second.Mark && pair.First.PendingByDay.SequenceEqual(pair.Second.PendingByDay))
            ? before
            : now;

    // The official numerators and denominators of core 1 and 2 need property and inspection data that no source gives yet.
    private static IndicatorFigure[] Indicators(PartitionFigures[] parts)
    {
        var answered = parts.Sum(part => part.PetitionsAnswered);
        var petitions = parts.Sum(part => part.PetitionsReceived);
        var handled = parts.Sum(part => part.HandledThreeYears);
        var closed = parts.Sum(part => part.ClosedThreeYears);
        return
        [
            new("core1", null, CoreTarget) { HasSource = false },
            new("core2", null, CoreTarget) { HasSource = false },
            new("core3", petitions == 0 ? null : (double)answered / petitions, CoreTarget),
            new("core4", handled == 0 ? null : (double)closed / handled, CoreTargetThreeYears),
        ];
    }

    private RecentEvent Recent(RecentFact fact)
    {
        _ = _grains.Courts.TryFind(fact.CourtMark, out var court);
        return new RecentEvent(
            fact.Event.At, court?.Definition.NameZh ?? fact.CourtMark, court?.Definition.NameEn ?? fact.CourtMark, fact.Number.ToString(),
            EventViews.TypeOf(fact.Event), fact.AmountFen);
    }

    private static bool IsSame(CityFigures a, CityFigures b) =>
        a.Courts.SequenceEqual(b.Courts) && a.Funds24h.SequenceEqual(b.Funds24h) && a.Indicators.SequenceEqual(b.Indicators)
        && a.Recent.SequenceEqual(b.Recent) && a.Proof == b.Proof && a.LastYear == b.LastYear && ReferenceEquals(a.Trends, b.Trends) && a.Recount.IsPaused == b.Recount.IsPaused && a.Recount.Partitions.SequenceEqual(b.Recount.Partitions)
         && a.Stopped.Select(part => (part.Index, part.Reason)).SequenceEqual(b.Stopped.Select(part => (part.Index, part.Reason)));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "收结存 does not add up: {Fault}. Figures of that court must not be trusted; rebuild it with the verify verb")]
        public static partial void IdentityViolated(ILogger logger, string fault);

        [LoggerMessage(LogLevel.Error, "The figures could not be refreshed; the wall shows the last ones with their age")]
        public static partial void RefreshFailed(ILogger logger, Exception exception);
    }
}

/// <summary>What one partition gives to the figures; read on its thread.</summary>
internal sealed record PartitionFigures(
    DateTimeOffset ReadAt, int Today, IReadOnlyList<(int Index, long Version, CourtFigures Figures)> Courts, int FirstWindow,
    IReadOnlyList<(long InFen, long OutFen)> Funds, IReadOnlyList<RecentFact> Recent, IdentityFault? Fault, long PetitionsReceived, long PetitionsAnswered,
    long HandledThreeYears, long ClosedThreeYears, long TransferredIn, long TransferredOut, long InTransit, PastFigures Past)
{
    private const int FundsSteps = 288;

    public (long InFen, long OutFen) FundsAt(int window) =>
        window >= FirstWindow && window - FirstWindow < Funds.Count ? Funds[window - FirstWindow] : (0, 0);

    public static PartitionFigures Read(GrainModel model, GrainHost grains, DateTimeOffset now, PartitionFigures? last, bool isCheckDue)
    {
        var day = ShanghaiTime.DayOf(now);
        var today = ShanghaiTime.DayNumberOf(day);
        var overdue = isCheckDue || last is null ? Overdue(model, grains, now) : null;
        var courts = new List<(int, long, CourtFigures)>();
        long received = 0, answered = 0, handled = 0, closed = 0, transferredIn = 0, transferredOut = 0;
        foreach (var grain in model.Courts)
        {
            var before = last?.Courts.FirstOrDefault(court => court.Index == grain.Court.Index) ?? default;
            var isFresh = before.Figures is null || before.Version != grain.Version || last!.Today != today;
            var figures = isFresh ? Figures(grain, day, today) with { Overdue = before.Figures?.Overdue } : before.Figures!;
            courts.Add((grain.Court.Index, grain.Version, overdue is null ? figures : figures with { Overdue = overdue[grain.Court.Index] }));

            var three = grain.SumDays(ShanghaiTime.DayNumberOf(day.AddYears(-3)) + 1, today + 1);
            received += three.PetitionsReceived;
            answered += three.PetitionsAnswered;
            closed += three.Closed;
            transferredIn += grain.TransferredIn;
            transferredOut += grain.TransferredOut;
            handled += grain.Stock.Pending + three.Closed; // Pending before + received = closed + pending after.
        }

        var first = ShanghaiTime.WindowOf(now) - FundsSteps + 1;
        return new PartitionFigures(
            now, today, courts, first, FundsFrom(model, first), [.. model.Recent],
            isCheckDue || last is null ? model.Courts.Select(grain => grain.Check()).FirstOrDefault(fault => fault is not null) : last.Fault,
            received, answered, handled, closed, transferredIn, transferredOut,
            model.Outbox.Count(message => message.Command is Domain.Cases.CaseCommand.AdmitCase),
            isCheckDue || last is null ? PastFigures.Read(model, now) : last.Past);
    }

    private static CourtFigures Figures(CourtGrain grain, DateOnly day, int today)
    {
        var definition = grain.Court.Definition;
        return new CourtFigures(
            definition.Mark, definition.NameZh, definition.NameEn, definition.Level.ToString().ToLowerInvariant(),
            Period(grain.SumDays(today, today + 1)),
            Period(grain.SumDays(ShanghaiTime.DayNumberOf(new DateOnly(day.Year, day.Month, 1)), today + 1)),
            Period(grain.SumDays(ShanghaiTime.DayNumberOf(new DateOnly(day.Year, 1, 1)), today + 1)),
            grain.Stock.Pending, grain.Stock.Terminal, Overdue: null);
    }

    /// <summary>收 结 款 of a sum of flows.</summary>
    public static PeriodFigures Period(Caseload load) => new(load.Received, load.Closed, load.FundsInFen, load.FundsOutFen);

    public static long[] Overdue(GrainModel model, GrainHost grains, DateTimeOffset now)
    {
        var counts = new long[grains.Courts.Courts.Count];
        for (var place = 0; place < model.Cases.Count; place++)
        {
            ref readonly var row = ref model.Cases[place];
            if (row.IsMain && row.Court >= 0 && row.IsOverdue(now))
            {
                counts[row.Court]++;
            }
        }

        return counts;
    }

    private static (long InFen, long OutFen)[] FundsFrom(GrainModel model, int first)
    {
        var funds = new (long InFen, long OutFen)[FundsSteps];
        var sums = new long[Flows.ColumnCount];
        foreach (var windows in model.Courts.Select(grain => grain.Windows))
        {
            for (var i = windows.IndexFrom(first); i < windows.Count && windows.Windows[i] < first + FundsSteps; i++)
            {
                Array.Clear(sums);
                windows.AddTo(i, sums);
                var load = new Caseload(sums);
                ref var step = ref funds[windows.Windows[i] - first];
                step = (step.InFen + load.FundsInFen, step.OutFen + load.FundsOutFen);
            }
        }

        return funds;
    }
}
