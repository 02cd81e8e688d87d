using System.Globalization;
using CommandCenter.Domain;
using CommandCenter.Runtime.Partitions;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Watch;

namespace CommandCenter.Web.Series;

/// <summary>
/// Copies what changed from the court grains into the embedded store, day by day, courts, areas and the city. The grains are the truth: the
/// store keeps the journal positions that it was last copied at, and after any other end than a clean one everything is compared again.
/// </summary>
/// <remarks>
/// A late event changes every stock after it, so a change means: copy from its window to the end. The store leaves alone what it holds already.
/// What reaches back before the hot days is collected, so that copying it takes a tenth of the time at most however many late events come.
/// </remarks>
internal sealed partial class SeriesFeeder : BackgroundService
{
    private const string PositionsNote = "positions";
    private const int DeepRest = 10;

    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(5);

    private readonly GrainHost _grains;
    private readonly SeriesStore _store;
    private readonly IFigureSource _figures;
    private readonly CaseWatch _watch;
    private readonly TimeProvider _time;
    private readonly ILogger<SeriesFeeder> _logger;
    private readonly IHostApplicationLifetime? _host;
    private readonly KpiScopes _scopes;
    private readonly PartitionChanges?[] _seen;
    private readonly long[] _positions;
    private readonly long?[] _keptPositions;
    private readonly int?[] _owedFrom;
    private DateTimeOffset _nextDeepAt = DateTimeOffset.MinValue;
    private bool _isStarted;
    private volatile FeederState _state = new(null, null, IsCatchingUp: true);

    public SeriesFeeder(
        GrainHost grains, SeriesStore store, IFigureSource figures, CaseWatch watch, TimeProvider time, ILogger<SeriesFeeder> logger,
        IHostApplicationLifetime? host = null)
    {
        _grains = grains;
        _store = store;
        _figures = figures;
        _watch = watch;
        _time = time;
        _logger = logger;
        _host = host;
        _scopes = new KpiScopes(grains.Courts);
        _seen = new PartitionChanges?[grains.PartitionCount];
        _positions = new long[grains.PartitionCount];
        _keptPositions = new long?[grains.PartitionCount];
        _owedFrom = new int?[grains.PartitionCount];
    }

    /// <summary>How far the copy is.</summary>
    public FeederState State => _state;

    /// <summary>Copies what changed since the last turn.</summary>
    /// <returns>How many points were new or changed.</returns>
    public async Task<int> TurnAsync(CancellationToken cancellationToken)
    {
        if (!_isStarted)
        {
            Start();
            _isStarted = true;
        }

        var now = _time.GetUtcNow();
        var isServed = new bool[_seen.Length];
        await Task.WhenAll(Enumerable.Range(0, _seen.Length).Select(async partition => isServed[partition] = await LookAsync(partition, cancellationToken)));

        CheckTruth(isServed);
        _store.Maintain();
        var hotWindow = KpiCalendar.FirstWindowOf(_store.HotFrom);
        var owedFrom = _owedFrom.Where((_, partition) => isServed[partition]).Min() ?? int.MaxValue;
        var isDeep = owedFrom < hotWindow;
        var from = isDeep && now < _nextDeepAt ? hotWindow : owedFrom;
        var started = _time.GetTimestamp();
        var changed = await CopyAsync(from, now, isServed, cancellationToken);
        if (from <= owedFrom)
        {
            Settle(isServed);
            var rest = DeepRest * _time.GetElapsedTime(started);
            _nextDeepAt = isDeep ? _time.GetUtcNow() + (rest > s_pace ? rest : s_pace) : _nextDeepAt;
        }

        _state = new FeederState(now, LastFault: null, IsCatchingUp: _owedFrom.Any(static owed => owed is not null));
        return changed;
    }

