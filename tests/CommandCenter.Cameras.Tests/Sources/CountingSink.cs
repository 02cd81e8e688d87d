using CommandCenter.Cameras.Feeds;
using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>Counts pictures and keeps the last ones.</summary>
internal sealed class CountingSink : IVideoSink
{
    private const int KeptMax = 200;

    private readonly Lock _lock = new();
    private readonly Queue<AccessUnit> _kept = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public AccessUnit[] Kept
    {
        get
        {
            lock (_lock)
            {
                return [.. _kept];
            }
        }
    }

    /// <summary>Waits for so many more pictures.</summary>
    public async Task MoreAsync(int count)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((_count + count, reached));
        }

        try
        {
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited 30 s for {count} more pictures; {Count} came in all.");
        }
    }

    public bool Offer(AccessUnit unit)
    {
        lock (_lock)
        {
            _count++;
            _kept.Enqueue(unit);
            if (_kept.Count > KeptMax)
            {
                _ = _kept.Dequeue();
            }

            foreach (var (_, reached) in _waiting.Where(waiting => waiting.Count <= _count))
            {
                reached.SetResult();
            }

            _ = _waiting.RemoveAll(waiting => waiting.Count <= _count);
        }

        return true;
    }
}
