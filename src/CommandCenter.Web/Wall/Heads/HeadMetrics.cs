using System.Diagnostics.Metrics;

namespace CommandCenter.Web.Wall.Heads;

/// <summary>What an alert on the walls reads: <c>commandcenter_wall_pages</c> with state silent or behind, and the skew between outputs.</summary>
internal sealed class HeadMetrics
{
    private static readonly string[] s_states = [HeadStatus.Live, HeadStatus.Behind, HeadStatus.Silent];


    public HeadMetrics(WallHeads heads, WallCatalog catalog, IMeterFactory meters)
    {
        var meter = meters.Create("CommandCenter.Wall");
        _ = meter.CreateObservableGauge("wall.pages", () => catalog.Walls.SelectMany(wall => PagesOf(wall.Id, heads.Of(wall.Id))), "{page}", "Pages that follow a wall, by state");
        _ = meter.CreateObservableGauge(
            "wall.skew_ms", () => catalog.Walls.SelectMany(wall => MostOf(wall.Id, heads.Of(wall.Id), static head => head.SkewMs)), "ms",
            "How much later than the first output the last one painted the same frame");
        _ = meter.CreateObservableGauge(
            "wall.cut_skew_ms", () => catalog.Walls.SelectMany(wall => MostOf(wall.Id, heads.Of(wall.Id), static head => head.CutSkewMs)), "ms",
            "How much later than the first output the last one painted the same cut");
    }

    private static IEnumerable<Measurement<int>> PagesOf(string wall, IReadOnlyList<HeadStatus> heads) => s_states.Select(state => new Measurement<int>(
        heads.Count(head => head.State == state), new("wall", wall), new KeyValuePair<string, object?>("state", state)));

    private static IEnumerable<Measurement<double>> MostOf(string wall, IReadOnlyList<HeadStatus> heads, Func<HeadStatus, double?> skewOf) =>
        heads.Max(skewOf) is { } most ? [new Measurement<double>(most, new KeyValuePair<string, object?>("wall", wall))] : [];
}
