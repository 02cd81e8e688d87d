using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Web.Wall.Directing;

/// <summary>Keeps the facts of everything that is pinned, once a second: a wall asks no grain while it repaints.</summary>
internal sealed partial class PinWatch(
    WallDirector director, IScenePlans plans, IFigureSource figures, IServiceProvider services, TimeProvider time, ILogger<PinWatch> logger) : BackgroundService
{
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);

    private readonly IPinDirectory? _directory = services.GetService<IPinDirectory>();
    private PinnedState _latest = new([]);

    /// <summary>The latest facts. Equal objects mean equal facts.</summary>
    public PinnedState Latest => Volatile.Read(ref _latest);

    /// <summary>Reads everything once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var courts = figures.Read().Courts;
        var walls = new List<PinnedWall>();
        foreach (var wallId in plans.WallIds)
        {
            if (director.TryRead(wallId, out var directed))
            {
                walls.Add(new PinnedWall(wallId, await Task.WhenAll(directed.State.Pins.Select(pin => CardOfAsync(pin, courts, cancellationToken)))));
            }
        }

        var latest = new PinnedState(walls);
        if (!latest.Equals(_latest))
        {
            Volatile.Write(ref _latest, latest);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pace, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.LookFailed(logger, exception); // The walls keep the facts that they have; the next look may do better.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<PinnedCard> CardOfAsync(Pin pin, IReadOnlyList<CourtFigures> courts, CancellationToken cancellationToken)
    {
        if (pin.Kind == PinKind.Court)
        {
            return new PinnedCard(pin, courts.FirstOrDefault(court => court.Mark == pin.Key) is { } court ? new PinnedFacts.OfCourt(court) : null);
        }

        try
        {
            return new PinnedCard(pin, _directory is null ? null : await _directory.ReadAsync(pin, cancellationToken));
        }
        catch (PartitionUnavailableException)
        {
            return new PinnedCard(pin, null); // Its court is stopped. The card says that nothing can be told now.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The facts of what is pinned could not be read")]
        public static partial void LookFailed(ILogger logger, Exception exception);
    }
}

/// <summary>All that is pinned, by wall; equal while nothing changed.</summary>
internal sealed record PinnedState(IReadOnlyList<PinnedWall> Walls)
{
    public bool Equals(PinnedState? other) => other is not null && Walls.SequenceEqual(other.Walls);

    public override int GetHashCode() => Walls.Count;
}

/// <summary>What is pinned to one wall.</summary>
internal sealed record PinnedWall(string WallId, IReadOnlyList<PinnedCard> Cards)
{
    public bool Equals(PinnedWall? other) => other is not null && WallId == other.WallId && Cards.SequenceEqual(other.Cards);

    public override int GetHashCode() => WallId.GetHashCode(StringComparison.Ordinal);
}

/// <summary>One thing pinned; without facts nothing can be told of it now.</summary>
internal sealed record PinnedCard(Pin Pin, PinnedFacts? Facts);
