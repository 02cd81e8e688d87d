namespace CommandCenter.Runtime.Tests;

/// <summary>Holds the partition's thread inside Decide until a test has put everything in place.</summary>
internal sealed class Gate
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Pass(Deposit deposit)
    {
        _ = _reached.TrySetResult();
        if (!_open.Task.Wait(s_patience))
        {
            throw new TimeoutException("Nobody opened the gate.");
        }
    }

    public async Task WaitUntilReachedAsync()
    {
        try
        {
            await _reached.Task.WaitAsync(s_patience);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException("The partition did not reach the gate.", exception);
        }
    }

    public void Open() => _open.SetResult();
}
