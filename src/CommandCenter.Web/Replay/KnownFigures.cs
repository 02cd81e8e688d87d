using CommandCenter.Domain;
using CommandCenter.Domain.Indicators;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Series;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Replay;

/// <summary>What is known now of a moment of the past.</summary>
/// <param name="At">The moment; a boundary of five minutes.</param>
/// <param name="ReadAt">When it was counted.</param>
/// <param name="Figures">By the time of the events, everything that has arrived since included. Overdue cannot be counted afterwards.</param>
/// <param name="UnknownCourts">Courts that could not be asked.</param>
internal sealed record KnownPicture(DateTimeOffset At, DateTimeOffset ReadAt, CityFigures Figures, IReadOnlyList<string> UnknownCourts);

/// <summary>
/// Counts the past again from the flows of the court grains: the same sums as the wall's, cut off at a boundary of five minutes. The grains hold
/// every window of every year, so nothing of this waits for the time series or depends on how long those are kept.
/// </summary>
internal sealed class KnownFigures(GrainHost grains, TimeProvider time)
{
    private const int FundsSteps = 288;
    private const double CoreTarget = 0.9;
    private const double CoreTargetThreeYears = 0.8;
    private const int KeptMax = 256;
    private static readonly TimeSpan s_keptFor = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, (DateTimeOffset At, Task<KnownPicture> Picture)> _kept = [];

    /// <summary>The last boundary that is not after a moment.</summary>
    public static DateTimeOffset BoundaryOf(DateTimeOffset at) => ShanghaiTime.StartOfWindow(ShanghaiTime.WindowOf(at));

    /// <summary>What is known of a boundary. Many who ask for the same one within two seconds cost the partitions one question.</summary>
    public Task<KnownPicture> ReadAsync(DateTimeOffset boundary, CancellationToken cancellationToken)
    {
        var window = ShanghaiTime.WindowOf(boundary);
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_kept.TryGetValue(window, out var kept) && now - kept.At < s_keptFor && !kept.Picture.IsFaulted)
            {
                return kept.Picture.WaitAsync(cancellationToken);
            }

            if (_kept.Count >= KeptMax)
            {
                foreach (var (old, _) in _kept.Where(one => now - one.Value.At >= s_keptFor).ToArray())
                {
                    _ = _kept.Remove(old);
                }
            }

            // Not with the caller's token: others may wait for the same answer.
            var picture = CountAsync(window);
            if (_kept.Count < KeptMax || _kept.ContainsKey(window))
            {
                _kept[window] = (now, picture);
            }

            return picture.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The first moment of which anything is known; <see langword="null"/> while nothing is.</summary>
    public async Task<DateTimeOffset?> FirstAsync(CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(Enumerable.Range(0, grains.PartitionCount).Select(partition => AskAsync(
            partition,
            static model => model.Courts.Where(static court => court.Windows.Count > 0).Select(static court => (int?)court.Windows.Windows[0]).Min(),
            cancellationToken)));
        return parts.Min() is { } window ? ShanghaiTime.StartOfWindow(window) : null;
    }

    private async Task<KnownPicture> CountAsync(int window)
    {
        var parts = (await Task.WhenAll(Enumerable.Range(0, grains.PartitionCount).Select(partition => AskAsync<Part?>(
            partition, model => Part.Read(model, window), CancellationToken.None)))).OfType<Part>().ToArray();
        var at = ShanghaiTime.StartOfWindow(window);
        var funds = new FundsStep[FundsSteps];
        for (var i = 0; i < FundsSteps; i++)
        {
            funds[i] = new FundsStep(
                ShanghaiTime.StartOfWindow(window - FundsSteps + i), parts.Sum(part => part.Funds[i].InFen), parts.Sum(part => part.Funds[i].OutFen));
        }

        var courts = parts.SelectMany(part => part.Courts).OrderBy(court => court.Index).Select(court => court.Figures).ToArray();
        var known = courts.Select(court => court.Mark).ToHashSet(StringComparer.Ordinal);
        var unknown = grains.Courts.Courts.Select(court => court.Mark).Where(mark => !known.Contains(mark)).ToArray();
        var figures = new CityFigures(
            0, at, courts, funds, unknown.Length == 0 ? Indicators(parts) : [], [], new ProofMark(ProofMark.Unknown, null, null), [], Demonstration: false);
        return new KnownPicture(at, time.GetUtcNow(), figures, unknown);
    }

