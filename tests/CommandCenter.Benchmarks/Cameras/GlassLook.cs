using CommandCenter.Benchmarks.Reporting;

namespace CommandCenter.Benchmarks.Cameras;

/// <summary>What was seen of all tiles in one round.</summary>
/// <param name="ByTileMs">Of each tile, from the clock in a picture to its showing.</param>
/// <param name="Wrong">Pictures whose clock could not be read.</param>
/// <param name="PicturesPerSecond">Of each tile.</param>
/// <param name="FullTiles">How many tiles the page gave all pictures in the end; the others got key pictures.</param>
/// <param name="SaidMs">The latency that the middle tile says itself.</param>
/// <param name="BrowserCorePercent">Processor time of the whole browser.</param>
/// <param name="GatewayCorePercent">Processor time of whoever reads the cameras and sends to the browser.</param>
/// <param name="Load">Of the machine.</param>
internal sealed record GlassLook(IReadOnlyList<IReadOnlyList<double>> ByTileMs, int Wrong, Quantiles PicturesPerSecond, int FullTiles, double SaidMs, double BrowserCorePercent, double GatewayCorePercent, double Load)
{
    public IReadOnlyList<double> LatenciesMs { get; } = [.. ByTileMs.SelectMany(static tile => tile)];

    public Quantiles Quantiles => new(LatenciesMs);

    /// <summary>p95 of each tile, and the middle one of them.</summary>
    public double TileMedianOfP95 => new Quantiles(ByTileMs.Where(static tile => tile.Count > 0).Select(static tile => new Quantiles(tile).At(0.95))).At(0.5);
}
