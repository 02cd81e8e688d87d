using System.Text.Json;

namespace CommandCenter.Web.Wall.Directing;

/// <summary>What each wall shows, what it is to prepare, and when to cut: by wall, because parts are the same for all of them.</summary>
internal sealed class ScenePart(WallDirector director, IScenePlans plans) : WallPartSource<ScenesState>
{
    public const string PartName = "scene";

    private Task? _urgent;
    private ScenesState _latest = new([]);

    public override string Name => PartName;

    /// <inheritdoc cref="IWallPartSource.Urgent"/>
    public override Task? Urgent => Volatile.Read(ref _urgent);

    /// <summary>What a wall showed, from the part as it was recorded; <see langword="null"/> when there was no such wall.</summary>
    public static ShownScene? ShownOf(ReadOnlyMemory<byte> utf8Json, string wallId)
    {
        using var json = JsonDocument.Parse(utf8Json);
        return json.RootElement.TryGetProperty(wallId, out var wall)
            ? new ShownScene(wall.GetProperty("shown").GetString()!, wall.GetProperty("message").GetString())
            : null;
    }

    protected override ScenesState Read()
    {
        var walls = plans.WallIds.Select(id => (Id: id, Found: director.TryRead(id, out var state), State: state)).Where(static one => one.Found)
            .Select(static one => new SceneState(one.Id, one.State!)).ToArray();
        var latest = new ScenesState(walls);
        if (!latest.Equals(_latest) || _urgent is null)
        {
            // Made once for each state, because each one hangs on the states' own tasks until they end.
            _latest = latest;
            Volatile.Write(ref _urgent, Task.WhenAny(walls.Select(static wall => wall.Directed.Succeeded)));
        }

        return _latest;
    }

    protected override void Write(Utf8JsonWriter json, ScenesState state, WallLanguage language)
    {
        json.WriteStartObject();
        foreach (var wall in state.Walls)
        {
            json.WritePropertyName(wall.WallId);
            Write(json, wall.Directed, language);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DirectedState directed, WallLanguage language)
    {
        var state = directed.State;
        json.WriteStartObject();
        json.WriteNumber("revision", state.Revision);
        json.WriteString("shown", state.Shown);
        json.WriteString("preview", state.Preview);
        json.WriteStartObject("cut");
        json.WriteNumber("revision", state.Cut.Revision);
        json.WriteNumber("takeAt", state.Cut.TakeAt.ToUnixTimeMilliseconds());
        json.WriteNumber("fadeMs", state.Cut.FadeMs);
        json.WriteEndObject();
        if (directed.Next is { } next)
        {
            json.WriteStartObject("next");
            json.WriteString("scene", next.Scene.Id);
            json.WriteNumber("at", next.At.ToUnixTimeMilliseconds());
            json.WriteEndObject();
        }

        json.WriteBoolean("held", state.IsHeld);
        json.WriteString("message", state.Emergency?.Message?.In(language));
        json.WriteStartArray("pins");
        foreach (var pin in state.Pins)
        {
            json.WriteStartArray();
            json.WriteStringValue(DirectorView.NameOf(pin.Kind));
            json.WriteStringValue(pin.Key);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>What stands on the glass of one wall.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Message">Words over it; <see langword="null"/> on an ordinary day.</param>
internal sealed record ShownScene(string Scene, string? Message);

/// <summary>All walls as they are directed; equal while nothing changed on any of them.</summary>
internal sealed record ScenesState(IReadOnlyList<SceneState> Walls)
{
    public bool Equals(ScenesState? other) => other is not null && Walls.SequenceEqual(other.Walls);

    public override int GetHashCode() => Walls.Count;
}

/// <summary>One wall.</summary>
internal sealed record SceneState(string WallId, DirectedState Directed)
{
    public bool Equals(SceneState? other) => other is not null && WallId == other.WallId && ReferenceEquals(Directed, other.Directed);

    public override int GetHashCode() => WallId.GetHashCode(StringComparison.Ordinal);
}
