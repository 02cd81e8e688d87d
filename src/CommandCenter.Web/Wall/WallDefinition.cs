using System.Text.Json;
using System.Text.Json.Serialization;
using CommandCenter.Web.Wall.Directing;
using CommandCenter.Web.Wall.Panels;

namespace CommandCenter.Web.Wall;

/// <summary>The canvas that every wall is designed on, whatever its screens are: 9 : 2 design pixels, two bars and what lies between.</summary>
internal static class WallCanvas
{
    public const int Width = 4_800;
    public const int Height = 1_080;
    public const int TopBar = 120;
    public const int BottomBar = 80;

    /// <summary>Where panels may stand.</summary>
    public static WallRectangle Body { get; } = new(0, TopBar, Width, Height - TopBar - BottomBar);
}

/// <summary>A rectangle in design pixels.</summary>
internal sealed record WallRectangle(int X, int Y, int Width, int Height)
{
    public int Right => X + Width;

    public int Bottom => Y + Height;

    public bool Holds(WallRectangle other) => other.X >= X && other.Y >= Y && other.Right <= Right && other.Bottom <= Bottom;

    public bool Meets(WallRectangle other) => other.X < Right && X < other.Right && other.Y < Bottom && Y < other.Bottom;

    public override string ToString() => $"{Width} × {Height} at {X}, {Y}";
}

/// <summary>One wall as its file describes it.</summary>
internal sealed record WallDefinition
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Part of the address: <c>/wall/{id}</c>. Equals the file's name.</summary>
    public required string Id { get; init; }

    public required WallLabel Title { get; init; }

    /// <summary>A picture older than this says 数据陈旧. 2 to 60 seconds; default 5.</summary>
    public int StaleAfterSeconds { get; init; } = 5;

    /// <summary>The slices of the canvas that the outputs of the wall computers show; without any, one output shows it all.</summary>
    public IReadOnlyList<WallRectangle> Heads { get; init; } = [];

    /// <summary>The pictures, in their order. The first is shown when nothing else is asked for.</summary>
    public required IReadOnlyList<SceneDefinition> Scenes { get; init; }

    /// <summary>Changes with every change of the file, so that a page notices that it shows an old layout.</summary>
    [JsonIgnore]
    public string Revision { get; init; } = "";

    /// <summary>The parts of the figures that some panel of this wall needs.</summary>
    [JsonIgnore]
    public IReadOnlySet<string> Parts => field ??= Scenes.SelectMany(scene => scene.Panels)
        .SelectMany(panel => PanelKinds.Find(panel.Kind)?.Parts ?? []).Append(BarPart.PartName).Append(ScenePart.PartName).ToHashSet(StringComparer.Ordinal);
}

/// <summary>One picture of a wall.</summary>
internal sealed record SceneDefinition
{
    public required string Id { get; init; }

    /// <summary>What the top bar calls it.</summary>
    public required WallLabel Title { get; init; }

    /// <summary>How long it stays before the next one; 0 stays until someone takes another.</summary>
    public int DwellSeconds { get; init; }

    public SceneTransition Transition { get; init; }

    public required IReadOnlyList<PanelDefinition> Panels { get; init; }
}

/// <summary>How a scene replaces another.</summary>
internal enum SceneTransition
{
    Cut,
    Fade,
}

/// <summary>A panel of a scene: which, where, how large its text, and its own options.</summary>
internal sealed record PanelDefinition
{
    /// <summary>A name of <see cref="PanelKinds"/>.</summary>
    public required string Kind { get; init; }

    public required int X { get; init; }

    public required int Y { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Enlarges all text of the panel; 1 is made for a wall that is read from six metres.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What this kind of panel can be told, by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Options { get; init; } = new Dictionary<string, JsonElement>();

    [JsonIgnore]
    public WallRectangle Place => new(X, Y, Width, Height);
}

/// <summary>A name in both languages.</summary>
internal sealed record WallLabel
{
    public required string Zh { get; init; }

    public required string En { get; init; }

    public string In(WallLanguage language) => language == WallLanguage.En ? En : Zh;
}
