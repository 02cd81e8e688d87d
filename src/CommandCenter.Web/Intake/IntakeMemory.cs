namespace CommandCenter.Web.Intake;

/// <summary>How much of the requests that are read or decided may lie in memory, all of them together.</summary>
/// <remarks>Counted is what was read, unpacked. So a request that comes slowly takes little from the others, however long it takes.</remarks>
internal sealed class IntakeMemory(long bytesMax)
{
    private readonly long _bytesMax = bytesMax;
    private long _bytes;

    /// <summary>A share for one request, empty; disposing of it gives everything back.</summary>
    public Share Open() => new(this);

    /// <summary>What one request holds. For one thread at a time.</summary>
    internal sealed class Share(IntakeMemory memory) : IDisposable
    {
        private long _bytes;

        /// <exception cref="IntakeFullException">It is more than there is.</exception>
        public void Take(int bytes)
        {
            _bytes += bytes;
            if (Interlocked.Add(ref memory._bytes, bytes) > memory._bytesMax)
            {
                throw new IntakeFullException();
            }
        }

        public void Dispose()
        {
            _ = Interlocked.Add(ref memory._bytes, -_bytes);
            _bytes = 0;
        }
    }
}

/// <summary>Passes a body on and takes every byte of it from a share.</summary>
/// <param name="body">Not owned.</param>
/// <param name="share">Not owned.</param>
internal sealed class CountedBody(Stream body, IntakeMemory.Share share) : ReadOnlyBody
{
    /// <exception cref="IntakeFullException">The body is more than there is room for now.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);
        share.Take(count);
        return count;
    }
}
