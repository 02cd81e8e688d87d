namespace CommandCenter.Web.Recount;

/// <summary>Lets the recount pass or wait. Any thread may close and open it.</summary>
internal sealed class RecountGate
{
    private volatile TaskCompletionSource? _opened;

    public bool IsClosed => _opened is not null;

    public void Close() =>
        _ = Interlocked.CompareExchange(ref _opened, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);

    public void Open() => Interlocked.Exchange(ref _opened, null)?.TrySetResult();

    /// <summary>Waits while the gate is closed.</summary>
    public async ValueTask PassAsync(CancellationToken cancellationToken)
    {
        while (_opened is { } opened)
        {
            await opened.Task.WaitAsync(cancellationToken);
        }
    }
}
