using CommandCenter.Web.Search;

namespace CommandCenter.Web.Tests.Search;

public sealed class SearchGateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Few_scan_at_once_some_wait_and_the_next_one_is_told_to_come_again()
    {
        using var gate = new SearchGate();
        using var open = new ManualResetEventSlim();
        var running = Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount / 2)).Select(_ => StartedAsync(gate, open)).ToArray();
        await Task.WhenAll(running.Select(one => one.Started));
        using var leaving = new CancellationTokenSource();
        var ran = 0;
        var first = gate.RunAsync(() => ran++, leaving.Token);
        var waiting = Enumerable.Range(1, SearchGate.WaitingMax - 1).Select(_ => gate.RunAsync(() => Interlocked.Increment(ref ran), Cancellation)).ToArray();

        await Assert.ThrowsAsync<SearchBusyException>(() => gate.RunAsync(() => ran++, Cancellation));

        // Whoever leaves makes room, and never scans.
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var late = gate.RunAsync(() => Interlocked.Increment(ref ran), Cancellation);
        Assert.Equal(0, ran);
        open.Set();
        await Task.WhenAll([late, .. waiting, .. running.Select(one => one.Done)]);
        Assert.Equal(SearchGate.WaitingMax, ran);
    }

    [Fact]
    public async Task A_scan_that_fails_gives_its_turn_back()
    {
        using var gate = new SearchGate();
        for (var i = 0; i < 100; i++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => gate.RunAsync(() => throw new InvalidOperationException(), Cancellation));
        }

        var ran = false;
        await gate.RunAsync(() => ran = true, Cancellation);
        Assert.True(ran);
    }

    private static (Task Started, Task Done) StartedAsync(SearchGate gate, ManualResetEventSlim open)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = Task.Factory.StartNew(
            () => gate.RunAsync(
                () =>
                {
                    started.SetResult();
                    open.Wait(Cancellation);
                },
                Cancellation),
            Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        return (started.Task, done);
    }
}
