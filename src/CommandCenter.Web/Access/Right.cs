namespace CommandCenter.Web.Access;

/// <summary>What a route, a hub or a page asks of whoever comes. One right a route; the figures and cases behind it are cut to the viewer's scope.</summary>
[Flags]
internal enum Right
{
    None = 0,

    /// <summary>His own account and the page that says what he may open.</summary>
    OwnAccount = 1 << 0,

    /// <summary>Names and marks of the courts.</summary>
    Courts = 1 << 1,

    /// <summary>The walls, their past, and whether their outputs live.</summary>
    Walls = 1 << 2,

    /// <summary>Directing a wall.</summary>
    Direct = 1 << 3,

    /// <summary>收结存 and money of the courts in scope; no case, no person.</summary>
    Figures = 1 << 4,

    /// <summary>The cases in scope.</summary>
    Cases = 1 << 5,

    /// <summary>The payments in scope.</summary>
    Funds = 1 << 6,

    /// <summary>How the system stands; no case, no person.</summary>
    Operations = 1 << 7,

    /// <summary>Pausing, resuming, repeating, passing over: what runs the system.</summary>
    Operate = 1 << 8,

    /// <summary>The metrics.</summary>
    Metrics = 1 << 9,

    /// <summary>Accounts, roles and sessions of others.</summary>
    Accounts = 1 << 10,

    /// <summary>The trace: who looked at what.</summary>
    Trail = 1 << 11,

    /// <summary>Sending events.</summary>
    Ingest = 1 << 12,

    /// <summary>The overview of courts and handlers in scope: figures, charts, and how many cases stand at each node. No case, no party.</summary>
    Overview = 1 << 13,

    /// <summary>The tablet: the figures of one's court, or one's own clocks.</summary>
    Tablet = 1 << 14,

    /// <summary>Urging the handler of a case in scope.</summary>
    Urge = 1 << 15,

    /// <summary>Replying to an urge of a case of one's own.</summary>
    AnswerUrge = 1 << 16,

    /// <summary>Seeing the names in a case in scope unmasked, each time for a reason that stands in the trace.</summary>
    RevealPersonalData = 1 << 17,

    /// <summary>Live pictures of the officers of the courts in scope. Who looked at whom stands in the trace.</summary>
    Cameras = 1 << 18,

    /// <summary>Registering, changing and removing the cameras of officers; no picture.</summary>
    CameraDevices = 1 << 19,

    /// <summary>What was recorded of the officers of the courts in scope, and having a main stream recorded for a while. Each look stands in the trace.</summary>
    Recordings = 1 << 20,

    /// <summary>Holding recordings against their removal, letting them go again, and taking them out as evidence, each time for a reason that stands in the trace.</summary>
    Evidence = 1 << 21,

    /// <summary>Where the officers of the courts in scope were. Who looked stands in the trace.</summary>
    Tracks = 1 << 22,
}