    /// <summary>Ends the loop and copies what came last, so that the next start finds nothing to compare.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(s_pace);
            _ = await TurnAsync(limit.Token);
        }
        catch (Exception exception)
        {
            Log.TurnFailed(_logger, exception); // The next start compares.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pace, _time);
        try
        {
            await _host.WhenListeningAsync(stoppingToken);
            do
            {
                try
                {
                    _ = await TurnAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // What is owed stays owed. The figures on every page come from the grains and are not touched by this.
                    _state = _state with { LastFault = exception.Message };
                    Log.TurnFailed(_logger, exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is going down.
        }
    }

    private void Start()
    {
        if (_store.Discarded is { } reason)
        {
            Log.Discarded(_logger, reason);
        }

        var kept = (_store.ReadNote(PositionsNote) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < _keptPositions.Length && kept.Length == _keptPositions.Length; i++)
        {
            _keptPositions[i] = long.Parse(kept[i], CultureInfo.InvariantCulture);
        }
    }

    // A store that is ahead of its journal belongs to another past: a data directory that was set back to an older copy.
    private void CheckTruth(bool[] isServed)
    {
        if (!_positions.Where((position, i) => isServed[i] && position < _keptPositions[i]).Any())
        {
            return;
        }

        Log.Discarded(_logger, "it is ahead of the journal");
        _store.Clear();
        Array.Clear(_keptPositions);
        Array.Fill(_owedFrom, int.MinValue);
    }

    private async Task<bool> LookAsync(int partition, CancellationToken cancellationToken)
    {
        try
        {
            var seen = _seen[partition];
            var (changes, position) = await _grains.AskAsync(
                partition, model => (PartitionChanges.Read(model, _grains, seen), model.Position), cancellationToken);
            _seen[partition] = changes;
            _positions[partition] = position;
            if (seen is not null || position != _keptPositions[partition])
            {
                _owedFrom[partition] = Earliest(_owedFrom[partition], changes.TouchedFrom);
            }

            return true;
        }
        catch (PartitionUnavailableException)
        {
            return false; // It has its own alarm. Once it is back its courts are new objects, and all of them are compared.
        }
    }

    private static int? Earliest(int? a, int? b) => a is null || b is null ? a ?? b : Math.Min(a.Value, b.Value);

    private async Task<int> CopyAsync(int from, DateTimeOffset now, bool[] isServed, CancellationToken cancellationToken)
    {
        var window = ShanghaiTime.WindowOf(now);
        var today = KpiCalendar.DayOf(window);
        var partitions = Enumerable.Range(0, isServed.Length).Where(partition => isServed[partition]).ToArray();
        var samples = Samples();
        var changed = 0;
        foreach (var day in await DaysAsync(partitions, from, today, cancellationToken))
        {
            // A sealed day is given whole: its points may not be kept any more, and then its hours are counted from what is given.
            var first = day >= _store.HotFrom ? Math.Max(from, KpiCalendar.FirstWindowOf(day)) : KpiCalendar.FirstWindowOf(day);
            var days = new CourtDay?[_grains.Courts.Courts.Count];
            foreach (var courts in await Task.WhenAll(partitions.Select(
                partition => _grains.AskAsync(partition, model => CourtDay.Read(model, first, day), cancellationToken))))
            {
                foreach (var court in courts)
                {
                    days[court.Court] = court;
                }
            }

            changed += _store.Write(day, _scopes.Rows(days, day == today ? samples : [], window));
        }

        return changed;
    }

    // The newest day first: charts look at today while the years are still being compared.
    private async Task<IEnumerable<int>> DaysAsync(int[] partitions, int from, int today, CancellationToken cancellationToken)
    {
        var days = new SortedSet<int> { today };
        if (from != int.MaxValue)
        {
            var first = from == int.MinValue ? int.MinValue : KpiCalendar.DayOf(from);
            foreach (var part in await Task.WhenAll(partitions.Select(partition => _grains.AskAsync(
                partition,
                model => model.Courts.SelectMany(court => court.Days.Windows.Skip(court.Days.IndexFrom(first))).Distinct().ToArray(),
                cancellationToken))))
            {
                days.UnionWith(part);
            }
        }

        return days.Reverse();
    }

    private KpiSample[] Samples()
    {
        var overdue = _figures.Read().Courts.ToDictionary(static court => court.Mark, static court => court.Overdue, StringComparer.Ordinal);
        return [.. _grains.Courts.Courts.Select(court => new KpiSample(
            overdue.GetValueOrDefault(court.Mark),
            _watch.ControlsOf(court.Index)?.WithinDays(ControlsState.SeriesDays),
            _seen[_grains.Map.PartitionOf(court)]?.OnDuty.TryGetValue(court.Index, out var count) == true ? count : null))];
    }

    private void Settle(bool[] isServed)
    {
        for (var i = 0; i < isServed.Length; i++)
        {
            if (isServed[i])
            {
                _owedFrom[i] = null;
            }
        }

        if (_owedFrom.All(static owed => owed is null) && isServed.All(static served => served))
        {
            var positions = string.Join(' ', _positions.Select(static position => position.ToString(CultureInfo.InvariantCulture)));
            if (_store.ReadNote(PositionsNote) != positions)
            {
                _store.WriteNote(PositionsNote, positions);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The time series could not be copied; it is tried again. Figures and charts of the wall do not depend on it")]
        public static partial void TurnFailed(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Warning, "The time series was thrown away because {Reason}; it is built again from the journal. Samples of the past (overdue, officers on duty) are gone")]
        public static partial void Discarded(ILogger logger, string reason);
    }
}

/// <summary>How far the copy of the figures into the time series is.</summary>
/// <param name="AsOf">When the last turn began that ended well.</param>
/// <param name="LastFault">What the last turn that failed said.</param>
/// <param name="IsCatchingUp">Something of the past is not copied yet.</param>
internal sealed record FeederState(DateTimeOffset? AsOf, string? LastFault, bool IsCatchingUp);
