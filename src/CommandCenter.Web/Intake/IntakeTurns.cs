namespace CommandCenter.Web.Intake;

/// <summary>Lets so many bytes of requests be parsed and decided at a time, in the order in which they were whole.</summary>
/// <remarks>
/// A parsed event is a dozen objects, and all that wait for the disk survive the collections meanwhile: the more wait inside, the longer each of these
/// stops everybody. What waits outside is bytes in rented blocks, which cost the collector nothing. A request that is larger than all of it goes alone.
/// </remarks>
internal sealed class IntakeTurns(long bytesMax)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _waiting = [];
    private long _bytes;

    /// <summary>Waits for a turn. After <see langword="true"/> comes <see cref="Leave"/>.</summary>
    /// <param name="bytes">Of the request.</param>
    /// <param name="most">After so long it is <see langword="false"/>.</param>
    /// <param name="cancellationToken">The asker went away.</param>
    public async Task<bool> TryEnterAsync(int bytes, TimeSpan most, CancellationToken cancellationToken)
    {
        Waiting waiting;
        lock (_gate)
        {
            if (_waiting.Count == 0 && HasRoomFor(bytes))
            {
                _bytes += bytes;
                return true;
            }

            waiting = new Waiting(bytes);
            _ = _waiting.AddLast(waiting);
        }

        try
        {
            await waiting.Turn.Task.WaitAsync(most, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            if (!GiveUp(waiting))
            {
                Leave(bytes); // Its turn came at the same moment.
            }

            if (exception is OperationCanceledException)
            {
                throw;
            }

            return false;
        }
    }

    /// <summary>Ends a turn.</summary>
    public void Leave(int bytes)
    {
        lock (_gate)
        {
            _bytes -= bytes;
            LetIn();
        }
    }

    private bool GiveUp(Waiting waiting)
    {
        lock (_gate)
        {
            var isWaiting = _waiting.Remove(waiting);
            LetIn(); // It may have been the one that was too large for now.
            return isWaiting;
        }
    }

    private void LetIn()
    {
        while (_waiting.First is { Value: var next } && HasRoomFor(next.Bytes))
        {
            _waiting.RemoveFirst();
            _bytes += next.Bytes;
            next.Turn.SetResult();
        }
    }

    private bool HasRoomFor(int bytes) => _bytes == 0 || _bytes + bytes <= bytesMax;

    private sealed class Waiting(int bytes)
    {
        public int Bytes => bytes;

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
