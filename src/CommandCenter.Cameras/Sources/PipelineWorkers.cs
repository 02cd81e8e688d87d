using System.Threading.Channels;

namespace CommandCenter.Cameras.Sources;

/// <summary>
/// A few threads that start and stop pipelines: either may wait for a device, and a stop for a tenth of a second for its farewell. Forty-four
/// sources lost at once are stopped in less than a second.
/// </summary>
internal sealed class PipelineWorkers : IDisposable
{
    private const int Threads = 6;

    private readonly Channel<Action> _queue;
    private readonly Thread[] _threads;

    /// <param name="queueLengthMax">Most that wait.</param>
    public PipelineWorkers(int queueLengthMax)
    {
        _queue = Channel.CreateBounded<Action>(queueLengthMax);
        _threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"video-work-{i}" })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Has it done by one of the threads. It throws nothing.</summary>
    /// <returns>Whether there was room.</returns>
    public bool TryPost(Action action) => _queue.Writer.TryWrite(action);

    /// <summary>Waits until all that was posted is done.</summary>
    public void Dispose()
    {
        _ = _queue.Writer.TryComplete();
        foreach (var thread in _threads)
        {
            thread.Join();
        }
    }

    private void Work()
    {
        // A thread of its own, which may wait: nothing else runs on it.
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_queue.Reader.TryRead(out var action))
            {
                action();
            }
        }
    }
}
