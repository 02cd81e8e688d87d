namespace CommandCenter.Web.Search;

/// <summary>Lets few scans run at once: a hundred desks that type at the same time must not take the processor from the partitions.</summary>
internal sealed class SearchGate : IDisposable
{
    /// <summary>The most that wait for their turn; the next one is told to come again.</summary>
    public const int WaitingMax = 256;

    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _waiting;

    /// <summary>Runs a scan when it is its turn, on the caller's thread.</summary>
    /// <exception cref="SearchBusyException">Too many wait.</exception>
    public async Task RunAsync(Action scan, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > WaitingMax)
            {
                throw new SearchBusyException();
            }

            await _turns.WaitAsync(cancellationToken);
        }
        finally
        {
            _ = Interlocked.Decrement(ref _waiting);
        }

        try
        {
            scan();
        }
        finally
        {
            _ = _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}

/// <summary>More questions wait than search answers in a few seconds.</summary>
internal sealed class SearchBusyException() : Exception("Too many searches wait.");
