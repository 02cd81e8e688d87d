namespace CommandCenter.Web.Wall.Directing;

/// <summary>The one thing that directing asks of the wall files: which walls there are, and their scenes now.</summary>
internal interface IScenePlans
{
    /// <summary>Ids of all walls, in order.</summary>
    IReadOnlyList<string> WallIds { get; }

    /// <summary>The scenes of a wall now; the same object as long as its file is the same. <see langword="null"/>: there is no such wall.</summary>
    ScenePlan? PlanOf(string wallId);
}
