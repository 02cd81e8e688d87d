namespace CommandCenter.Web.Accounts;

/// <summary>A session that lasts, in memory.</summary>
internal sealed class LiveSession : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private long _seenAt;
    private int _connections;

    public LiveSession(Session kept, DateTimeOffset now)
    {
        Id = kept.Id;
        AccountId = kept.AccountId;
        StartedAt = new DateTimeOffset(kept.StartedAt, TimeSpan.Zero);
        From = kept.From;
        Browser = kept.Browser;
        _seenAt = now.UtcTicks;
        Ended = _ended.Token;
    }

    public string Id { get; }

    public string AccountId { get; }

    public DateTimeOffset StartedAt { get; }

    public string From { get; }

    public string Browser { get; }

    /// <summary>When it last asked for anything.</summary>
    public DateTimeOffset SeenAt => new(Interlocked.Read(ref _seenAt), TimeSpan.Zero);

    /// <summary>Cancelled with the session: what stays connected ends then.</summary>
    public CancellationToken Ended { get; }

    public void Touch(DateTimeOffset now) => Interlocked.Exchange(ref _seenAt, now.UtcTicks);

    /// <summary>A page that stays connected; it keeps the session from idling out.</summary>
    public void Connect() => Interlocked.Increment(ref _connections);

    public void Disconnect(DateTimeOffset now)
    {
        Touch(now);
        _ = Interlocked.Decrement(ref _connections);
    }

    /// <summary>Whether its time is over.</summary>
    public bool IsOver(DateTimeOffset now, AccountOptions options) =>
        now - StartedAt > options.SessionLength || (Volatile.Read(ref _connections) == 0 && now - SeenAt > options.IdleLength);

    public void End() => _ended.Cancel();

    public void Dispose() => _ended.Dispose();
}
