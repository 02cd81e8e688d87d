using CommandCenter.Cameras.Gb28181.Manscdp;

namespace CommandCenter.Cameras.Gb28181;

/// <summary>A question that a device answers in messages of its own. Thread-safe.</summary>
/// <param name="isWhole">Takes a part; true when nothing is missing any more. Called by one thread at a time.</param>
internal sealed class GbQuery(Func<ManscdpElement, bool> isWhole)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<ManscdpElement> _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The last part, when all are there.</summary>
    public Task<ManscdpElement> Whole => _whole.Task;

    public void Take(ManscdpElement document)
    {
        lock (_gate)
        {
            if (!_whole.Task.IsCompleted && isWhole(document))
            {
                _ = _whole.TrySetResult(document);
            }
        }
    }
}
