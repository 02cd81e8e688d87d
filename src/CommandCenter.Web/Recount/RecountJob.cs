using System.Diagnostics.Metrics;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Recount;

/// <summary>Recounts every figure from the journal, again and again, and says what it found. One partition after the other, so at most one core.</summary>
internal sealed partial class RecountJob : BackgroundService
{
    // Of many new differences the first ones are named; the API has the others.
    private const int DifferencesLoggedMax = 10;

    private readonly PartitionRecount[] _partitions;
    private readonly RecountGate _gate = new();
    private readonly SemaphoreSlim _cycle = new(1);
    private readonly RecountMetrics? _metrics;
    private readonly TimeProvider _time;
    private readonly RecountOptions _options;
    private readonly ILogger<RecountJob> _logger;
    private readonly IHostApplicationLifetime? _host;
    private IReadOnlyList<RecountDifference> _alarmed = [];
    private readonly string?[] _faultsAlarmed;
    private long _cycles;

    public RecountJob(GrainHost grains, TimeProvider time, IOptions<RecountOptions> options, ILogger<RecountJob> logger, IMeterFactory? meters = null, IHostApplicationLifetime? host = null)
    {
        _time = time;
        _options = options.Value;
        _logger = logger;
        _host = host;
        _partitions = [.. Enumerable.Range(0, grains.PartitionCount).Select(partition => new PartitionRecount(grains, partition, _gate, time))];
        _faultsAlarmed = new string?[_partitions.Length];
        _metrics = meters is null ? null : new RecountMetrics(grains, () => Latest, meters);
        if (_options.IsPaused)
        {
            _gate.Close();
        }
    }

    /// <summary>What is known now. Cheap; any thread may read it.</summary>
    public RecountReport Latest => new(_gate.IsClosed, Interlocked.Read(ref _cycles), [.. _partitions.Select(static partition => partition.Latest)]);

    /// <summary>Stops reading at the next opportunity, a few thousand records away at most. Marks keep what was known.</summary>
    public void Pause()
    {
        _gate.Close();
        Log.Paused(_logger);
    }

    /// <summary>Goes on where it was.</summary>
    public void Resume()
    {
        _gate.Open();
        Log.Resumed(_logger);
    }

    /// <summary>Compares every cell of every partition once.</summary>
    public async Task<RecountReport> CycleAsync(CancellationToken cancellationToken)
    {
        await _cycle.WaitAsync(cancellationToken);
        try
        {
            var started = _time.GetTimestamp();
            foreach (var partition in _partitions)
            {
                await _gate.PassAsync(cancellationToken);
                await partition.RunAsync(_options.StartAgainAfter, cancellationToken);
            }

            _ = Interlocked.Increment(ref _cycles);
            _metrics?.CycleEnded(_time.GetElapsedTime(started));
            var latest = Latest;
            Alarm(latest);
            return latest;
        }
        finally
        {
            _ = _cycle.Release();
        }
    }

    public override void Dispose()
    {
        Release();
        _cycle.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _host.WhenListeningAsync(stoppingToken);
            while (true)
            {
                await Task.Yield(); // The host starts its services one after the other and must not wait for a whole journal.
                var started = _time.GetTimestamp();
                try
                {
                    _ = await CycleAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // The marks keep their time, which grows old. Ending the loop would keep them so for ever.
                    Log.CycleFailed(_logger, exception);
                }

                var took = _time.GetElapsedTime(started);
                await Task.Delay(took > _options.Pause ? took : _options.Pause, _time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is going down. The journals are let go of before the partitions close them.
            Release();
        }
    }

    private void Release()
    {
        foreach (var partition in _partitions)
        {
            partition.Dispose();
        }
    }

    private void Alarm(RecountReport report)
    {
        RecountDifference[] differences = [.. report.Differences];
        var isKnown = _alarmed.Select(static one => (one.Court, one.T, one.Step, one.Figure)).ToHashSet();
        RecountDifference[] fresh = [.. differences.Where(one => !isKnown.Contains((one.Court, one.T, one.Step, one.Figure)))];
        foreach (var one in fresh.Take(DifferencesLoggedMax))
        {
            Log.Differs(_logger, one.Court, one.T, one.Step, one.Figure, one.Shown, one.Counted);
        }

        if (fresh.Length > DifferencesLoggedMax)
        {
            Log.MoreDiffer(_logger, fresh.Length - DifferencesLoggedMax);
        }

        _alarmed = differences;
        foreach (var partition in report.Partitions)
        {
            // A partition that drains was told to; nobody has to act.
            if (partition.Fault is not (null or PartitionUnavailableException.Draining) && partition.Fault != _faultsAlarmed[partition.Index])
            {
                Log.CannotTell(_logger, partition.Index, partition.Fault);
            }

            _faultsAlarmed[partition.Index] = partition.Fault;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Recount differs: court {Court} at {T:O} ({Step}) {Figure} shows {Shown}, the journal says {Counted}. That figure must not be trusted; docs/recount.md says what to do")]
        public static partial void Differs(ILogger logger, string court, DateTimeOffset? t, string step, string figure, long shown, long counted);

        [LoggerMessage(LogLevel.Error, "Recount differs in {Count} more cells; GET /api/v1/recount names them")]
        public static partial void MoreDiffer(ILogger logger, int count);

        [LoggerMessage(LogLevel.Error, "The figures of partition {Partition} cannot be recounted: {Fault}")]
        public static partial void CannotTell(ILogger logger, int partition, string fault);

        [LoggerMessage(LogLevel.Error, "A cycle of the recount failed; the next one tries again")]
        public static partial void CycleFailed(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Information, "The recount is paused")]
        public static partial void Paused(ILogger logger);

        [LoggerMessage(LogLevel.Information, "The recount goes on")]
        public static partial void Resumed(ILogger logger);
    }
}
