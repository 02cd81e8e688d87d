using CommandCenter.Runtime.Journal;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Recount;

namespace CommandCenter.Web.Grains;

/// <summary>Keeps something of the journals in memory that grains do not hold. Called by one thread.</summary>
internal interface IJournalKeeper
{
    /// <summary>What was recorded before need not be read.</summary>
    DateTimeOffset ReadFrom { get; }

    /// <summary>Takes a record, in the order of its journal.</summary>
    void Take(int partition, long position, GrainRecord record);

    /// <summary>What was taken of a partition may not count any more; it comes again from the beginning.</summary>
    void Forget(int partition);

    /// <summary>All that was committed in a partition by then has been taken.</summary>
    void Reach(int partition, DateTimeOffset asOf);
}

/// <summary>Reads what is committed to the journals beside their writers, once for all keepers, in memory only: a start reads it again.</summary>
internal sealed partial class JournalFollower : BackgroundService
{
    private const int RecordsPerSlice = 4_096;
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);

    private readonly GrainHost _grains;
    private readonly IJournalKeeper[] _keepers;
    private readonly TimeProvider _time;
    private readonly ILogger<JournalFollower> _logger;
    private readonly IHostApplicationLifetime? _host;
    private readonly RecountPace _pace;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Volume[] _volumes;

    public JournalFollower(GrainHost grains, IEnumerable<IJournalKeeper> keepers, TimeProvider time, ILogger<JournalFollower> logger, IHostApplicationLifetime? host = null)
    {
        _grains = grains;
        _keepers = [.. keepers];
        _time = time;
        _logger = logger;
        _host = host;
        _pace = new RecountPace(time);
        _volumes = [.. Enumerable.Range(0, grains.PartitionCount).Select(_ => new Volume(new RecordCodec(grains.Courts, new TextPool())))];
    }

    /// <summary>Reads what was committed since the last turn.</summary>
    public async Task TurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            for (var partition = 0; partition < _volumes.Length; partition++)
            {
                await FollowAsync(partition, cancellationToken);
            }
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
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
            await _host.WhenListeningAsync(stoppingToken);
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

    private async Task FollowAsync(int partition, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(partition, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // No figure depends on it. Answers say as of when they are.
            Log.TurnFailed(_logger, partition, exception);
            _volumes[partition].Close();
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
            // Somebody passed over a record, or an older journal was put back.
            Array.ForEach(_keepers, keeper => keeper.Forget(partition));
            (volume.Position, volume.LastSkip) = (0, skip);
        }

        if (volume.Position == 0)
        {
            volume.Position = FirstToRead(volume.Codec, journal, committed) - 1;
        }

        if (volume.Position < committed)
        {
            await ReadAsync(partition, volume, journal, committed, cancellationToken);
        }

        Array.ForEach(_keepers, keeper => keeper.Reach(partition, asOf));
    }

    private async Task ReadAsync(int partition, Volume volume, CommittedJournal journal, long committed, CancellationToken cancellationToken)
    {
        var inSlice = 0;
        _pace.Begin(RecordsSoFar());
        foreach (var (position, bytes) in journal.ScanApplied(volume.Position + 1))
        {
            if (position > committed)
            {
                break;
            }

            var record = volume.Codec.Read(bytes.Span);
            foreach (var keeper in _keepers)
            {
                keeper.Take(partition, position, record);
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
    private long FirstToRead(RecordCodec codec, CommittedJournal journal, long committed)
    {
        var since = _keepers.Min(static keeper => keeper.ReadFrom);
        var (low, high) = (1L, committed + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = RecordedAt(codec, journal, middle) < since ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static DateTimeOffset? RecordedAt(RecordCodec codec, CommittedJournal journal, long position)
    {
        foreach (var (_, bytes) in journal.ScanApplied(position))
        {
            return codec.Read(bytes.Span).RecordedAt;
        }

        return null;
    }

    private long RecordsSoFar() => _grains.Statuses.Sum(static status => status.Position);

    /// <summary>How far one journal has been read.</summary>
    private sealed class Volume(RecordCodec codec)
    {
        public RecordCodec Codec { get; } = codec;

        public CommittedJournal? Journal { get; set; }

        public long LastSkip { get; set; }

        public long Position { get; set; }

        public void Close()
        {
            Journal?.Dispose();
            Journal = null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The journal of partition {Partition} could not be followed; it is tried again. Lists of payments and tracks depend on it, no figure does")]
        public static partial void TurnFailed(ILogger logger, int partition, Exception exception);
    }
}
