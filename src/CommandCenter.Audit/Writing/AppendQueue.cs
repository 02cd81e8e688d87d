using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Audit.Writing;

/// <summary>What waits to be written. Callers wait for room without a thread; the one writer's thread waits for work.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Callers may wait for room to the end; without a wait handle the semaphore is memory alone.")]
internal sealed class AppendQueue
{
    /// <summary>Most that waits; a caller beyond waits until there is room.</summary>
    public const int LengthMax = 1_024;

    private const int GroupMax = 512;
    private const int GroupBytesMax = 1024 * 1024;

    private readonly object _gate = new(); // Not a Lock: the writer's thread waits on it.
    private readonly SemaphoreSlim _room = new(LengthMax);
    private readonly Queue<Append> _waiting = new();
    private bool _isNudged;
    private bool _isClosed;

    /// <summary>Adds what is to be written, in the order of the calls while there is room.</summary>
    /// <exception cref="AuditException">The log was closed.</exception>
    public async Task AddAsync(Append append, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        lock (_gate)
        {
            if (!_isClosed)
            {
                _waiting.Enqueue(append);
                Monitor.Pulse(_gate);
                return;
            }
        }

        _ = _room.Release(); // For the next in line: it, too, has to be told.
        throw new AuditException(AuditException.Closed, "The audit log was closed.", innerException: null);
    }

    /// <summary>Blocks the writer's thread until there is a group, the queue was nudged, or it is closed and empty; then false.</summary>
    /// <param name="group">Receives records, or one request to seal, or nothing.</param>
    public bool Take(List<Append> group)
    {
        group.Clear();
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_isNudged && !_isClosed)
            {
                _ = Monitor.Wait(_gate);
            }

            _isNudged = false;
            if (_waiting.Count == 0 && _isClosed)
            {
                return false;
            }

            var bytes = 0;
            while (_waiting.TryPeek(out var next) && group.Count < GroupMax && bytes < GroupBytesMax
                && (group.Count == 0 || (!next.IsSeal && !group[^1].IsSeal)))
            {
                group.Add(_waiting.Dequeue());
                bytes += next.Body.Length;
            }
        }

        if (group.Count > 0)
        {
            _ = _room.Release(group.Count);
        }

        return true;
    }

    /// <summary>Wakes the writer's thread without work.</summary>
    public void Nudge()
    {
        lock (_gate)
        {
            _isNudged = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes nothing more. What waits is still written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }
    }
}

/// <summary>A record that waits to be written, or, without a body, the wish to seal what was.</summary>
/// <param name="body">The entry, encoded.</param>
internal sealed class Append(ReadOnlyMemory<byte> body)
{
    // Continuations run elsewhere: the writer's thread is not theirs.
    private readonly TaskCompletionSource<long> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ReadOnlyMemory<byte> Body { get; } = body;

    public bool IsSeal => Body.IsEmpty;

    public Task<long> Answer => _answer.Task;

    public void Done(long sequence) => _answer.SetResult(sequence);

    public void Fail(AuditException exception) => _answer.SetException(exception);
}
