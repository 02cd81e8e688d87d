namespace CommandCenter.Web.Recount;

/// <summary>How long the recount rests between two slices of its work: a proof that is late says so, an answer that is late is felt.</summary>
/// <remarks>
/// A pace and not a thread of low priority: the garbage collector waits for every thread to stop, and one that gets no processor time stops late.
/// </remarks>
internal sealed class RecountPace(TimeProvider time)
{
    // A hundred and fifty cities in their busiest minute send a fifth of this. Who sends more is catching up and waits for every answer.
    private const int BusyEventsPerSecond = 10_000;
    private const int RestsPerSlice = 19;
    private static readonly TimeSpan s_restMax = TimeSpan.FromMilliseconds(250);

    private long _begunAt;
    private long _position;

    /// <summary>A slice begins.</summary>
    /// <param name="position">Records of all partitions so far.</param>
    public void Begin(long position)
    {
        _begunAt = time.GetTimestamp();
        _position = position;
    }

    /// <summary>How long to rest now that the slice has ended.</summary>
    /// <param name="position">Records of all partitions so far.</param>
    /// <param name="isQueued">Events wait in a queue.</param>
    public TimeSpan Rest(long position, bool isQueued)
    {
        var took = time.GetElapsedTime(_begunAt);
        if (!isQueued && position - _position < took.TotalSeconds * BusyEventsPerSecond)
        {
            return TimeSpan.Zero;
        }

        var rest = took * RestsPerSlice;
        return rest < s_restMax ? rest : s_restMax;
    }
}
