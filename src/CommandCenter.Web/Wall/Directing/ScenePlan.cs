namespace CommandCenter.Web.Wall.Directing;

/// <summary>The scenes of one wall as far as a director is concerned, in the order in which they follow each other.</summary>
/// <param name="Scenes">At least one; ids are unique.</param>
internal sealed record ScenePlan(IReadOnlyList<PlannedScene> Scenes)
{
    public PlannedScene First => Scenes[0];

    public PlannedScene? Find(string? id) => Scenes.FirstOrDefault(scene => scene.Id == id);

    /// <summary>The scene after another, round and round; a scene that is gone is followed by the first one.</summary>
    public PlannedScene After(string id)
    {
        for (var i = 0; i < Scenes.Count; i++)
        {
            if (Scenes[i].Id == id)
            {
                return Scenes[(i + 1) % Scenes.Count];
            }
        }

        return First;
    }
}

/// <summary>One scene.</summary>
/// <param name="Id">As in the wall's file.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Dwell">How long it stays before the next one follows by itself; zero stays until someone acts.</param>
/// <param name="Fade">How long it takes to come; zero is a cut. At most <see cref="FadeMax"/>.</param>
internal sealed record PlannedScene(string Id, WallLabel Title, TimeSpan Dwell, TimeSpan Fade)
{
    public static readonly TimeSpan FadeMax = TimeSpan.FromMilliseconds(300);
}
