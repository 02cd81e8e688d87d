namespace CommandCenter.Domain.Officers;

/// <summary>The reference frame in which a position was given.</summary>
public enum Datum
{
    /// <summary>What satellites give and what we store.</summary>
    Wgs84,

    /// <summary>国测局坐标 GCJ-02, the shifted frame of Chinese maps.</summary>
    Gcj02,
}

/// <summary>Where an officer was, in WGS-84.</summary>
/// <param name="Latitude">Degrees north, −90 to 90.</param>
/// <param name="Longitude">Degrees east, −180 to 180.</param>
/// <param name="AccuracyM">Radius in metres; <see langword="null"/> when unknown.</param>
/// <param name="HeadingDeg">Degrees clockwise from north, 0 to 360.</param>
/// <param name="SpeedMps">Metres a second.</param>
/// <param name="Source">The frame in which the device gave it.</param>
public sealed record Position(double Latitude, double Longitude, double? AccuracyM, double? HeadingDeg, double? SpeedMps, Datum Source);

/// <summary>What an officer grain is told.</summary>
public abstract record OfficerCommand(DateTimeOffset At)
{
    /// <summary>上岗、下岗.</summary>
    public sealed record SetDuty(bool IsOn, string? Device, DateTimeOffset At) : OfficerCommand(At);

    /// <summary>求助: the officer calls for help, or somebody ends the call.</summary>
    public sealed record SetSos(bool IsOn, string? Device, DateTimeOffset At) : OfficerCommand(At);

    /// <summary>派往: the officer is sent to a place.</summary>
    public sealed record Dispatch(Target Target, DateTimeOffset At) : OfficerCommand(At);

    /// <summary>The officer is sent nowhere any more.</summary>
    public sealed record Recall(DateTimeOffset At) : OfficerCommand(At);

    /// <summary>A device reports where it is.</summary>
    public sealed record ReportPosition(Position Position, DateTimeOffset At) : OfficerCommand(At);
}

/// <summary>What happened to an officer.</summary>
public abstract record OfficerEvent(DateTimeOffset At)
{
    /// <summary>Duty began or ended.</summary>
    public sealed record DutyChanged(bool IsOn, string? Device, DateTimeOffset At) : OfficerEvent(At);

    /// <summary>A call for help began or ended.</summary>
    public sealed record SosChanged(bool IsOn, string? Device, DateTimeOffset At) : OfficerEvent(At);

    /// <summary>The officer was sent to a place.</summary>
    public sealed record Dispatched(Target Target, DateTimeOffset At) : OfficerEvent(At);

    /// <summary>The errand was over.</summary>
    public sealed record Recalled(DateTimeOffset At) : OfficerEvent(At);

    /// <summary>A position was reported.</summary>
    public sealed record PositionReported(Position Position, DateTimeOffset At) : OfficerEvent(At);
}

/// <summary>执行人员: one officer of one court.</summary>
/// <param name="Id">The officer's id.</param>
/// <param name="IsOnDuty">Whether on duty.</param>
/// <param name="DutyAt">When duty last changed.</param>
/// <param name="Device">The device in use.</param>
/// <param name="LastPosition">The latest position by its own time.</param>
/// <param name="PositionAt">When it was taken.</param>
public sealed record OfficerState(
    string Id, bool IsOnDuty, DateTimeOffset DutyAt, string? Device, Position? LastPosition, DateTimeOffset PositionAt)
{
    /// <summary>Since when he calls for help; <see langword="null"/> when he does not, or somebody has ended it. A call that is repeated goes on since it began.</summary>
    public DateTimeOffset? CallingSince { get; init; }

    /// <summary>The latest report about that.</summary>
    public DateTimeOffset SosAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Where he is sent, and whether he is there; <see langword="null"/> when he is sent nowhere.</summary>
    public Errand? Errand { get; init; }

    /// <summary>The latest report about that.</summary>
    public DateTimeOffset ErrandAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>An officer of whom nothing is known yet.</summary>
    public static OfficerState New(string id) =>
        new(id, IsOnDuty: false, DateTimeOffset.UnixEpoch, Device: null, LastPosition: null, DateTimeOffset.UnixEpoch);
}

/// <summary>The officer grain.</summary>
public static class OfficerDecider
{
    /// <summary>Decides a command. Every report is recorded; an older one does not move the officer back.</summary>
    public static Decision<OfficerEvent> Decide(OfficerState state, OfficerCommand command) => command switch
    {
        OfficerCommand.SetDuty c => new Decision<OfficerEvent>.Accepted([new OfficerEvent.DutyChanged(c.IsOn, c.Device, c.At)]),
        OfficerCommand.SetSos c => new Decision<OfficerEvent>.Accepted([new OfficerEvent.SosChanged(c.IsOn, c.Device, c.At)]),
        OfficerCommand.Dispatch c => new Decision<OfficerEvent>.Accepted([new OfficerEvent.Dispatched(c.Target, c.At)]),
        OfficerCommand.Recall c => new Decision<OfficerEvent>.Accepted([new OfficerEvent.Recalled(c.At)]),
        OfficerCommand.ReportPosition c => new Decision<OfficerEvent>.Accepted([new OfficerEvent.PositionReported(c.Position, c.At)]),
        _ => new Decision<OfficerEvent>.Rejected("officer.not-allowed-now"),
    };

    /// <summary>Applies an event.</summary>
    /// <exception cref="CorruptJournalException">The event is of no known kind.</exception>
    public static OfficerState Evolve(OfficerState state, OfficerEvent @event) => @event switch
    {
        OfficerEvent.DutyChanged e when e.At >= state.DutyAt => state with { IsOnDuty = e.IsOn, DutyAt = e.At, Device = e.Device ?? state.Device },
        OfficerEvent.PositionReported e when e.At >= state.PositionAt => state with { LastPosition = e.Position, PositionAt = e.At, Errand = state.Errand?.Seen(e.Position, e.At) },
        OfficerEvent.PositionReported e => state with { Errand = state.Errand?.Seen(e.Position, e.At) },
        OfficerEvent.SosChanged e when e.At >= state.SosAt =>
            state with { CallingSince = e.IsOn ? state.CallingSince ?? e.At : null, SosAt = e.At, Device = e.Device ?? state.Device },
        OfficerEvent.Dispatched e when e.At >= state.ErrandAt => state with { Errand = SentTo(e.Target, e.At, state), ErrandAt = e.At },
        OfficerEvent.Recalled e when e.At >= state.ErrandAt => state with { Errand = null, ErrandAt = e.At },
        OfficerEvent.DutyChanged or OfficerEvent.SosChanged or OfficerEvent.Dispatched or OfficerEvent.Recalled => state, // A phone that was off line sends its queue late.
        _ => throw new CorruptJournalException($"{@event.GetType().Name} is not an event of an officer"),
    };

    // An order that comes after the report of who carries it out.
    private static Errand SentTo(Target target, DateTimeOffset at, OfficerState state) => new Errand(target, at, ArrivedAt: null) is var errand && state.LastPosition is { } last
        ? errand.Seen(last, state.PositionAt)
        : errand;
}
