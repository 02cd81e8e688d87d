using System.Buffers;

namespace CommandCenter.Web.Intake;

/// <summary>A body that has been read to its end, in rented blocks.</summary>
internal sealed class WholeBody : IDisposable
{
    /// <summary>What it takes before its first byte.</summary>
    public const int BlockBytes = 64 * 1024;

    private readonly List<byte[]> _blocks = [];

    private WholeBody()
    {
    }

    public int Length { get; private set; }

    /// <summary>Reads to the end; <see langword="null"/> when it is longer than allowed.</summary>
    public static async Task<WholeBody?> ReadAsync(Stream body, int bytesMax, CancellationToken cancellationToken)
    {
        var whole = new WholeBody();
        var isKept = false;
        try
        {
            while (true)
            {
                var used = whole.Length % BlockBytes;
                if (used == 0)
                {
                    whole._blocks.Add(ArrayPool<byte>.Shared.Rent(BlockBytes));
                }

                var read = await body.ReadAsync(whole._blocks[^1].AsMemory(used, BlockBytes - used), cancellationToken);
                if (read == 0)
                {
                    isKept = true;
                    return whole;
                }

                whole.Length += read;
                if (whole.Length > bytesMax)
                {
                    return null;
                }
            }
        }
        finally
        {
            if (!isKept)
            {
                whole.Dispose();
            }
        }
    }

    /// <summary>The bytes from the beginning, as long as this is not disposed.</summary>
    public Stream Open() => new Reader(this);

    public void Dispose()
    {
        _blocks.ForEach(static block => ArrayPool<byte>.Shared.Return(block));
        _blocks.Clear();
        Length = 0;
    }

    private sealed class Reader(WholeBody body) : ReadOnlyBody
    {
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var inBlock = _at % BlockBytes;
            var count = Math.Min(Math.Min(buffer.Length, BlockBytes - inBlock), body.Length - _at);
            if (count > 0)
            {
                body._blocks[_at / BlockBytes].AsMemory(inBlock, count).CopyTo(buffer);
                _at += count;
            }

            return ValueTask.FromResult(count);
        }
    }
}
