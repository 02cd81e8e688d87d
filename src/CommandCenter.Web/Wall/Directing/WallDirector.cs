using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Wall.Directing;

/// <summary>Directs all walls: applies commands, lets scenes follow each other, and keeps every change before anybody sees it.</summary>
/// <remarks>
/// <para>A wall has one lock. A command and the tick that ends a dwell take it, so one of them comes second and, being stale, is told.
/// Reading takes none.</para>
/// <para>When a change cannot be written the wall changes all the same and says so: a full disk must not stop an emergency. Only a restart would
/// then bring an older picture back.</para>
/// </remarks>
internal sealed partial class WallDirector : BackgroundService
{
    private static readonly TimeSpan s_keepAgainAfter = TimeSpan.FromSeconds(5);

    private readonly IScenePlans _plans;
    private readonly DirectorStore _store;
    private readonly DirectorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<WallDirector> _logger;

    // Lazy: two readers at once must not both open a wall's file.
    private readonly ConcurrentDictionary<string, Lazy<DirectedWall>> _walls = new(StringComparer.Ordinal);

    public WallDirector(IScenePlans plans, IOptions<DirectorOptions> options, TimeProvider time, ILogger<WallDirector> logger)
    {
        _plans = plans;
        _options = options.Value;
        _store = new DirectorStore(_options.Directory);
        _time = time;
        _logger = logger;
    }

    /// <summary>What a wall shows now. Cheap; safe from any thread.</summary>
    /// <returns><see langword="false"/>: there is no such wall.</returns>
    public bool TryRead(string wallId, [NotNullWhen(true)] out DirectedState? state)
    {
        state = _plans.PlanOf(wallId) is null ? null : WallOf(wallId).Latest;
        return state is not null;
    }

    /// <summary>Carries out a command. The answer is on disk.</summary>
    /// <returns><see langword="null"/>: there is no such wall.</returns>
    public DirectorDecision? Order(string wallId, DirectorCommand command)
    {
        if (_plans.PlanOf(wallId) is null)
        {
            return null;
        }

        var decision = WallOf(wallId).Order(command);
        if (decision is DirectorDecision.Refused refused)
        {
            Log.Refused(_logger, wallId, command.Name, command.By, refused.Code, command.Revision, refused.State.Revision);
        }
        else
        {
            Log.Done(_logger, wallId, command.Name, command.By, decision.State.Changes[0].Subject, decision.State.Revision);
        }

        return decision;
    }

