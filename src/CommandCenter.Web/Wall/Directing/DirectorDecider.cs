namespace CommandCenter.Web.Wall.Directing;

/// <summary>The rules of directing a wall: pure, without a clock. Who calls it says what time it is and keeps what comes out.</summary>
internal static class DirectorDecider
{
    public const int PinsMax = 4;
    public const int ChangesMax = 20;
    public const int ByLengthMax = 40;

    // The house's own clock may be set back. A dwell that begins later than this from now would keep a scene for as long as the clock was moved.
    private static readonly TimeSpan s_aheadMax = TimeSpan.FromSeconds(1);

    /// <summary>A wall that nobody has directed yet shows its first scene.</summary>
    public static DirectorState Begin(ScenePlan plan, DateTimeOffset now) => new()
    {
        Revision = 1,
        OnAir = plan.First.Id,
        OnAirSince = now,
        DwellFrom = now,
        Cut = new Cut(1, plan.First.Id, now, FadeMs: 0),
    };

    /// <summary>Decides a command.</summary>
    /// <param name="state">What is now.</param>
    /// <param name="command">What is ordered.</param>
    /// <param name="plan">The scenes there are.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="lead">How long heads get to prepare before they cut.</param>
    /// <returns>The next state, or the code of the refusal.</returns>
    public static DirectorDecision Decide(DirectorState state, DirectorCommand command, ScenePlan plan, DateTimeOffset now, TimeSpan lead)
    {
        if (FaultOf(command) is { } fault)
        {
            return new DirectorDecision.Refused(fault, state);
        }

        // Before every other rule: who acts on an old picture is told of the new one, not of what his order would have met there.
        if (command.Revision != state.Revision)
        {
            return new DirectorDecision.Refused(DirectorCodes.RevisionStale, state);
        }

        return (state, command) switch
        {
            ({ Emergency: not null }, DirectorCommand.Preview or DirectorCommand.Take or DirectorCommand.Next or DirectorCommand.Hold or DirectorCommand.Release) =>
                new DirectorDecision.Refused(DirectorCodes.Preempted, state),
            (_, DirectorCommand.Preview c) => Preview(state, c, plan, now),
            (_, DirectorCommand.Take c) => Take(state, c, plan, now, lead),
            (_, DirectorCommand.Next c) => plan.After(state.OnAir) is var next && next.Id == state.OnAir
                ? new DirectorDecision.Refused(DirectorCodes.NothingToTake, state)
                : Accept(OnAir(state, next, now, lead), c, next.Id, now),
            ({ IsHeld: true }, DirectorCommand.Hold) => new DirectorDecision.Refused(DirectorCodes.AlreadyHeld, state),
            (_, DirectorCommand.Hold c) => Accept(state with { IsHeld = true }, c, "", now),
            ({ IsHeld: false }, DirectorCommand.Release) => new DirectorDecision.Refused(DirectorCodes.NotHeld, state),
            (_, DirectorCommand.Release c) => Accept(state with { IsHeld = false, DwellFrom = now }, c, "", now),
            (_, DirectorCommand.PinUp c) => PinUp(state, c, now),
            (_, DirectorCommand.Unpin c) => Unpin(state, c, now),
            (_, DirectorCommand.Preempt c) => Preempt(state, c, plan, now, lead),
            ({ Emergency: null }, DirectorCommand.Return) => new DirectorDecision.Refused(DirectorCodes.NotPreempted, state),
            (_, DirectorCommand.Return c) => Return(state, c, now, lead),
            _ => new DirectorDecision.Refused(DirectorCodes.BadCommand, state),
        };
    }

    /// <summary>Lets the next scene follow when its time has come. The same object comes back when it has not.</summary>
    public static DirectorState Advance(DirectorState state, ScenePlan plan, DateTimeOffset now, TimeSpan lead)
    {
        if (state.DwellFrom - now > s_aheadMax)
        {
            return state with { DwellFrom = now };
        }

        return NextOf(state, plan) is { At: var at, Scene: var scene } && now >= at
            ? Changed(OnAir(state, scene, now, lead), Change.Advance, by: "", now, scene.Id)
            : state;
    }

