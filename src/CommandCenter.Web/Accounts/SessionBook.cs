using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Accounts;

/// <summary>All sessions that last. Every request of a person asks here, so that an end is felt with the next one, and by open connections at once.</summary>
internal sealed class SessionBook(IDbContextFactory<AccountsDb> databases, IOptions<AccountOptions> options, TimeProvider time) : BackgroundService
{
    private const int IdBytes = 24;
    private const int BrowserMax = 160;
    private static readonly TimeSpan s_sweep = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, LiveSession> _live = new(StringComparer.Ordinal);

    /// <summary>How many last.</summary>
    public int Count => _live.Count;

    /// <summary>All that last.</summary>
    public IEnumerable<LiveSession> Sessions => _live.Values;

    /// <summary>Takes up the sessions that lasted when the server stopped.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        await foreach (var session in database.Sessions.AsNoTracking().Where(static session => session.EndedAt == null).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            _live[session.Id] = new LiveSession(session, now);
        }
    }

    /// <summary>Begins a session. The oldest of the account end when it has as many as it may.</summary>
    public async Task<LiveSession> BeginAsync(string accountId, string from, string browser, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var surplus in Of(accountId).SkipLast(options.Value.SessionsMax - 1))
        {
            await EndAsync(surplus.Id, "another-sign-in", cancellationToken);
        }

        var kept = new Session
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
            AccountId = accountId,
            StartedAt = now.UtcTicks,
            From = from,
            Browser = browser.Length > BrowserMax ? browser[..BrowserMax] : browser,
        };
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        _ = database.Sessions.Add(kept);
        _ = await database.SaveChangesAsync(cancellationToken);
        return _live[kept.Id] = new LiveSession(kept, now);
    }

    /// <summary>A session that lasts, and was asked for now; <see langword="null"/> when there is none.</summary>
    public LiveSession? Touch(string id)
    {
        var now = time.GetUtcNow();
        if (!_live.TryGetValue(id, out var session) || session.IsOver(now, options.Value))
        {
            return null;
        }

        session.Touch(now);
        return session;
    }

    /// <summary>The sessions of an account, the oldest first.</summary>
    public IReadOnlyList<LiveSession> Of(string accountId) =>
        [.. _live.Values.Where(session => session.AccountId == accountId).OrderBy(static session => session.StartedAt)];

    /// <summary>Ends a session: its next request is refused, and its open connections are cut.</summary>
    /// <param name="id">Which.</param>
    /// <param name="why">A stable word.</param>
    /// <param name="cancellationToken">Of the keeping only; the session has ended when this returns or throws.</param>
    public async Task EndAsync(string id, string why, CancellationToken cancellationToken)
    {
        if (!_live.TryRemove(id, out var session))
        {
            return;
        }

        session.End();
        var now = time.GetUtcNow().UtcTicks;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        _ = await database.Sessions.Where(kept => kept.Id == id && kept.EndedAt == null)
            .ExecuteUpdateAsync(kept => kept.SetProperty(static k => k.EndedAt, now).SetProperty(static k => k.EndedBy, why), cancellationToken);
    }

    /// <summary>Ends all sessions of an account but one.</summary>
    public async Task EndAllAsync(string accountId, string why, string? except, CancellationToken cancellationToken)
    {
        foreach (var session in Of(accountId).Where(session => session.Id != except))
        {
            await EndAsync(session.Id, why, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_sweep, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = time.GetUtcNow();
            foreach (var session in _live.Values.Where(session => session.IsOver(now, options.Value)))
            {
                await EndAsync(session.Id, "time-is-over", stoppingToken);
            }
        }
    }
}
