using CommandCenter.Web.Wall;
using CommandCenter.Web.Wall.Directing;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Replay;

/// <summary>
/// Looks once a second at the figures and the scenes that the walls show, every ten seconds at all else on them, and records it; writes every few seconds.
/// Neither waits for the other.
/// </summary>
internal sealed partial class ShownRecorder(
    IFigureSource figures, WallFeed feed, WallCatalog catalog, ShownHistory history, IOptions<ReplayOptions> options, TimeProvider time, ILogger<ShownRecorder> logger) : BackgroundService
{
    private const int LooksPerPart = 10;

    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);

    private int _looks;
    private IReadOnlyList<ShownPart> _parts = [];

    /// <summary>Writes what came last, so that the gap of a restart is as short as the restart.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Take();
        _ = history.Flush();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(LoopAsync(s_pace, Take, stoppingToken), LoopAsync(options.Value.CommitInterval, () => history.Flush(), stoppingToken));

    private void Take()
    {
        _parts = _looks++ % LooksPerPart == 0 ? Parts() : [.. _parts.Where(static part => part.Name != ScenePart.PartName), .. Shown(static name => name == ScenePart.PartName)];
        history.Take(figures.Read(), time.GetUtcNow(), _parts);
    }

    // Only what some wall shows, and not what follows from the figures.
    private ShownPart[] Parts()
    {
        var names = catalog.Walls.SelectMany(static wall => wall.Parts).ToHashSet(StringComparer.Ordinal);
        return [.. Shown(names.Contains)];
    }

    private IEnumerable<ShownPart> Shown(Func<string, bool> isWanted) =>
        feed.Latest.Parts.Where(part => part.Source is not FigurePart && isWanted(part.Name)).Select(ShownOf).OfType<ShownPart>();

    // What was missing on the wall is missing in its past, too.
    private static ShownPart? ShownOf(WallPart part) =>
        part.Utf8JsonIn(WallLanguage.Zh) is { } chinese && part.Utf8JsonIn(WallLanguage.En) is { } english ? new ShownPart(part.Name, chinese, english) : null;

    private async Task LoopAsync(TimeSpan pace, Action act, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    act();
                }
                catch (Exception exception)
                {
                    // The walls know nothing of this. What is not recorded is a gap, and a gap is shown.
                    Log.Failed(logger, exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is going down.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What the walls show could not be recorded")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
