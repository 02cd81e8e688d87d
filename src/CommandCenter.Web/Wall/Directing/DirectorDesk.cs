namespace CommandCenter.Web.Wall.Directing;

/// <summary>Where orders come in, from the API and from the page: reads them, checks that what is to be pinned exists, and passes them on.</summary>
internal sealed class DirectorDesk(WallDirector director, WallCatalog catalog, TimeProvider time, IServiceProvider services)
{
    /// <summary>Who knows courts, cases and officers; <see langword="null"/> where the walls run without them.</summary>
    public IPinDirectory? Pins { get; } = services.GetService<IPinDirectory>();

    public IReadOnlyList<WallSummary> Summaries() =>
        [.. catalog.Walls.Select(wall => (Wall: wall, Found: director.TryRead(wall.Id, out var directed), Directed: directed)).Where(one => one.Found)
            .Select(one => new WallSummary(
                one.Wall.Id, one.Wall.Title, one.Directed!.State.Revision, one.Directed.State.Shown, one.Directed.State.IsHeld,
                one.Directed.State.Emergency is not null, FaultsOf(one.Wall.Id)))];

    public DirectorView? View(string wallId) =>
        director.TryRead(wallId, out var directed) ? DirectorView.Of(wallId, directed, FaultsOf(wallId), time.GetUtcNow()) : null;

    /// <summary>Carries out a command of somebody whose name stands beside it then.</summary>
    public async Task<DirectorAnswer> OrderAsync(string wallId, DirectorRequest request, string by, CancellationToken cancellationToken)
    {
        if (!director.TryRead(wallId, out _))
        {
            return new DirectorAnswer(DirectorCodes.WallUnknown);
        }

        var (command, code) = await CommandOfAsync(request, by, cancellationToken);
        return command is null
            ? new DirectorAnswer(code)
            : new DirectorAnswer(director.Order(wallId, command) switch
            {
                null => DirectorCodes.WallUnknown,
                DirectorDecision.Refused refused => refused.Code,
                _ => null,
            });
    }

    /// <summary>What is wrong with a wall's file; the last good one is in use.</summary>
    public IReadOnlyList<string> FaultsOf(string wallId) =>
        [.. catalog.Faults.Where(fault => fault.WallId == wallId || fault.File == catalog.Folder).Select(static fault => fault.Message)];

    private async Task<(DirectorCommand? Command, string? Code)> CommandOfAsync(DirectorRequest request, string by, CancellationToken cancellationToken)
    {
        var revision = request.Revision;
        return request switch
        {
            { Command: "preview", Scene: { } scene, Pin: null, Message: null } => (new DirectorCommand.Preview(scene, revision, by), null),
            { Command: "take", Scene: null, Pin: null, Message: null } => (new DirectorCommand.Take(revision, by), null),
            { Command: "next", Scene: null, Pin: null, Message: null } => (new DirectorCommand.Next(revision, by), null),
            { Command: "hold", Scene: null, Pin: null, Message: null } => (new DirectorCommand.Hold(revision, by), null),
            { Command: "release", Scene: null, Pin: null, Message: null } => (new DirectorCommand.Release(revision, by), null),
            { Command: "return", Scene: null, Pin: null, Message: null } => (new DirectorCommand.Return(revision, by), null),
            { Command: "preempt", Pin: null } => (new DirectorCommand.Preempt(request.Scene, Trimmed(request.Message), revision, by), null),
            { Command: "unpin", Scene: null, Pin: { } pin, Message: null } when KindOf(pin.Kind) is { } kind =>
                (new DirectorCommand.Unpin(kind, pin.Key, revision, by), null),
            { Command: "pin", Scene: null, Pin: { } pin, Message: null } when KindOf(pin.Kind) is { } kind =>
                await PinUpAsync(kind, pin.Key, revision, by, cancellationToken),
            _ => (null, DirectorCodes.BadCommand),
        };
    }

    private async Task<(DirectorCommand? Command, string? Code)> PinUpAsync(
        PinKind kind, string key, long revision, string by, CancellationToken cancellationToken)
    {
        var found = Pins is null ? new PinAnswer(null, UnknownOf(kind)) : await Pins.FindAsync(kind, key.Trim(), cancellationToken);
        return found.Key is null ? (null, found.Code) : (new DirectorCommand.PinUp(kind, found.Key, revision, by), null);
    }

    private static string UnknownOf(PinKind kind) => kind switch
    {
        PinKind.Court => DirectorCodes.CourtUnknown,
        PinKind.Case => DirectorCodes.CaseUnknown,
        _ => DirectorCodes.OfficerUnknown,
    };

    private static PinKind? KindOf(string name) => name switch
    {
        "court" => PinKind.Court,
        "case" => PinKind.Case,
        "officer" => PinKind.Officer,
        _ => null,
    };

    private static Message? Trimmed(Message? message) => message is null ? null : new Message(message.Zh.Trim(), message.En.Trim());
}

/// <summary>What came of an order: <see langword="null"/> when it was done, else why it was not.</summary>
internal sealed record DirectorAnswer(string? Code);
