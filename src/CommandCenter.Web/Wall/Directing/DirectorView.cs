namespace CommandCenter.Web.Wall.Directing;

/// <summary>One wall in <c>GET /api/v1/walls</c>.</summary>
internal sealed record WallSummary(string Wall, WallLabel Title, long Revision, string Shown, bool Held, bool Preempted, IReadOnlyList<string> ConfigFaults);

/// <summary>What directing a wall looks like from outside.</summary>
/// <param name="Wall">The wall.</param>
/// <param name="Revision">To be sent with the next command.</param>
/// <param name="Now">The server's clock, to count down by.</param>
/// <param name="Shown">The scene on the glass.</param>
/// <param name="OnAir">The scene that was taken last; an emergency hides it.</param>
/// <param name="OnAirSince">Since when.</param>
/// <param name="Preview">The scene that a take brings.</param>
/// <param name="Next">The scene that follows by itself, and when.</param>
/// <param name="Held">Whether scenes are kept from following each other.</param>
/// <param name="Cut">The latest change of the picture.</param>
/// <param name="Emergency">What hides everything else.</param>
/// <param name="Pins">What is pinned.</param>
/// <param name="Changes">Who did what, newest first.</param>
/// <param name="Scenes">All scenes in their order.</param>
/// <param name="Kept">Whether this is on disk; if not, a restart brings an older picture.</param>
/// <param name="Faults">What is wrong with the wall's files; the last good ones are in use.</param>
internal sealed record DirectorView(
    string Wall, long Revision, DateTimeOffset Now, string Shown, string OnAir, DateTimeOffset OnAirSince, string? Preview, NextView? Next, bool Held, Cut Cut,
    EmergencyView? Emergency, IReadOnlyList<PinView> Pins, IReadOnlyList<Change> Changes, IReadOnlyList<SceneView> Scenes, bool Kept,
    IReadOnlyList<string> Faults)
{
    public static DirectorView Of(string wallId, DirectedState directed, IReadOnlyList<string> configFaults, DateTimeOffset now)
    {
        var (state, plan) = (directed.State, directed.Plan);
        return new DirectorView(
            wallId, state.Revision, now, state.Shown, state.OnAir, state.OnAirSince, state.Preview,
            directed.Next is { } next ? new NextView(next.Scene.Id, next.At) : null,
            state.IsHeld, state.Cut,
            state.Emergency is { } emergency ? new EmergencyView(emergency.Scene, emergency.Message, emergency.By, emergency.At) : null,
            [.. state.Pins.Select(pin => new PinView(NameOf(pin.Kind), pin.Key, pin.By, pin.At))],
            state.Changes,
            [.. plan.Scenes.Select(scene => new SceneView(scene.Id, scene.Title, (int)scene.Dwell.TotalSeconds, (int)scene.Fade.TotalMilliseconds))],
            directed.IsKept,
            directed.Fault is { } fault ? [fault, .. configFaults] : configFaults);
    }

    /// <summary>The word that programs know a kind by.</summary>
    public static string NameOf(PinKind kind) => kind.ToString().ToLowerInvariant();
}

/// <summary>The scene that follows by itself.</summary>
internal sealed record NextView(string Scene, DateTimeOffset At);

/// <summary>What hides everything else.</summary>
internal sealed record EmergencyView(string? Scene, Message? Message, string By, DateTimeOffset At);

/// <summary>Something pinned; <paramref name="Kind"/> is court, case or officer.</summary>
internal sealed record PinView(string Kind, string Key, string By, DateTimeOffset At);

/// <summary>A scene; a dwell of 0 stays, a fade of 0 is a cut.</summary>
internal sealed record SceneView(string Id, WallLabel Title, int DwellSeconds, int FadeMs);

/// <summary>A command as the API takes it. Which fields go with which command is in <c>docs/director.md</c>.</summary>
internal sealed record DirectorRequest(string Command, long Revision, string? Scene = null, PinRequest? Pin = null, Message? Message = null);

/// <summary>What to pin or to take off.</summary>
internal sealed record PinRequest(string Kind, string Key);
