using CommandCenter.Simulator.Events;

namespace CommandCenter.Simulator.City;

/// <summary>Several walks as one, in the order of time.</summary>
internal sealed class Walks(params IReadOnlyList<IWalk> walks) : IWalk
{
    /// <inheritdoc/>
    public IEnumerable<PlannedEvent> Until(DateTimeOffset moment)
    {
        var coming = new PriorityQueue<IEnumerator<PlannedEvent>, (DateTimeOffset At, int Walk)>();
        for (var i = 0; i < walks.Count; i++)
        {
            Advance(walks[i].Until(moment).GetEnumerator(), i);
        }

        while (coming.TryDequeue(out var walk, out var place))
        {
            yield return walk.Current;
            Advance(walk, place.Walk);
        }

        void Advance(IEnumerator<PlannedEvent> walk, int index)
        {
            if (walk.MoveNext())
            {
                coming.Enqueue(walk, (walk.Current.At, index));
            }
            else
            {
                walk.Dispose();
            }
        }
    }
}
