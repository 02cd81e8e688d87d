using System.Diagnostics.CodeAnalysis;
using CommandCenter.Simulator.Events;

namespace CommandCenter.Simulator.Cases;

/// <summary>Many cases as one stream of events in the order of time.</summary>
/// <remarks>A case has one entry, its next step, so its own steps cannot overtake one another, however equal their times.</remarks>
internal sealed class CaseQueue
{
    // Milliseconds and, among equal ones, the order of adding, in one number: comparing pairs was most of the cost of a history.
    private const int OrderBits = 22;

    private readonly PriorityQueue<(CasePlan Plan, int Step), long> _next = new();
    private int _added;

    /// <summary>Adds a case, from its first step that is not before a moment.</summary>
    public void Add(CasePlan plan, DateTimeOffset from)
    {
        var step = 0;
        while (step < plan.Steps.Count && plan.Steps[step].At < from)
        {
            step++;
        }

        if (step < plan.Steps.Count)
        {
            _next.Enqueue((plan, step), Key(plan.Steps[step].At, _added));
        }

        _added = (_added + 1) & ((1 << OrderBits) - 1);
    }

    /// <summary>Takes the next event that is not after a moment.</summary>
    public bool TryTake(DateTimeOffset upTo, [NotNullWhen(true)] out PlannedEvent? taken)
    {
        if (!_next.TryPeek(out var next, out var key) || next.Plan.Steps[next.Step].At > upTo)
        {
            taken = null;
            return false;
        }

        var (plan, step) = next;
        taken = plan.EventOf(step);
        if (step + 1 < plan.Steps.Count)
        {
            var order = (int)(key & ((1 << OrderBits) - 1));
            _ = _next.DequeueEnqueue((plan, step + 1), Key(plan.Steps[step + 1].At, order));
        }
        else
        {
            _ = _next.Dequeue();
        }

        return true;
    }

    // 41 bits hold the milliseconds up to the year 2039.
    private static long Key(DateTimeOffset at, int order) => (at.ToUnixTimeMilliseconds() << OrderBits) | (uint)order;
}
