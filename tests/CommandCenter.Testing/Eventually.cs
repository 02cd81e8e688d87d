namespace CommandCenter.Testing;

/// <summary>Waits for a condition of another process or page that offers no signal to wait on.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until the condition holds.</summary>
    /// <param name="what">What is waited for, as the end of the sentence "waited for …".</param>
    /// <param name="limit">How long to ask before giving up.</param>
    /// <param name="condition">Asked at once and then every 50 ms; its exceptions end the wait.</param>
    /// <param name="cancellationToken">The test's own token.</param>
    /// <exception cref="TimeoutException">The condition did not hold in time; the message says what was waited for.</exception>
    public static async Task TrueAsync(
        string what, TimeSpan limit, Func<CancellationToken, Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        giveUp.CancelAfter(limit);
        using var timer = new PeriodicTimer(s_between);
        try
        {
            while (!await condition(giveUp.Token))
            {
                await timer.WaitForNextTickAsync(giveUp.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && giveUp.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited {limit.TotalSeconds:0} s for {what}.");
        }
    }
}
