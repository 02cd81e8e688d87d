using System.Text.RegularExpressions;
using CommandCenter.Web.Wall.Panels;

namespace CommandCenter.Web.Wall;

/// <summary>What a wall file must keep to beyond its types. The schema beside the files says the same to an editor.</summary>
internal static partial class WallRules
{
    private const int ScenesMax = 32;
    private const int PanelsMax = 24;
    private const int HeadsMax = 4;
    private const int DwellSecondsMax = 24 * 3_600;
    private const double ScaleMin = 0.5;
    private const double ScaleMax = 4;

    /// <summary>All faults, ready to read.</summary>
    public static IEnumerable<string> FaultsOf(WallDefinition wall, string fileName)
    {
        if (wall.Id != fileName || !IdPattern().IsMatch(wall.Id))
        {
            yield return $"id is \"{wall.Id}\"; it must equal the file's name and be 1 to 32 of a-z, 0-9 and -.";
        }

        if (wall.StaleAfterSeconds is < 2 or > 60)
        {
            yield return $"staleAfterSeconds is {wall.StaleAfterSeconds}; it must be 2 to 60.";
        }

        if (IsBlank(wall.Title))
        {
            yield return "title needs a text in both zh and en.";
        }

        if (wall.Heads.Count > HeadsMax)
        {
            yield return $"heads are {wall.Heads.Count}; there may be up to {HeadsMax}.";
        }

        var canvas = new WallRectangle(0, 0, WallCanvas.Width, WallCanvas.Height);
        foreach (var (head, index) in wall.Heads.Select((head, index) => (head, index + 1)))
        {
            if (head.Width < 1 || head.Height < 1 || !canvas.Holds(head))
            {
                yield return $"head {index} is {head}; it must lie within the canvas of {canvas.Width} × {canvas.Height}.";
            }
        }

        if (wall.Scenes.Count is 0 or > ScenesMax)
        {
            yield return $"scenes are {wall.Scenes.Count}; there must be 1 to {ScenesMax}.";
        }

        foreach (var twice in wall.Scenes.GroupBy(scene => scene.Id, StringComparer.Ordinal).Where(static group => group.Count() > 1))
        {
            yield return $"scene \"{twice.Key}\" stands there twice.";
        }

        foreach (var fault in wall.Scenes.SelectMany(FaultsOf))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> FaultsOf(SceneDefinition scene)
    {
        if (!IdPattern().IsMatch(scene.Id))
        {
            yield return $"scene \"{scene.Id}\" needs an id of 1 to 32 of a-z, 0-9 and -.";
        }

        if (IsBlank(scene.Title))
        {
            yield return $"scene \"{scene.Id}\" needs a title in both zh and en.";
        }

        if (scene.DwellSeconds is < 0 or > DwellSecondsMax)
        {
            yield return $"scene \"{scene.Id}\": dwellSeconds is {scene.DwellSeconds}; it must be 0 to {DwellSecondsMax}.";
        }

        if (scene.Panels.Count is 0 or > PanelsMax)
        {
            yield return $"scene \"{scene.Id}\" has {scene.Panels.Count} panels; it must have 1 to {PanelsMax}.";
        }

        for (var i = 0; i < scene.Panels.Count; i++)
        {
            var panel = scene.Panels[i];
            var name = $"scene \"{scene.Id}\", panel {i + 1} ({panel.Kind})";
            if (panel.Scale is < ScaleMin or > ScaleMax)
            {
                yield return $"{name}: scale is {panel.Scale}; it must be {ScaleMin} to {ScaleMax}.";
            }

            if (PanelKinds.Find(panel.Kind) is not { } kind)
            {
                yield return $"{name}: there is no such kind; there are {string.Join(", ", PanelKinds.Names)}.";
                continue;
            }

            foreach (var unknown in panel.Options.Keys.Except(kind.Options, StringComparer.Ordinal))
            {
                yield return $"{name}: there is no option {unknown}; there are: {string.Join(", ", kind.Options)}.";
            }

            if (kind.Check(panel.Options) is { } wrong)
            {
                yield return $"{name}: {wrong}";
            }

            if (panel.Width < kind.WidthMin * panel.Scale || panel.Height < kind.HeightMin * panel.Scale)
            {
                yield return $"{name} is {panel.Place}; at scale {panel.Scale} it needs at least {kind.WidthMin * panel.Scale} × {kind.HeightMin * panel.Scale}.";
            }

            if (!WallCanvas.Body.Holds(panel.Place))
            {
                yield return $"{name} is {panel.Place}; it must lie within {WallCanvas.Body}.";
            }

            for (var j = 0; j < i; j++)
            {
                if (scene.Panels[j].Place.Meets(panel.Place))
                {
                    yield return $"{name} overlaps panel {j + 1} ({scene.Panels[j].Kind}).";
                }
            }
        }
    }

    private static bool IsBlank(WallLabel label) => string.IsNullOrWhiteSpace(label.Zh) || string.IsNullOrWhiteSpace(label.En);

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex IdPattern();
}