    /// <summary>Lets every wall go on whose time has come.</summary>
    public void Tick()
    {
        foreach (var wallId in _plans.WallIds)
        {
            if (_plans.PlanOf(wallId) is not null)
            {
                WallOf(wallId).Tick();
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.TickInterval, _time);
        do
        {
            try
            {
                Tick();
            }
            catch (Exception exception)
            {
                // Ending the loop would leave every wall in its present scene for ever.
                Log.TickFailed(_logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private DirectedWall WallOf(string wallId) =>
        _walls.GetOrAdd(wallId, id => new Lazy<DirectedWall>(() => new DirectedWall(this, id))).Value;

    /// <summary>One wall: its state, and the lock that its changes take.</summary>
    private sealed class DirectedWall
    {
        private readonly WallDirector _director;
        private readonly string _id;
        private readonly Lock _changing = new();
        private DirectedState _latest;
        private DateTimeOffset _keepAgainAt;

        public DirectedWall(WallDirector director, string id)
        {
            _director = director;
            _id = id;
            var plan = director._plans.PlanOf(id)!;
            var now = director._time.GetUtcNow();
            DirectorState? kept = null;
            string? fault;
            try
            {
                kept = director._store.Read(id, out fault);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                fault = exception.Message;
            }

            if (fault is not null)
            {
                Log.CannotResume(director._logger, id, fault);
            }

            var state = kept is null
                ? DirectorDecider.Begin(plan, now)
                : DirectorDecider.Fit(DirectorDecider.Resume(kept, now), plan, now, director._options.Lead);
            _latest = new DirectedState(state, plan, IsKept: kept is null || kept.Revision == state.Revision, fault);
        }

        public DirectedState Latest => Volatile.Read(ref _latest);

        public DirectorDecision Order(DirectorCommand command)
        {
            lock (_changing)
            {
                Follow();
                var before = _latest;
                var decision = DirectorDecider.Decide(before.State, command, before.Plan, _director._time.GetUtcNow(), _director._options.Lead);
                if (decision is DirectorDecision.Accepted)
                {
                    // Whoever acts has seen what was wrong with the file of the last run.
                    Publish(new DirectedState(decision.State, before.Plan, Keep(decision.State), Fault: null));
                }

                return decision;
            }
        }

        public void Tick()
        {
            lock (_changing)
            {
                Follow();
            }
        }

        private void Follow()
        {
            var before = _latest;
            var now = _director._time.GetUtcNow();
            var lead = _director._options.Lead;
            var plan = _director._plans.PlanOf(_id) ?? before.Plan;
            var fitted = ReferenceEquals(plan, before.Plan) ? before.State : DirectorDecider.Fit(before.State, plan, now, lead);
            var state = DirectorDecider.Advance(fitted, plan, now, lead);
            var isChanged = state.Revision != before.State.Revision;
            var isKept = isChanged || (!before.IsKept && now >= _keepAgainAt) ? Keep(state) : before.IsKept;
            if (!ReferenceEquals(state, before.State) || !ReferenceEquals(plan, before.Plan) || isKept != before.IsKept)
            {
                Publish(new DirectedState(state, plan, isKept, before.Fault));
            }
        }

        private void Publish(DirectedState latest)
        {
            var before = _latest;
            Volatile.Write(ref _latest, latest);
            before.Succeed();
        }

        private bool Keep(DirectorState state)
        {
            try
            {
                _director._store.Write(_id, state);
                return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Log.NotKept(_director._logger, exception, _id, state.Revision);
                _keepAgainAt = _director._time.GetUtcNow() + s_keepAgainAfter;
                return false;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Wall {Wall}: {Command} {Subject} by {By}, revision {Revision}")]
        public static partial void Done(ILogger logger, string wall, string command, string by, string subject, long revision);

        [LoggerMessage(LogLevel.Information, "Wall {Wall}: {Command} by {By} refused, {Code}; it named revision {Named}, the wall is at {Revision}")]
        public static partial void Refused(ILogger logger, string wall, string command, string by, string code, long named, long revision);

        [LoggerMessage(LogLevel.Error, "Wall {Wall} begins with its first scene; what it showed cannot be read: {Fault}")]
        public static partial void CannotResume(ILogger logger, string wall, string fault);

        [LoggerMessage(LogLevel.Error, "Wall {Wall} shows revision {Revision}, which cannot be written; a restart would bring back an older one")]
        public static partial void NotKept(ILogger logger, Exception exception, string wall, long revision);

        [LoggerMessage(LogLevel.Error, "Scenes could not follow each other; the walls keep their present ones")]
        public static partial void TickFailed(ILogger logger, Exception exception);
    }
}

/// <summary>A wall's state with the scenes that it was decided on.</summary>
/// <param name="State">What the wall shows.</param>
/// <param name="Plan">The scenes.</param>
/// <param name="IsKept">Whether the state is on disk.</param>
/// <param name="Fault">Why the wall could not begin where it was; <see langword="null"/> when it could.</param>
internal sealed record DirectedState(DirectorState State, ScenePlan Plan, bool IsKept, string? Fault)
{
    // Continuations run elsewhere: who follows a wall must not hold its lock.
    private readonly TaskCompletionSource _succeeded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when there is a newer one.</summary>
    public Task Succeeded => _succeeded.Task;

    /// <summary>The scene that follows by itself, and when.</summary>
    public FollowingScene? Next => DirectorDecider.NextOf(State, Plan);

    public void Succeed() => _succeeded.TrySetResult();
}
