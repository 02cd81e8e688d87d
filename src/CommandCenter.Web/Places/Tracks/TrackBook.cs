using CommandCenter.Domain;
using CommandCenter.Domain.Officers;
using CommandCenter.Runtime.Journal;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Recount;

namespace CommandCenter.Web.Places.Tracks;

/// <summary>
/// Where officers were today and yesterday, read from the journals beside their writers: grains hold only where each is now. Nothing of it is kept on
/// disk: a start reads it again.
/// </summary>
/// <remarks>
/// Facts are taken ten minutes ahead of time at most, so what happened since yesterday was recorded no earlier: the journal before it need not be read.
/// One thread reads; any thread asks.
/// </remarks>
internal sealed partial class TrackBook : BackgroundService
{
    /// <summary>The most points kept, 48 bytes each. Beyond it the earliest hours are given up, and an answer says so.</summary>
    public const int PointsMax = 2_000_000;

    private const int RecordsPerSlice = 4_096;
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);

    // Ten minutes that facts may be ahead, and a clock that was set.
    private static readonly TimeSpan s_clockMargin = TimeSpan.FromHours(1);

    private readonly GrainHost _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<TrackBook> _logger;
    private readonly RecountPace _pace;
    private readonly int _pointsMax;
    private readonly Volume[] _volumes;
    private readonly Lock _gate = new();
    private DateTimeOffset _from;

    public TrackBook(GrainHost grains, TimeProvider time, ILogger<TrackBook> logger, int pointsMax = PointsMax)
    {
        _grains = grains;
        _time = time;
        _logger = logger;
        _pointsMax = pointsMax;
        _pace = new RecountPace(time);
        _from = Yesterday();
        _volumes = [.. Enumerable.Range(0, grains.PartitionCount).Select(_ => new Volume(new RecordCodec(grains.Courts, new TextPool())))];
    }

    /// <summary>The points of an officer in a range, from when on all are here, and since when they are up to date (<see langword="null"/> before the journal was read once).</summary>
    public (IReadOnlyList<TrackPoint> Points, DateTimeOffset From, DateTimeOffset? AsOf) Read(int partition, string court, string officer, DateTimeOffset from, DateTimeOffset until)
    {
        lock (_gate)
        {
            var volume = _volumes[partition];
            return (volume.Shelf.Read(court, officer, from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds()), _from, volume.AsOf);
        }
    }

    /// <summary>Reads what was committed since the last turn.</summary>
    public async Task TurnAsync(CancellationToken cancellationToken)
    {
        if (Yesterday() is var day && day > _from)
        {
            ForgetBefore(day);
        }

        for (var partition = 0; partition < _volumes.Length; partition++)
        {
            try
            {
                await ReadAsync(partition, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Nothing depends on it but tracks. Answers say as of when they are.
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
            lock (_gate)
            {
                volume.Shelf.Clear();
                volume.AsOf = null;
            }

            (volume.Position, volume.LastSkip) = (0, skip);
        }

        if (volume.Position == 0)
        {
            volume.Position = FirstToRead(volume, journal, committed) - 1;
        }

        if (volume.Position < committed)
        {
            await ReadAsync(volume, journal, committed, cancellationToken);
        }

        lock (_gate)
        {
            volume.AsOf = asOf;
        }
    }

    private async Task ReadAsync(Volume volume, CommittedJournal journal, long committed, CancellationToken cancellationToken)
    {
        var inSlice = 0;
        _pace.Begin(RecordsSoFar());
        foreach (var (position, record) in journal.ScanApplied(volume.Position + 1))
        {
            if (position > committed)
            {
                break;
            }

            if (volume.Codec.Read(record.Span) is GrainRecord.OfOfficer { Event: OfficerEvent.PositionReported reported } fact)
            {
                Keep(volume, fact, reported);
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
        var since = _from - s_clockMargin;
        var (low, high) = (1L, committed + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var (_, record) = journal.ScanApplied(middle).FirstOrDefault();
            (low, high) = record.Length > 0 && volume.Codec.Read(record.Span).RecordedAt < since ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Keep(Volume volume, GrainRecord.OfOfficer fact, OfficerEvent.PositionReported reported)
    {
        if (reported.At < _from)
        {
            return;
        }

        var position = reported.Position;
        var point = new TrackPoint(
            reported.At.ToUnixTimeMilliseconds(), fact.RecordedAt.ToUnixTimeMilliseconds(), position.Latitude, position.Longitude,
            (float)(position.AccuracyM ?? double.NaN), (float)(position.HeadingDeg ?? double.NaN), (float)(position.SpeedMps ?? double.NaN), position.Source == Datum.Gcj02);
        lock (_gate)
        {
            volume.Shelf.Add(fact.Envelope.CourtMark, fact.OfficerId, point);
        }

        if (_volumes.Sum(static one => one.Shelf.Count) > _pointsMax)
        {
            // A whole hour of everybody: half a track would look like a whole one.
            var first = DateTimeOffset.FromUnixTimeMilliseconds(_volumes.Min(static one => one.Shelf.FirstMs ?? long.MaxValue));
            ForgetBefore(new DateTimeOffset(first.Year, first.Month, first.Day, first.Hour, 0, 0, TimeSpan.Zero).AddHours(1));
        }
    }

    private void ForgetBefore(DateTimeOffset from)
    {
        lock (_gate)
        {
            _from = from;
            foreach (var volume in _volumes)
            {
                volume.Shelf.ForgetBefore(from.ToUnixTimeMilliseconds());
            }
        }
    }

    private DateTimeOffset Yesterday() => ShanghaiTime.StartOf(ShanghaiTime.DayOf(_time.GetUtcNow()).AddDays(-1)).ToUniversalTime();

    private long RecordsSoFar() => _grains.Statuses.Sum(static status => status.Position);

    /// <summary>What is known of one partition. Its shelf and time are read under the gate.</summary>
    private sealed class Volume(RecordCodec codec)
    {
        public RecordCodec Codec { get; } = codec;

        public TrackShelf Shelf { get; } = new();

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
        [LoggerMessage(LogLevel.Warning, "The positions of partition {Partition} could not be read; it is tried again. Only tracks depend on it")]
        public static partial void TurnFailed(ILogger logger, int partition, Exception exception);
    }
}
