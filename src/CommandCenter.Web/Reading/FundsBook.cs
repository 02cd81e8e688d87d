using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Funds;
using CommandCenter.Runtime.Journal;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Recount;

namespace CommandCenter.Web.Reading;

/// <summary>One movement of money, as it moved the figures.</summary>
/// <param name="Case">The case.</param>
/// <param name="Court">The court that booked it, by index.</param>
/// <param name="AtTicks">When, in UTC.</param>
/// <param name="Fen">How much; a reversal is below zero.</param>
/// <param name="Direction">In or out.</param>
/// <param name="Position">Its record in the journal of its partition.</param>
internal readonly record struct FundsMovement(CaseNumber Case, int Court, long AtTicks, long Fen, FundsDirection Direction, long Position);

/// <summary>
/// The movements of money of this year, read from the journals beside their writers. Figures hold sums and cases hold totals; which payments a
/// sum is made of, only the journal knows. Nothing of it is kept on disk: a start reads it again.
/// </summary>
/// <remarks>
/// Facts are taken ten minutes ahead of time at most, so what happened this year was recorded no earlier than its first day: the journal
/// before it need not be read. One thread reads; any thread asks.
/// </remarks>
internal sealed partial class FundsBook : BackgroundService
{
    /// <summary>The most movements kept, 56 bytes each. Beyond it the earliest days are given up, and an answer says so.</summary>
    public const int MovementsMax = 1_000_000;

