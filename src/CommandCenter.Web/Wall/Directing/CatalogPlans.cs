namespace CommandCenter.Web.Wall.Directing;

/// <summary>The scenes of the wall files.</summary>
internal sealed class CatalogPlans(WallCatalog catalog) : IScenePlans
{
    // One entry a wall; kept so that an unchanged file gives the same object.
    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<WallDefinition, ScenePlan> _plans = [];

    public IReadOnlyList<string> WallIds => [.. catalog.Walls.Select(wall => wall.Id)];

    public ScenePlan? PlanOf(string wallId) => catalog.Find(wallId) is { } wall ? _plans.GetValue(wall, PlanFrom) : null;

    private static ScenePlan PlanFrom(WallDefinition wall) => new([.. wall.Scenes.Select(static scene => new PlannedScene(
        scene.Id, scene.Title, TimeSpan.FromSeconds(scene.DwellSeconds), scene.Transition == SceneTransition.Fade ? PlannedScene.FadeMax : TimeSpan.Zero))]);
}
