using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Web.Grains;

/// <summary>Is told when messages between partitions wait.</summary>
internal interface ICourierObserver
{
    /// <summary>A message could not be delivered now; it is tried again.</summary>
    void DeliveryFailed(int from, int target, Exception exception);
}

/// <summary>
/// Carries messages from the outbox of one partition to the inbox of another: in order, at least once, and counted once, because the
/// target keeps the last position that it has dealt with in its own journal.
/// </summary>
internal sealed class Courier : IAsyncDisposable
{
    private const int BatchMax = 256;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly GrainHost _grains;
    private readonly TimeProvider _time;
    private readonly ICourierObserver? _observer;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _round = new(1);
    private readonly HashSet<(int From, int Target)> _failing = [];
    private readonly Task _loop;
    private bool _isDisposed;

    public Courier(GrainHost grains, TimeProvider time, ICourierObserver? observer, bool isRunning)
    {
        _grains = grains;
        _time = time;
        _observer = observer;
        _loop = isRunning ? RunAsync(_closing.Token) : Task.CompletedTask;
    }

    /// <summary>Carries until no outbox holds anything.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        while (await CarryAllAsync(cancellationToken) > 0)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await _closing.CancelAsync();
            await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _closing.Dispose();
            _round.Dispose();
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_pause, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                _ = await CarryAllAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Nobody awaits this loop. Unreported, cases would wait between two courts in silence.
                _observer?.DeliveryFailed(-1, -1, exception);
            }
        }
    }

    private async Task<int> CarryAllAsync(CancellationToken cancellationToken)
    {
        await _round.WaitAsync(cancellationToken);
        try
        {
            var carried = 0;
            for (var from = 0; from < _grains.PartitionCount; from++)
            {
                carried += await CarryAsync(from, cancellationToken);
            }

            return carried;
        }
        finally
        {
            _ = _round.Release();
        }
    }

    private async Task<int> CarryAsync(int from, CancellationToken cancellationToken)
    {
        OutboxMessage[] messages;
        try
        {
            messages = await _grains.AskAsync(
                from, model => model.Outbox.GroupBy(message => message.Target).SelectMany(group => group.Take(BatchMax)).ToArray(), cancellationToken);
        }
        catch (PartitionUnavailableException)
        {
            return 0; // The source is stopped or recovering, and says so itself.
        }

        var carried = 0;
        foreach (var group in messages.GroupBy(message => message.Target))
        {
            // One target that is out must not keep the others waiting.
            carried += await CarryAsync(from, group.Key, [.. group]);
        }

        return carried;
    }

    private async Task<int> CarryAsync(int from, int target, OutboxMessage[] messages)
    {
        try
        {
            var recordedAt = _time.GetUtcNow();
            var isCarried = await PostAsync(target, [.. messages.Select(message => new GrainCommand.Deliver(from, message, recordedAt))])
                && await PostAsync(from, [new GrainCommand.ForgetDelivered(target, messages[^1].Position)]);
            _ = _failing.Remove((from, target));
            return isCarried ? messages.Length : 0; // A full queue: the next round tries again.
        }
        catch (PartitionUnavailableException exception)
        {
            // What waits in the outbox waits on. Said once, not ten times a second.
            if (_failing.Add((from, target)))
            {
                _observer?.DeliveryFailed(from, target, exception);
            }

            return 0;
        }
    }

    private async Task<bool> PostAsync(int partition, GrainCommand[] commands)
    {
        var batch = new PartitionBatch<GrainCommand, GrainReply>(commands);
        if (!_grains.TryPost(partition, batch))
        {
            return false;
        }

        await batch.Completion;
        return true;
    }
}