    private const int RecordsPerSlice = 4_096;
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);

    // No clock is so wrong that a record of this year is stamped before the last week of the last one.
    private static readonly TimeSpan s_clockMargin = TimeSpan.FromDays(7);

    private readonly GrainHost _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<FundsBook> _logger;
    private readonly RecountPace _pace;
    private readonly int _movementsMax;
    private readonly Volume[] _volumes;
    private readonly Lock _gate = new();
    private DateOnly _from;
    private int _count;

    public FundsBook(GrainHost grains, TimeProvider time, ILogger<FundsBook> logger, int movementsMax = MovementsMax)
    {
        _grains = grains;
        _time = time;
        _logger = logger;
        _movementsMax = movementsMax;
        _pace = new RecountPace(time);
        _from = new DateOnly(ShanghaiTime.DayOf(time.GetUtcNow()).Year, 1, 1);
        _volumes = [.. Enumerable.Range(0, grains.PartitionCount).Select(_ => new Volume(new RecordCodec(grains.Courts, new TextPool())))];
    }

    /// <summary>The first day whose movements are all here.</summary>
    public DateOnly From
    {
        get
        {
            lock (_gate)
            {
                return _from;
            }
        }
    }

    /// <summary>Since when the movements of a partition are up to date; <see langword="null"/> before the journal was read once.</summary>
    public DateTimeOffset? AsOf(int partition)
    {
        lock (_gate)
        {
            return _volumes[partition].AsOf;
        }
    }

    /// <summary>Goes through the movements of some courts in a range, day by day from the last, in no order within a day.</summary>
    /// <param name="courts">The courts by index.</param>
    /// <param name="range">When.</param>
    /// <param name="direction">In or out.</param>
    /// <param name="take">Is given the partition, and the movements of a day; called under a lock, so it must be quick.</param>
    public void Visit(bool[] courts, TimeRange range, FundsDirection direction, Action<int, int, IEnumerable<FundsMovement>> take)
    {
        lock (_gate)
        {
            foreach (var day in _volumes.SelectMany(volume => volume.Days.Keys).Distinct().OrderDescending().ToArray())
            {
                for (var partition = 0; partition < _volumes.Length; partition++)
                {
                    if (_volumes[partition].Days.TryGetValue(day, out var movements))
                    {
                        take(day, partition, movements.Where(movement =>
                            movement.Direction == direction && movement.Court >= 0 && courts[movement.Court] && range.Contains(movement.AtTicks)));
                    }
                }
            }
        }
    }

    /// <summary>Reads what was committed since the last turn.</summary>
    public async Task TurnAsync(CancellationToken cancellationToken)
    {
        for (var partition = 0; partition < _volumes.Length; partition++)
        {
            try
            {
                await ReadAsync(partition, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The figures do not depend on it. Answers say as of when they are.
                Log.TurnFailed(_logger, partition, exception);
                _volumes[partition].Close();
            }
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (var volume in _volumes)
        {
            volume.Close();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pace, _time);
        try
        {
            do
            {
                await TurnAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is going down.
        }
    }

    private async Task ReadAsync(int partition, CancellationToken cancellationToken)
    {
        var volume = _volumes[partition];
        var asOf = _time.GetUtcNow();
        var committed = _grains.Statuses[partition].Position;
        var journal = volume.Journal ??= _grains.OpenJournal(partition);
        if (journal.ReadLastSkip() is var skip && (skip != volume.LastSkip || committed < volume.Position))
        {
            // Somebody passed over a record, or an older journal was put back: what was read may not count.
            Forget(volume);
            volume.LastSkip = skip;
        }

        if (volume.Position == 0)
        {
            volume.Position = FirstToRead(volume, journal, committed) - 1;
        }

        if (volume.Position < committed)
        {
            await ReadAsync(partition, volume, journal, committed, cancellationToken);
        }

        lock (_gate)
        {
            volume.AsOf = asOf;
        }
    }

    private async Task ReadAsync(int partition, Volume volume, CommittedJournal journal, long committed, CancellationToken cancellationToken)
    {
        var inSlice = 0;
        _pace.Begin(RecordsSoFar());
        foreach (var (position, record) in journal.ScanApplied(volume.Position + 1))
        {
            if (position > committed)
            {
                break;
            }

            if (volume.Codec.Read(record.Span) is GrainRecord.OfCase fact && MovementOf(fact, position) is { } movement)
            {
                Keep(volume, movement);
            }

            volume.Position = position;
            if (++inSlice == RecordsPerSlice)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                await Task.Delay(_pace.Rest(RecordsSoFar(), _grains.Statuses.Any(static status => status.QueuedCommands > 0)), _time, cancellationToken);
                _pace.Begin(RecordsSoFar());
                inSlice = 0;
            }
        }

        volume.Position = Math.Max(volume.Position, committed); // What lies between was passed over.
    }

    // The journal is in the order of recording.
    private long FirstToRead(Volume volume, CommittedJournal journal, long committed)
    {
        var since = ShanghaiTime.StartOf(From) - s_clockMargin;
        var (low, high) = (1L, committed + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var (_, record) = journal.ScanApplied(middle).FirstOrDefault();
            if (record.Length > 0 && volume.Codec.Read(record.Span).RecordedAt < since)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private FundsMovement? MovementOf(GrainRecord.OfCase fact, long position)
    {
        var (fen, direction) = fact.Event switch
        {
            CaseEvent.FundsReceived e => (e.AmountFen, FundsDirection.In),
            CaseEvent.FundsDisbursed e => (e.AmountFen, FundsDirection.Out),
            CaseEvent.FundsReversed e => (-e.AmountFen, e.Direction),
            _ => (0L, (FundsDirection?)null),
        };

        // A source's fact comes from the court that holds the case: the one whose figure it moved.
        return direction is { } way && fact.Envelope is { } envelope
            ? new FundsMovement(fact.Number, _grains.Courts.TryFind(envelope.CourtMark, out var court) ? court.Index : -1, fact.Event.At.UtcTicks, fen, way, position)
            : null;
    }

    private void Keep(Volume volume, FundsMovement movement)
    {
        var day = ShanghaiTime.DayNumberOf(new DateTimeOffset(movement.AtTicks, TimeSpan.Zero));
        lock (_gate)
        {
            if (day < ShanghaiTime.DayNumberOf(_from))
            {
                return;
            }

            if (!volume.Days.TryGetValue(day, out var movements))
            {
                volume.Days.Add(day, movements = []);
            }

            movements.Add(movement);
            if (++_count > _movementsMax)
            {
                GiveUpFirstDay();
            }
        }
    }

    private void GiveUpFirstDay()
    {
        var first = _volumes.SelectMany(volume => volume.Days.Keys).Min();
        foreach (var volume in _volumes)
        {
            if (volume.Days.Remove(first, out var movements))
            {
                _count -= movements.Count;
            }
        }

        _from = new DateOnly(1970, 1, 1).AddDays(first + 1);
    }

    private void Forget(Volume volume)
    {
        lock (_gate)
        {
            _count -= volume.Days.Values.Sum(movements => movements.Count);
            volume.Days.Clear();
            volume.Position = 0;
            volume.AsOf = null;
        }
    }

    private long RecordsSoFar() => _grains.Statuses.Sum(static status => status.Position);

    /// <summary>What is known of one partition.</summary>
    private sealed class Volume(RecordCodec codec)
    {
        public RecordCodec Codec { get; } = codec;

        public Dictionary<int, List<FundsMovement>> Days { get; } = [];

        public CommittedJournal? Journal { get; set; }

        public long LastSkip { get; set; }

        public long Position { get; set; }

        public DateTimeOffset? AsOf { get; set; }

        public void Close()
        {
            Journal?.Dispose();
            Journal = null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The movements of money of partition {Partition} could not be read; it is tried again. No figure depends on it")]
        public static partial void TurnFailed(ILogger logger, int partition, Exception exception);
    }
}
