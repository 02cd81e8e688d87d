namespace CommandCenter.Web.Trail;

/// <summary>The acts that leave a trace. Their codes are stable: auditors search for them.</summary>
internal static class TrailActions
{
    public const string CaseView = "case.view";
    public const string CaseList = "case.list";
    public const string CaseUrge = "case.urge";
    public const string CaseUrgeAnswer = "case.urge-answer";
    public const string TabletView = "tablet.view";
    public const string CaseSearch = "case.search";
    public const string OverviewView = "overview.view";
    public const string FlowRead = "flow.read";
    public const string FundsList = "funds.list";
    public const string CaseExport = "case.export";
    public const string FundsExport = "funds.export";
    public const string PersonReveal = "person.reveal";
    public const string WallDirect = "wall.direct";
    public const string TrailRead = "trail.read";
    public const string RecountPause = "recount.pause";
    public const string RecountResume = "recount.resume";

    /// <summary>Whoever runs the system passed over a record that stopped a partition; docs/events.md calls that a skip.</summary>
    public const string PartitionSkip = "partition.skip";

    public const string SeriesReplay = "series.replay";
    public const string AccessDenied = "access.denied";
    public const string SignedIn = "account.signed-in";
    public const string SignInRefused = "account.sign-in-refused";
    public const string SignedOut = "account.signed-out";
    public const string AccountCreated = "account.created";
    public const string AccountProposed = "account.proposed";
    public const string PasswordGiven = "account.password-given";
    public const string PasswordChanged = "account.password-changed";
    public const string FactorEnabled = "account.factor-enabled";
    public const string AccountDisabled = "account.disabled";
    public const string AccountEnabled = "account.enabled";
    public const string SessionsEnded = "account.sessions-ended";
    public const string AccountUnlocked = "account.unlocked";
    public const string ConfigChanged = "config.changed";
    public const string WallEntered = "wall.entered";

    /// <summary>Somebody ended an officer's call for help.</summary>
    public const string OfficerSosEnd = "officer.sos-end";

    /// <summary>Somebody began to look at the live pictures of an officer.</summary>
    public const string CameraLook = "camera.look";

    /// <summary>He ceased to.</summary>
    public const string CameraLookEnd = "camera.look-end";

    /// <summary>Somebody asked where an officer was.</summary>
    public const string OfficerTrack = "officer.track";

    public const string CameraRegistered = "camera.registered";
    public const string CameraChanged = "camera.changed";
    public const string CameraRemoved = "camera.removed";

    /// <summary>Somebody looked at what is recorded of an officer, or played a range of it.</summary>
    public const string RecordingView = "recording.view";

    public const string RecordingPlay = "recording.play";

    /// <summary>A main stream is recorded because somebody asked for it, and is not any more.</summary>
    public const string RecordingStarted = "recording.started";

    public const string RecordingStopped = "recording.stopped";
    public const string RecordingHeld = "recording.held";
    public const string RecordingReleased = "recording.released";
    public const string RecordingExported = "recording.exported";

    /// <summary>The product itself: heads of the chains of recordings, see docs/recordings.md.</summary>
    public const string RecordingClosed = "recording.closed";

    public const string RecordingRemoved = "recording.removed";
    public const string RecordingAnchored = "recording.anchored";
    public const string RecordingChainLost = "recording.chain-lost";
}
