using CommandCenter.Web.Wall;
using CommandCenter.Web.Wall.Directing;

namespace CommandCenter.Web.Tests.Wall.Directing;

/// <summary>Scenes to try with, and wall files that a test can change.</summary>
internal sealed class Plans(params (string Id, ScenePlan Plan)[] walls) : IScenePlans
{
    private readonly Dictionary<string, ScenePlan> _plans = walls.ToDictionary(wall => wall.Id, wall => wall.Plan, StringComparer.Ordinal);

    public IReadOnlyList<string> WallIds => [.. _plans.Keys];

    public ScenePlan? PlanOf(string wallId) => _plans.GetValueOrDefault(wallId);

    public void Change(string wallId, ScenePlan plan) => _plans[wallId] = plan;

    /// <summary>A scene for each text such as <c>map:30</c> or <c>map:30:250</c>: its id, its dwell in seconds, its fade in milliseconds.</summary>
    public static ScenePlan Of(params string[] scenes) => new([.. scenes.Select(static text => text.Split(':')).Select(static parts => new PlannedScene(
        parts[0],
        new WallLabel { Zh = "画面" + parts[0], En = "Scene " + parts[0] },
        TimeSpan.FromSeconds(parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 0),
        TimeSpan.FromMilliseconds(parts.Length > 2 ? int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) : 0)))]);
}
