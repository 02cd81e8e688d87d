using CommandCenter.Domain.Officers;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Places;

/// <summary>What the wall asks about officers.</summary>
internal interface IOfficerSource
{
    /// <summary>The latest board. Cheap, lock-free and safe from any thread.</summary>
    OfficerBoard Read();
}

/// <summary>Asks every partition for its officers once a second and swaps one immutable board, however many positions come in.</summary>
internal sealed partial class OfficerWatch : BackgroundService, IOfficerSource
{
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);

    private readonly GrainHost _grains;
    private readonly PlaceMap _map;
    private readonly TimeProvider _time;
    private readonly ILogger<OfficerWatch> _logger;
    private readonly (string CourtMark, OfficerState State)[][] _parts;
    private volatile OfficerBoard _latest = OfficerBoard.Empty;

    public OfficerWatch(GrainHost grains, PlaceMap map, TimeProvider time, ILogger<OfficerWatch> logger)
    {
        _grains = grains;
        _map = map;
        _time = time;
        _logger = logger;
        _parts = [.. Enumerable.Range(0, grains.PartitionCount).Select(_ => Array.Empty<(string, OfficerState)>())];
    }

    public OfficerBoard Read() => _latest;

    /// <summary>Asks all partitions now. One that does not answer keeps its officers as they were, so they grow stalled and lost.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, _parts.Length).Select(async partition =>
        {
            try
            {
                // States are immutable: the partition only copies references, and all else happens on our thread.
                _parts[partition] = await _grains.AskAsync(partition, static model => model.OfficersByCourt.ToArray(), cancellationToken);
            }
            catch (PartitionUnavailableException exception)
            {
                Log.PartitionSilent(_logger, partition, exception.Code);
            }
        }));
        var board = OfficerBoard.Of(_parts.SelectMany(static part => part), _map, _time.GetUtcNow());
        if (!board.Equals(_latest))
        {
            _latest = board;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pace, _time);
        try
        {
            do
            {
                try
                {
                    await RefreshAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // The board stays as it was; the page itself sees how old each report is.
                    Log.RefreshFailed(_logger, exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is going down.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Partition {Partition} gives no officers now: {Code}")]
        public static partial void PartitionSilent(ILogger logger, int partition, string code);

        [LoggerMessage(LogLevel.Error, "The officers could not be refreshed; the wall shows the last ones with their age")]
        public static partial void RefreshFailed(ILogger logger, Exception exception);
    }
}