    /// <summary>Which scene follows by itself, and when; <see langword="null"/> while none does.</summary>
    public static FollowingScene? NextOf(DirectorState state, ScenePlan plan) =>
        state is { IsHeld: false, Emergency: null } && plan.Find(state.OnAir) is { } shown && shown.Dwell > TimeSpan.Zero
            && plan.After(shown.Id) is var next && next.Id != shown.Id
            ? new FollowingScene(next, state.DwellFrom + shown.Dwell)
            : null;

    /// <summary>Fits a state to the scenes that there are: after a change of the wall's file, and after a start.</summary>
    public static DirectorState Fit(DirectorState state, ScenePlan plan, DateTimeOffset now, TimeSpan lead)
    {
        var emergency = state.Emergency;
        if (emergency?.Scene is { } hiding && plan.Find(hiding) is null)
        {
            // Its words go on; without any there is nothing left to hide the rest behind.
            emergency = emergency.Message is null ? null : emergency with { Scene = null };
        }

        var isGone = plan.Find(state.OnAir) is null;
        var onAir = isGone ? plan.First.Id : state.OnAir;
        var fitted = state with
        {
            OnAir = onAir,
            OnAirSince = isGone ? now : state.OnAirSince,
            DwellFrom = isGone || emergency != state.Emergency ? now : state.DwellFrom,
            Preview = state.Preview == onAir ? null : plan.Find(state.Preview)?.Id,
            Emergency = emergency,
        };
        if (fitted == state)
        {
            return state;
        }

        return Changed(fitted.Shown == state.Shown ? fitted : Shows(fitted, fade: TimeSpan.Zero, now, lead), Change.Plan, by: "", now, fitted.Shown);
    }

    /// <summary>After a start: the scene is the same, and its dwell begins anew, because nobody saw it in between.</summary>
    public static DirectorState Resume(DirectorState state, DateTimeOffset now) => state with { DwellFrom = now };

    private static string? FaultOf(DirectorCommand command) =>
        string.IsNullOrWhiteSpace(command.By) ? DirectorCodes.ByMissing
        : FaultOf(command.By, ByLengthMax) ?? (command is DirectorCommand.Preempt { Message: { } message }
            ? string.IsNullOrWhiteSpace(message.Zh + message.En) ? DirectorCodes.MessageEmpty
            : FaultOf(message.Zh, Message.ZhLengthMax) ?? FaultOf(message.En, Message.EnLengthMax)
            : null);

    private static string? FaultOf(string text, int lengthMax) =>
        text.Length > lengthMax ? DirectorCodes.TextTooLong : text.Any(char.IsControl) ? DirectorCodes.BadText : null;

    private static DirectorDecision Preview(DirectorState state, DirectorCommand.Preview command, ScenePlan plan, DateTimeOffset now) =>
        plan.Find(command.Scene) is null ? new DirectorDecision.Refused(DirectorCodes.SceneUnknown, state)
        : command.Scene == state.OnAir ? new DirectorDecision.Refused(DirectorCodes.AlreadyOnAir, state)
        : Accept(state with { Preview = command.Scene }, command, command.Scene, now);

    private static DirectorDecision Take(DirectorState state, DirectorCommand.Take command, ScenePlan plan, DateTimeOffset now, TimeSpan lead) =>
        plan.Find(state.Preview) is { } scene
            ? Accept(OnAir(state, scene, now, lead), command, scene.Id, now)
            : new DirectorDecision.Refused(DirectorCodes.NothingToTake, state);

    private static DirectorDecision PinUp(DirectorState state, DirectorCommand.PinUp command, DateTimeOffset now) =>
        state.Pins.Any(pin => pin.Kind == command.Kind && pin.Key == command.Key) ? new DirectorDecision.Refused(DirectorCodes.PinExists, state)
        : state.Pins.Count >= PinsMax ? new DirectorDecision.Refused(DirectorCodes.PinsFull, state)
        : Accept(state with { Pins = [.. state.Pins, new Pin(command.Kind, command.Key, command.By, now)] }, command, command.Key, now);

