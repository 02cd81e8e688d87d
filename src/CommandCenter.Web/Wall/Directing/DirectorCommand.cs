namespace CommandCenter.Web.Wall.Directing;

/// <summary>What a director orders.</summary>
/// <param name="Revision">The revision that he saw when he ordered it.</param>
/// <param name="By">Who he says he is.</param>
internal abstract record DirectorCommand(long Revision, string By)
{
    /// <summary>Chooses the scene that the next <see cref="Take"/> brings. The heads prepare it, and nobody sees it yet.</summary>
    internal sealed record Preview(string Scene, long Revision, string By) : DirectorCommand(Revision, By);

    /// <summary>Puts the chosen scene on air.</summary>
    internal sealed record Take(long Revision, string By) : DirectorCommand(Revision, By);

    /// <summary>Puts the scene on air that would have followed by itself.</summary>
    internal sealed record Next(long Revision, string By) : DirectorCommand(Revision, By);

    /// <summary>Stops the scenes from following each other.</summary>
    internal sealed record Hold(long Revision, string By) : DirectorCommand(Revision, By);

    /// <summary>Lets them follow each other again; the dwell begins anew.</summary>
    internal sealed record Release(long Revision, string By) : DirectorCommand(Revision, By);

    /// <summary>Puts a court, a case or an officer on the wall. That it exists is checked before.</summary>
    internal sealed record PinUp(PinKind Kind, string Key, long Revision, string By) : DirectorCommand(Revision, By);

    /// <summary>Takes it off again.</summary>
    internal sealed record Unpin(PinKind Kind, string Key, long Revision, string By) : DirectorCommand(Revision, By);

    /// <summary>Hides everything else behind a scene, a message or both.</summary>
    internal sealed record Preempt(string? Scene, Message? Message, long Revision, string By) : DirectorCommand(Revision, By);

    /// <summary>Ends the emergency: all is as it was.</summary>
    internal sealed record Return(long Revision, string By) : DirectorCommand(Revision, By);

    /// <summary>Its name in the API and in the trace.</summary>
    public string Name => this switch
    {
        Preview => "preview",
        Take => "take",
        Next => "next",
        Hold => "hold",
        Release => "release",
        PinUp => "pin",
        Unpin => "unpin",
        Preempt => "preempt",
        Return => "return",
        _ => throw new InvalidOperationException($"{GetType().Name} has no name."),
    };
}

/// <summary>Why a command was refused. Programs and people act on them; they never change.</summary>
internal static class DirectorCodes
{
    public const string RevisionStale = "director.revision-stale";
    public const string SceneUnknown = "director.scene-unknown";
    public const string AlreadyOnAir = "director.already-on-air";
    public const string NothingToTake = "director.nothing-to-take";
    public const string AlreadyHeld = "director.already-held";
    public const string NotHeld = "director.not-held";
    public const string Preempted = "director.preempted";
    public const string NotPreempted = "director.not-preempted";
    public const string MessageEmpty = "director.message-empty";
    public const string TextTooLong = "director.text-too-long";
    public const string BadText = "director.bad-text";
    public const string ByMissing = "director.by-missing";
    public const string PinExists = "director.pin-exists";
    public const string PinUnknown = "director.pin-unknown";
    public const string PinsFull = "director.pins-full";
    public const string CourtUnknown = "director.court-unknown";
    public const string CaseUnknown = "director.case-unknown";
    public const string OfficerUnknown = "director.officer-unknown";
    public const string BadCommand = "director.bad-command";
    public const string WallUnknown = "wall.unknown";

    /// <summary>All of them, for the documents and their test.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        RevisionStale, SceneUnknown, AlreadyOnAir, NothingToTake, AlreadyHeld, NotHeld, Preempted, NotPreempted, MessageEmpty, TextTooLong, BadText,
        ByMissing, PinExists, PinUnknown, PinsFull, CourtUnknown, CaseUnknown, OfficerUnknown, BadCommand, WallUnknown,
    ];
}
