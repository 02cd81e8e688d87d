using System.Text.Json.Serialization;

namespace CommandCenter.Web.Wall.Directing;

/// <summary>What a wall shows, and what its directors have prepared. Immutable: every change is a new object with the next revision.</summary>
internal sealed record DirectorState
{
    /// <summary>Rises by one with every change.</summary>
    public required long Revision { get; init; }

    /// <summary>The scene that was taken last. An emergency hides it and does not replace it, so the way back cannot be lost.</summary>
    public required string OnAir { get; init; }

    /// <summary>The scene that was chosen to come next; <see langword="null"/> while none is.</summary>
    public string? Preview { get; init; }

    /// <summary>While held, no scene gives way by itself.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Since when <see cref="OnAir"/> is on air.</summary>
    public required DateTimeOffset OnAirSince { get; init; }

    /// <summary>From when its dwell counts: a release, a restart and the end of an emergency move it.</summary>
    public required DateTimeOffset DwellFrom { get; init; }

    /// <summary>What the change before the picture now on the glass was.</summary>
    public required Cut Cut { get; init; }

    /// <summary>In the order of pinning; at most <see cref="DirectorDecider.PinsMax"/>.</summary>
    public IReadOnlyList<Pin> Pins { get; init; } = [];

    /// <summary>What hides everything else; <see langword="null"/> on an ordinary day.</summary>
    public Emergency? Emergency { get; init; }

    /// <summary>Newest first, at most <see cref="DirectorDecider.ChangesMax"/>. Scenes that followed each other by themselves count as one.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>The scene on the glass.</summary>
    [JsonIgnore]
    public string Shown => Emergency?.Scene ?? OnAir;
}

/// <summary>One change of the picture, made by all heads at one instant.</summary>
/// <param name="Revision">The revision that made it.</param>
/// <param name="Scene">The scene that comes.</param>
/// <param name="TakeAt">When, by the server's clock.</param>
/// <param name="FadeMs">Milliseconds that it takes from then; zero is a cut.</param>
internal sealed record Cut(long Revision, string Scene, DateTimeOffset TakeAt, int FadeMs);

/// <summary>What can be pinned to a wall.</summary>
internal enum PinKind
{
    /// <summary>A court; the key is its mark.</summary>
    Court,

    /// <summary>A case; the key is its number.</summary>
    Case,

    /// <summary>An officer; the key is the mark of his court, a slash and his id.</summary>
    Officer,
}

/// <summary>A court, a case or an officer that somebody put on the wall.</summary>
internal sealed record Pin(PinKind Kind, string Key, string By, DateTimeOffset At);

/// <summary>一键插播. A scene, a message, or a message over a scene.</summary>
internal sealed record Emergency(string? Scene, Message? Message, string By, DateTimeOffset At);

/// <summary>Words for people six metres away. At least one of both languages; a wall whose language is missing shows the other.</summary>
internal sealed record Message(string Zh = "", string En = "")
{
    /// <summary>As many characters as stand on the glass at an eighth of its height.</summary>
    public const int ZhLengthMax = 60;

    /// <inheritdoc cref="ZhLengthMax"/>
    public const int EnLengthMax = 120;

    public string In(WallLanguage language) => (language == WallLanguage.En ? En : Zh) is { Length: > 0 } text ? text : Zh.Length > 0 ? Zh : En;
}

/// <summary>One line of the trace.</summary>
/// <param name="Revision">What it made.</param>
/// <param name="Command">Wire name of a command, or of what the house did itself.</param>
/// <param name="By">Who; empty when the house did it itself.</param>
/// <param name="At">When.</param>
/// <param name="Subject">A scene, a key or a message; empty for commands without one.</param>
internal sealed record Change(long Revision, string Command, string By, DateTimeOffset At, string Subject)
{
    /// <summary>The next scene followed by itself.</summary>
    public const string Advance = "advance";

    /// <summary>The wall's file changed, and a scene that was in use is gone.</summary>
    public const string Plan = "plan";
}