    private static DirectorDecision Unpin(DirectorState state, DirectorCommand.Unpin command, DateTimeOffset now)
    {
        Pin[] left = [.. state.Pins.Where(pin => pin.Kind != command.Kind || pin.Key != command.Key)];
        return left.Length == state.Pins.Count
            ? new DirectorDecision.Refused(DirectorCodes.PinUnknown, state)
            : Accept(state with { Pins = left }, command, command.Key, now);
    }

    // A second emergency replaces the words of the first one and not the way back.
    private static DirectorDecision Preempt(DirectorState state, DirectorCommand.Preempt command, ScenePlan plan, DateTimeOffset now, TimeSpan lead)
    {
        if (command is { Scene: null, Message: null })
        {
            return new DirectorDecision.Refused(DirectorCodes.MessageEmpty, state);
        }

        if (command.Scene is not null && plan.Find(command.Scene) is null)
        {
            return new DirectorDecision.Refused(DirectorCodes.SceneUnknown, state);
        }

        var since = state.Emergency?.At ?? now;
        var emergency = new Emergency(command.Scene, command.Message, command.By, since);
        return Accept(
            Shows(state with { Emergency = emergency }, fade: TimeSpan.Zero, now, lead), command, command.Scene ?? command.Message!.In(WallLanguage.Zh), now);
    }

    // What was left of the dwell is left of it still; a dwell that began during the emergency has not begun for anybody.
    private static DirectorDecision.Accepted Return(DirectorState state, DirectorCommand.Return command, DateTimeOffset now, TimeSpan lead)
    {
        var hiddenSince = state.Emergency!.At > state.DwellFrom ? state.Emergency.At : state.DwellFrom;
        var returned = state with { Emergency = null, DwellFrom = state.DwellFrom + (now - hiddenSince) };
        return Accept(Shows(returned, fade: TimeSpan.Zero, now, lead), command, state.OnAir, now);
    }

    private static DirectorState OnAir(DirectorState state, PlannedScene scene, DateTimeOffset now, TimeSpan lead) => Shows(
        state with
        {
            OnAir = scene.Id,
            OnAirSince = now + lead,
            DwellFrom = now + lead,
            Preview = state.Preview == scene.Id ? null : state.Preview,
        },
        scene.Fade, now, lead);

    private static DirectorState Shows(DirectorState state, TimeSpan fade, DateTimeOffset now, TimeSpan lead) =>
        state with { Cut = new Cut(state.Revision + 1, state.Shown, now + lead, (int)fade.TotalMilliseconds) };

    private static DirectorDecision.Accepted Accept(DirectorState state, DirectorCommand command, string subject, DateTimeOffset now) =>
        new(Changed(state, command.Name, command.By, now, subject));

    private static DirectorState Changed(DirectorState state, string command, string by, DateTimeOffset now, string subject)
    {
        var revision = state.Revision + 1;
        var older = command == Change.Advance && state.Changes is [{ Command: Change.Advance }, ..] ? state.Changes.Skip(1) : state.Changes;
        return state with
        {
            Revision = revision,
            Changes = [new Change(revision, command, by, now, subject), .. older.Take(ChangesMax - 1)],
        };
    }
}

/// <summary>The scene that follows by itself.</summary>
internal sealed record FollowingScene(PlannedScene Scene, DateTimeOffset At);

/// <summary>What came of a command.</summary>
internal abstract record DirectorDecision(DirectorState State)
{
    /// <summary>It was done; the state is the new one.</summary>
    internal sealed record Accepted(DirectorState State) : DirectorDecision(State);

    /// <summary>It was not; the state is the present one.</summary>
    internal sealed record Refused(string Code, DirectorState State) : DirectorDecision(State);
}