    private static IndicatorFigure[] Indicators(Part[] parts)
    {
        var (answered, petitions) = (parts.Sum(part => part.PetitionsAnswered), parts.Sum(part => part.PetitionsReceived));
        var (closed, handled) = (parts.Sum(part => part.ClosedThreeYears), parts.Sum(part => part.HandledThreeYears));
        return
        [
            new("core1", null, CoreTarget) { HasSource = false },
            new("core2", null, CoreTarget) { HasSource = false },
            new("core3", petitions == 0 ? null : (double)answered / petitions, CoreTarget),
            new("core4", handled == 0 ? null : (double)closed / handled, CoreTargetThreeYears),
        ];
    }

    private async Task<T?> AskAsync<T>(int partition, Func<GrainModel, T> question, CancellationToken cancellationToken)
    {
        try
        {
            return await grains.AskAsync(partition, question, cancellationToken);
        }
        catch (PartitionUnavailableException)
        {
            return default; // It has its own alarm; its courts are unknown here.
        }
    }

    /// <summary>What one partition knows; read on its thread.</summary>
    private sealed record Part(
        IReadOnlyList<(int Index, CourtFigures Figures)> Courts, (long InFen, long OutFen)[] Funds, long PetitionsReceived, long PetitionsAnswered,
        long HandledThreeYears, long ClosedThreeYears)
    {
        public static Part Read(GrainModel model, int window)
        {
            // The day of the last window that is counted: at midnight that is the day which has just ended.
            var day = KpiCalendar.DayOf(window - 1);
            var date = new DateOnly(1970, 1, 1).AddDays(day);
            var (month, year) = (ShanghaiTime.DayNumberOf(new DateOnly(date.Year, date.Month, 1)), ShanghaiTime.DayNumberOf(new DateOnly(date.Year, 1, 1)));
            var threeYears = ShanghaiTime.DayNumberOf(date.AddYears(-3)) + 1;
            var courts = new List<(int, CourtFigures)>();
            var funds = new (long InFen, long OutFen)[FundsSteps];
            long received = 0, answered = 0, handled = 0, closed = 0;
            foreach (var grain in model.Courts)
            {
                var today = new long[Flows.ColumnCount];
                grain.Windows.AddTo(KpiCalendar.FirstWindowOf(day), window, today);
                var sinceMonth = Days(grain, month, day, today);
                var sinceYear = Days(grain, year, month, sinceMonth);
                var all = Days(grain, int.MinValue, year, sinceYear);
                var three = new Caseload(Days(grain, threeYears, day, today));
                var stock = new Caseload(all);
                received += three.PetitionsReceived;
                answered += three.PetitionsAnswered;
                closed += three.Closed;
                handled += stock.PendingGrowth + three.Closed;
                var definition = grain.Court.Definition;
                courts.Add((grain.Court.Index, new CourtFigures(
                    definition.Mark, definition.NameZh, definition.NameEn, definition.Level.ToString().ToLowerInvariant(),
                    Period(today), Period(sinceMonth), Period(sinceYear), stock.PendingGrowth, stock.TerminalGrowth, Overdue: null)));
                AddFunds(grain, window, funds);
            }

            return new Part(courts, funds, received, answered, handled, closed);
        }

        private static long[] Days(CourtGrain grain, int from, int to, long[] and)
        {
            var sums = (long[])and.Clone();
            grain.Days.AddTo(from, to, sums);
            return sums;
        }

        private static PeriodFigures Period(long[] columns)
        {
            var load = new Caseload(columns);
            return new PeriodFigures(load.Received, load.Closed, load.FundsInFen, load.FundsOutFen);
        }

        private static void AddFunds(CourtGrain grain, int window, (long InFen, long OutFen)[] funds)
        {
            var first = window - FundsSteps;
            var sums = new long[Flows.ColumnCount];
            for (var i = grain.Windows.IndexFrom(first); i < grain.Windows.Count && grain.Windows.Windows[i] < window; i++)
            {
                Array.Clear(sums);
                grain.Windows.AddTo(i, sums);
                var load = new Caseload(sums);
                ref var step = ref funds[grain.Windows.Windows[i] - first];
                step = (step.InFen + load.FundsInFen, step.OutFen + load.FundsOutFen);
            }
        }
    }
}
