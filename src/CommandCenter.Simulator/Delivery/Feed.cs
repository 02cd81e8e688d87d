using CommandCenter.Simulator.Events;

namespace CommandCenter.Simulator.Delivery;

/// <summary>Posts events in their order, one request after the other, so that what the product holds is always a beginning of the plan.</summary>
/// <param name="product">Where to.</param>
/// <param name="faults">Where refused lines are told of.</param>
internal sealed class Feed(ProductClient product, TextWriter faults) : IDisposable
{
    private const int ExamplesPerCode = 3;

    private readonly EventBatch _batch = new();
    private readonly Dictionary<string, int> _rejectedByCode = new(StringComparer.Ordinal);

    /// <summary>Events that this run made durable.</summary>
    public long AcceptedCount { get; private set; }

    /// <summary>Events that were durable before.</summary>
    public long DuplicateCount { get; private set; }

    /// <summary>Events that were refused.</summary>
    public long RejectedCount => _rejectedByCode.Values.Sum(count => (long)count);

    /// <summary>Refused events by code.</summary>
    public IReadOnlyDictionary<string, int> RejectedByCode => _rejectedByCode;

    /// <summary>Posts events and returns when all of them are answered for.</summary>
    /// <param name="events">The events, in the order of time.</param>
    /// <param name="posted">Told after each request with its last event, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the feed.</param>
    /// <exception cref="RunException">The product cannot be reached, or refuses whole requests.</exception>
    public async Task PostAsync(IEnumerable<PlannedEvent> events, Action<PlannedEvent>? posted, CancellationToken cancellationToken)
    {
        // While a request is on its way the next one is written: planning and the product's work overlap.
        var onItsWay = (Task: Task.CompletedTask, Last: (PlannedEvent?)null);
        PlannedEvent? last = null;
        foreach (var planned in events)
        {
            _batch.Add(planned);
            last = planned;
            if (_batch.IsFull)
            {
                onItsWay = await NextAsync(onItsWay, last, posted, cancellationToken);
            }
        }

        if (_batch.Count > 0)
        {
            onItsWay = await NextAsync(onItsWay, last!, posted, cancellationToken);
        }

        await onItsWay.Task;
        Tell(onItsWay.Last, posted);
    }

    /// <inheritdoc/>
    public void Dispose() => _batch.Dispose();

    private async Task<(Task Task, PlannedEvent? Last)> NextAsync(
        (Task Task, PlannedEvent? Last) onItsWay, PlannedEvent last, Action<PlannedEvent>? posted, CancellationToken cancellationToken)
    {
        var body = _batch.Compress();
        var count = _batch.Count;
        _batch.Clear();
        await onItsWay.Task;
        Tell(onItsWay.Last, posted);
        return (SendAsync(body, count, cancellationToken), last);
    }

    private async Task SendAsync(byte[] body, int count, CancellationToken cancellationToken)
    {
        var answer = await product.PostEventsAsync(body, cancellationToken);
        var rejected = answer.Rejected ?? [];
        if (answer.Accepted + answer.Duplicates + rejected.Count != count)
        {
            throw new RunException(3, $"The server answers for {answer.Accepted + answer.Duplicates + rejected.Count} of {count} events.");
        }

        AcceptedCount += answer.Accepted;
        DuplicateCount += answer.Duplicates;
        foreach (var line in rejected)
        {
            var seen = _rejectedByCode[line.Code] = _rejectedByCode.GetValueOrDefault(line.Code) + 1;
            if (seen <= ExamplesPerCode)
            {
                await faults.WriteLineAsync($"Refused: {line.Code} {line.Field} {line.Message}");
            }
        }

        if (rejected.Count > count / 2 && count == EventBatch.CountMax)
        {
            throw new RunException(
                1, $"The server refuses {rejected.Count} of {count} events. A data directory that holds the city of another seed cannot hold this one too.");
        }
    }

    private static void Tell(PlannedEvent? last, Action<PlannedEvent>? posted)
    {
        if (last is not null)
        {
            posted?.Invoke(last);
        }
    }
}
