using System.Buffers;

namespace CommandCenter.Web.Intake;

/// <summary>How a body ended.</summary>
internal enum BodyEnd
{
    Complete,
    TooLarge,
    TooManyLines,
}

/// <summary>Cuts a body into lines without holding more than one line and one block of it.</summary>
internal static class NdjsonLines
{
    private const int BlockBytes = 64 * 1024;

    // Bytes of a line that are not its content: the mark of UTF-8 before the first, a carriage return at the end.
    private const int FrameBytesMax = 4;

    /// <param name="line">The line without its end; the first bytes of it when it is too long.</param>
    /// <param name="number">From 1; blank lines count and are not reported.</param>
    /// <param name="isTooLong">Longer than the limit.</param>
    public delegate void LineHandler(ReadOnlySpan<byte> line, int number, bool isTooLong);

    /// <summary>Reads to the end, or to a limit.</summary>
    public static async Task<BodyEnd> ReadAsync(
        Stream body, int lineBytesMax, long bytesMax, int linesMax, LineHandler onLine, CancellationToken cancellationToken)
    {
        // Rented: at this size a new one for each request would be a large object, and those are collected with the oldest generation.
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes + lineBytesMax + FrameBytesMax);
        try
        {
            return await ReadAsync(body, buffer, bytesMax, linesMax, new State(lineBytesMax, onLine), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<BodyEnd> ReadAsync(
        Stream body, byte[] buffer, long bytesMax, int linesMax, State state, CancellationToken cancellationToken)
    {
        var filled = 0;
        long total = 0;
        while (true)
        {
            var read = await body.ReadAsync(buffer.AsMemory(filled, buffer.Length - filled), cancellationToken);
            if (read == 0)
            {
                state.End(buffer.AsSpan(0, filled));
                return state.LineNumber > linesMax ? BodyEnd.TooManyLines : BodyEnd.Complete;
            }

            total += read;
            if (total > bytesMax)
            {
                return BodyEnd.TooLarge;
            }

            filled += read;
            var used = state.Take(buffer.AsSpan(0, filled));
            if (state.LineNumber > linesMax)
            {
                return BodyEnd.TooManyLines;
            }

            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            filled -= used;
        }
    }

    private sealed class State(int lineBytesMax, LineHandler onLine)
    {
        private bool _isSkipping;

        public int LineNumber { get; private set; }

        /// <summary>Reports all whole lines and returns the bytes used.</summary>
        public int Take(ReadOnlySpan<byte> bytes)
        {
            var used = 0;
            while (bytes[used..].IndexOf((byte)'\n') is var length and >= 0)
            {
                Report(bytes.Slice(used, length));
                used += length + 1;
            }

            if (bytes.Length - used > lineBytesMax + FrameBytesMax)
            {
                Report(bytes[used..]);
                _isSkipping = true;
                used = bytes.Length;
            }

            return used;
        }

        public void End(ReadOnlySpan<byte> rest)
        {
            if (!rest.IsEmpty)
            {
                Report(rest);
            }
        }

        private void Report(ReadOnlySpan<byte> line)
        {
            if (_isSkipping)
            {
                _isSkipping = false; // More of a line that was reported as too long.
                return;
            }

            LineNumber++;
            if (LineNumber == 1 && line.StartsWith("\uFEFF"u8))
            {
                line = line[3..];
            }

            if (line.EndsWith("\r"u8))
            {
                line = line[..^1];
            }

            if (line.Length > lineBytesMax)
            {
                onLine(line[..lineBytesMax], LineNumber, isTooLong: true);
            }
            else if (line.IndexOfAnyExcept((byte)' ', (byte)'\t') >= 0)
            {
                onLine(line, LineNumber, isTooLong: false);
            }
        }
    }
}
