namespace CommandCenter.Cameras.Sources;

/// <summary>How many feeds may be coded anew at a time. Thread-safe.</summary>
/// <param name="limit">Most of them.</param>
internal sealed class TranscodeBudget(int limit)
{
    private int _taken;

    /// <summary>How many are.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes one.</summary>
    /// <returns>Whether there was one left.</returns>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= limit)
        {
            return true;
        }

        Give();
        return false;
    }

    /// <summary>Gives one back.</summary>
    public void Give() => _ = Interlocked.Decrement(ref _taken);
}
