using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Events;

namespace CommandCenter.Simulator.Mischief;

/// <summary>Stands between a walk and its listener: holds events back, tells them twice, plants what cannot be.</summary>
/// <remarks>
/// What happens to an event depends on the seed and its id alone. The steps of a case keep their order, apart from those that
/// <see cref="MischiefKinds.OutOfOrder"/> holds back for minutes: nodes and receipts, which are facts in any order.
/// </remarks>
internal sealed class MischiefWalk(IWalk inner, MischiefKinds kinds, long seed) : IWalk
{
    private const double LateShare = 0.002;
    private const double DuplicateShare = 0.01;
    private const double OutOfOrderShare = 0.02;
    private const double ContradictoryShare = 0.01;
    private const double FutureShare = 0.001;

    // The bank takes a wrong posting back 20 minutes after it at the earliest, and a reversal needs its original.
    private const int OutOfOrderMinutesMax = 15;

    private readonly PriorityQueue<PlannedEvent, (DateTimeOffset At, long Order)> _held = new();
    private readonly Dictionary<string, DateTimeOffset> _notBefore = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _skews = new(StringComparer.Ordinal);
    private readonly SilentCourts _silent = new(seed);
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private long _order;

    /// <summary>How many events each kind of mischief met.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <inheritdoc/>
    public IEnumerable<PlannedEvent> Until(DateTimeOffset moment)
    {
        foreach (var planned in inner.Until(moment))
        {
            foreach (var due in Due(planned.At))
            {
                yield return due;
            }

            Take(planned);
        }

        foreach (var due in Due(moment))
        {
            yield return due;
        }
    }

    /// <summary>What is still held back when the run ends.</summary>
    public IEnumerable<PlannedEvent> Rest() => Due(DateTimeOffset.MaxValue);

    private IEnumerable<PlannedEvent> Due(DateTimeOffset moment)
    {
        while (_held.TryPeek(out var planned, out var place) && place.At <= moment)
        {
            _ = _held.Dequeue();
            yield return planned;
        }
    }

    private void Take(PlannedEvent planned)
    {
        var random = SeededRandom.For(seed, "mischief", planned.Id.GetStableHash());
        var at = Release(planned, random);
        var told = Skewed(planned);
        Hold(told, at);
        if (Happens(MischiefKinds.Duplicate, random, DuplicateShare))
        {
            Hold(told with { IsRepeat = true }, at.AddMinutes(random.Between(0, 120)));
        }

        if (Happens(MischiefKinds.Contradictory, random, ContradictoryShare) && Contradiction.Of(told, random) is { } contradiction)
        {
            Count(MischiefKinds.Contradictory);
            Hold(contradiction, at);
        }

        if (told.Case is not null && Happens(MischiefKinds.ClockSkew, random, FutureShare))
        {
            Hold(Contradiction.InFuture(told), at);
        }
    }

    private DateTimeOffset Release(PlannedEvent planned, SeededRandom random)
    {
        var subject = planned.Case ?? planned.By;
        var at = planned.At;
        if (_notBefore.TryGetValue(subject, out var earliest))
        {
            if (earliest > at)
            {
                at = earliest;
            }
            else
            {
                _ = _notBefore.Remove(subject);
            }
        }

        if (Has(MischiefKinds.SilentCourt) && _silent.SpeaksAgain(planned.Court, planned.At) is { } again && again > at)
        {
            Count(MischiefKinds.SilentCourt);
            at = again;
            _notBefore[subject] = at;
        }

        if (Happens(MischiefKinds.Late, random, LateShare))
        {
            at = at.AddMinutes(random.Between(10, 3 * 24 * 60));
            _notBefore[subject] = at;
        }
        // What waits already is told at once with the steps after it; held back once more, a receipt would follow its own reversal.
        else if (at == planned.At && planned.Data is (EventData.CaseNode or EventData.FundsReceived) && Happens(MischiefKinds.OutOfOrder, random, OutOfOrderShare))
        {
            at = at.AddMinutes(random.Between(1, OutOfOrderMinutesMax));
        }

        return at;
    }

    // A third of the courts have a wrong clock, most of them slow: a fast one is found out when it passes the product's own.
    private PlannedEvent Skewed(PlannedEvent planned)
    {
        if (!Has(MischiefKinds.ClockSkew))
        {
            return planned;
        }

        if (!_skews.TryGetValue(planned.Court, out var skew))
        {
            var random = SeededRandom.For(seed, "skew", planned.Court.GetStableHash());
            skew = random.Happens(1.0 / 3) ? TimeSpan.FromSeconds(random.Between(-5_400, 420)) : TimeSpan.Zero;
            _skews.Add(planned.Court, skew);
        }

        if (skew == TimeSpan.Zero)
        {
            return planned;
        }

        Count(MischiefKinds.ClockSkew);
        return planned with { At = planned.At + skew };
    }

    private void Hold(PlannedEvent planned, DateTimeOffset until) => _held.Enqueue(planned, (until, _order++));

    private bool Has(MischiefKinds kind) => (kinds & kind) != 0;

    private bool Happens(MischiefKinds kind, SeededRandom random, double share)
    {
        // Drawn whether asked for or not, so that one kind more does not change what the others do.
        var happens = random.Happens(share) && Has(kind);
        if (happens && kind is not (MischiefKinds.Contradictory or MischiefKinds.ClockSkew))
        {
            Count(kind);
        }

        return happens;
    }

    private void Count(MischiefKinds kind)
    {
        var name = MischiefNames.NameOf(kind);
        _counts[name] = _counts.GetValueOrDefault(name) + 1;
    }
}
